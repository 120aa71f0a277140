"""Which files are read, and under which names."""

from __future__ import annotations

from pathlib import Path

import pytest

from fupin_audit.errors import UsageError
from fupin_audit.workbook.files.discovery import discover


def touch(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"")
    return folder


def names(*paths: Path) -> list[str]:
    return [file.name for file in discover(paths).files]


def test_folder_stands_for_its_spreadsheets(tmp_path: Path) -> None:
    touch(tmp_path, "b.xlsx", "a.CSV", "镇/c.xls", "d.et", "key.json", "README.md", "说明.txt")
    assert names(tmp_path) == ["a.CSV", "b.xlsx", "d.et", "镇/c.xls"]


def test_locks_and_hidden_files_are_left_alone(tmp_path: Path) -> None:
    touch(tmp_path, "a.xlsx", "~$a.xlsx", ".b.xlsx", ".git/c.xlsx", "._a.xlsx")
    assert names(tmp_path) == ["a.xlsx"]


def test_named_file_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    touch(tmp_path, "导出.txt")
    assert names(tmp_path / "导出.txt") == ["导出.txt"]


def test_file_named_twice_is_read_once(tmp_path: Path) -> None:
    touch(tmp_path, "a.xlsx")
    assert names(tmp_path, tmp_path / "a.xlsx") == ["a.xlsx"]


def test_files_of_one_name_are_told_apart_by_folder(tmp_path: Path) -> None:
    touch(tmp_path, "一月/人口.xlsx", "二月/人口.xlsx", "二月/户.xlsx")
    assert names(tmp_path / "一月", tmp_path / "二月") == ["一月/人口.xlsx", "二月/人口.xlsx", "户.xlsx"]


@pytest.mark.parametrize(
    ("made", "asked", "says"), [("", "没有", "找不到"), ("空/readme.md", "空", "没有表格文件")]
)
def test_nothing_to_read_is_wrong_usage(tmp_path: Path, made: str, asked: str, says: str) -> None:
    if made:
        touch(tmp_path, made)
    with pytest.raises(UsageError, match=says):
        names(tmp_path / asked)
