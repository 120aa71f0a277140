"""Forms of one household or person, a label beside each value: they are no tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from fupin_audit.workbook.formats.grid import Grid

REMARK = "像是登记卡或表单（名称旁边写内容），不是一行一户（人）的名册，没有读入"
_LOOKED_AT = 40  # rows
_LABELS = 5  # different ones, that a form has at least
_ROWS = 3  # with labels
_MOST = 0.5  # of the rows have labels; no row has more than that part of them, as a table's header has
_RUNNING = 2  # times that a row has the only label of the row before
_BESIDE = 0.7  # part of the labels that have a value right beside them


def is_card(grid: Grid, known: frozenset[str]) -> bool:
    """Whether labels stand in most rows, each beside its value.

    Args:
        grid: the sheet.
        known: header keys of all columns looked for.
    """
    rows = zip(*(column[:_LOOKED_AT].to_pylist() for column in grid.columns), strict=True)
    filled = [texts for row in rows if (texts := [text for text in row if text])]
    named = [[_label(text, known) for text in row] for row in filled]
    labelled = [{label for label in row if label} for row in named if any(row)]
    every = set[str]().union(*labelled)
    if len(every) < _LABELS or len(labelled) < max(_ROWS, _MOST * len(filled)) or _told_of_rows(labelled):
        return False
    return max(map(len, labelled)) <= _MOST * len(every) and _beside_values(named) >= _BESIDE


def _label(text: str, known: frozenset[str]) -> str:
    """The text where it is a label; spelled out plainly, as there may be many to look at."""
    plain = "".join(text.split()).rstrip("：:*")
    return plain if plain in known else ""


def _told_of_rows(labelled: Sequence[set[str]]) -> bool:
    """Whether a column of a table says what each row is of, as 字段 of 佐证 does: a form names nothing twice running."""
    alone = [one == other for one, other in pairwise(labelled) if len(one) == 1]
    return sum(alone) >= _RUNNING


def _beside_values(rows: Sequence[Sequence[str]]) -> float:
    """The part of the labels that are followed by something else than a label."""
    pairs = [pair for row in rows for pair in pairwise([*row, "end of the row"]) if pair[0]]
    return sum(not after for _, after in pairs) / len(pairs)
