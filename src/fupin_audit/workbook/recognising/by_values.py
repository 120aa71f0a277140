"""Headers that two fields share: what stands below says which is meant."""

from __future__ import annotations

from dataclasses import replace

import pyarrow.compute as pc

from fupin_audit.ledgers.base import Column
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.recognising.matching import FieldColumn, Match
from fupin_audit.workbook.recognising.recognition import Recognition

# 户类型 of 2021 and later, and the header some exports of 户属性 have.
_SHARED = {"户类型": "户属性"}
_MOST = 0.5  # of the column's cells, its header among them


def by_values(found: Recognition, grid: Grid) -> Recognition:
    """The same, with a coded column given to the field whose labels its cells hold."""
    return replace(found, matches=tuple(_by_values(match, grid) for match in found.matches))


def _by_values(match: Match, grid: Grid) -> Match:
    columns, fields = dict(match.columns), match.ledger.columns()
    for name, other in _SHARED.items():
        if name not in columns or other not in fields or other in columns:
            continue
        meant = _share(columns[name], fields[other], grid)
        if meant >= _MOST and meant > _share(columns[name], fields[name], grid):
            columns[other] = replace(columns.pop(name), field=other)
    return replace(match, columns={name: columns[name] for name in fields if name in columns})


def _share(found: FieldColumn, field: Column, grid: Grid) -> float:
    """The part of a column's cells that are labels of a field's code list."""
    counted = pc.value_counts(grid.columns[found.column].drop_null()).to_pylist()
    codes = field.type.codes
    known = sum(each["counts"] for each in counted if codes and codes.find(each["values"]))
    return float(known / (sum(each["counts"] for each in counted) or 1))
