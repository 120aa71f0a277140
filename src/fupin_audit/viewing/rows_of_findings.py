"""Rows that go with the findings of an audit, for reports that show them: `with_rows` reads them all at once."""

from __future__ import annotations

from dataclasses import replace

from fupin_audit.audit import Examined
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.rulepack.checks.used_fields import fields_of
from fupin_audit.viewing.books_of_findings import books_of
from fupin_audit.viewing.cells_beside import excerpts


def with_rows(found: Examined) -> AuditResult:
    """The result with the books of its households and the cells beside those to mend, masked like the findings."""
    result = found.result
    with open_database() as database:
        wanted = fields_of(found.catalogue, ())
        linked = open_delivery(database, found.delivery, found.catalogue, result.as_of, wanted)
        subjects = Subjects(linked.session, reveal=result.revealed)
        books = books_of(linked.session, subjects, result.records)
        beside, headings = excerpts(found.delivery, subjects, result.records)
        return replace(result, books=books, beside=beside, headings=headings)
