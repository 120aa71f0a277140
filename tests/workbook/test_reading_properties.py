"""Whatever stands in a sheet, reading it gives a table whose every cell has an address."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from layouts import LAYOUTS

from effort import examples
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.loading import deliver
from fupin_audit.workbook.reading import Reader

HEADERS = [*LAYOUTS.values(), *(tuple(ledger.columns()) for ledger in LEDGERS)]
TEXTS = ["1", "2", "户主", "配偶", "是", "否", "因病", "2020", "2021", "合计", "备注：无", "-", "小学", "3.5", " 甲", "标题",
         "单位：万元", "99010119600305001x"]  # fmt: skip
CELLS = st.none() | st.sampled_from(TEXTS)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    columns = draw(st.sampled_from(HEADERS))
    header = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=12))
    above = draw(st.integers(0, 3))
    below = draw(st.integers(0, 8))
    width, height = len(header), above + 1 + below
    rows: list[Sequence[str | None]] = [
        draw(st.lists(CELLS, min_size=width, max_size=width)) for _ in range(height)
    ]
    rows[above] = header
    cells = st.tuples(st.integers(0, height), st.integers(0, width))
    errors = {cell: "#N/A" for cell in draw(st.lists(cells, max_size=2)) if cell[0] > above}
    corners = draw(st.lists(st.tuples(cells, cells), max_size=2))
    return Grid(
        "表",
        tuple(
            pa.array([None if (at, place) in errors else text for at, text in enumerate(column)], pa.string())
            for place, column in enumerate(zip(*rows, strict=True))
        ),
        errors=errors,
        long_numbers=frozenset(draw(st.lists(cells, max_size=3))),
        merged=tuple((min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in corners),
    )


@examples(150, HealthCheck.too_slow)
@given(sheets=st.lists(grids(), min_size=1, max_size=3))
def test_any_sheets_can_be_read(sheets: list[Grid]) -> None:
    reader = Reader(LEDGERS)
    read = [table for number, grid in enumerate(sheets) for table in reader.tables(f"{number}.xlsx", grid)]
    delivery = deliver(read, LEDGERS)
    assert {sheet.file for sheet in delivery.inputs} == {f"{number}.xlsx" for number in range(len(sheets))}
    for table in delivery.tables.values():
        assert len(table.cells.source) == len(table.cells.excel_row)
        assert all(len(origin) == table.data.num_rows for origin in table.origins.values())
        for at in range(table.data.num_rows):
            assert all(table.address(at, name)[1] > 1 for name in table.fields)
        for problem in table.problems:
            assert problem.field in table.fields
            assert 0 <= problem.row < table.data.num_rows
