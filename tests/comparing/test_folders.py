"""Two folders: the same ledgers are paired whatever their files are called, what only one side has is said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner, Result

from comparing.sheets import Rows, households, write
from fupin_audit.cli import main
from fupin_audit.comparing.compare_options import CompareOptions
from fupin_audit.comparing.two_folders import compare_folders
from fupin_audit.reports.comparison.folder_json import SCHEMA
from fupin_audit.results.comparison import FolderComparison

PEOPLE = [["户编号", "人编号", "姓名", "证件号码", "与户主关系", "村"],
          *([f"99010000{n // 2:06}", f"99010000{n // 2:06}0{n % 2}", "张" + "安平福寿康宁喜乐"[n], "", "户主", "东沟村"] for n in range(8))]  # fmt: skip


@pytest.fixture
def months(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same two ledgers in two months."""
    for month in ("一月", "二月"):
        (tmp_path / month).mkdir()
        write(tmp_path / month / "户.csv", households(30))
        write(tmp_path / month / "人口.csv", PEOPLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found() -> FolderComparison:
    return compare_folders(Path("一月"), Path("二月"), CompareOptions())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["compare", *arguments], terminal_width=80)


def _changed(rows: Rows, row: int, column: int, text: str) -> list[list[str]]:
    other = [list(each) for each in rows]
    other[row][column] = text
    return other


def test_the_same_folders_are_the_same(months: Path) -> None:
    result = found()
    assert result.same
    assert [(pair.left, pair.right) for pair in result.pairs] == [
        ("一月/人口.csv", "二月/人口.csv"),
        ("一月/户.csv", "二月/户.csv"),
    ]
    assert run("一月", "二月").exit_code == 0


def test_a_difference_names_the_village_and_the_household(months: Path) -> None:
    write(months / "二月" / "人口.csv", _changed(PEOPLE, 3, 4, "配偶"))
    (pair, _) = found().pairs
    assert pair.found is not None
    (item,) = pair.found.differences
    assert (item.record.village, item.record.household) == ("东沟村", "99010000000001")
    text = run("一月", "二月")
    assert text.exit_code == 1
    assert "户99010000000001" in text.stdout
    assert "东沟村" in text.stdout
    assert "一月/人口.csv ↔ 二月/人口.csv" in text.stdout


def test_renamed_files_are_paired_by_what_they_are(months: Path) -> None:
    (months / "二月" / "户.csv").rename(months / "二月" / "贫困户信息2020年2月.csv")
    (months / "一月" / "人口.csv").rename(months / "一月" / "人口01月.csv")
    (months / "二月" / "人口.csv").rename(months / "二月" / "人口02月.csv")
    result = found()
    assert result.same
    assert {(pair.left, pair.right) for pair in result.pairs} == {
        ("户.csv", "贫困户信息2020年2月.csv"),
        ("人口01月.csv", "人口02月.csv"),
    }


@pytest.mark.parametrize("of_files", [True, False], ids=["files", "sheets"])
def test_the_month_one_side_alone_names_keeps_nothing_apart(of_files: bool, months: Path) -> None:
    """Two of one ledger on each side: only their names can tell which is which."""
    for month, suffix in (("一月", ""), ("二月", "2月")):
        shutil.rmtree(months / month)
        (months / month).mkdir()
        if of_files:
            for town in ("柳林镇", "石桥镇"):
                write(months / month / f"{town}{suffix}.csv", PEOPLE)
        else:
            book = openpyxl.Workbook()
            for town in ("柳林镇", "石桥镇"):
                sheet = book.create_sheet(f"{town}{suffix}")
                for row in PEOPLE:
                    sheet.append(row)
            book.remove(book.worksheets[0])
            book.save(months / month / "全县.xlsx")
    pairs = {(pair.left.rpartition("/")[2], pair.right.rpartition("/")[2]) for pair in found().pairs}
    names = [(town, f"{town}2月") for town in ("柳林镇", "石桥镇")]
    assert pairs == {
        (f"{one}.csv", f"{other}.csv") if of_files else (f"全县.xlsx › {one}", f"全县.xlsx › {other}")
        for one, other in names
    }


def test_a_sheet_of_two_ledgers_is_called_by_both(months: Path) -> None:
    header = [
        "户编号",
        "户主姓名",
        "村",
        "人编号",
        "姓名",
        "证件号码",
        "与户主关系",
        "家庭人口",
        "人均纯收入",
    ]
    rows = [
        header,
        *([f"99010000{n:06}", "张安", "东沟村", f"{n:02}", "张安", "", "户主", "1", "9"] for n in range(8)),
    ]
    write(months / "一月" / "户与人口.csv", rows)
    assert "户与人口.csv（人口、户）" in found().only_left
    write(months / "二月" / "户与人口.csv", rows)
    assert [pair.what for pair in found().pairs if "户与人口" in pair.left] == ["人口、户"]


def test_what_one_side_alone_has_is_said(months: Path) -> None:
    (months / "二月" / "人口.csv").unlink()
    (months / "二月" / "坏.xlsx").write_bytes(b"PK no workbook")
    result = found()
    assert result.only_left == ("人口.csv（人口）",)
    assert len(result.unreadable) == 1
    assert not result.same
    told = run("一月", "二月")
    assert told.exit_code == 3
    assert told.stdout.startswith("不同：配上 1 对表，都相同；只在左边 1 张；读不了 1 个文件")


def _aside(folder: Path, *, hidden: str, cover: str) -> None:
    """A workbook with a hidden sheet, a cover and a sheet of a header alone beside its households."""
    book = openpyxl.Workbook()
    for name, rows in {
        "户": households(12),
        "去年": [*households(9), [hidden]],
        "封面": [[cover]],
        "新增": [["户编号", "户主姓名"]],
        "Sheet3": [],
    }.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book["去年"].sheet_state = "hidden"
    book.remove(book.worksheets[0])
    book.save(folder / "全县.xlsx")


def test_sheets_that_are_no_tables_are_told_where_they_are_not_the_same(months: Path) -> None:
    _aside(months / "一月", hidden="一", cover="一月")
    _aside(months / "二月", hidden="二", cover="二月")
    result = found()
    assert result.not_compared == (
        "一月/全县.xlsx › 去年（隐藏的工作表）",
        "一月/全县.xlsx › 封面（前15行里找不到表头）",
        "二月/全县.xlsx › 去年（隐藏的工作表）",
        "二月/全县.xlsx › 封面（前15行里找不到表头）",
    )
    told = run("一月", "二月")
    assert told.exit_code == 1
    assert told.stdout.startswith("没有全部比较：配上 3 对表，都相同；没有比较 4 张")
    assert "没有比较：一月/全县.xlsx › 去年" in told.stdout


def test_sheets_that_are_no_tables_may_be_the_very_same(months: Path) -> None:
    for month in ("一月", "二月"):
        _aside(months / month, hidden="同", cover="同")
    assert found().same
    assert run("一月", "二月").exit_code == 0


def test_a_column_without_a_header_is_not_said_to_be_the_same(months: Path) -> None:
    def with_more(month: str, last: str) -> None:
        rows = [[*row, "" if at == 0 else "甲"] for at, row in enumerate(households(12))]
        rows[-1][-1] = last
        write(months / month / "户.csv", rows)

    with_more("一月", "甲")
    with_more("二月", "甲")
    assert run("一月/户.csv", "二月/户.csv").exit_code == 0
    with_more("二月", "乙")
    told = run("一月/户.csv", "二月/户.csv")
    assert told.exit_code == 1
    assert "没有比较：左边没有表头的 1 列；右边没有表头的 1 列" in told.stdout.replace("\n", "")
    assert run("一月/户.csv", "二月/户.csv", "--only", "家庭人口").exit_code == 0
    assert not found().same


def test_where_nothing_could_be_paired_nothing_is_the_same(months: Path) -> None:
    for month in ("一月", "二月"):
        (months / month / "人口.csv").unlink()
        write(months / month / "户.csv", [households(1)[0]])
    told = run("一月", "二月")
    assert told.exit_code == 1
    assert told.stdout.startswith("没有全部比较：配上 0 对表")


def test_villages_are_paired_by_their_sheets(months: Path) -> None:
    for month in ("一月", "二月"):
        book = openpyxl.Workbook()
        for village in ("东沟村", "西坡村"):
            sheet = book.create_sheet(village)
            for row in households(12):
                sheet.append(row)
        book.remove(book.worksheets[0])
        book.save(months / month / f"{month}全县.xlsx")
        (months / month / "户.csv").unlink()
    pairs = [(pair.left, pair.right) for pair in found().pairs]
    assert ("一月全县.xlsx › 西坡村", "二月全县.xlsx › 西坡村") in pairs
    assert ("一月全县.xlsx › 东沟村", "二月全县.xlsx › 东沟村") in pairs


def test_json_fits_its_schema(months: Path) -> None:
    write(months / "二月" / "人口.csv", _changed(PEOPLE, 3, 4, "配偶"))
    document = json.loads(run("一月", "二月", "--format", "json").stdout)
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [pair["same"] for pair in document["pairs"]] == [False, True]
    assert document["pairs"][0]["comparison"]["summary"]["differences"] == 1


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("一月", "一月"), "同一个文件夹"),
        (("一月", "."), "一个在另一个里面"),
        (("一月", "二月", "--output", "xlsx=不同.xlsx"), "不能写成 xlsx"),
        (("一月", "二月/户.csv"), "一月 是文件夹"),
    ],
    ids=["itself", "within", "workbook", "file"],
)
def test_what_cannot_be_compared_is_refused(arguments: tuple[str, ...], why: str, months: Path) -> None:
    told = run(*arguments)
    assert told.exit_code == 2
    assert why in told.stderr.replace("\n", "")


def test_the_same_sheet_is_taken_of_two_workbooks(months: Path) -> None:
    """Where neither is named: the largest on the left, and the one of that name on the right."""
    for month, villages in (("一月", {"东沟村": 14, "西坡村": 12}), ("二月", {"东沟村": 11, "西坡村": 12})):
        book = openpyxl.Workbook()
        for village, count in villages.items():
            sheet = book.create_sheet(village)
            for row in households(count):
                sheet.append(row)
        book.remove(book.worksheets[0])
        book.save(months / month / "全县.xlsx")
    told = run("一月/全县.xlsx", "二月/全县.xlsx")
    assert "左边：一月/全县.xlsx › 东沟村" in told.stdout
    assert "右边：二月/全县.xlsx › 东沟村" in told.stdout
    shutil.rmtree(months / "二月")
