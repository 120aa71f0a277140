"""Which two sheets are compared: `文件!工作表`, the password both may need, what is refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from comparing.sheets import Rows, compared, households, write
from fupin_audit.comparing.compare_options import CompareOptions
from fupin_audit.comparing.two_tables import compare, file_and_sheet
from fupin_audit.errors import UsageError

PASSWORD = "口令"


def workbook(**sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def locked(content: bytes) -> bytes:
    found = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(content)).encrypt(PASSWORD, found)
    return found.getvalue()


@pytest.mark.parametrize(
    ("text", "file", "sheet"),
    [
        ("户.xlsx", "户.xlsx", ""),
        ("户.xlsx!东沟村", "户.xlsx", "东沟村"),
        ("户.xlsx! 东沟村 ", "户.xlsx", "东沟村"),
        # a file has such a name
        ("户!改.xlsx", "户!改.xlsx", ""),
        ("户!改.xlsx!东沟村", "户!改.xlsx", "东沟村"),
        # is not there
        ("没有.xlsx", "没有.xlsx", ""),
        ("没有.xlsx!东沟村", "没有.xlsx", "东沟村"),
    ],
)
def test_a_sheet_may_be_named_after_its_file(
    text: str, file: str, sheet: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("户.xlsx", "户!改.xlsx"):
        Path(name).touch()
    assert file_and_sheet(text) == (Path(file), sheet)


def test_a_folder_is_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="是文件夹；compare 比较两张表，请写文件，或 文件!工作表"):
        file_and_sheet(str(tmp_path))


def test_the_sheets_that_are_named_are_compared(tmp_path: Path) -> None:
    (tmp_path / "全县.xlsx").write_bytes(
        workbook(东沟村=households(14), 西坡村=households(9), 石桥村=households(8))
    )
    found = compare(f"{tmp_path / '全县.xlsx'}!西坡村", f"{tmp_path / '全县.xlsx'}!石桥村")
    assert (found.left.sheet, found.right.sheet) == ("西坡村", "石桥村")
    assert (found.left.rows, found.right.rows, found.paired) == (9, 8, 8)


def test_one_password_opens_both(tmp_path: Path) -> None:
    for name in ("左.xlsx", "右.xlsx"):
        (tmp_path / name).write_bytes(locked(workbook(户=households(6))))
    found = compare(str(tmp_path / "左.xlsx"), str(tmp_path / "右.xlsx"), CompareOptions(password=PASSWORD))
    assert (found.same, found.paired) == (True, 6)


@pytest.mark.parametrize("side", ["左边", "右边"])
def test_a_header_without_rows_is_refused(side: str, tmp_path: Path) -> None:
    full, bare = tmp_path / "户.csv", tmp_path / "空.xlsx"
    write(full, households(6))
    bare.write_bytes(workbook(东沟村=[["户编号", "家庭人口"], ["合计", "3"]]))
    left, right = (bare, full) if side == "左边" else (full, bare)
    with pytest.raises(UsageError) as refusal:
        compare(str(left), str(right))
    assert str(refusal.value) == f"{side}的 空.xlsx › 东沟村 只有表头，没有数据行"


def test_a_difference_is_told_of_the_row_on_the_left(tmp_path: Path) -> None:
    left, right = households(9), households(9)
    right[3][4] = "9"
    right[1:] = reversed(right[1:])
    (difference,) = compared(tmp_path, left, right).differences
    assert difference.record.key == (left[3][0],)
    assert (difference.left.cell, difference.right.cell) == ("E4", "E8")


def test_blanks_are_counted_on_the_side_they_are_on(tmp_path: Path) -> None:
    left, right = households(9), households(9)
    left[2][4] = right[3][4] = right[7][4] = ""
    right[1:] = reversed(right[1:])
    column = next(each for each in compared(tmp_path, left, right).columns if each.name == "家庭人口")
    assert (column.differing, column.blank_left, column.blank_right) == (3, 1, 2)


def test_a_cell_of_a_sheet_of_two_ledgers_is_of_the_first(tmp_path: Path) -> None:
    header = ["户编号", "户主姓名", "村", "人编号", "姓名", "与户主关系", "家庭人口", "人均纯收入"]
    rows = [
        header,
        *([f"99010000{n:06}", "张安", "东沟村", f"{n:02}", "张安", "户主", "1", "9"] for n in range(8)),
    ]
    other = [*rows[:-1], [*rows[-1][:-1], "7"]]
    found = compared(tmp_path, rows, other)
    assert found.left.ledgers == ("人口", "户")
    assert [item.left.ledger for item in found.differences] == ["人口"]
