"""`fupin-audit scorecard`: every indicator against its target, by county, town and village."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fupin_audit.cli.asked import Judging, Showing, paths_of
from fupin_audit.cli.flags import grouped, judging_options, showing_of
from fupin_audit.cli.group import Unreadable
from fupin_audit.cli.output_files import reads_of, refuse_targets
from fupin_audit.cli.screen import Faces, present_as
from fupin_audit.reports.registry import SCORE_REPORTS
from fupin_audit.reports.scorecard.json_file import read
from fupin_audit.reports.scorecard.phrases import verdict
from fupin_audit.reports.scorecard.ranking import ranking
from fupin_audit.reports.scorecard.terminal import View, show
from fupin_audit.results.scorecard import Level

if TYPE_CHECKING:
    from fupin_audit.results.scorecard import Scorecard
    from fupin_audit.writing.console import Screen

_LEVELS = (Level.COUNTY, Level.TOWN, Level.VILLAGE)
_ALL = 100
_EPILOG = """\
例子：
  fupin-audit scorecard 清河县
  fupin-audit scorecard 清河县 --level 村 --full
  fupin-audit scorecard 清河县 --output xlsx=评分表.xlsx --output json=6月.json
  fupin-audit scorecard 清河县 --against 6月.json

达标率是达标的指标占有目标的指标的百分比；因空白说不准的（待核实）不算达标。

退出码：
  0    算完了；写了 --fail-below 的，各地达标率都不低于它
  1    有地方的达标率低于 --fail-below
  2    用法、设置、指标或 --against 的文件有错，没有计算
  3    有文件或工作表读不了，或有报告没写成；其余照常计算
  4    程序出了意外（程序的毛病，不是台账的）
  130  被中断
"""


@dataclass(frozen=True, slots=True)
class Asking:
    """What of the scorecard is asked for."""

    level: str = Level.COUNTY.value
    against: Path | None = None
    fail_below: float | None = None


asking_options = grouped(
    "asking",
    Asking,
    click.option(
        "--level",
        type=click.Choice([level.value for level in _LEVELS]),
        default=Level.COUNTY.value,
        metavar="级",
        help="逐项列到哪一级：县（默认，另列乡镇、村的排名）、乡镇、村",
    ),
    click.option(
        "--against",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="以前用 --output json=文件 写出的结果，与它比变化",
    ),
    click.option(
        "--fail-below",
        type=float,
        metavar="百分比",
        help="--level 那一级有地方的达标率低于它时退出码为 1，如 80",
    ),
)


@click.command(
    "scorecard",
    help="把 PATH 里的台账算成指标，与目标比，给县、乡镇、村排名；差的在前。",
    epilog=_EPILOG,
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@asking_options
@judging_options
@showing_of(SCORE_REPORTS, "xlsx=评分表.xlsx")
def scorecard_command(paths: tuple[Path, ...], asking: Asking, judging: Judging, showing: Showing) -> None:
    """Computes the scorecard, shows it, exits by how the places of the level stand."""
    paths = paths_of(paths, judging)
    refuse_targets(showing.output, SCORE_REPORTS, reads_of(paths, judging, asking.against))
    earlier = read(asking.against) if asking.against else None
    card = _computed(paths, judging, quiet=showing.quiet)
    card = card.against(earlier) if earlier else card
    level = Level(asking.level)
    faces: Faces[Scorecard] = Faces(partial(_show, level), verdict, SCORE_REPORTS)
    present_as(faces, card, showing)
    sys.exit(_exit_code(card, level, asking.fail_below))


def _computed(paths: tuple[Path, ...], judging: Judging, *, quiet: bool) -> Scorecard:
    # Imported here, so that --help need not wait for the engine.
    from fupin_audit import scorecard
    from fupin_audit.cli.project import made_of, with_project

    return with_project(made_of(scorecard, paths, judging, quiet=quiet), judging)


def _show(level: Level, card: Scorecard, screen: Screen, full: bool) -> None:
    show(card, screen, View(level, full))


def _exit_code(card: Scorecard, level: Level, fail_below: float | None) -> int:
    """3 where an input could not be read, else 1 where a place reaches too few of its targets."""
    if card.unreadable:
        return Unreadable.exit_code
    if fail_below is None:
        return 0
    shares = (item.tally.share for item in ranking(card, level))
    return int(any(share is not None and share * _ALL < fail_below for share in shares))
