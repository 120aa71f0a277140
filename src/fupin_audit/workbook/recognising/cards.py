"""Forms of one household or person, a label beside each value: they are no tables."""

from __future__ import annotations

from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.recognising.header_text import keys

REMARK = "像是登记卡或表单（名称旁边写内容），不是一行一户（人）的名册，没有读入"
_LOOKED_AT = 40  # rows
_ROWS, _LABELS = 3, 5  # with labels, and different labels, that a form has at least
_MOST = 0.5  # of the rows
_MOST_IN_A_ROW = 0.5  # of the labels: a table has them all in its header


def is_card(grid: Grid, known: frozenset[str]) -> bool:
    """Whether most rows have labels, and none has most of them.

    Args:
        grid: the sheet.
        known: header keys of all columns looked for.
    """
    if not grid.columns:
        return False
    rows = zip(*(column[:_LOOKED_AT].to_pylist() for column in grid.columns), strict=True)
    filled = [texts for row in rows if (texts := [text for text in row if text])]
    labels = [{key for text in row for key in keys(text)[:1] if key in known} for row in filled]
    labelled = [found for found in labels if found]
    every = set[str]().union(*labelled)
    return (
        len(labelled) >= max(_ROWS, _MOST * len(filled))
        and len(every) >= _LABELS
        and max(map(len, labelled)) <= _MOST_IN_A_ROW * len(every)
    )
