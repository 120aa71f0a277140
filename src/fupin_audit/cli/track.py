"""`fupin-audit track`: this drop against the last: what was mended, what came back, who is behind."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fupin_audit.cli.asked import Checking, TakingBack, paths_of
from fupin_audit.cli.check import NEVER, checking_options, returned_to, with_bulletin
from fupin_audit.cli.flags import grouped, showing_of
from fupin_audit.cli.followed_runs import (
    Follow,
    Known,
    follow_options,
    follow_up,
    open_history,
    read_due,
    refuse_history,
    refuse_idle,
)
from fupin_audit.cli.group import Unreadable, Unwritten
from fupin_audit.cli.output_files import reads_of, refuse_filled_folder, refuse_targets
from fupin_audit.cli.screen import Faces, present_as
from fupin_audit.cli.speech import tell
from fupin_audit.errors import OutputError, UsageError
from fupin_audit.masking import mask_text
from fupin_audit.reports.registry import BULLETIN, TRACK_REPORTS, write_report
from fupin_audit.reports.tracking.terminal import show
from fupin_audit.reports.tracking.track_tables import mending, verdict
from fupin_audit.results.finding import Severity
from fupin_audit.results.tracking import State

if TYPE_CHECKING:
    from fupin_audit.results.audit_result import AuditResult
    from fupin_audit.results.tracking import Tracking

_EPILOG = """\
例子：
  fupin-audit track 清河县2月 --history 清河县.db --on 2021-02-28 --due error=2021-03-15
  fupin-audit track 清河县2月 --history 清河县.db --on 2021-02-28 --returned 收回 --waivers 豁免.yaml
  fupin-audit track 清河县2月 --history 清河县.db --output xlsx=整改进展.xlsx --output html=整改进展.html
  fupin-audit track 清河县2月 --baseline 1月结果.json

状态：新增、仍存在、复发（改好过又查出来）、已整改（复核了，没有再查出来）、未复核（台账没有交、格子空了、户没了，不算整改）、豁免。

退出码：
  0    没有达到 --fail-on 的新增、复发；写了 --fail-on-overdue 的，也没有逾期
  1    有
  2    用法、设置、规则、历史或清单有错，没有核对
  3    有文件或工作表读不了，或有报告、历史没写成；其余照常
  4    程序出了意外（程序的毛病，不是台账的）
  130  被中断
"""


@dataclass(frozen=True, slots=True)
class TrackAsked(Follow):
    """What is followed, and what fails the run."""

    baseline: Path | None = None
    lists: Path | None = None
    due: Mapping[Severity, date] = field(default_factory=dict)
    fail_on: str | None = None
    fail_on_overdue: bool = False


_asked_options = grouped(
    "asked",
    TrackAsked,
    *follow_options,
    click.option(
        "--baseline",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="不用历史，与以前的一份 JSON 报告（check --output json=文件）比；也可以是别人的历史文件，只读",
    ),
    click.option(
        "--due",
        multiple=True,
        callback=read_due,
        metavar="[级别=]日期",
        help="这次新查出的问题的整改期限，如 error=2021-03-15；以前定的期限不变",
    ),
    click.option(
        "--fail-on",
        type=click.Choice([*(severity.value for severity in Severity), NEVER]),
        metavar="级别",
        help="新增、复发里有这个级别或更重的，退出码为 1：error（默认）、warning、info、never",
    ),
    click.option(
        "--lists",
        type=click.Path(path_type=Path),
        metavar="文件夹",
        help="另写三张清单到这个新文件夹：问题清单、任务清单（按部门、乡镇）、责任清单（按人）",
    ),
    click.option("--fail-on-overdue", is_flag=True, help="有逾期的，退出码也为 1"),
)


@click.command(
    "track",
    help="跟踪整改：这次的 PATH 与上一次比，哪些改了、没改、又犯了、逾期了。",
    epilog=_EPILOG,
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@_asked_options
@checking_options
@showing_of(
    TRACK_REPORTS,
    "xlsx=整改进展.xlsx",
    click.option(
        "--returned",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="文件或文件夹",
        help="收回的整改台账，可多次：读填写的整改状态、核实结论、完成日期",
    ),
    group=TakingBack,
)
def track_command(paths: tuple[Path, ...], asked: TrackAsked, judging: Checking, showing: TakingBack) -> None:
    """Audits, compares, records, shows; exits by what is new or back again."""
    from fupin_audit.tasks.county_problems import with_problems  # here, so that --help need not wait for it
    from fupin_audit.tasks.following_up import read_known

    if bool(asked.history) == bool(asked.baseline):
        raise UsageError("与上一次比：写 --history 历史.db（以后每次都用它），或 --baseline 以前的结果.json")
    refuse_idle(asked, followed=True)
    project = judging.project
    paths = paths_of(paths, judging)
    reads = reads_of((*paths, *judging.against), judging, asked.baseline, *showing.returned, *asked.waivers)
    refuse_targets(showing.output, TRACK_REPORTS, reads)
    refuse_history(asked, reads, showing.output)
    if asked.lists:
        refuse_filled_folder(asked.lists, (*paths, *judging.against))
    baseline = read_known(asked.baseline, "--baseline") if asked.baseline else None
    returned = returned_to(showing)
    with open_history(asked.history) as history:
        followed = follow_up(
            paths, judging, asked, Known(history, baseline, asked.due, returned), quiet=showing.quiet
        )
        written = followed.record(history)
    fail_on = asked.fail_on or (project.said.fail_on if project else None) or Severity.ERROR.value
    tracking = replace(
        followed.tracking, result=replace(followed.tracking.result, fail_on=fail_on, due=asked.due)
    )
    tracking = with_problems(tracking, followed.examined.delivery)
    write = partial(_write, with_bulletin(followed.examined, showing), tracking)
    faces: Faces[Tracking] = Faces(show, verdict, TRACK_REPORTS, write)
    written &= _lists_written(asked.lists, tracking, quiet=showing.quiet)
    present_as(faces, tracking, showing)
    sys.exit(_exit_code(tracking, asked) if written else Unwritten.exit_code)


def _write(result: AuditResult, whole: Tracking, tracking: Tracking, module: str, path: Path) -> None:
    """Writes a report; the bulletin is one of the audit, which tells of the follow-up too."""
    if module == TRACK_REPORTS[BULLETIN]:
        write_report(replace(result, mending=mending(whole), due=whole.result.due), module, path)
    else:
        write_report(tracking, module, path)


def _lists_written(folder: Path | None, tracking: Tracking, *, quiet: bool) -> bool:
    """Writes the three lists where they are asked for; whether nothing was lost."""
    if folder is None:
        return True
    from fupin_audit.reports.tracking.three_lists import write_lists  # here, as it is seldom asked for

    try:
        write_lists(folder, tracking)
    except (OutputError, UsageError) as error:
        tell(f"错误：{error}")
        return False
    if not quiet:
        tell(f"已写出 {mask_text(str(folder))}（三张清单）")
    return True


def _exit_code(tracking: Tracking, asked: TrackAsked) -> int:
    """3 where an input could not be read, else 1 for what is new or back again, or late where that counts."""
    if tracking.result.unreadable:
        return Unreadable.exit_code
    fresh = tracking.having(State.NEW, State.AGAIN)
    failing = any(item.finding and tracking.result.fails(item.finding) for item in fresh)
    return int(failing or (asked.fail_on_overdue and bool(tracking.overdue)))
