"""Who does not stand on a list that has not everybody is not said to be missing (D14)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from books import AS_OF, Book, Row, catalogue, household, only, person, run_of, write_books
from comparing.sheets import resident_id
from effort import some_by_day
from fupin_audit.engine.run import Judgement, judge_delivery
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation

TWENTY, THREE = 20, 3
IDS = [resident_id(60 * number + 20) for number in range(TWENTY)]
ROLLS = [model.title for model in LEDGERS if model.family == "部门" and "证件号码" in model.columns()]
# Everybody is everything that some list is of.
EVERYTHING = {
    "参加城乡居民医保": "是", "参加城乡居民养老": "是", "参加大病保险": "是", "享受低保": "是", "特困供养": "是",
    "健康状况": "患有大病,长期慢性病,残疾", "在校生状况": "高中一年级", "公益性岗位类型": "保洁员", "公益性岗位月数": "12",
    "务工状况": "乡镇内务工", "务工时间": "8", "务工所在地": "清河县", "劳动技能": "普通劳动力", "性别": "男",
}  # fmt: skip


def everybody() -> dict[str, Book]:
    numbers = [f"9901010{number:05}" for number in range(TWENTY)]
    heads = zip(numbers, IDS, strict=True)
    return {
        "户": [household(number, 户主证件号码=head, 家庭人口="1", 脱贫年度="2018") for number, head in heads],
        "人口": [
            {**person(number, 0), "证件号码": own, **EVERYTHING}
            for number, own in zip(numbers, IDS, strict=True)
        ],
        "户年度": [
            {"户编号": number, "年度": "2020", "家庭人口": "1", "人均纯收入": "9000"} for number in numbers
        ],
    }


def roll(title: str, people: int) -> Book:
    """The first of the twenty on a list, all other columns blank."""
    model = next(model for model in LEDGERS if model.title == title)
    return [
        {**dict.fromkeys(model.columns(), ""), "姓名": "张安", "证件号码": number, **stated(title)}
        for number in IDS[:people]
    ]


def model_of(title: str) -> type[Ledger]:
    return next(model for model in LEDGERS if model.title == title)


def stated(title: str) -> Row:
    years = {"年度": "2020"} if "年度" in model_of(title).columns() else {}
    status = {"状态": "正常"} if title in {"低保", "特困"} else {}
    return {**years, **status, **({"参保状态": "已参保"} if title == "医保参保" else {})}


def judged(
    folder: Path, books: Mapping[str, Book], rules: Catalogue | None = None, *, complete: bool = False
) -> Judgement:
    write_books(folder, books)
    designations = [Designation(title, f"{title}.csv", complete=complete) for title in books]
    delivery = load([folder], designations=designations)
    return judge_delivery(delivery, rules or catalogue(), AS_OF)


def told_of_others(judgement: Judgement) -> set[tuple[str, str]]:
    """(rule, household) of those who do not stand on the list."""
    others = {f"9901010{number:05}" for number in range(THREE, TWENTY)}
    return {(item.rule, item.household) for item in judgement.findings if item.household in others}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    return told_of_others(judged(tmp_path_factory.mktemp("没有名册"), everybody()))


@pytest.mark.slow
def test_three_names_of_twenty_on_every_list_say_nothing_of_the_others(
    tmp_path: Path, bare: set[tuple[str, str]]
) -> None:
    rolls = {title: roll(title, THREE) for title in ROLLS}
    assert told_of_others(judged(tmp_path, {**everybody(), **rolls})) <= bare


@pytest.mark.nightly
@pytest.mark.parametrize("title", ROLLS)
def test_three_names_of_twenty_say_nothing_of_the_others(
    title: str, tmp_path: Path, bare: set[tuple[str, str]]
) -> None:
    """Each list alone, as most offices send them."""
    books = {**everybody(), title: roll(title, THREE)}
    assert told_of_others(judged(tmp_path, books)) <= bare


ABSENCE = [
    ("MED-02", "医保参保"), ("SEC-01", "低保"), ("SEC-02", "特困"), ("SEC-13", "残疾人"), ("EDU-03", "学籍"),
    ("MED-08", "健康管理"), ("MED-09", "健康管理"), ("MED-14", "健康管理"), ("EMP-12", "公益岗位"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "title"), some_by_day(ABSENCE))
def test_the_one_of_twenty_who_does_not_stand_on_a_list_is_told(
    rule: str, title: str, tmp_path: Path
) -> None:
    judgement = judged(tmp_path, {**everybody(), title: roll(title, TWENTY - 1)}, only([rule]))
    assert f"9901010{TWENTY - 1:05}" in {item.household for item in judgement.findings}


@pytest.mark.parametrize(("rule", "title"), some_by_day(ABSENCE))
def test_a_list_of_three_is_complete_where_the_user_says_so(rule: str, title: str, tmp_path: Path) -> None:
    books = {**everybody(), title: roll(title, THREE)}
    some = judged(tmp_path, books, only([rule]))
    (told,) = filter(None, (run_of(some, rule).reason, *run_of(some, rule).notes))
    assert told.endswith("名册不全：按系统应在上面的20个，只有3个在上面")
    whole = judged(tmp_path, books, only([rule]), complete=True)
    assert len({item.household for item in whole.findings}) >= TWENTY - THREE


@pytest.mark.parametrize(
    ("name", "partial"),
    [
        ("资助参保名单", "资助参保"),
        ("医保参保增量", "增量"),
        ("未参保人员", "未参保人员"),
        ("9月医保月报", "月报"),
        ("未央区医保参保", ""),
        ("医保参保名册", ""),
    ],
)
def test_the_name_of_a_list_says_that_it_has_not_everybody(name: str, partial: str, tmp_path: Path) -> None:
    books = {**everybody(), "医保参保": roll("医保参保", TWENTY - 1)}
    write_books(tmp_path, books)
    (tmp_path / "医保参保.csv").rename(tmp_path / f"{name}.csv")
    designations = [Designation(title, f"{title}.csv") for title in everybody()]
    delivery = load([tmp_path], designations=[*designations, Designation("医保参保", f"{name}.csv")])
    (sheet,) = (sheet for sheet in delivery.inputs if sheet.file == f"{name}.csv")
    assert any(f"“{partial}”" in note for note in sheet.notes) == bool(partial)
    run = run_of(judge_delivery(delivery, only(["MED-02"]), AS_OF), "MED-02")
    assert (run.status == "not_checked") == bool(partial)
