"""One household for the screen: the books side by side, what else disagrees, members, findings, records."""

from __future__ import annotations

from typing import BinaryIO

from fupin_audit.reports.findings.household_blocks import UNCAPPED, Caps, finding_lines
from fupin_audit.reports.household.ledger_lines import book_lines, field_lines, member_lines, record_lines
from fupin_audit.results.finding import Severity
from fupin_audit.results.household import HouseholdView
from fupin_audit.writing.console import Screen, Text, closing_line, text_file
from fupin_audit.writing.marks import text_mark
from fupin_audit.writing.numbered_sections import put_sections
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.wrapping import wrap

_KIND = "一户对照"
MARK = text_mark(closing_line(_KIND))
_CAPS = Caps(groups=None)


def write(view: HouseholdView, sink: BinaryIO) -> None:
    """Writes the view, uncut and without colours, as UTF-8 text."""
    with text_file(sink, _KIND) as screen:
        show(view, screen, full=True)


def show(view: HouseholdView, screen: Screen, full: bool = False) -> None:
    """Prints the view; with `full` also all that every record says."""
    width = screen.width
    screen.put(*(Text("\n".join(wrap(line, width)), style="bold") for line in _opening(view)))
    sections = {
        "三本账对照": book_lines(view, width),
        "各台账的说法": field_lines(view.lines, width),
        "家庭成员": member_lines(view.members, width),
        "发现": finding_lines(view.findings, UNCAPPED if full else _CAPS, width),
        "各台账的记录": record_lines(view.records, full, width),
    }
    put_sections(screen, sections.items())


def summary(view: HouseholdView) -> str:
    """`户 99010000040010 傅生生（清河县白石乡白石村）：2 项说法不一；错误 1、疑点 0、提示 0`."""
    counts = "、".join(
        f"{severity.label} {sum(finding.severity is severity for finding in view.findings)}"
        for severity in Severity
    )
    who = " ".join(filter(None, ("户", view.code, view.head)))
    apart = f"{view.disagreements} 项说法不一" if view.disagreements else "没有说法不一的项"
    return one_line(f"{who}（{view.place}）：{apart}；{counts}")


def _opening(view: HouseholdView) -> list[str]:
    lines = [summary(view), f"截止日期：{view.as_of.isoformat()}"]
    lines += [f"{one_line(sheet.file)} 没能读取，这里可能不全" for sheet in view.unreadable]
    return lines + (["注意：含完整个人信息，请妥善保管"] if view.revealed else [])
