"""Cells of SpreadsheetML 2003 whose numbers are none, and rows that stand where they can't."""

from __future__ import annotations

from pathlib import Path

import pytest
from odd import tables

from fupin_audit.errors import DamagedFileError, OverLimitError
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.open_grids import open_grids


def grid_of(folder: Path, rows: str) -> Grid:
    path = folder / "a.xls"
    path.write_bytes(tables.spreadsheet_ml(f'<Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet>'))
    (grid,) = open_grids(path)
    return grid


def cell(text: str, sort: str = "Number", attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="{sort}">{text}</Data></Cell>'


@pytest.mark.parametrize(
    ("text", "shown", "is_long"),
    [
        ("TRUE", "TRUE", False),
        ("ExE", "ExE", False),
        ("1E99999999", "1E99999999", True),
        ("1E2000000000", "1E2000000000", True),
        ("1E-99999999999999999999", "1E-99999999999999999999", False),
        ("-1e309", "-1e309", False),
        ("9.9010119900101E+17", "990101199001010000", True),
        ("1.5E-3", "0.0015", False),
        ("NaN", "NaN", False),
        ("sNaN1e5", "sNaN1e5", False),
        ("1E", "1E", False),
        ("E5", "E5", False),
        ("12.50", "12.50", False),
        ("", None, False),
    ],
)
def test_a_number_that_is_none_is_its_text(
    text: str, shown: str | None, is_long: bool, tmp_path: Path
) -> None:
    grid = grid_of(tmp_path, f"<Row>{cell('表头', 'String')}{cell(text)}</Row>")
    assert (grid.row(0)[1:] or [None]) == [shown]
    assert grid.long_numbers == ({(0, 1)} if is_long else set())


@pytest.mark.parametrize("sort", ["Number", "Error"])
def test_an_error_is_an_error_whatever_it_is_called(sort: str, tmp_path: Path) -> None:
    grid = grid_of(tmp_path, f"<Row>{cell('1')}{cell('#VALUE!', sort)}{cell('1')}</Row>")
    assert grid.row(0) == ["1", None, "1"]
    assert grid.errors == {(0, 1): "#VALUE!"}


@pytest.mark.parametrize(
    "rows",
    [
        f'<Row ss:Index="5">{cell("1")}</Row><Row ss:Index="2">{cell("1")}</Row>',
        f'<Row ss:Index="0">{cell("1")}</Row>',
        f'<Row ss:Index="-3">{cell("1")}</Row>',
        f'<Row ss:Index="一">{cell("1")}</Row>',
        "<Row>" + cell("1") + cell("1", attributes='ss:Index="1"') + "</Row>",
        "<Row>" + cell("1", attributes='ss:Index="-1"') + "</Row>",
        "<Row>" + cell("1", attributes='ss:MergeAcross="x"') + "</Row>",
    ],
)
def test_places_that_can_not_be_are_refused(rows: str, tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError):
        grid_of(tmp_path, rows)


def test_rows_that_only_have_a_format_count(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, f'<Row>{cell("1")}</Row><Row ss:Span="2"/><Row>{cell("2")}</Row>')
    assert [grid.row(at)[0] for at in range(grid.height)] == ["1", None, None, None, "2"]


def test_spans_beyond_all_bounds_cost_nothing(tmp_path: Path) -> None:
    spans = cell("1", attributes='ss:MergeAcross="99999999" ss:MergeDown="99999999"')
    assert grid_of(tmp_path, f"<Row>{spans}</Row>").height == 1
    with pytest.raises(OverLimitError, match="只有"):
        grid_of(tmp_path, f"<Row>{spans}</Row>" * 5000)
