"""`fupin-audit check`: the main job."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fupin_audit.cli.asked import Checking, Judging, Showing, paths_of
from fupin_audit.cli.copies import ShowingInCopies, copies_of, copying_options, refuse_copies
from fupin_audit.cli.entry import with_pandas
from fupin_audit.cli.filters import Selection, narrow
from fupin_audit.cli.flags import (
    JUDGING,
    grouped,
    memory_size,
    selection_options,
    with_outputs,
)
from fupin_audit.cli.followed_runs import (
    Follow,
    Known,
    follow_options,
    follow_up,
    open_history,
    refuse_history,
    refuse_idle,
)
from fupin_audit.cli.group import Unreadable, Unwritten
from fupin_audit.cli.output_files import reads_of, refuse_targets, whereabouts
from fupin_audit.cli.screen import Besides, present
from fupin_audit.cli.spark_options import SPARK, refuse_spark
from fupin_audit.cli.speech import tell
from fupin_audit.errors import UsageError
from fupin_audit.masking import mask_text
from fupin_audit.reports.findings.verdict import left_out
from fupin_audit.reports.registry import BESIDE_FILES, BULLETIN, LEDGER, PAGE, REPORTS
from fupin_audit.reports.tracking.track_tables import mending, verdict
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity

if TYPE_CHECKING:
    from fupin_audit.audit import Examined
    from fupin_audit.cli.asked import TakingBack
    from fupin_audit.reports.findings.baseline import Baseline
    from fupin_audit.results.tracking import Tracking
    from fupin_audit.tasks.returned_copies import SentBack

NEVER = "never"
_EPILOG = """\
例子：
  fupin-audit check 清河县
  fupin-audit check 清河县 --village 东关村
  fupin-audit check 清河县 --output xlsx=整改台账.xlsx
  fupin-audit check 清河县 --output xlsx=整改台账.xlsx --returned 收回
  fupin-audit check 清河县 --annotate 标注件 --due 2021-03-31
  fupin-audit check 清河县 --format json > 结果.json
  fupin-audit check 清河县 --baseline 结果.json   # 只看新增的
  fupin-audit check 二月 --against 一月             # 与上期的数据逐人逐户比对

退出码：
  0    没有达到 --fail-on 的发现
  1    有这样的发现
  2    用法、设置或规则有错，没有核对
  3    有文件或工作表读不了，或有报告没写成；其余照常，不论有无发现
  4    程序出了意外（程序的毛病，不是台账的）
  130  被中断

筛选（--town 等）只影响显示和写出的报告，不影响退出码；--baseline 也影响退出码。
"""


@dataclass(frozen=True, slots=True)
class Gate(Follow):
    """What the exit code depends on, how many findings are listed besides, and what the run is remembered in."""

    fail_on: str | None = None
    baseline: Path | None = None
    max_findings: int | None = None


checking_options = grouped(
    "judging",
    Checking,
    click.option(
        "--against",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="PATH",
        help="上期的数据（文件或文件夹），逐人逐户比对，可多次",
    ),
    *JUDGING,
    click.option(
        "--by",
        type=click.Choice(["county"]),
        metavar="county",
        help="分县核对：一个县一个县地判，内存比一次判完省，时间长一些；查出的一样",
    ),
    click.option(
        "--memory-limit",
        callback=memory_size,
        metavar="内存",
        help="估计要用的内存超过这么多就自动分县核对，如 4GB；不写则为本机内存的一半",
    ),
    click.option(
        "--cache",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="文件夹",
        help="读过的文件记在这里（内有个人信息，只有你能看），下次没有变的不再读；查出的一样",
    ),
    *SPARK,
)
_gate_options = grouped(
    "gate",
    Gate,
    click.option(
        "--fail-on",
        type=click.Choice([*(severity.value for severity in Severity), NEVER]),
        metavar="级别",
        help="有这个级别或更重的发现时退出码为 1：error（默认）、warning、info、never",
    ),
    click.option(
        "--baseline",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="以前的 JSON 报告，或历史文件：那时就有的不列，退出码只看新增的",
    ),
    click.option(
        "--max-findings",
        type=click.IntRange(min=0),
        metavar="数",
        help="最多列出这么多条，留下最重的；数目、退出码、整改台账、标注件、分发件不受影响",
    ),
    *follow_options,
)


@click.command(
    "check",
    help="核对 PATH 里的台账（文件或文件夹），逐村逐户列出矛盾。",
    epilog=_EPILOG,
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@checking_options
@_gate_options
@selection_options
@copying_options
def check_command(
    paths: tuple[Path, ...],
    judging: Checking,
    gate: Gate,
    selection: Selection,
    showing: ShowingInCopies,
) -> None:
    """Audits the paths, shows what is selected, exits by all that was found, or is new."""
    fail_on = gate.fail_on
    if project := judging.project:
        fail_on = fail_on or project.said.fail_on
        showing = with_outputs(showing, project.outputs)
    paths = paths_of(paths, judging)
    if results := [path for path in judging.against if path.suffix.lower() == ".json"]:
        raise UsageError(
            f"--against 要上期的数据，{results[0]} 是结果；与以前的结果比用 --baseline {results[0]}"
        )
    refuse_idle(gate, followed=gate.history is not None)
    given = (*paths, *judging.against)
    reads = reads_of(given, judging, gate.baseline, *showing.returned, *gate.waivers)
    refuse_targets(showing.output, REPORTS, reads)
    refuse_history(gate, reads, showing.output)
    refuse_copies(showing, given)
    refuse_spark(judging, showing, followed=gate.history is not None)
    known = _known(gate)
    refuse_what_would_be_lost(showing)
    returned = returned_to(showing)
    found, tracking, written = _followed(
        paths, judging, gate, Known(due=showing.due, returned=returned), showing
    )
    copies = copies_of(found, showing, paths, judging)
    result = replace(
        as_reports_ask(found, showing),
        asked=tuple(map(str, paths)),
        asked_against=tuple(map(str, judging.against)),
        fail_on=fail_on or Severity.ERROR.value,
        due=showing.due,
    )
    del found  # the rows take much memory
    counted = known.new(result) if known else result
    if BESIDE_FILES.intersection(name for name, _ in showing.output):
        counted = replace(counted, paths=whereabouts(paths))
    code = exit_code(counted)
    counted = replace(counted, exit_code=code)
    shown = narrow(counted, selection)
    shown, lost = copies.written(shown)
    shown = replace(shown, max_findings=gate.max_findings)
    present(shown, showing, Besides(result, returned, showing.template))
    if shown.left_out:
        tell(left_out(shown))
    if tracking and not showing.quiet:
        tell(f"整改进展：{verdict(tracking)}")
    sys.exit(code if written and not lost else Unwritten.exit_code)


def _followed(
    paths: tuple[Path, ...], judging: Checking, gate: Gate, known: Known, showing: Showing
) -> tuple[Examined, Tracking | None, bool]:
    """The audit; where it is to be remembered how it stands, and whether nothing was lost."""
    if gate.history is None:
        return examined(paths, judging, quiet=showing.quiet), None, True
    with open_history(gate.history) as history:
        found = follow_up(paths, judging, gate, replace(known, history=history), quiet=showing.quiet)
        written = found.record(history)
    told = replace(found.examined.result, mending=mending(found.tracking))
    return replace(found.examined, result=told), found.tracking, written


def _known(gate: Gate) -> Baseline | None:
    """The findings that do not count, where an earlier report is given."""
    if gate.baseline is None:
        return None
    from fupin_audit.tasks.following_up import read_known  # here, so that --help need not wait for it

    return read_known(gate.baseline, "--baseline")


def returned_to(showing: TakingBack) -> SentBack | None:
    """What came back from those who mend, read before hours of work; what is not taken over is told."""
    if not showing.returned:
        return None
    from fupin_audit.tasks.returned_copies import read_returned  # here, so that --help need not wait for it

    returned = read_returned(showing.returned)
    for line in returned.aside:
        tell(f"收回的 {mask_text(line)}")
    return returned


def judge(paths: tuple[Path, ...], judging: Judging, quiet: bool) -> AuditResult:
    """Runs the audit with progress bars."""
    return examined(paths, judging, quiet).result


def examined(paths: tuple[Path, ...], judging: Judging, quiet: bool) -> Examined:
    """Runs the audit with progress bars and keeps the rows; the command line wins over the project file."""
    # Imported here, so that --help need not wait for the engine.
    from fupin_audit.audit import examine
    from fupin_audit.cli.project import made_of, with_project

    if judging.working.spark:
        with_pandas()
    found = made_of(examine, paths, judging, quiet=quiet)
    return replace(found, result=with_project(found.result, judging))


def as_reports_ask(found: Examined, showing: ShowingInCopies) -> AuditResult:
    """The result, with what the reports that are asked for show besides."""
    return with_bulletin(_with_pages(found, showing), showing)


def with_bulletin(found: Examined, showing: Showing) -> AuditResult:
    """The result, with the indicators where a bulletin is to tell of them."""
    if BULLETIN not in dict(showing.output):
        return found.result
    from fupin_audit.cli.progress_bar import progress_bars
    from fupin_audit.tasks.scoring import scorecard_of  # here, as above

    with progress_bars(wanted=not showing.quiet) as progress:
        return replace(found.result, scorecard=scorecard_of(found, progress))


def _with_pages(found: Examined, showing: ShowingInCopies) -> Examined:
    """The audit, with the rows that pages show where there are to be any."""
    if PAGE not in dict(showing.output) and not showing.handout:
        return found
    from fupin_audit.viewing.rows_of_findings import with_rows  # here, as above

    return replace(found, result=with_rows(found))


def exit_code(result: AuditResult) -> int:
    """3 where an input could not be read, else 1 for a finding that fails the run, else 0."""
    if result.unreadable:
        return Unreadable.exit_code
    return int(any(map(result.fails, result.records)))


def refuse_what_would_be_lost(showing: Showing) -> None:
    """An earlier 整改台账 is opened before hours of work: what people wrote into it must come along."""
    for name, path in showing.output:
        if name == LEDGER and path.exists() and path.stat().st_size:
            from fupin_audit.tasks.carrying_over import read_earlier

            read_earlier(path)
