"""A few cells left far away from a table: the table is read, the cells are named, nothing is held between them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from layouts import L26, people, person_rows
from odd import compound, packages, tables

from fupin_audit.errors import OverLimitError
from fupin_audit.workbook.formats.grid import Cell, Grid
from fupin_audit.workbook.formats.open_grids import open_grids
from fupin_audit.workbook.formats.stray_cells import Filled, place_name
from fupin_audit.workbook.loading import load

ROWS, COLUMNS = 15, 26
TABLE = [(row, column, f"{row}甲{column}") for row in range(ROWS) for column in range(COLUMNS)]
Place = tuple[int, int, str]
Writer = Callable[[list[Place]], bytes]


def as_xlsx(cells: list[Place]) -> bytes:
    return packages.xlsx(f"<sheetData>{''.join(map(_row, _by_row(cells)))}</sheetData>", _OTHER)


_OTHER = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'


def _by_row(cells: list[Place]) -> list[list[Place]]:
    return [[cell for cell in cells if cell[0] == row] for row in sorted({row for row, _, _ in cells})]


def _row(cells: list[Place]) -> str:
    inside = "".join(
        f'<c r="{place_name((row, column))}" t="inlineStr"><is><t>{text}</t></is></c>'
        for row, column, text in cells
    )
    return f'<row r="{cells[0][0] + 1}">{inside}</row>'


def as_prefixed_xlsx(cells: list[Place]) -> bytes:
    rows = (
        "".join(map(_row, _by_row(cells))).replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    )
    return packages.xlsx_of(
        packages.worksheet(f"<x:sheetData>{rows}</x:sheetData>", "x:"), packages.worksheet(_OTHER)
    )


def as_xlsb(cells: list[Place]) -> bytes:
    return packages.xlsb(
        b"".join(
            packages.xlsb_row(row[0][0])
            + b"".join(packages.xlsb_text(column, text) for _, column, text in row)
            for row in _by_row(cells)
        )
    )


def as_ods(cells: list[Place]) -> bytes:
    rows, next_row = "", 0
    for row in _by_row(cells):
        rows += _gap("table-row", "rows", row[0][0] - next_row, "<table:table-cell/>") + "<table:table-row>"
        next_row, next_column = row[0][0] + 1, 0
        for _, column, text in row:
            rows += _gap("table-cell", "columns", column - next_column)
            rows += f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            next_column = column + 1
        rows += "</table:table-row>"
    other = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    )
    return packages.ods(
        f'<table:table table:name="表1">{rows}</table:table><table:table table:name="表2">{other}</table:table>'
    )


def _gap(name: str, what: str, count: int, inside: str = "") -> str:
    return f'<table:{name} table:number-{what}-repeated="{count}">{inside}</table:{name}>' if count else ""


def as_xml(cells: list[Place]) -> bytes:
    rows = "".join(
        f'<Row ss:Index="{row[0][0] + 1}">'
        + "".join(
            f'<Cell ss:Index="{column + 1}"><Data ss:Type="String">{text}</Data></Cell>'
            for _, column, text in row
        )
        + "</Row>"
        for row in _by_row(cells)
    )
    return tables.spreadsheet_ml(f'<Worksheet ss:Name="表1"><Table>{rows}</Table></Worksheet>')


def as_xls(cells: list[Place]) -> bytes:
    return compound.xls(b"".join(compound.label(*cell) for cell in cells))


WRITERS: dict[str, Writer] = {
    "xlsx": as_xlsx,
    "prefixed": as_prefixed_xlsx,
    "xlsb": as_xlsb,
    "ods": as_ods,
    "xml": as_xml,
}
FAR: dict[str, list[Cell]] = {
    "A1048576": [(1_048_575, 0)],
    "XFD1048576": [(1_048_575, 16_383)],
    "C900000、XFD1048576": [(899_999, 2), (1_048_575, 16_383)],
    "XFD3": [(2, 16_383)],
    "ZZ4、B70000": [(3, 701), (69_999, 1)],
}


def grids_of(folder: Path, content: bytes) -> list[Grid]:
    path = folder / "a.xlsx"
    path.write_bytes(content)
    return list(open_grids(path))


@pytest.mark.parametrize("far", FAR)
@pytest.mark.parametrize("kind", WRITERS)
def test_the_table_is_read_and_the_cell_named(kind: str, far: str, tmp_path: Path) -> None:
    cells = sorted([*TABLE, *((*cell, "9") for cell in FAR[far])])
    grid, *others = grids_of(tmp_path, WRITERS[kind](cells))
    assert [grid.row(at) for at in range(grid.height)] == [
        [f"{row}甲{column}" for column in range(COLUMNS)] for row in range(ROWS)
    ]
    assert grid.caveats[0].startswith(f"{far} 离表格太远")
    assert place_name((ROWS - 1, COLUMNS - 1)) in grid.caveats[0]
    assert all((other.row(0), other.caveats) == (["1"], ()) for other in others)


def test_an_old_sheet_is_read_without_its_far_cells(tmp_path: Path) -> None:
    (grid,) = grids_of(tmp_path, as_xls([*TABLE, (65_535, 255, "9")]))
    assert (grid.height, len(grid.columns)) == (ROWS, COLUMNS)
    assert "IV65536 离表格太远" in grid.caveats[0]


def test_errors_and_long_numbers_out_there_are_no_findings(tmp_path: Path) -> None:
    cells = b"".join(compound.label(*cell) for cell in TABLE)
    far = compound.error(65_535, 3, 0x17) + compound.number(65_535, 200, tables.ID)
    (grid,) = grids_of(tmp_path, compound.xls(cells + far))
    assert (grid.errors, grid.long_numbers) == ({}, frozenset())


def test_many_far_cells_are_counted(tmp_path: Path) -> None:
    far = [(900_000 + row, 1, "9") for row in range(40)]
    grid = grids_of(tmp_path, as_xlsx([*TABLE, *far]))[0]
    assert "B900001、B900002、B900003、B900004、B900005等40格 离表格太远" in grid.caveats[0]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_second_table_far_away_is_no_oversight(kind: str, tmp_path: Path) -> None:
    second = [(1_000_000 + row, column, text) for row, column, text in TABLE]
    with pytest.raises(OverLimitError, match="个单元格有内容"):
        grids_of(tmp_path, WRITERS[kind]([*TABLE, *second]))


def test_a_cell_whose_place_is_not_written_is_not_guessed(tmp_path: Path) -> None:
    table = "".join(map(_row, _by_row(TABLE)))
    content = packages.xlsx(f'<sheetData>{table}<row r="1048576"><c><v>1</v></c></row></sheetData>')
    with pytest.raises(OverLimitError, match="A1048576"):
        grids_of(tmp_path, content)


def test_blank_cells_out_there_are_none(tmp_path: Path) -> None:
    table = "".join(map(_row, _by_row(TABLE)))
    blank = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    (grid,) = grids_of(tmp_path, packages.xlsx(f"<sheetData>{table}{blank}</sheetData>"))
    assert (grid.height, grid.caveats) == (ROWS, ())


@pytest.mark.parametrize(
    ("rows", "bounds"),
    [
        ({0: 5, 1: 5, 5000: 1}, (2, 3)),
        ({0: 5, 1: 5, 900: 1}, None),
        ({0: 5, 1: 5, 5000: 60, 9000: 60}, (5001, 3)),
        ({0: 200, 5000: 60, 9000: 40}, (1, 3)),
        ({5000: 9}, None),
        ({}, None),
    ],
)
def test_what_is_far(rows: dict[int, int], bounds: tuple[int, int] | None) -> None:
    filled = Filled()
    for row, cells in rows.items():
        filled.see(row, 2, cells)
    found = filled.bounds()
    assert (found and (found.height, found.width)) == bounds


def test_people_are_read_beside_a_far_cell(tmp_path: Path) -> None:
    rows = person_rows(*people())
    cells = [
        (at, place, str(value)) for at, row in enumerate(rows) for place, value in enumerate(row) if value
    ]
    (tmp_path / "人口.xlsx").write_bytes(as_xlsx([*cells, (1_048_575, len(L26) - 1, "1")]))
    delivery = load([tmp_path / "人口.xlsx"])
    assert delivery.tables["人口"].data.num_rows == len(people())
    assert "1048576" in delivery.inputs[0].caveats[0]
