"""Nobody is sent to his own household or village (FLD-11), loads are even, rounds are short (FLD-10)."""

from __future__ import annotations

from collections import Counter
from math import ceil
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from books import Book, household, write_books
from drawn import COUNTY, frame
from drawn import household as home
from effort import examples
from fupin_audit.errors import UsageError
from fupin_audit.followup.sampling.roster import Checker, Ties, assign, ties_of
from fupin_audit.results.place import Place
from fupin_audit.tasks.field_check import read_checkers
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation

NAMES = ("甲", "乙", "丙", "丁")
HERE = Place(COUNTY, "东镇", "一村")


@examples(60)
@given(
    sizes=st.lists(st.integers(1, 12), min_size=1, max_size=6),
    checkers=st.integers(1, 4),
    per_day=st.integers(1, 5),
    seed=st.integers(0, 99),
)
def test_nobody_is_sent_to_his_own(sizes: list[int], checkers: int, per_day: int, seed: int) -> None:
    whole = frame({("东镇", f"{number}村"): size for number, size in enumerate(sizes)})
    visits = {f"HC-{number:03}": h for number, h in enumerate(whole.households)}
    chance = Random(seed)
    helpers = {h.number: frozenset(chance.sample(NAMES, chance.randint(0, 2))) for h in whole.households}
    ties = Ties(helpers, {("东镇", "0村"): frozenset({"甲"})})
    team = [Checker(name, village="1村" if name == "乙" else "") for name in NAMES[:checkers]]
    duties = assign(visits, team, ties, per_day)
    assert list(duties) == list(visits)
    days: Counter[tuple[str, int]] = Counter()
    for code, duty in duties.items():
        if not duty.checker:
            assert all(ties.bar(checker, visits[code]) for checker in team)
            continue
        days[duty.checker, duty.day] += 1
        place = visits[code].place.village
        assert duty.checker not in helpers[visits[code].number]
        assert (duty.checker, place) not in {("甲", "0村"), ("乙", "1村")}
    assert all(number <= per_day for number in days.values())


def test_loads_are_even_and_villages_kept_together() -> None:
    whole = frame({("东镇", f"{number}村"): 5 for number in range(6)})
    visits = {f"HC-{number:03}": h for number, h in enumerate(whole.households)}
    duties = assign(visits, [Checker(name) for name in NAMES], Ties(), 20)
    loads = Counter(duty.checker for duty in duties.values())
    assert set(loads) == set(NAMES)
    assert max(loads.values()) <= ceil(len(visits) / len(NAMES))
    shared = Counter((visits[code].place, duty.checker) for code, duty in duties.items())
    assert len(shared) <= 6 + len(NAMES) - 1


@pytest.mark.parametrize(
    ("checker", "barred"),
    [
        (Checker("钱七"), True),
        (Checker("钱七（教育局）"), False),
        (Checker("孙八", id_number="990101198503120045"), True),
        (Checker("孙八", id_number="990101198210100032"), False),
        (Checker("周九", town="东镇", village="一村"), True),
        (Checker("周九", village="一村"), True),
        (Checker("周九", town="西乡", village="一村"), False),
        (Checker("吴十"), True),
    ],
)
def test_ties(checker: Checker, barred: bool) -> None:
    ties = Ties(
        {"1": frozenset({"钱七", "990101198503120045"})},
        {("", "一村"): frozenset({"吴十"}), ("西乡", "一村"): frozenset({"孙八"})},
    )
    assert ties.bar(checker, home("1", HERE)) is barred


def test_helpers_and_cadres_are_found_in_the_ledgers(tmp_path: Path) -> None:
    cadre = {
        "县": COUNTY,
        "乡镇": "东镇",
        "村": "一村",
        "姓名": "吴十",
        "职务": "第一书记",
        "开始日期": "2020-01-01",
    }
    books: dict[str, Book] = {
        "户": [household("1"), household("2")],
        "帮扶责任人": [{"户编号": "1", "帮扶人": "钱七", "帮扶人证件号码": "990101198503120045"}],
        "明白卡": [{"户编号": "2", "户主姓名": "张三", "帮扶人": "郑一"}],
        "驻村干部": [cadre],
    }
    write_books(tmp_path, books)
    ties = ties_of(load([tmp_path], designations=[Designation(title, f"{title}.csv") for title in books]))
    assert ties.helpers == {"1": {"钱七", "990101198503120045"}, "2": {"郑一"}}
    assert ties.cadres == {("东镇", "一村"): {"吴十"}}


def test_checkers_are_read_from_a_list_or_a_file(tmp_path: Path) -> None:
    assert [checker.name for checker in read_checkers("张三、李四,王五")] == ["张三", "李四", "王五"]
    path = tmp_path / "名单.csv"
    path.write_text("序号,姓名,单位,所在村\n1,张三,教育局,\n2,李四,,一村\n", encoding="gb18030")
    assert read_checkers(str(path)) == (Checker("张三"), Checker("李四", village="一村"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("没有.xlsx", "没有核查人员名单 没有.xlsx"),
        ("、，", "里没有人"),
        ("张三、李四、张三", "重名：张三"),
    ],
)
def test_wrong_lists_of_checkers_are_told(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        read_checkers(text)


def test_a_list_without_names_is_told(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("单位,电话\n教育局,1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="找不到“姓名”一列"):
        read_checkers(str(path))
