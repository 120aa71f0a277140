"""The report a clerk reads on the screen: verdict, tables, discrepancies, what was not checked, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console, RenderableType
from rich.text import Text

from fupin_audit.reports.findings.household_blocks import discrepancies
from fupin_audit.reports.findings.overview import rule_table, village_table
from fupin_audit.reports.findings.unchecked import next_steps, unchecked
from fupin_audit.reports.findings.verdict import circumstances, verdict
from fupin_audit.reports.writing.wrapping import wrap
from fupin_audit.results.finding import AuditResult, Severity

_ORDINALS = "一二三四五"
_FILE_WIDTH = 100


def write(result: AuditResult, path: Path) -> None:
    """Writes the report, uncut and without colours, as UTF-8 text."""
    with path.open("w", encoding="utf-8", errors="backslashreplace") as sink:
        show(result, Console(file=sink, width=_FILE_WIDTH, color_system=None), full=True)


def show(result: AuditResult, console: Console, full: bool = False) -> None:
    """Prints the report; unless `full`, long lists are cut and say so."""
    for line in _opening(result, console.width):
        _print(console, line)
    sections = {
        "各村情况": village_table(result, full) if result.households or result.records else (),
        "发现较多的规则": rule_table(result, full) if result.records else (),
        "逐村逐户": discrepancies(result, full, console.width),
        "未检查": unchecked(result, full, console.width),
        "下一步": next_steps(result, console.width),
    }
    ordinals = iter(_ORDINALS)
    for title, body in sections.items():
        _section(console, title, body, ordinals)


def _opening(result: AuditResult, width: int) -> Iterator[Text]:
    style = "bold red" if result.count(Severity.ERROR) else "bold yellow" if result.records else "bold green"
    yield Text("\n".join(wrap(verdict(result), width)), style=style)
    for line in circumstances(result):
        yield Text("\n".join(wrap(line, width)))


def _section(console: Console, title: str, body: Iterable[RenderableType], ordinals: Iterator[str]) -> None:
    """Prints a section under a numbered heading; nothing where the section is empty."""
    headed = False
    for part in body:
        if not headed:
            console.print()
            _print(console, Text(f"{next(ordinals)}、{title}", style="bold underline"))
            headed = True
        _print(console, part)


def _print(console: Console, part: RenderableType) -> None:
    if not isinstance(part, Text):
        console.print(part, highlight=False)
    elif console.color_system is None:
        # Nothing to style: a report of a hundred thousand findings need not wait for rich.
        console.file.write(f"{part.plain}\n")
    else:
        # Lines are broken already, with Chinese punctuation in mind; rich must not break them again.
        console.print(part, soft_wrap=True, highlight=False)
