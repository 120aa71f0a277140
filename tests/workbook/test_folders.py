"""What a folder may hold besides spreadsheets: each thing is told once, the rest is judged, nothing goes round."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from books import household, person, write_csv
from fupin_audit.cli import main
from fupin_audit.errors import InputError
from fupin_audit.workbook.files.discovery import InputFile, discover
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.reading import open_file

GOOD = "户.csv"
NOBODY = 65534


def folder_with_a_ledger(folder: Path) -> Path:
    write_csv(folder / GOOD, [household("1"), household("2", head=1)])
    return folder


def dangling(folder: Path) -> None:
    (folder / "人口.xlsx").symlink_to(folder / "没有了.xlsx")


def circling(folder: Path) -> None:
    (folder / "人口.xlsx").symlink_to("乙.xlsx")
    (folder / "乙.xlsx").symlink_to("人口.xlsx")


def linked_folder(folder: Path) -> None:
    (folder / "上级").symlink_to(folder.parent)


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "人口.xlsx")


def nameless_pipe(folder: Path) -> None:
    os.mkfifo(folder / "队列")


def bound_socket(folder: Path) -> None:
    here = Path.cwd()
    os.chdir(folder)  # the name of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("人口.csv")
    finally:
        os.chdir(here)


def device(folder: Path) -> None:
    (folder / "人口.xlsx").symlink_to("/dev/zero")


TROUBLES: dict[Callable[[Path], None], dict[str, str]] = {
    dangling: {"人口.xlsx": "不存在"},
    circling: {"人口.xlsx": "绕成了一圈", "乙.xlsx": "绕成了一圈"},
    linked_folder: {"上级": "指向另一个文件夹的链接"},
    pipe: {"人口.xlsx": "管道"},
    nameless_pipe: {"队列": "管道"},
    bound_socket: {"人口.csv": "套接字"},
    device: {"人口.xlsx": "设备"},
}


@pytest.mark.parametrize("make", TROUBLES, ids=lambda make: make.__name__)
def test_each_is_told_once_and_the_rest_is_read(make: Callable[[Path], None], tmp_path: Path) -> None:
    (tmp_path / "清河县").mkdir()
    make(folder_with_a_ledger(tmp_path / "清河县"))
    delivery = load([tmp_path / "清河县"])
    told = {sheet.file: sheet.error for sheet in delivery.inputs if sheet.error}
    assert told.keys() == TROUBLES[make].keys()
    assert all(says in told[file] for file, says in TROUBLES[make].items())
    assert delivery.tables["户"].data.num_rows == 2


def test_the_check_goes_on_and_ends_with_3(tmp_path: Path) -> None:
    dangling(folder_with_a_ledger(tmp_path))
    os.mkfifo(tmp_path / "帮扶.xlsx")
    result = CliRunner().invoke(main, ["check", str(tmp_path), "--as-of", "2020-12-31", "--format", "json"])
    assert result.exit_code == 3, result.output
    told = [
        found["locations"][0]["file"]
        for found in json.loads(result.stdout)["findings"]
        if found["rule"] == "CEL-10"
    ]
    assert sorted(told) == ["人口.xlsx", "帮扶.xlsx"]


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of the superuser, who may read everything."""
    user = os.geteuid()
    if not user:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.parametrize("closed", ["人口.csv", "镇"])
def test_what_may_not_be_read_is_told(closed: str, tmp_path: Path) -> None:
    load([folder_with_a_ledger(tmp_path)])  # so that nothing has to be imported without rights
    with TemporaryDirectory() as name:
        folder = folder_with_a_ledger(Path(name))
        write_csv(folder / "人口.csv", [person("1", 0)])
        (folder / "镇").mkdir()
        folder.chmod(0o755)
        (folder / closed).chmod(0)
        with as_nobody():
            told = {sheet.file: sheet.error for sheet in load([folder]).inputs if sheet.error}
        (folder / closed).chmod(0o755)
    assert told.keys() == {closed}
    assert "权限" in told[closed]


def test_a_folder_of_nothing_but_trouble_is_told(tmp_path: Path) -> None:
    pipe(tmp_path)
    result = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert result.exit_code == 3
    assert "管道" in result.output


@pytest.mark.parametrize("make", [dangling, pipe, device], ids=lambda make: make.__name__)
def test_a_file_named_explicitly_is_told_too(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path)
    (file,) = discover([tmp_path / "人口.xlsx"]).files
    error = open_file(file, None).error
    assert isinstance(error, InputError)
    assert str(error) == file.trouble != ""


def test_a_linked_folder_named_explicitly_is_read(tmp_path: Path) -> None:
    (tmp_path / "县").mkdir()
    folder_with_a_ledger(tmp_path / "县")
    (tmp_path / "链接").symlink_to(tmp_path / "县")
    assert [file.name for file in discover([tmp_path / "链接"]).files] == [GOOD]


def test_a_linked_file_is_read_once(tmp_path: Path) -> None:
    folder_with_a_ledger(tmp_path)
    (tmp_path / "一.csv").symlink_to(tmp_path / GOOD)
    assert [file.name for file in discover([tmp_path]).files] == [GOOD]


def test_a_file_that_is_gone_meanwhile_is_told(tmp_path: Path) -> None:
    error = open_file(InputFile("户.csv", tmp_path / "户.csv"), None).error
    assert error
    assert "不存在" in error.message


@contextmanager
def nested(folder: Path, name: str, depth: int) -> Iterator[None]:
    """Folders within each other, so deep that neither their paths nor `shutil` can reach the last one."""
    here = Path.cwd()
    os.chdir(folder)
    for _ in range(depth):
        Path(name).mkdir()
        os.chdir(name)
    os.chdir(here)
    try:
        yield
    finally:
        subprocess.run(["rm", "-rf", str(folder / name)], check=True)


def test_deep_folders_are_read_to_the_bottom(tmp_path: Path) -> None:
    folder_with_a_ledger(tmp_path)
    with nested(tmp_path, "a", 1200):  # deeper than Python calls itself
        assert [file.name for file in discover([tmp_path]).files] == [GOOD]


def test_a_path_too_long_to_open_is_told(tmp_path: Path) -> None:
    folder_with_a_ledger(tmp_path)
    with nested(tmp_path, "甲" * 80, 20):
        (trouble,) = [file.trouble for file in discover([tmp_path]).files if file.trouble]
    assert "路径太长" in trouble


def test_other_files_are_listed_once(tmp_path: Path) -> None:
    folder_with_a_ledger(tmp_path)
    names = ["会议纪要.docx", "扫描件.pdf", "归档.zip", "照片/1.jpg", "照片/2.JPG", "说明.txt"]
    for name in (*names, "fupin-audit.toml", "我的规则.yaml", "结果.json", ".DS_Store", "~$户.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    result = CliRunner().invoke(main, ["check", str(tmp_path), "--as-of", "2020-12-31", "--format", "json"])
    reported = json.loads(result.stdout)
    assert reported["not_read"] == sorted(names)
    assert {sheet["file"] for sheet in reported["inputs"]} == {GOOD}
    assert result.exit_code != 3
    shown = CliRunner().invoke(main, ["check", str(tmp_path), "--as-of", "2020-12-31"]).stdout
    assert "没有读取的文件，不是表格或台账（6）" in shown
    assert shown.count("扫描件.pdf") == 1
    assert "没有读取，不是表格或台账：" in CliRunner().invoke(main, ["inspect", str(tmp_path)]).stdout


def test_a_name_that_is_no_utf8_is_shown_in_chinese(tmp_path: Path) -> None:
    folder_with_a_ledger(tmp_path)
    (tmp_path / GOOD).rename(tmp_path / os.fsdecode("户台账.csv".encode("gb18030")))
    delivery = load([tmp_path])
    assert [sheet.file for sheet in delivery.inputs] == ["户台账.csv"]
    assert delivery.tables["户"].data.num_rows == 2


def test_files_of_one_name_in_folders_of_one_name_are_all_read(tmp_path: Path) -> None:
    for county in ("甲县", "乙县"):
        (tmp_path / county / "一月").mkdir(parents=True)
        folder_with_a_ledger(tmp_path / county / "一月")
    files = discover([tmp_path / "甲县" / "一月", tmp_path / "乙县" / "一月"]).files
    assert len({file.name for file in files}) == 2
