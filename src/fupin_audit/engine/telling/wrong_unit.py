"""Of two books that differ ten thousand times, the smaller figure is the one written in 万元."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from fupin_audit.engine.telling.grounds import pointing
from fupin_audit.engine.telling.outvoted import Books
from fupin_audit.results.finding import CauseKind, Finding
from fupin_audit.results.place import Location
from fupin_audit.rulepack.reconciliations.near_records import RECORDED, SEEN


def with_wrong_units(findings: Iterable[Finding], books: Books) -> Iterator[Finding]:
    """The findings; where the unit differs and nothing else is known, with the cell that has the wrong one.

    Args:
        findings: of a whole run.
        books: rule → the books it compares with the record.
    """
    for finding in findings:
        unit = finding.cause is not None and finding.cause.kind is CauseKind.UNIT
        cell = _smaller(finding, books) if unit and not finding.likely_wrong else None
        yield pointing(finding, (cell,)) if cell else finding


def _smaller(finding: Finding, books: Books) -> Location | None:
    """The cell with the smaller of the two figures."""
    with suppress(ValueError):
        seen, recorded = (abs(float(finding.fields.get(name) or "")) for name in (SEEN, RECORDED))
        there = books.get(finding.rule, frozenset())
        return next((at for at in finding.locations if (at.ledger in there) == (seen < recorded)), None)
    return None
