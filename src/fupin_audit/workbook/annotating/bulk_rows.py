"""Rows of a worksheet as XML, written column by column: cell by cell takes too long for the rows of a county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.workbook.formats.grid import Grid, letter

LONGEST = 32_767  # characters Excel takes in a cell
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_ANY_ESCAPED = "[&<>]"
# Characters XML can't hold, and texts Excel would take for such a character.
_ODD = r"[\x00-\x08\x0b-\x1f\x{fffe}\x{ffff}]|_x[0-9A-Fa-f]{4}_"


def odd_rows(grid: Grid) -> frozenset[int]:
    """Rows with a text that XML or Excel does not take as it is."""
    found: set[int] = set()
    for column in grid.columns:
        odd = pc.or_(
            pc.match_substring_regex(column, _ODD),
            pc.greater(pc.utf8_length(column), LONGEST),
        )
        if pc.any(odd).as_py():
            found.update(np.flatnonzero(odd.fill_null(False).to_numpy(zero_copy_only=False)).tolist())
    return frozenset(found)


def row_texts(grid: Grid, rows: Sequence[int], styles: Mapping[str, str]) -> dict[int, str]:
    """Number of the row as Excel counts it → its XML.

    Args:
        grid: the sheet.
        rows: the rows, counted from 0; none of them odd.
        styles: letter of a column → the number of the style of its cells.
    """
    taken = pa.array(rows, pa.int64())
    numbers = pc.cast(pc.add(taken, 1), pa.string())
    cells = [
        _cells(column.take(taken), letter(at), styles.get(letter(at), "0"), numbers)
        for at, column in enumerate(grid.columns)
    ]
    texts = pc.binary_join_element_wise('<row r="', numbers, '">', *cells, "</row>", "")
    return dict(zip((row + 1 for row in rows), texts.to_pylist(), strict=True))


def _cells(texts: pa.Array, name: str, style: str, numbers: pa.Array) -> pa.Array:
    """The cells of a column; blank ones have their style alone."""
    texts = pc.cast(texts, pa.string())
    if pc.any(pc.match_substring_regex(texts, _ANY_ESCAPED)).as_py():
        for plain, escaped in _ESCAPES:
            texts = pc.replace_substring(texts, plain, escaped)
    start, number = f'<c r="{name}', f'" s="{style}"'
    opening = f'{number} t="inlineStr"><is><t xml:space="preserve">'
    filled = pc.binary_join_element_wise(start, numbers, opening, texts, "</t></is></c>", "")
    return pc.coalesce(filled, pc.binary_join_element_wise(start, numbers, f"{number}/>", ""))
