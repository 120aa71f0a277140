"""A run followed up as it is asked for: the history or an earlier report, waivers, what came back, the days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fupin_audit.cli.asked import Judging
from fupin_audit.cli.flags import Decorator, read_day
from fupin_audit.cli.output_files import Outputs, Reads
from fupin_audit.cli.progress_bar import progress_bars
from fupin_audit.cli.speech import tell
from fupin_audit.errors import OutputError, UsageError
from fupin_audit.results.finding import Severity

if TYPE_CHECKING:
    from fupin_audit.audit import Examined
    from fupin_audit.followup.history.database import HistoryFile
    from fupin_audit.reports.findings.baseline import Baseline
    from fupin_audit.results.tracking import Tracking
    from fupin_audit.tasks.following_up import Before, Delivered
    from fupin_audit.tasks.returned_copies import SentBack


@dataclass(frozen=True, slots=True)
class Follow:
    """How a run is followed up."""

    history: Path | None = None
    history_without_households: bool = False
    on: date | None = None
    waivers: tuple[Path, ...] = ()


def _day_of_run(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """An ISO date; one that is still to come is remarked on."""
    day = read_day(ctx, param, value)
    if day and day > date.today():
        tell(f"注意：核对的日期 {day} 还没有到；记进历史以后，更早的核对就记不进了")
    return day


follow_options: tuple[Decorator, ...] = (
    click.option(
        "--history",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="历史文件（没有就新建，只有自己能读）：记下每次的发现，与上一次比；不记姓名、证件号码和单元格的值",
    ),
    click.option(
        "--history-without-households", is_flag=True, help="历史里连户编号也不记（户没了就看不出来）"
    ),
    click.option(
        "--on",
        callback=_day_of_run,
        metavar="日期",
        help="这次核对是哪一天，算逾期、排先后用；不写则用截止日期",
    ),
    click.option(
        "--waivers",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="文件",
        help="豁免清单（yaml、xlsx、csv），可多次；豁免的照样列出、计数，不计逾期",
    ),
)


def read_due(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> Mapping[Severity, date]:
    """Days by severity; one without a severity is meant for those that have none of their own."""
    due: dict[Severity, date] = {}
    for value in sorted(values, key=lambda text: "=" in text):
        name, _, day = value.rpartition("=")
        if name and name not in set(Severity):
            raise click.BadParameter(f"没有级别“{name}”，有 error、warning、info", ctx, param)
        if found := read_day(ctx, param, day):
            due |= dict.fromkeys([Severity(name)] if name else Severity, found)
    return due


def refuse_idle(asked: Follow, *, followed: bool) -> None:
    """Refuses what only a run that is followed, or remembered, heeds: nobody should think that it was heeded.

    Raises:
        UsageError: it is not.
    """
    if asked.history_without_households and asked.history is None:
        raise UsageError("--history-without-households 要与 --history 合用")
    for name, given in (("--waivers", asked.waivers), ("--on", asked.on)):
        if given and not followed:
            raise UsageError(
                f"{name} 要与 --history 历史.db 合用；不记历史的，用 fupin-audit track --baseline 以前的结果.json"
            )


def refuse_history(asked: Follow, reads: Reads, outputs: Outputs) -> None:
    """Refuses a history that is read besides, or written to by another report.

    Raises:
        UsageError: why.
    """
    path = asked.history
    if path is None:
        return
    if any(path.resolve() == other.resolve() for other in (*reads.ledgers, *reads.others)):
        raise UsageError(f"--history {path} 是这次要读的文件，请换一个文件名")
    if any(path.resolve() == other.resolve() for _, other in outputs):
        raise UsageError(f"--history 和 --output 要写到不同的文件：{path}")


@contextmanager
def open_history(path: Path | None) -> Iterator[HistoryFile | None]:
    """The history, which can be written to; closed in the end."""
    if path is None:
        yield None
        return
    from fupin_audit.followup.history.database import HistoryFile  # here, as it is seldom asked for

    history = HistoryFile(path)
    try:
        with history.writing():  # before hours of work
            pass
        yield history
    finally:
        history.close()


@dataclass(frozen=True)
class FollowedUp:
    """An audit that was followed up.

    Attributes:
        examined: the audit.
        tracking: how its findings stand.
        drop, before: the files, and what was known before.
    """

    examined: Examined
    tracking: Tracking
    drop: Delivered
    before: Before

    def record(self, history: HistoryFile | None) -> bool:
        """Writes the run into the history; says so where it could not be, and whether it was."""
        from fupin_audit.tasks.following_up import record

        if history is None:
            return True
        try:
            record(history, self.tracking, self.drop, self.before)
        except OutputError as error:
            tell(f"错误：{error}")
            return False
        return True


@dataclass(frozen=True)
class Known:
    """What a run is followed by: the history or an earlier report, and what people say and exempt."""

    history: HistoryFile | None = None
    baseline: Baseline | None = None
    due: Mapping[Severity, date] = field(default_factory=dict)
    returned: SentBack | None = None


def follow_up(
    paths: tuple[Path, ...], judging: Judging, asked: Follow, known: Known, *, quiet: bool
) -> FollowedUp:
    """Audits the paths, and follows the findings up."""
    from fupin_audit.audit import judge, prepare
    from fupin_audit.cli.project import made_of, with_project
    from fupin_audit.followup.tracking.following import Following, watched
    from fupin_audit.followup.waivers.waiver import Waivers
    from fupin_audit.tasks.claims import claims_of
    from fupin_audit.tasks.following_up import (
        Before,
        delivered,
        from_history,
        from_report,
        tracked,
    )
    from fupin_audit.tasks.waiver_lists import read_waivers

    waivers = Waivers(read_waivers(asked.waivers), revealed=judging.reveal)
    drop = delivered(paths)
    prepared = made_of(prepare, paths, judging, quiet=quiet)
    day = asked.on or prepared.as_of
    if known.history:
        before = from_history(known.history, drop, day)
    else:
        before = from_report(known.baseline) if known.baseline else Before()
    with progress_bars(wanted=not quiet) as progress:
        examined = judge(prepared, progress, watched(before.last))
    examined = replace(examined, result=with_project(examined.result, judging))
    claims = claims_of(known.returned)
    following = Following(day, known.due, waivers, claims.said, not asked.history_without_households)
    tracking = tracked(examined.result, before, following, claims.unread)
    return FollowedUp(examined, tracking, drop, before)
