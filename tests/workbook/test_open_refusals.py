"""What can't be read is refused in Chinese, by a typed error that says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import fastexcel
import pytest
from odd import packages, tables
from odd.malformed import PASSWORD, encrypted, malformed

from fupin_audit.errors import EncryptedFileError, InputError, NotASpreadsheetError, OverLimitError
from fupin_audit.workbook.files.discovery import InputFile
from fupin_audit.workbook.formats.open_grids import open_grids
from fupin_audit.workbook.reading import open_file

CASES = malformed()
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", CASES)
def test_malformed_files_are_refused(name: str, tmp_path: Path) -> None:
    content, expected = CASES[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as refusal:
        list(open_grids(path))
    assert type(refusal.value) is expected
    assert CHINESE.search(refusal.value.message)
    assert CHINESE.search(refusal.value.hint)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotASpreadsheetError, match="文件夹"):
        list(open_grids(tmp_path))


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="不存在"):
        list(open_grids(tmp_path / "没有.xlsx"))


@pytest.mark.parametrize("write", [tables.as_xlsx, tables.as_xlsb])
def test_the_password_opens_an_encrypted_workbook(write: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(encrypted(write()))
    (grid,) = open_grids(path, password=PASSWORD)
    assert grid.row(tables.TOP)[tables.LEFT :] == list(tables.ROWS[0])


def test_a_wrong_password_is_told_from_a_missing_one(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(encrypted(tables.as_xlsx()))
    with pytest.raises(EncryptedFileError, match="有打开密码"):
        list(open_grids(path))
    with pytest.raises(EncryptedFileError, match="密码不正确"):
        list(open_grids(path, password="2020清河"))


def test_the_sheets_beside_a_bad_one_are_read_first(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    path.write_bytes(
        packages.xlsx(
            '<sheetData><row r="1"><c r="A1" t="e"><v>#SPILL!</v></c></row></sheetData>',
            '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
        )
    )
    grids = open_grids(path)
    assert next(grids).sheet == "表2"
    with pytest.raises(InputError, match="工作表“表1”"):
        next(grids)


def test_a_file_too_large_for_the_memory_is_no_damaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(_: bytes) -> None:
        raise MemoryError

    monkeypatch.setattr(fastexcel, "read_excel", exhausted)
    path = tmp_path / "大.xlsx"
    path.write_bytes(tables.as_xlsx())
    opened = open_file(InputFile(path.name, path), None)
    assert type(opened.error) is OverLimitError
    assert "内存不够" in str(opened.error)
