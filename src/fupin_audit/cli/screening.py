"""`fupin-audit screen`: where numbers look made up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fupin_audit.cli.asked import Judging, Showing, paths_of
from fupin_audit.cli.flags import judging_options, showing_of
from fupin_audit.cli.group import Unreadable
from fupin_audit.cli.output_files import reads_of, refuse_targets
from fupin_audit.cli.screen import Faces, present_as
from fupin_audit.reports.registry import SCREEN_REPORTS
from fupin_audit.reports.screening import screen_words, terminal

if TYPE_CHECKING:
    from fupin_audit.results.audit_result import AuditResult

_EPILOG = """\
例子：
  fupin-audit screen 清河县
  fupin-audit screen 清河县 --output html=筛查.html --output xlsx=筛查.xlsx
  fupin-audit screen 清河县 --format json > 筛查.json

要先装 SciPy：pip install 'fupin-audit[screen]'。同样的检验也在 check 里（SCR 各条规则）；这里另有每一项检验和图。
它说的是哪里的数不寻常、凭巧合有多少可能，不是结论。方法见 docs/guide-screen.md。

退出码：
  0    检验完了，不论有无发现
  2    用法、设置或规则有错，没有检验
  3    有文件或工作表读不了，或有报告没写成；其余照常
  4    程序出了意外（程序的毛病，不是台账的）
  130  被中断
"""


@click.command(
    "screen", help="检验 PATH 里的数：哪个村、哪个填表人、哪个核查人的数看起来像编的。", epilog=_EPILOG
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@judging_options
@showing_of(SCREEN_REPORTS, "html=筛查.html")
def screen_command(paths: tuple[Path, ...], judging: Judging, showing: Showing) -> None:
    """Runs the screens and shows what stands out."""
    paths = paths_of(paths, judging)
    refuse_targets(showing.output, SCREEN_REPORTS, reads_of(paths, judging, None))
    result = _screened(paths, judging, quiet=showing.quiet)
    faces: Faces[AuditResult] = Faces(terminal.show, screen_words.verdict, SCREEN_REPORTS)
    present_as(faces, result, showing)
    sys.exit(Unreadable.exit_code if result.unreadable else 0)


def _screened(paths: tuple[Path, ...], judging: Judging, *, quiet: bool) -> AuditResult:
    # Imported here, so that --help need not wait for the engine.
    from fupin_audit.cli.project import made_of, with_project
    from fupin_audit.tasks.numbers_screened import screen

    return with_project(made_of(screen, paths, judging, quiet=quiet), judging)
