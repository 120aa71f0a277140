"""The three books of the households that have findings, for reports that show them beside the findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.results.finding import Finding
from fupin_audit.results.household import MOST_BOOKS, ThreeBooks
from fupin_audit.viewing.household_records import gather
from fupin_audit.viewing.side_by_side import BOOKS, Lining

Books = Mapping[tuple[str, str], ThreeBooks]
_CODE = "户编号"
_LEDGERS = [title for titles in BOOKS.values() for title in titles]


def books_of(session: Session, subjects: Subjects, findings: Iterable[Finding]) -> Books:
    """`Finding.home` → the books, masked like the findings."""
    homes = _gravest(findings)
    codes = _codes(session, subjects, {code for code, _ in homes})
    gathered = gather(session, subjects, set(codes.values()), _LEDGERS)
    told = {
        code: Lining.of(household, session).three_books(session.delivery.tables)
        for code, household in gathered.items()
    }
    return {home: told.get(codes.get(home[0], ""), ThreeBooks()) for home in homes}


def _gravest(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """The households with the gravest findings."""
    graded = sorted(
        (finding for finding in findings if finding.household), key=lambda item: item.severity.rank
    )
    return list(dict.fromkeys(finding.home for finding in graded))[:MOST_BOOKS]


def _codes(session: Session, subjects: Subjects, shown: Collection[str]) -> Mapping[str, str]:
    """户编号 as findings show it → as it is; of several that look alike nobody can tell whose a finding is."""
    found: dict[str, set[str]] = {}
    for title, code in _carried(session):
        found.setdefault(subjects.hidden(title, _CODE, code), set()).add(code)
    return {text: next(iter(codes)) for text, codes in found.items() if text in shown and len(codes) == 1}


def _carried(session: Session) -> Iterator[tuple[str, str]]:
    """Every 户编号 the books carry, with the ledger."""
    for title in filter(session.delivery.tables.__contains__, _LEDGERS):
        table = session.delivery.tables[title]
        if _CODE in table.fields:
            for code in table.data.column(_CODE).drop_null().unique().to_pylist():
                yield title, code
