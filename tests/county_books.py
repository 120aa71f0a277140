"""A generated county's records as rows that a clerk would type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from books import Row
from county.clean.village import Shape, villages
from county.further.families import FAMILIES
from county.records.record import Dossier


def households(in_villages: int) -> list[Dossier]:
    """Twenty in each village, with every ledger."""
    shape = Shape(in_villages, 20, 5, "安和省", "云川市", "清河县")
    return [dossier for village in villages(11, shape, FAMILIES) for dossier in village.dossiers]


def rows(dossiers: Iterable[Dossier], ledgers: Sequence[str]) -> dict[str, list[Row]]:
    """Their rows, ledger by ledger; every row of a ledger has the same columns."""
    found: dict[str, list[Row]] = defaultdict(list)
    for dossier in dossiers:
        for record in dossier.records:
            if record.ledger in ledgers:
                found[record.ledger].append({name: typed(value) for name, value in record.values.items()})
    columns = {title: dict.fromkeys(name for row in rows for name in row) for title, rows in found.items()}
    return {
        title: [{name: row.get(name, "") for name in columns[title]} for row in rows]
        for title, rows in found.items()
    }


def typed(value: object) -> str:
    """A value as a cell's text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else str(value)
