"""The report a clerk reads on the screen: verdict, tables, discrepancies, what was not checked, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from fupin_audit.reports.findings.about_reading import TITLE, about_reading
from fupin_audit.reports.findings.household_blocks import discrepancies
from fupin_audit.reports.findings.next_steps import next_steps
from fupin_audit.reports.findings.overview import rule_table, village_table
from fupin_audit.reports.findings.unchecked import elsewhere, unchecked
from fupin_audit.reports.findings.verdict import circumstances, verdict
from fupin_audit.reports.findings.village_tally import RuleTally, Tallies, tallies
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from fupin_audit.writing.console import Screen, Text, closing_line, hanging, text_file
from fupin_audit.writing.marks import text_mark
from fupin_audit.writing.numbered_sections import put_sections
from fupin_audit.writing.wrapping import wrap

_KIND = "核对报告"
MARK = text_mark(closing_line(_KIND))


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes the report, uncut and without colours, as UTF-8 text."""
    with text_file(sink, _KIND) as screen:
        show(result, screen, full=True)


def show(result: AuditResult, screen: Screen, full: bool = False) -> None:
    """Prints the report; unless `full`, long lists are cut and say so: not that of a village asked for by itself."""
    for line in _opening(result, screen.width):
        screen.put(line)
    counted = tallies(result)
    sections = {
        "各村情况": village_table(counted.villages, full) if result.households or result.records else (),
        "发现较多的规则": rule_table(counted.rules, full) if result.records else (),
        "逐村逐户": discrepancies(result, counted, full or _is_one_village(result, counted), screen.width),
        TITLE: about_reading(result, full, screen.width),
        "未检查": unchecked(result, full, screen.width),
        "本地没有的规定": _elsewhere(result, screen.width),
        "下一步": _next_steps(result, counted.rules, screen.width),
    }
    put_sections(screen, sections.items())


def _is_one_village(result: AuditResult, counted: Tallies) -> bool:
    return bool(result.filtered) and len(counted.villages) == 1


def _opening(result: AuditResult, width: int) -> Iterator[Text]:
    style = "bold red" if result.count(Severity.ERROR) else "bold yellow" if result.records else "bold green"
    yield Text("\n".join(wrap(verdict(result), width)), style=style)
    for line in circumstances(result):
        yield Text("\n".join(wrap(line, width)))


def _elsewhere(result: AuditResult, width: int) -> Iterator[Text]:
    if line := elsewhere(result):
        yield Text("\n".join(wrap(line, width)))


def _next_steps(result: AuditResult, rules: Sequence[RuleTally], width: int) -> Iterator[Text]:
    """The commands that help from here."""
    for number, (purpose, command) in enumerate(next_steps(result, rules), start=1):
        yield hanging(f"{number}. ", f"{purpose}：", width)
        yield Text(f"   {command}", style="green")
