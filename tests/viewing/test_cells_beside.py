"""The cells beside the one to mend are those that stand there in the sheet, masked."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from books import IDS, Book, household, person, write_books
from fupin_audit import Options
from fupin_audit.audit import examine
from fupin_audit.results.place import Location
from fupin_audit.viewing.rows_of_findings import with_rows
from fupin_audit.workbook.formats.references import cell_place
from fupin_audit.workbook.recognising.recognition import Designation

CODE, PHONE = "99010000010001", "13800000001"


def beside(folder: Path, *, reveal: bool) -> dict[Location, tuple[Location, ...]]:
    """Of a household of one whose book says four, with a column nobody knows in the middle of the sheet."""
    head = {**household(CODE, 联系电话=PHONE), "家庭人口": "4"}
    fields = list(head)
    middle = fields.index("家庭人口") + 1
    strange = {name: head[name] for name in fields[:middle]} | {"某某戳": IDS[1]}
    books: dict[str, Book] = {
        "户": [strange | head],
        "人口": [person(CODE, 0)],
        "户年度": [{"户编号": CODE, "年度": "2020", "人均纯收入": "6000", "家庭人口": "4"}],
    }
    write_books(folder, books)
    options = Options(designations=tuple(Designation(name, f"{name}.csv") for name in books), reveal=reveal)
    return dict(with_rows(examine(folder, options=options)).beside)


@pytest.mark.parametrize("reveal", [False, True])
def test_cells_beside_are_those_of_the_sheet(tmp_path: Path, reveal: bool) -> None:
    found = beside(tmp_path, reveal=reveal)
    checked = set()
    for at, near in found.items():
        with (tmp_path / at.file).open(encoding="utf-8") as sheet:
            rows = list(csv.reader(sheet))
        row, column = cell_place(at.cell) or (0, 0)
        if row == 0:  # a header is wrong: beside it stands nothing of anybody
            assert near == ()
            continue
        columns = [place[1] for cell in near if (place := cell_place(cell.cell)) and place[0] == row]
        header = rows[0]
        around = [
            index
            for index in range(max(column - 2, 0), min(column + 3, len(header)))
            if index != column and header[index] != "某某戳"
        ]
        assert columns == around
        for cell, index in zip(near, columns, strict=True):
            assert cell.field == header[index]
            if reveal or ("号码" not in cell.field and "电话" not in cell.field):
                assert (cell.value or "") == rows[row][index]
            checked.add(cell.field)
    assert len(checked) > 4
    assert any(number in str(found.values()) for number in (*IDS[:2], PHONE)) is reveal
