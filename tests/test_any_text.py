"""Any Unicode in any column of any ledger: it is read, judged and reported, and stops nothing."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import count

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from books import AS_OF, catalogue
from effort import examples
from fupin_audit.delivery import Delivery
from fupin_audit.engine.run import judge_delivery
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.reports.registry import REPORTS, writer
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.loading import deliver
from fupin_audit.workbook.reading import Reader
from fupin_audit.workbook.recognising.recognition import Designation

# Whole Unicode, and what offices and those who attack them write; no half of a pair, which no file can hold.
LIKELY = st.text(
    "0123456789Xx年月日.-/×〇零叉。①（）%万元是否有无 　\t\n\0\x1a\x1b\u202e\u200b\ufeff'\"=+@<&[]{}|",
    max_size=24,
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=24) | LIKELY
POOLS = st.lists(TEXTS, min_size=1, max_size=16)
MANY = 250
DELIVERED = tuple(ledger for ledger in LEDGERS if not ledger.earlier_of)


def sheet_of(ledger: type[Ledger], texts: Sequence[str], rows: int) -> Grid:
    """So many rows under all headers of a ledger, filled from the texts one after the other."""
    following = count()
    columns = [
        [name, *(texts[next(following) % len(texts)] or None for _ in range(rows))]
        for name in ledger.columns()
    ]
    return Grid(ledger.title, tuple(pa.array(column, pa.string()) for column in columns))


def delivered(ledgers: Sequence[type[Ledger]], texts: Sequence[str], rows: int) -> Delivery:
    reader = Reader(LEDGERS, tuple(Designation(ledger.title, f"{ledger.title}.csv") for ledger in ledgers))
    sheets = [
        sheet
        for ledger in ledgers
        for sheet in reader.tables(f"{ledger.title}.csv", sheet_of(ledger, texts, rows))
    ]
    return deliver(sheets, LEDGERS)


@examples(200, HealthCheck.too_slow)
@given(ledger=st.sampled_from(DELIVERED), texts=POOLS)
def test_any_text_in_every_column_is_read(ledger: type[Ledger], texts: list[str]) -> None:
    delivery = delivered([ledger], texts, rows=3)
    for table in delivery.tables.values():
        for at in range(table.data.num_rows):
            assert all(table.address(at, name)[1] > 1 for name in table.fields)


@pytest.mark.nightly  # some fifteen seconds a county, so each has many texts
@examples(1, *HealthCheck, each=MANY)
@given(texts=st.lists(TEXTS, min_size=MANY, max_size=MANY), rows=st.integers(1, 25))
def test_any_text_in_every_column_is_judged_and_reported(texts: list[str], rows: int) -> None:
    """All ledgers at once, so that relations between them meet the texts too."""
    delivery = delivered(DELIVERED, texts, rows)
    judgement = judge_delivery(delivery, catalogue(), AS_OF)
    result = AuditResult(
        version="0",
        as_of=AS_OF,
        as_of_source="测试",
        inputs=delivery.inputs,
        rules_run=judgement.rules,
        records=judgement.findings,
        packs=judgement.packs,
        households=judgement.households,
    )
    for module in REPORTS.values():
        with BytesIO() as sink:
            writer(module)(result, sink)
            assert sink.getvalue() or not result.records
