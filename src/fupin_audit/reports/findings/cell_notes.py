"""Findings as notes on the cells to mend: which rule, what is wrong, how to mend it, who, until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from fupin_audit.reports.findings.shown_values import hints
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.cell_note import CellNote, FileNotes
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.place import Location
from fupin_audit.writing.one_line import one_line, shorten

Due = Mapping[Severity, date]
_MOST = 6  # findings told in one note
_LONGEST = 300  # characters of a sentence


def cell_notes(result: AuditResult) -> Mapping[str, FileNotes]:
    """File → sheet → cell → what is said of it; findings on whole files and sheets have no cell."""
    by_cell: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in result.records:
        for at in marked(finding):
            by_cell.setdefault((at.file, at.sheet, at.cell), []).append(finding)
    notes: dict[str, dict[str, dict[str, CellNote]]] = {}
    for (file, sheet, cell), found in by_cell.items():
        found.sort(key=lambda finding: finding.severity.rank)
        notes.setdefault(file, {}).setdefault(sheet, {})[cell] = CellNote(
            found[0].severity, "\n\n".join(_texts(found, result.due))
        )
    return notes


def marked(finding: Finding) -> Sequence[Location]:
    """The cells to mark: the one to mend, and those that are probably wrong."""
    cells = (*finding.locations[:1], *finding.likely_wrong)
    return [at for at in dict.fromkeys(cells) if at.cell]


def _texts(findings: Sequence[Finding], due: Due) -> Iterator[str]:
    for finding in findings[:_MOST]:
        yield "\n".join(_lines(finding, due))
    if len(findings) > _MOST:
        yield f"这一格另有 {len(findings) - _MOST} 条，见整改台账"


def _lines(finding: Finding, due: Due) -> Iterator[str]:
    yield f"【{finding.severity.label}】{finding.rule} {finding.title}"
    yield shorten(one_line(finding.message), _LONGEST)
    yield from (shorten(one_line(hint), _LONGEST) for hint in hints(finding))
    if finding.fix:
        yield f"整改：{finding.fix}"
    if who := "、".join(map(str, finding.responsible)) or finding.owner:
        yield f"责任人：{one_line(who)}"
    if day := due.get(finding.severity):
        yield f"期限：{day.isoformat()}"
