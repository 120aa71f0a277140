"""Header spellings: one listed at one ledger serves that field in every ledger."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import LEDGERS

# 户 and 监测对象 are fed by one sheet, which has a 首次识别时间 for the one and a 识别监测时间 for the other.
_OWN_ONLY = frozenset({"识别年月"})


def spellings(ledger: type[Ledger], name: str) -> tuple[str, ...]:
    """Other headers a field is found under, the ledger's own first; a yes/no field also answers to 是否….

    A field of the same name but another type (结论: 是否 here, 文 there) is another field. A word that the ledger
    has for one of its fields alone it shares with no other ledger for another.
    """
    column = ledger.columns()[name]
    known = [*column.spellings, *column.own]
    if name not in _OWN_ONLY:
        taken = {word for other in ledger.columns().values() if other is not column for word in other.own}
        known += (word for word in _shared().get((name, column.type.name), ()) if word not in taken)
    if column.type.family == "boolean":
        known.append(f"是否{name}")
    return tuple(dict.fromkeys(known))


@cache
def _shared() -> Mapping[tuple[str, str], tuple[str, ...]]:
    shared: dict[tuple[str, str], tuple[str, ...]] = {}
    for ledger in LEDGERS:
        for name, column in ledger.columns().items():
            field = name, column.type.name
            shared[field] = (*shared.get(field, ()), *column.spellings)
    return shared
