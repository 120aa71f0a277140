"""Everything the program can write, made of invented data: by name, in two versions.

As a program it writes one of them over and over, now in the one, now in the other version, until it is killed; and
the next, as often as it is asked to, each in a process of its own.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial
from itertools import cycle
from pathlib import Path

from drawn import frame, sample
from fupin_audit.cli.mapping_memory import mapping_memory
from fupin_audit.delivery import Delivery
from fupin_audit.followup.sampling.book_writing import write_sample
from fupin_audit.followup.tracking.following import Following
from fupin_audit.followup.waivers.waiver import Waiver
from fupin_audit.followup.waivers.waiver_file import appended
from fupin_audit.ledgers.registry import ledger
from fupin_audit.ledgers.template import write_template
from fupin_audit.pages.folder import write_pages
from fupin_audit.reports.registry import (
    BULLETIN,
    COMPARISON_REPORTS,
    ESTIMATE_REPORTS,
    REPORTS,
    SCORE_REPORTS,
    SCREEN_REPORTS,
    TRACK_REPORTS,
    VIEW_REPORTS,
    Formats,
    write_report,
)
from fupin_audit.reports.tracking.three_lists import write_lists
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.comparison import ComparedRecord, ComparedSheet, Comparison, Difference, Key, KeyFit
from fupin_audit.results.correction import Correction, LineOutcome
from fupin_audit.results.household import HouseholdView, Line, Said
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.place import Location
from fupin_audit.results.tracking import Tracking
from fupin_audit.tasks.annotating import Originals, write_annotated
from fupin_audit.tasks.carrying_over import write_ledger
from fupin_audit.tasks.correcting.correcting import correct
from fupin_audit.tasks.correcting.correction_sheet import write_template as write_correction_sheet
from fupin_audit.tasks.following_up import Before, tracked
from fupin_audit.tasks.handing_out import Handout, write_handout
from fupin_audit.workbook.loading import load
from fupin_audit.writing.whole_files import write_file, write_text
from invented import PLACES, invented_result
from process import SMALL
from scored import scorecard
from screened import screened_result

Write = Callable[[Path], None]
MARK = "<!-- 生成 -->"
ORIGINAL, SHEET, HEADER = SMALL / "5.农村低保花名册.xlsx", "低保", 4


def audit(version: int) -> AuditResult:
    result = invented_result()
    return replace(result, records=result.records[: 20 + 10 * version])


def comparison(version: int) -> Comparison:
    sheet, fit = ComparedSheet("甲.xlsx", "户", (), 1, 9), KeyFit(1, 1, 1)
    cell = Location("甲.xlsx", "户", "B2", "5")
    differences = (
        Difference(n, ComparedRecord((str(n),)), "人口", cell, cell) for n in range(50 + 50 * version)
    )
    return Comparison(
        "0", sheet, sheet, Key(("户编号",), given=True, left=fit, right=fit), (), 9, 9, tuple(differences)
    )


def estimate(version: int) -> dict[str, object]:
    """As JSON tells it."""
    rate = {"decided": 9, "failed": 3, "share": 1 / 3, "low": 0.1, "high": 0.6, "method": "分层"}
    whole = {"households": 20, "drawn": 10, "checked": 9, "rates": {"人口": rate, "任一项": rate}}
    villages = [
        {**whole, "county": "清河县", "town": "石桥镇", "village": f"第{number}村"}
        for number in range(30 + 30 * version)
    ]
    checker = {**rate, "name": "甲", "expected": 0.3, "stands_out": True}
    return {
        "version": "0", "batch": "抽查", "seed": "1", "as_of": "2020-12-31", "confidence": 0.95,
        "overall": {**whole, "county": "", "town": "", "village": ""}, "counties": [], "towns": [],
        "villages": villages, "checkers": [checker], "unjudged": ["住房"], "half_width": 0.05, "needed": 15,
        "missing": [], "notes": ["第 3 行没有填"],
    }  # fmt: skip


def household(version: int) -> HouseholdView:
    result = invented_result()
    line = Line("家庭人口", (Said("系统", Location("户.xlsx", "户", "B2", "5"), "5"),), agrees=True)
    place, found = result.records[1].place, result.records[: 5 + 5 * version]
    lines = (line,) * 50
    return HouseholdView(
        "0", result.as_of, "1", "张三", place, (line,), (), (), lines, (), (), found, (), revealed=False
    )


def marked(version: int) -> AuditResult:
    """Findings on the cells of a file that is there."""
    result = audit(version)
    records = tuple(
        replace(finding, locations=(Location(ORIGINAL.name, SHEET, f"B{HEADER + 1 + number % 9}", "1"),))
        for number, finding in enumerate(result.records)
    )
    return replace(result, records=records, inputs=(InputSheet(ORIGINAL.name, SHEET, ("低保",), HEADER, 9),))


def annotate(version: int, path: Path) -> None:
    write_annotated(Originals([ORIGINAL]), path, marked(version))


def hand_out(version: int, path: Path) -> None:
    rows = {HEADER + 1 + number: place for number, place in enumerate(PLACES)}
    handout = Handout({(ORIGINAL.name, SHEET): rows}, data=Originals([ORIGINAL]))
    write_handout(path, marked(version), handout)


def amend(version: int, path: Path) -> None:
    """Corrected copies: a benefit of one person, in the second version of two."""
    paid = {"99010119670724100X": "125", "990101194703131015": "240"}
    lines = [
        Correction(2, {"台账": "低保", "证件号码": person, "字段": "月保障金", "原值": was, "新值": "300"})
        for person, was in [*paid.items()][: 1 + version]
    ]
    done = correct(Originals([ORIGINAL]), delivery(), lines, path)
    assert done.count(LineOutcome.CHANGED) == len(lines)


@cache
def delivery() -> Delivery:
    return load([ORIGINAL])


def correction_sheet(version: int) -> Write:
    """What `correct --template` writes."""
    lines = [
        {"台账": "低保", "字段": "月保障金", "单元格": f"B{number}"} for number in range(50 + 50 * version)
    ]
    return lambda path: write_file(path, partial(write_correction_sheet, lines, date(2020, 12, 31)))


def waive(version: int) -> Write:
    """What `waive` writes: a list of waivers and one more."""
    text = ""
    for number in range(20 + 20 * version):
        waiver = Waiver("已核实", "王主任", date(2021, 6, 30), f"{number:032x}", "1", "KEY-05")
        text = appended(text, waiver, "豁免.yaml")
    return lambda path: write_text(path, text)


def remember(version: int, path: Path) -> None:
    """What `inspect --save` writes."""
    sheets = [InputSheet(f"{number}.xlsx", SHEET, ("低保",)) for number in range(200 + 200 * version)]
    write_text(path, mapping_memory(sheets))


def follow_up(version: int) -> Tracking:
    """What `track` tells; its letter is that of `check`."""
    result = audit(version)
    return tracked(result, Before(), Following(result.as_of))


REPORTED: tuple[tuple[str, Formats, Callable[[int], object]], ...] = (
    ("check", REPORTS, audit),
    ("compare", COMPARISON_REPORTS, comparison),
    ("show", VIEW_REPORTS, household),
    ("estimate", ESTIMATE_REPORTS, estimate),
    ("screen", SCREEN_REPORTS, screened_result),
    ("track", {name: module for name, module in TRACK_REPORTS.items() if name != BULLETIN}, follow_up),
    ("scorecard", SCORE_REPORTS, lambda version: scorecard(earlier=bool(version))),
)


def _report(made: Callable[[int], object], module: str, version: int) -> Write:
    return lambda path: write_report(made(version), module, path)


def kinds() -> Iterator[tuple[str, Callable[[int], Write]]]:
    """Name, and what writes a version."""
    for what, formats, made in REPORTED:
        for name, module in formats.items():
            yield f"{what}-{name}", partial(_report, made, module)
    yield "ledger", lambda _: lambda path: write_ledger(audit(0), path, audit(0))
    yield "annotate", lambda version: partial(annotate, version)
    yield "handout", lambda version: partial(hand_out, version)
    yield "lists", lambda version: lambda path: write_lists(path, follow_up(version))
    yield "correct", lambda version: partial(amend, version)
    yield "correction sheet", correction_sheet
    yield "waivers", waive
    yield "project file", lambda version: partial(remember, version)
    yield "template", lambda v: lambda path: write_template(ledger(("户", "人口")[v]), path)
    yield "text", lambda v: lambda path: write_text(path, "规则\n" * 2000 * (v + 1))
    yield "pages", lambda v: lambda path: write_pages(path, {"甲.md": MARK + "甲" * 5000 * (v + 1)}, MARK)
    yield (
        "sample",
        lambda v: lambda path: write_sample(sample(frame({("镇", "东村"): 4 + v, ("镇", "西村"): 4})), path),
    )


KINDS: Mapping[str, Callable[[int], Write]] = dict(kinds())
ONCE = ("annotate", "correct", "handout", "lists", "sample")  # never written over
FOLDERS = ("pages", *ONCE)


def content(path: Path) -> dict[str, bytes] | None:
    """A file, or all files of a folder; None where there is nothing."""
    if path.is_file():
        return {"": path.read_bytes()}
    return {str(f.relative_to(path)): f.read_bytes() for f in path.rglob("*") if f.is_file()} or None


def write_until_killed(name: str, target: Path) -> None:
    """What is never written over has each time a folder of its own."""
    for number, version in enumerate(cycle((0, 1))):
        KINDS[name](version)(target.with_name(f"{target.name}{number}") if name in ONCE else target)
        if number == 0:
            tell(os.getpid())


def tell(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def serve() -> None:
    """For each line, a name and two places, a process that begins where this one, which has loaded all, stands."""
    for line in sys.stdin:
        name, target, temporary = line.rstrip("\n").split("\t")
        child = os.fork()
        if not child:
            tempfile.tempdir = temporary
            write_until_killed(name, Path(target))
        os.waitpid(child, 0)
        tell("killed")


if __name__ == "__main__":
    serve()
