"""What was reported mended and is still found: judged after all other rules, over their findings."""

from __future__ import annotations

from pathlib import Path

from books import Book, found, household, judge_books, person, run_of

RULES = ["KEY-05", "PRB-05"]
PEOPLE = [person("1", 0), person("2", 0)]
HOUSEHOLDS = [household("1"), household("2", 家庭人口="1")]
PROBLEM = {
    "问题编号": "W1", "来源": "县级自查", "问题描述": "人数不符", "责任单位": "柳林镇", "整改时限": "2020-09-30",
    "完成日期": "2020-09-15", "状态": "已销号",
}  # fmt: skip


def problem(number: str, **fields: str) -> dict[str, str]:
    """A problem that is struck off."""
    return {**PROBLEM, "县": "清河县", "乡镇": "柳林镇", "村": "东沟村", "户编号": number, **fields}


def test_a_problem_struck_off_and_found_again_is_told_with_both_cells(tmp_path: Path) -> None:
    books: dict[str, Book] = {
        "户": HOUSEHOLDS,
        "人口": PEOPLE,
        "问题整改": [problem("1", 规则="KEY-05"), problem("2", 规则="KEY-05")],
    }
    judgement = judge_books(tmp_path, books, RULES)
    (again,) = found(judgement, "PRB-05")
    assert again.household == "1"
    assert [(at.file, at.field) for at in again.locations] == [
        ("问题整改.csv", "状态"),
        ("问题整改.csv", "规则"),
        ("问题整改.csv", "完成日期"),
        ("问题整改.csv", "问题编号"),
        ("户.csv", "家庭人口"),
    ]
    assert again.locations[-1].cell == found(judgement, "KEY-05")[0].locations[0].cell
    assert run_of(judgement, "PRB-05").counts.passed == 1


def test_a_problem_of_a_place_is_found_again_there(tmp_path: Path) -> None:
    books: dict[str, Book] = {"户": HOUSEHOLDS, "人口": PEOPLE, "问题整改": [problem("", 规则="key-05")]}
    (again,) = found(judge_books(tmp_path, books, RULES), "PRB-05")
    assert again.place.village == "东沟村"


def test_without_the_column_it_is_not_checked(tmp_path: Path) -> None:
    judgement = judge_books(tmp_path, {"户": HOUSEHOLDS, "人口": PEOPLE, "问题整改": [problem("1")]}, RULES)
    assert run_of(judgement, "PRB-05").status == "not_checked"
    assert "规则" in run_of(judgement, "PRB-05").reason


def test_without_the_ledger_it_is_not_checked(tmp_path: Path) -> None:
    judgement = judge_books(tmp_path, {"户": HOUSEHOLDS, "人口": PEOPLE}, RULES)
    assert run_of(judgement, "PRB-05").reason == "未交付台账“问题整改”"
