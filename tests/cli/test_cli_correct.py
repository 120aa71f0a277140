"""`correct`: the sheet to fill in, the copies, the exit codes, and what is refused before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from books import household, person, write_books
from fupin_audit.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["correct", *arguments], terminal_width=80)


SON = "99010100000101"


@pytest.fixture
def drop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "清河县"
    folder.mkdir()
    home = "990101000001"
    people = [person(home, 0, 务工时间="6"), person(home, 1, 务工时间="66")]
    write_books(folder, {"户": [household(home, 识别年月="2014-03", 脱贫年度="2018")], "人口": people})
    monkeypatch.chdir(tmp_path)
    return folder


def _sheet(path: Path, *rows: Sequence[str]) -> Path:
    lines = [("人编号", "字段", "原值", "新值"), *rows]
    path.write_text("".join(",".join(row) + "\n" for row in lines), encoding="utf-8")
    return path


def test_a_sheet_is_written_filled_in_and_applied(drop: Path, tmp_path: Path) -> None:
    made = run("清河县", "--template", "更正.xlsx", "--as-of", "2020-12-31")
    assert made.exit_code == 0
    assert "fupin-audit correct 清河县 --with 更正.xlsx --output 更正后" in made.stdout.replace("'", "")
    book = openpyxl.load_workbook("更正.xlsx")
    sheet = book["更正"]
    names = [cell.value for cell in sheet[1]]
    (row,) = [row for row in sheet.iter_rows(min_row=2) if row[names.index("原值")].value == "66"]
    assert row[names.index("人编号")].value == SON
    row[names.index("新值")].value = "6"
    book.save("更正.xlsx")
    done = run("清河县", "--with", "更正.xlsx", "--output", "更正后")
    assert done.exit_code == 0
    assert "已改 1" in done.stdout
    assert "fupin-audit check" in done.stdout
    assert ",66" not in Path("更正后/人口.csv").read_text(encoding="utf-8")
    assert ",66" in (drop / "人口.csv").read_text(encoding="utf-8")


def test_a_refused_line_is_told_and_fails(drop: Path, tmp_path: Path) -> None:
    _sheet(tmp_path / "更正.csv", (SON, "务工时间", "7", "8"), (SON, "务工时间", "66", "8"))
    done = run("清河县", "--with", "更正.csv", "--output", "更正后")
    assert done.exit_code == 1
    assert "第2行没有改：原值与表里的不同" in done.stdout.replace("\n", "")
    assert "已改 1、没有改 1" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--with", "更正.csv", "--output", "清河县/更正后"], "里面"),
        (["--with", "更正.csv", "--output", "清河县"], "里面"),
        (["--with", "更正.csv"], "--output 文件夹"),
        (["--template", "更正.csv"], "已经存在"),
        (["--with", "没有.csv", "--output", "更正后"], "找不到"),
    ],
    ids=["within", "over", "nowhere", "filled", "missing"],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    arguments: Sequence[str], why: str, drop: Path, tmp_path: Path
) -> None:
    _sheet(tmp_path / "更正.csv", (SON, "务工时间", "66", "8"))
    before = sorted(path.name for path in tmp_path.rglob("*"))
    done = run("清河县", *arguments)
    assert done.exit_code == 2
    assert why in done.stderr.replace("\n", "")
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_cells_of_nobody_are_told_and_not_listed(drop: Path) -> None:
    """A line that nothing could be corrected by asks a clerk for work in vain."""
    stranger = {"姓名": "石三保", "证件号码": "990101196001010010", "年度": "2020", "参保状态": "已参保"}
    write_books(drop, {"医保参保": [stranger]})
    made = run("清河县", "--template", "更正.xlsx", "--as-of", "2020-12-31")
    assert "不是系统里哪一户的，更正表改不了" in made.stdout.replace("\n", "")
    header, *rows = openpyxl.load_workbook("更正.xlsx")["更正"].iter_rows(values_only=True)
    assert "医保参保" not in {row[header.index("台账")] for row in rows}
    assert all(row[header.index("户编号")] or row[header.index("人编号")] for row in rows)


@pytest.mark.parametrize(
    "arguments", [["--template", "表.xlsx"], ["--with", "更正.csv", "--output", "更正后"]]
)
def test_what_cannot_be_read_is_told(arguments: Sequence[str], drop: Path, tmp_path: Path) -> None:
    _sheet(tmp_path / "更正.csv", (SON, "务工时间", "66", "8"))
    (drop / "坏990101196001010010.xlsx").write_bytes(b"PK\3\4")
    done = run("清河县", *arguments)
    assert done.exit_code == 3
    assert "读不了：坏990101************.xlsx" in done.stdout.replace("\n", "")
    assert Path(arguments[-1]).exists()
