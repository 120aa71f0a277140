"""A fingerprint outlives a number or a name that is mended: a person is known by the 人编号, or the place at home."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from books import IDS, Book, Row, household, judge_books, person

HOME = "990101000001"
OTHER = "990101198503120045"
RULES = ["CEL-03", "CEL-04"]


def persons(*, numbered: bool) -> list[Row]:
    """A head and two sons, of whom the elder has a health status nobody knows."""
    rows = [
        person(HOME, 0, 健康状况="健康"),
        person(HOME, 1, 与户主关系="之子", 证件号码=IDS[2], 健康状况="精神抖擞"),
        person(HOME, 2, 与户主关系="之子", 证件号码=IDS[6], 健康状况="健康"),
    ]
    return rows if numbered else [{k: v for k, v in row.items() if k != "人编号"} for row in rows]


def insured(number: str) -> list[Row]:
    """The elder son on the roll, in a state nobody knows."""
    return [{"姓名": "李安", "证件号码": number, "年度": "2020", "险种": "城乡居民", "参保状态": "哈哈"}]


def found(folder: Path, people: Book, roll: Book) -> dict[str, str]:
    folder.mkdir()
    books = {"户": [household(HOME)], "人口": people, "医保参保": roll}
    return {item.ledger: item.fingerprint for item in judge_books(folder, books, RULES).findings}


def mended(people: list[Row]) -> list[Row]:
    return [{**row, "证件号码": OTHER} if row["姓名"] == "李安" else row for row in people]


def renamed(people: list[Row]) -> list[Row]:
    return [{**row, "姓名": "李岸"} if row["姓名"] == "李安" else row for row in people]


def turned(people: list[Row]) -> list[Row]:
    return people[::-1]


@pytest.mark.parametrize("numbered", [True, False], ids=["人编号", "在户中的位置"])
@pytest.mark.parametrize("changed", [mended, renamed, turned])
def test_a_person_is_the_same_with_another_number_name_or_row(
    numbered: bool, changed: Callable[[list[Row]], list[Row]], tmp_path: Path
) -> None:
    before = found(tmp_path / "前", persons(numbered=numbered), insured(IDS[2]))
    people = changed(persons(numbered=numbered))
    number = next(row["证件号码"] for row in people if row["姓名"] in {"李安", "李岸"})
    assert before.keys() == {"人口", "医保参保"}
    assert found(tmp_path / "后", people, insured(number)) == before


def test_brothers_are_two(tmp_path: Path) -> None:
    head, elder, younger = persons(numbered=False)
    one = found(tmp_path / "长子", [head, elder, younger], insured(IDS[2]))
    swapped = [{**elder, "健康状况": "健康"}, {**younger, "健康状况": "精神抖擞"}]
    other = found(tmp_path / "次子", [head, *swapped], insured(IDS[2]))
    assert one["人口"] != other["人口"]


def test_a_row_of_nobody_in_the_system_is_what_stands_in_it(tmp_path: Path) -> None:
    one = found(tmp_path / "一", persons(numbered=True), insured(IDS[4]))
    other = found(tmp_path / "二", persons(numbered=True), insured(IDS[5]))
    assert one["医保参保"] != other["医保参保"]


def test_a_row_under_another_household_is_of_the_person_at_home(tmp_path: Path) -> None:
    """The payment gives the household of somebody else; the person is known by his place in his own."""
    people = [*persons(numbered=False), {k: v for k, v in person("2", 3).items() if k != "人编号"}]
    books = {"户": [household(HOME), household("2", head=3)], "人口": people}

    def keyed(folder: Path, home: str) -> str:
        folder.mkdir()
        paid = {
            "姓名": "李安",
            "证件号码": IDS[2],
            "户编号": home,
            "补贴项目": "地力补贴",
            "金额": "",
            "发放日期": "2020-06-01",
        }
        judged = judge_books(folder, {**books, "一卡通发放": [paid]}, RULES)
        return next(item.fingerprint for item in judged.findings if item.ledger == "一卡通发放")

    assert keyed(tmp_path / "别家", "2") == keyed(tmp_path / "自家", HOME)
