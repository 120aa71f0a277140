"""Around the cell to mend stands what stands there in the sheet, under the sheet's own headers, masked."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from books import AS_OF, IDS, Book, household, person, write_books
from fupin_audit import Options
from fupin_audit.audit import examine
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.viewing.rows_of_findings import with_rows
from fupin_audit.workbook.formats.references import cell_place
from fupin_audit.workbook.recognising.recognition import Designation

CODE, PHONE = "99010000010001", "13800000001"
OWN_WORDS = {"家庭人口": "家庭人数", "联系电话": "户主电话", "户主姓名": "户主", "村": "行政村"}
STRANGE = "某某戳"


def of_books(folder: Path, *, reveal: bool) -> AuditResult:
    """Of a household of one whose book says four, with a column nobody knows in the middle of the sheet."""
    head = {**household(CODE, 联系电话=PHONE), "家庭人口": "4"}
    worded = {OWN_WORDS.get(name, name): value for name, value in head.items()}
    fields = list(worded)
    middle = fields.index(OWN_WORDS["家庭人口"]) + 1
    strange = {name: worded[name] for name in fields[:middle]} | {STRANGE: IDS[1]}
    books: dict[str, Book] = {
        "户": [strange | worded],
        "人口": [person(CODE, 0)],
        "户年度": [{"户编号": CODE, "年度": "2020", "人均纯收入": "6000", "家庭人口": "4"}],
    }
    write_books(folder, books)
    options = Options(designations=tuple(Designation(name, f"{name}.csv") for name in books), reveal=reveal)
    return with_rows(examine(folder, options=options))


@pytest.mark.parametrize("reveal", [False, True])
def test_cells_beside_are_those_of_the_sheet(tmp_path: Path, reveal: bool) -> None:
    result = of_books(tmp_path, reveal=reveal)
    checked = set()
    for at, near in result.beside.items():
        with (tmp_path / at.file).open(encoding="utf-8") as sheet:
            header, *rows = csv.reader(sheet)
        row, column = cell_place(at.cell) or (0, 0)
        if row == 0:  # a header is wrong: beside it stands nothing of anybody
            assert near == ()
            continue
        around = [at for at in range(max(column - 2, 0), min(column + 3, len(header))) if at != column]
        assert [cell_place(cell.cell) for cell in near] == [(row, index) for index in around]
        for cell, index in zip(near, around, strict=True):
            assert result.headings[cell] == header[index]
            if reveal or not any(word in header[index] for word in ("号码", "电话", STRANGE)):
                assert (cell.value or "") == rows[row - 1][index]
            checked.add(header[index])
    assert STRANGE in checked
    assert checked & set(OWN_WORDS.values())
    told = str((result.beside, result.headings))
    assert any(number in told for number in (*IDS[:2], PHONE)) is reveal


def test_a_quoted_cell_has_the_header_of_its_sheet(tmp_path: Path) -> None:
    result = of_books(tmp_path, reveal=False)
    worded = {at.field: result.headings[at] for at in result.headings if at.ledger == "户"}
    assert worded["家庭人口"] == OWN_WORDS["家庭人口"]
    quoted = {at for item in result.records for at in item.locations if (cell_place(at.cell) or (0,))[0] > 0}
    assert quoted <= result.headings.keys()


def test_of_two_tables_in_a_sheet_each_has_its_own_headers(tmp_path: Path) -> None:
    """The second begins where the first ends, in the same columns; one letter of its number is wrong."""
    wrong = f"{IDS[0][:-1]}X"
    households = (
        ("户编号", "户主", "戳一", "家庭人数", "户主证件号码", "脱贫属性"),
        (CODE, "张三", "甲", "四口", IDS[0], "已脱贫"),
    )
    people = (
        ("户编号", "人编号", "戳二", "证件号码", "姓名", "与户主关系"),
        (CODE, f"{CODE}01", "乙", wrong, "张三", "户主"),
    )
    book = openpyxl.Workbook()
    for line in (*households, (), ("二、成员",), *people):
        book.worksheets[0].append(line)
    book.save(tmp_path / "全部.xlsx")
    result = with_rows(examine(tmp_path, as_of=AS_OF))
    assert {("家庭人口", "戳一", "甲"), ("证件号码", "戳二", "乙")} <= set(stamps(result))


def stamps(result: AuditResult) -> Iterator[tuple[str, str, str | None]]:
    """The field of each wrong cell, and what the columns nobody knows beside it are called and say."""
    for at, near in result.beside.items():
        yield from ((at.field, result.headings[cell], cell.value) for cell in near if not cell.ledger)
