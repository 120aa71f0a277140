"""`fupin-audit show`: one household, all ledgers side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fupin_audit.cli.asked import Judging, Showing, paths_of
from fupin_audit.cli.flags import judging_options, showing_of
from fupin_audit.cli.group import Unreadable
from fupin_audit.cli.output_files import reads_of, refuse_targets
from fupin_audit.cli.progress_bar import progress_bars
from fupin_audit.cli.screen import VIEW, present_as
from fupin_audit.reports.registry import VIEW_REPORTS

if TYPE_CHECKING:
    from fupin_audit.results.household import HouseholdView

_EPILOG = """\
例子：
  fupin-audit show 99010000040010 清河县
  fupin-audit show 张三 清河县 --full
  fupin-audit show 张三 清河县 --format json > 张三户.json

发现来自对 PATH 全部数据的核对，和 check 的一样。同名的不止一户时列出各户，请改用户编号。

退出码：0 已显示，2 没有找到或不止一户，3 有文件读不了或报告没写成（其余照常显示）。
"""


@click.command(
    "show",
    help="查看一户：PATH 里每本台账怎样说它，三本账并排，不一致的标出，核对的发现列在下面。",
    epilog=_EPILOG,
)
@click.argument("wanted", metavar="户编号|姓名")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@judging_options
@showing_of(VIEW_REPORTS, "text=张三户.txt")
def show_command(wanted: str, paths: tuple[Path, ...], judging: Judging, showing: Showing) -> None:
    """Finds the household, audits the paths, shows what concerns it."""
    paths = paths_of(paths, judging)
    refuse_targets(showing.output, VIEW_REPORTS, reads_of(paths, judging))
    view = _view(wanted, paths, judging, quiet=showing.quiet)
    present_as(VIEW, view, showing)
    sys.exit(Unreadable.exit_code if view.unreadable else 0)


def _view(wanted: str, paths: tuple[Path, ...], judging: Judging, *, quiet: bool) -> HouseholdView:
    # Imported here, so that --help need not wait for the engine.
    from fupin_audit.audit import prepare
    from fupin_audit.cli.project import options_of
    from fupin_audit.viewing.viewing import view_household

    with progress_bars(wanted=not quiet) as progress:
        prepared = prepare(
            paths, packs=judging.packs, as_of=judging.day, options=options_of(judging), progress=progress
        )
        return view_household(prepared, wanted, progress)
