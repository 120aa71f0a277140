"""`fupin-audit estimate`: from a draw over filled sheets to the rates."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from books import household, person, write_books
from fupin_audit.cli import main
from fupin_audit.followup.sampling.book_writing import MANIFEST, TO_FILL
from fupin_audit.followup.sampling.manifest import Manifest, read_manifest

HEADER_ROW = 3
Answers = Mapping[str, Mapping[str, str | int | date | None]]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two villages of ten households of two, all with safe water; drawn in half, by 甲 and 乙."""
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "清河县").mkdir()
    villages = {str(number): ("东沟村", "西坡村")[number % 2] for number in range(1, 21)}
    households = [household(number, village=village, 饮水安全="是") for number, village in villages.items()]
    people = [person(number, order) for number in villages for order in (0, 1)]
    write_books(folder / "清河县", {"户": households, "人口": people})
    options = ("--output", folder / "抽查", "--share", "0.5", "--checkers", "甲、乙")
    result = run("sample", folder / "清河县", *options)
    assert (result.exit_code, result.stderr) == (0, "")
    return folder


@pytest.fixture
def county(drawn: Path, tmp_path: Path) -> Path:
    """A copy of the county and its blank sheets."""
    shutil.copytree(drawn, tmp_path, dirs_exist_ok=True)
    return tmp_path / "清河县"


def run(*arguments: object) -> Result:
    more = ("--as-of", "2020-12-31")
    return CliRunner().invoke(main, [*map(str, arguments), *more], terminal_width=80)


def estimated(county: Path, *more: object) -> Result:
    drawn = county.parent / "抽查"
    return run("estimate", county, drawn / TO_FILL, "--manifest", drawn / MANIFEST, *more)


def fill(county: Path, answers: Answers) -> Manifest:
    """Fill the sheets: household → answers; all others as the system has it, None leaves a row blank."""
    usual: Mapping[str, str | int | date | None] = {
        "核查日期": date(2020, 11, 20),
        "核查人": "甲",
        "开始时间": "9:00",
        "实有人口": 2,
        "饮水安全": "是",
    }
    for path in (county.parent / "抽查" / TO_FILL).glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        sheet = book["入户核查"]
        at = {str(cell.value): number for number, cell in enumerate(sheet[HEADER_ROW], start=1)}
        for row in range(HEADER_ROW + 1, sheet.max_row + 1):
            number = str(sheet.cell(row, at["户编号"]).value)
            for name, value in {**usual, **answers.get(number, {})}.items():
                sheet.cell(row, at[name], value)
        book.save(path)
    return read_manifest(county.parent / "抽查" / MANIFEST)


def drawn_numbers(county: Path) -> list[str]:
    return [visit.household for visit in read_manifest(county.parent / "抽查" / MANIFEST).visits]


def test_planted_differences_are_what_is_estimated(county: Path) -> None:
    first, second, third, *_ = drawn_numbers(county)
    wrong: Answers = {first: {"实有人口": 3}, second: {"实有人口": 1, "饮水安全": "否"}}
    manifest = fill(county, {**wrong, third: {"饮水安全": None}})
    result = estimated(county, "--format", "json")
    assert result.exit_code == 0
    told: dict[str, Any] = json.loads(result.stdout)
    rates = {
        group: (rate["decided"], rate["failed"])
        for group, rate in told["overall"]["rates"].items()
        if rate["decided"]
    }
    assert rates == {"家庭人口": (10, 2), "饮水": (9, 1), "任一项": (10, 2)}
    assert told["overall"]["rates"]["任一项"]["share"] == pytest.approx(
        sum(visit.weight for visit in manifest.visits if visit.household in wrong) / manifest.households
    )
    assert told["unjudged"] == ["就学参保", "收入"]
    assert (told["missing"], told["notes"]) == ([], [])
    assert [(place["village"], place["households"], place["checked"]) for place in told["villages"]] == [
        ("东沟村", 10, 5),
        ("西坡村", 10, 5),
    ]
    (checker,) = told["checkers"]
    assert (checker["name"], checker["decided"], checker["failed"]) == ("甲", 10, 2)
    assert checker["share"] == checker["expected"]


def checked(county: Path, *rules: str) -> list[dict[str, Any]]:
    """What these rules find in the county and its filled sheets."""
    wanted = [word for rule in rules for word in ("--rule", rule)]
    result = run("check", county, county.parent / "抽查" / TO_FILL, *wanted, "--format", "json")
    told: dict[str, Any] = json.loads(result.stdout)
    findings: list[dict[str, Any]] = told["findings"]
    return findings


def test_the_check_finds_what_was_planted_and_nothing_else(county: Path) -> None:
    first, second, third, *_ = drawn_numbers(county)
    fill(county, {first: {"实有人口": 3}, second: {"饮水安全": "否"}, third: {"结束时间": "9:03"}})
    findings = checked(county, "FLD")
    assert sorted((f["rule"], f["household"], f["message"]) for f in findings) == [
        ("FLD-01", first, "实有人口：入户核查为“3”，系统为“2”"),
        ("FLD-04", second, "饮水安全：入户核查为“否”，系统为“是”"),
        ("FLD-10", third, "疑点：甲从9:00到9:03查完这一户，用时3分钟"),
    ]
    cells = {f["rule"]: [at["file"].rpartition("/")[2] for at in f["locations"]] for f in findings}
    assert cells["FLD-01"][0] == "户.csv"
    assert cells["FLD-01"][1].endswith("村.xlsx")


def test_a_sheet_of_another_household_is_told_by_the_check(county: Path) -> None:
    first, second, *_ = drawn_numbers(county)
    fill(county, {first: {"户编号": "99999"}, second: {"户主姓名": "李四", "实有人口": 5}})
    assert sorted((f["rule"], f["message"]) for f in checked(county, "FLD", "KEY-10")) == [
        ("FLD-01", "实有人口：入户核查为“5”，系统为“2”"),
        ("FLD-02", "户主姓名：入户核查为“李四”，系统为“张三”"),
        ("KEY-10", "入户核查的户编号99999在户台账里没有"),
    ]


def test_the_screen_says_it_in_eighty_columns(county: Path) -> None:
    first, second, *_ = drawn_numbers(county)
    blank = dict.fromkeys(("核查日期", "核查人", "开始时间", "实有人口", "饮水安全"))
    fill(county, {first: {"实有人口": 3}, second: blank})
    result = estimated(county)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("账实不符率（任一项）：")
    assert "抽中10户，已查9户，未查1户" in result.stdout
    assert any(line.startswith("未查：") and f"户 {second} " in line for line in lines)
    assert "没有推算：就学参保、收入" in result.stdout
    assert [line for line in lines if cell_len(line) > 80] == []


def test_an_edited_household_code_is_told_and_nothing_else_lost(county: Path) -> None:
    first, *_ = drawn_numbers(county)
    fill(county, {first: {"户编号": "99999"}})
    told = json.loads(estimated(county, "--format", "json").stdout)
    assert told["overall"]["rates"]["任一项"]["decided"] == 9
    (note,) = told["notes"]
    assert f"是户 {first}（张三），表上户编号却是“99999”" in note
    assert [missing["household"] for missing in told["missing"]] == [first]


def test_without_filled_sheets_nothing_can_be_estimated(county: Path) -> None:
    manifest = county.parent / "抽查" / MANIFEST
    result = run("estimate", county, "--manifest", manifest)
    assert (result.exit_code, "没有读到台账“入户核查”" in result.stderr) == (2, True)


def test_a_wrong_manifest_is_told(county: Path) -> None:
    result = run("estimate", county, "--manifest", county / "户.csv")
    assert (result.exit_code, "不是 sample 写出的抽样清单" in result.stderr) == (2, True)


def test_a_precision_that_makes_no_sense_is_told(county: Path) -> None:
    result = estimated(county, "--half-width", "5")
    assert (result.exit_code, "--half-width" in result.stderr) == (2, True)
    assert not any(word in result.stderr for word in ("range", "Invalid"))


def test_the_page_tells_what_json_tells(county: Path, tmp_path: Path) -> None:
    first, *_ = drawn_numbers(county)
    fill(county, {first: {"实有人口": 3}})
    path = tmp_path / "推算.html"
    result = estimated(county, "--format", "json", "--output", f"html={path}")
    told = json.loads(result.stdout)
    assert (result.exit_code, "已写出" in result.stderr) == (0, True)
    text = path.read_text(encoding="utf-8")
    numbers = [float(value) for value in re.findall(r'<data value="([^"]*)">', text)]
    rates = told["overall"]["rates"].values()
    shares = [
        part
        for rate in rates
        if rate["share"] is not None
        for part in (rate["share"], rate["low"], rate["high"])
    ]
    assert numbers[: len(shares)] == pytest.approx(shares)
    again = estimated(county, "--output", f"html={path}")
    assert again.exit_code == 0
    path.write_text("别的", encoding="utf-8")
    assert estimated(county, "--output", f"html={path}").exit_code == 2
