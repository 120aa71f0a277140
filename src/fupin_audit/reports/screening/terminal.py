"""The screens a clerk reads on the screen: what stands out, with how likely it is, and what was not tested."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from fupin_audit.reports.screening.screen_words import CAUTION, listed, not_tested, verdict
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding
from fupin_audit.writing.console import RenderableType, Screen, Text, closing_line, text_file
from fupin_audit.writing.marks import text_mark
from fupin_audit.writing.numbered_sections import bullet, put_sections
from fupin_audit.writing.wrapping import wrap

_KIND = "统计筛查"
MARK = text_mark(closing_line(_KIND))
_SHOWN = 20


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes all of it, without colours, as UTF-8 text."""
    with text_file(sink, _KIND) as screen:
        show(result, screen, full=True)


def show(result: AuditResult, screen: Screen, full: bool = False) -> None:
    """Prints what stands out and what was not tested."""
    style = "bold yellow" if result.records else "bold green"
    screen.put(Text("\n".join(wrap(verdict(result), screen.width)), style=style))
    screen.put(Text("\n".join(wrap(CAUTION, screen.width))))
    put_sections(screen, _sections(result, full, screen.width))


def _sections(result: AuditResult, full: bool, width: int) -> Iterator[tuple[str, list[RenderableType]]]:
    if result.records:
        yield "不寻常的地方，最不像巧合的在前", list(_findings(result, full, width))
    if lines := [f"{rule}：{why}" for rule, why in not_tested(result)]:
        yield "没有检验的", [bullet(line, width) for line in lines]


def _findings(result: AuditResult, full: bool, width: int) -> Iterator[RenderableType]:
    found = listed(result)
    shown = found if full else found[:_SHOWN]
    for item in shown:
        yield bullet(f"{_head(item)}{item.message}", width)
    if len(found) > len(shown):
        yield Text(f"只列出 {len(shown)} 处，还有 {len(found) - len(shown)} 处；--full 全部列出")


def _head(finding: Finding) -> str:
    return f"{finding.rule} {finding.severity.label} {finding.place.town}"
