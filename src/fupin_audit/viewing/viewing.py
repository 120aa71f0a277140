"""The whole path of a household's view on one page: delivery → household → its rows → audit → view."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase

from fupin_audit.audit import Examined, Prepared, judge
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.progress import Progress
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding
from fupin_audit.results.household import HouseholdView
from fupin_audit.results.place import Location
from fupin_audit.rulepack.checks.used_fields import every_field
from fupin_audit.version import __version__
from fupin_audit.viewing.finding_household import find_household
from fupin_audit.viewing.household_records import HouseholdRecords, gather
from fupin_audit.viewing.side_by_side import Lining


def view_household(prepared: Prepared, wanted: str, progress: Progress | None = None) -> HouseholdView:
    """One household in all ledgers.

    The findings are those of an audit of the whole delivery: villages are judged by all their households.

    Args:
        prepared: what was read.
        wanted: its 户编号, or the name or 证件号码 of a member.
        progress: as for an audit.

    Raises:
        UsageError: no such household, or several.
    """
    code = find_household(prepared.delivery, wanted)
    with open_database() as database:
        linked = open_delivery(
            database, prepared.delivery, prepared.catalogue, prepared.as_of, every_field(prepared.catalogue)
        )
        session = linked.session
        household = gather(session, Subjects(session, reveal=prepared.options.reveal), [code])[code]
        lining = Lining.of(household, session)
    return _view(household, lining, judge(prepared, progress))


def _view(household: HouseholdRecords, lining: Lining, examined: Examined) -> HouseholdView:
    result = examined.result
    first = household.records[0]
    subject = household.subjects.of(first.title, first.row)
    books = lining.three_books(examined.delivery.tables)
    return HouseholdView(
        version=__version__,
        as_of=result.as_of,
        code=subject.household,
        head=subject.head,
        place=household.place,
        books=books.lines,
        missing=books.missing,
        undelivered=books.undelivered,
        lines=lining.lines(line.name for line in books.lines),
        members=lining.members(),
        records=tuple(map(household.view, household.records)),
        findings=tuple(_findings(result, household, subject.household)),
        unreadable=result.unreadable,
        revealed=result.revealed,
    )


def _findings(result: AuditResult, household: HouseholdRecords, code: str) -> Iterator[Finding]:
    """The findings of the household; where its 户编号 is masked, another's may look the same, but not its rows."""
    rows = {_row(household.subjects.anchor(record.title, record.row)) for record in household.records}
    for finding in result.records:
        own = code == household.code or not rows.isdisjoint(map(_row, finding.locations))
        if finding.household == code and own:
            yield finding


def _row(at: Location) -> tuple[str, str, str]:
    return at.file, at.sheet, at.cell.lstrip(ascii_uppercase)
