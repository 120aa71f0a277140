"""Lists that say what is the household's on its first row only: the member rows below it say it, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.workbook.converting.conversion import BLANK, Bools
from fupin_audit.workbook.converting.data_rows import DataRows
from fupin_audit.workbook.converting.typed_columns import typed
from fupin_audit.workbook.recognising.matching import Match
from fupin_audit.workbook.recognising.recognition import Recognition

_NUMBER = "户编号"
_OF_HOUSEHOLD = ("省", "市", "县", "乡镇", "村", "组", _NUMBER, "户主姓名", "户主证件号码")
_MOST = 0.5  # of the members' rows; where fewer are blank, a blank is one that somebody forgot


def filled_down(rows: DataRows, found: Recognition) -> tuple[DataRows, str]:
    """The rows with the household's columns carried down from each first row, and a remark on it in Chinese."""
    match = found.finest
    below = _below_heads(rows, match) if match.is_of_persons and _NUMBER in match.columns else None
    if below is None:
        return rows, ""
    columns = dict(rows.columns)
    names = [name for name, place in _places(found) if _is_carried(rows, place, below, columns)]
    if _NUMBER not in names:
        return rows, ""
    return replace(
        rows, columns=columns
    ), f"{'、'.join(names)}只写在每户第一行，已往下带（{int(below.sum())}行）"


def _places(found: Recognition) -> Iterator[tuple[str, int]]:
    columns = {
        name: column.column for match in reversed(found.matches) for name, column in match.columns.items()
    }
    return ((name, columns[name]) for name in _OF_HOUSEHOLD if name in columns)


def _below_heads(rows: DataRows, match: Match) -> Bools | None:
    """Rows of members without a household number; None where the list is not so written that only heads have it."""
    blank = _blank(rows.columns[match.columns[_NUMBER].column])
    if not blank.any() or blank[0]:
        return None
    relation = typed(rows, match.columns["与户主关系"], match.ledger.columns()["与户主关系"].type).values
    heads: Bools = pc.fill_null(pc.equal(relation, "户主"), False).to_numpy(zero_copy_only=False)
    return blank if not (heads & blank).any() and blank.sum() > _MOST * (~heads).sum() else None


def _is_carried(rows: DataRows, place: int, below: Bools, columns: dict[int, pa.Array]) -> bool:
    """Fill a column of such a list in place, where it is blank on all the rows below the first."""
    column = rows.columns[place]
    if not _blank(column)[below].all():
        return False
    first = np.where(below, -1, np.arange(rows.height))
    columns[place] = column.take(pa.array(np.maximum.accumulate(first)))
    return True


def _blank(column: pa.Array) -> Bools:
    blank = pc.or_(pc.is_null(column), pc.fill_null(pc.is_in(column, BLANK), False))
    mask: Bools = blank.to_numpy(zero_copy_only=False)
    return mask
