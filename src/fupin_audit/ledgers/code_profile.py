"""Code profiles (代码表): which labels bare numbers stand for, once a user says which system they come from.

The same number means different things in different systems, so no profile is in force by itself (CEL-12).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.ledger_building import with_columns
from fupin_audit.ledgers.types.codes import CodeList, CodeProfile
from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.ledgers.types.kinds import code_type


def with_profile(ledgers: Sequence[type[Ledger]], profile: CodeProfile) -> tuple[type[Ledger], ...]:
    """The ledgers, reading bare numbers as the profile says."""
    lists = code_lists_of(ledgers)

    @cache  # ledgers that share a column of a sheet share its reading
    def read_by_profile(name: str, many: bool) -> FieldType:
        return code_type(lists[name], many=many, profile=profile)

    adapted: list[type[Ledger]] = []
    for ledger in ledgers:
        columns = [
            replace(column, type=read_by_profile(codes.name, column.type.many))
            for column in ledger.columns().values()
            if (codes := column.type.codes)
        ]
        adapted.append(with_columns(ledger, columns) if columns else ledger)
    return tuple(adapted)


def code_lists_of(ledgers: Sequence[type[Ledger]]) -> dict[str, CodeList]:
    """The code lists the ledgers use, by name."""
    found = (column.type.codes for ledger in ledgers for column in ledger.columns().values())
    return {codes.name: codes for codes in found if codes}
