"""Indicators on small deliveries: values worked out by hand, added up from villages, held against targets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from books import Book, household, person, score_books
from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import (
    WHOLE,
    Goal,
    IndicatorScores,
    Level,
    Score,
    Scorecard,
    Standing,
    Sums,
    level_of,
    places_above,
)
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.packs.pack_loading import load_catalogue

COUNTY, TOWN = Place("清河县"), Place("清河县", "柳林镇")
EAST, WEST = Place("清河县", "柳林镇", "东沟村"), Place("清河县", "柳林镇", "西坡村")
INSURANCE = "基本医保参保率"
INSURED = {"参加城乡居民医保": "是", "参加职工医保": "否"}
UNINSURED = {"参加城乡居民医保": "否", "参加职工医保": "否"}
UNKNOWN = {"参加城乡居民医保": "", "参加职工医保": ""}
# 东沟村: 3 of 4 insured. 西坡村: 1 of 2, the third is not known.
PEOPLE: dict[str, Book] = {
    "户": [
        household("990101000001"),
        household("990101000002", village="西坡村", head=4, 脱贫属性="未脱贫"),
    ],
    "人口": [
        *(person("990101000001", n, **INSURED) for n in range(3)),
        person("990101000001", 3, **UNINSURED),
        person("990101000002", 4, 与户主关系="户主", **INSURED),
        person("990101000002", 5, **UNINSURED),
        person("990101000002", 6, **UNKNOWN),
    ],
}


def indicator(card: Scorecard, title: str) -> IndicatorScores:
    return next(item for item in card.indicators if item.title == title)


def scores(card: Scorecard, title: str) -> Mapping[Place, Score]:
    return {score.place: score for score in indicator(card, title).scores}


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Scorecard:
    titles = [
        INSURANCE,
        "返贫人口",
        "未脱贫人口",
        "回头看覆盖率",
        "饮水安全率",
        "集体经济收入达标村",
        "累计脱贫人口",
    ]
    return score_books(tmp_path_factory.mktemp("data"), PEOPLE, titles)


def test_sums_are_added_up_before_they_are_divided(card: Scorecard) -> None:
    found = scores(card, INSURANCE)
    assert found[EAST].sums == Sums(3, 4)
    assert found[WEST].sums == Sums(1, 2, 1)
    assert found[TOWN].sums == found[COUNTY].sums == found[WHOLE].sums == Sums(4, 6, 1)
    # The average of the villages' shares would be 62.5%.
    assert [found[place].value for place in (EAST, WEST, COUNTY)] == [0.75, 0.5, 4 / 6]


def test_gap_and_standing(card: Scorecard) -> None:
    east = scores(card, INSURANCE)[EAST]
    assert (east.gap, east.met, east.standing) == (-0.25, False, Standing.UNMET)
    relapsed = scores(card, "返贫人口")[COUNTY]
    assert (relapsed.value, relapsed.gap, relapsed.met) == (0, 0, True)
    poor = scores(card, "未脱贫人口")
    assert (poor[EAST].value, poor[WEST].value, poor[COUNTY].value) == (0, 3, 3)
    assert [poor[place].met for place in (EAST, WEST, TOWN)] == [True, False, False]


def test_what_is_unknown_is_no_pass(tmp_path: Path) -> None:
    people = [person("990101000001", 0, **INSURED), person("990101000001", 1, **UNKNOWN)]
    found = scores(score_books(tmp_path, {"户": PEOPLE["户"][:1], "人口": people}, [INSURANCE]), INSURANCE)[
        COUNTY
    ]
    assert (found.value, found.met, found.standing, found.sums.undecided) == (1, None, Standing.OPEN, 1)


def test_what_unknown_rows_cannot_turn_is_decided(card: Scorecard) -> None:
    """One of three is not known, but one is not insured: 100% is out of reach."""
    assert scores(card, INSURANCE)[WEST].met is False


def test_missing_ledgers_columns_and_parameters_are_told(card: Scorecard) -> None:
    reasons = {item.title: item.reason for item in card.indicators if item.reason}
    assert reasons["回头看覆盖率"] == "户缺列“脱贫年度”；未交付台账“回头看”"
    assert "户缺列“饮水安全”" in reasons["饮水安全率"]
    assert reasons["集体经济收入达标村"] == "未交付台账“村”"
    assert all(not item.scores for item in card.indicators if item.reason)
    assert "未交付台账“医保参保”，当作没有记录" in indicator(card, INSURANCE).notes


def test_parameter_without_a_value_is_told(tmp_path: Path) -> None:
    village = {"县": "清河县", "乡镇": "柳林镇", "村": "东沟村", "年度": "2020", "贫困村": "是", "出列年度": "2018",
               "集体经济收入": "4"}  # fmt: skip
    title = "集体经济收入达标村"
    found = indicator(score_books(tmp_path, {"村": [village]}, [title]), title)
    assert (found.reason, found.scores) == ("参数“集体收入”在本地没有值", ())


def test_indicator_without_rows_that_apply_says_so(tmp_path: Path) -> None:
    task = {"问题编号": "1", "来源": "巡视", "县": "清河县", "问题描述": "路", "责任单位": "局", "整改时限": "2021-06-30",
            "状态": "未整改", "完成日期": ""}  # fmt: skip
    title = "到期问题整改完成率"
    found = indicator(score_books(tmp_path, {"问题整改": [task]}, [title]), title)
    assert (found.reason, found.scores) == ("没有适用的记录", ())


# Money, and dividing by nothing.


SPENDING = "专项资金支出进度"


def money(county: str, issued: str, spent: str) -> dict[str, str]:
    return {"资金文号": county + issued, "年度": "2020", "县": county, "资金类型": "财政专项扶贫资金", "下达金额": issued,
            "支出金额": spent, "支出日期": "2020-11-01"}  # fmt: skip


def test_sum_by_sum_and_nothing_to_divide_by(tmp_path: Path) -> None:
    lines = [money("甲县", "1000", "0"), money("甲县", "0", "900.5"), money("乙县", "0", "100")]
    found = scores(score_books(tmp_path, {"资金台账": lines}, [SPENDING]), SPENDING)
    assert (found[Place("甲县")].sums, found[Place("甲县")].value) == (
        Sums(900.5, 1000),
        0.9005,
    )
    assert (found[Place("乙县")].value, found[Place("乙县")].standing) == (None, Standing.EMPTY)
    assert found[WHOLE].sums == Sums(1000.5, 1000)


# Targets.


def packs(folder: Path, **figures: str) -> list[Path]:
    """A pack for each county that gives these parameters."""
    made = []
    for county, values in figures.items():
        pack = folder / "包" / county
        pack.mkdir(parents=True)
        head = f"id: {county}\ntitle: {county}\nextends: national\nplace: {{县: {county}}}\n"
        (pack / "pack.yaml").write_text(head, encoding="utf-8")
        (pack / "parameters.yaml").write_text(f"parameters:\n{values}", encoding="utf-8")
        made.append(pack)
    return made


def valued(name: str, value: float) -> str:
    return f"  - {{name: {name}, values: [{{value: {value}}}]}}\n"


@pytest.fixture
def two(tmp_path: Path) -> Catalogue:
    """甲县 must spend 95% and lift one person; 乙县 must spend 92% and lift two."""
    return load_catalogue(
        packs(
            tmp_path,
            甲县=valued("支出进度", 0.95) + valued("目标脱贫人口", 1),
            乙县=valued("支出进度", 0.92) + valued("目标脱贫人口", 2),
        )
    )


def test_each_county_has_its_own_target(tmp_path: Path, two: Catalogue) -> None:
    books = {"资金台账": [money(county, "1000", "930") for county in ("甲县", "乙县", "丙县")]}
    found = scores(score_books(tmp_path, books, [SPENDING], within=two), SPENDING)
    assert {str(place): score.met for place, score in found.items() if place != WHOLE} == {
        "甲县": False,
        "乙县": True,
        "丙县": None,
    }
    assert found[WHOLE].goal is None
    assert found[Place("丙县")].standing is Standing.NO_TARGET


LIFTED = "当年脱贫人口"


def lifted(*counties: str) -> dict[str, Book]:
    numbers = {county: f"99010100000{n}" for n, county in enumerate(counties, 1)}
    homes = [household(number, 县=county, 脱贫年度="2020") for county, number in numbers.items()]
    return {"户": homes, "人口": [person(number, n) for n, number in enumerate(numbers.values())]}


def test_a_quota_is_of_its_county_alone_and_quotas_add_up(tmp_path: Path, two: Catalogue) -> None:
    found = scores(score_books(tmp_path, lifted("甲县", "乙县"), [LIFTED], within=two), LIFTED)
    goals = {str(place): score.goal.value for place, score in found.items() if score.goal}
    assert goals == {"甲县": 1, "乙县": 2, "未定位": 3}
    assert (found[Place("甲县")].met, found[Place("乙县")].met, found[WHOLE].met) == (True, False, False)


CITY = """
id: 乙市
title: 乙市
extends: national
place: {市: 乙市, 所辖: [甲县, 乙县]}
"""


@pytest.mark.parametrize(("counties", "met"), [(("甲县", "乙县"), False), (("甲县",), None)])
def test_a_quota_of_the_city_needs_all_its_counties(
    tmp_path: Path, counties: tuple[str, ...], met: bool | None
) -> None:
    pack = tmp_path / "包"
    pack.mkdir()
    (pack / "pack.yaml").write_text(CITY, encoding="utf-8")
    (pack / "parameters.yaml").write_text("parameters:\n" + valued("目标脱贫人口", 3), encoding="utf-8")
    data = tmp_path / "数据"
    data.mkdir()
    card = score_books(data, lifted(*counties), [LIFTED], within=load_catalogue([pack]))
    found = scores(card, LIFTED)
    assert found[WHOLE].met is met
    assert all(score.goal is None for place, score in found.items() if place != WHOLE)
    told = [note for note in indicator(card, LIFTED).notes if "目标 3 人是乙市全市的" in note]
    assert bool(told) is (met is None)


JINZHOU = ("古塔区", "凌河区", "太和区", "黑山县", "义县", "凌海市", "北镇市")
FUNDS = "市县财政专项扶贫投入"


@pytest.mark.parametrize(
    ("own", "counties", "met"),
    [("1200", JINZHOU, True), ("1199.9", JINZHOU, False), ("", JINZHOU, None), ("1200", JINZHOU[1:], None)],
)
@pytest.mark.parametrize("city", ["锦州市", "锦州市本级"])
def test_the_fund_of_a_city_is_its_own_and_its_counties_money(
    tmp_path: Path, city: str, own: str, counties: tuple[str, ...], met: bool | None
) -> None:
    """锦州 puts 4000 万元 a year into the budgets of city and counties (决定 四(二)): 7 × 400 and the rest."""
    given = [{"县": name, "年度": "2018", "本级投入": "400"} for name in counties]
    rows = [*given, {"县": city, "年度": "2018", "本级投入": own}]
    found = scores(score_books(tmp_path, {"财政投入": rows}, [FUNDS], as_of=date(2018, 12, 31)), FUNDS)
    assert found[WHOLE].met is met
    assert all(score.goal is None for place, score in found.items() if place != WHOLE)
    if met is not None:
        assert found[WHOLE].value == 400 * len(counties) + float(own)


FUSHUN = ("新抚区", "东洲区", "望花区", "顺城区", "抚顺县", "新宾满族自治县", "清原满族自治县")
POOR = "未脱贫人口"


def poor_people(lifted: int) -> dict[str, Book]:
    """The 185 of a city, one a household, in all its counties; so many of them were lifted."""
    homes = [
        household(
            f"99010100{n:04}", 县=FUSHUN[n % len(FUSHUN)], 脱贫属性="已脱贫" if n < lifted else "未脱贫"
        )
        for n in range(185)
    ]
    return {"户": homes, "人口": [person(home["户编号"], 0) for home in homes]}


def test_the_remaining_people_are_counted_down_month_by_month(tmp_path: Path) -> None:
    """抚顺: 185 people at the year's beginning, fewer every month, nobody at its end (方案 二, 四(四))."""
    before, seen = None, []
    for month, day, lifted in ((4, 30, 0), (8, 31, 120), (12, 31, 184)):
        folder = tmp_path / str(month)
        folder.mkdir()
        card = score_books(folder, poor_people(lifted), [POOR], as_of=date(2020, month, day))
        card = card.against(before) if before else card
        score = scores(card, POOR)[WHOLE]
        seen.append((score.value, score.goal and score.goal.value, score.change, score.met))
        before = card
    assert seen == [(185, 185, None, True), (65, 185, -120, True), (1, 0, -64, False)]


def test_more_people_than_at_the_beginning_miss_the_target(tmp_path: Path) -> None:
    books = poor_people(0)
    more = person(books["户"][0]["户编号"], 1)
    card = score_books(tmp_path, {**books, "人口": [*books["人口"], more]}, [POOR], as_of=date(2020, 5, 31))
    assert (scores(card, POOR)[WHOLE].gap, scores(card, POOR)[WHOLE].met) == (1, False)


def task(name: str, value: str, year: str = "2020", county: str = "清河县") -> dict[str, str]:
    return {"县": county, "年度": year, "指标": name, "目标值": value}


def test_what_the_county_promised_wins(tmp_path: Path) -> None:
    tasks = [task("参保率", "60"), task("当年脱贫人口", "5"), task("参保率", "99", year="2019"), task("绿化率", "30"),
             task("返贫人口", "0", county="清河")]  # fmt: skip
    homes = [{**home, "脱贫年度": "2019"} for home in PEOPLE["户"]]
    card = score_books(tmp_path, {**PEOPLE, "户": homes, "目标任务": tasks}, [INSURANCE, LIFTED, "返贫人口"])
    insured, lifted_people = scores(card, INSURANCE), scores(card, LIFTED)
    assert [insured[place].met for place in (EAST, WEST, COUNTY)] == [True, None, None]
    assert insured[COUNTY].goal == Goal(0.6, "目标任务")
    assert lifted_people[COUNTY].gap == -5
    assert lifted_people[EAST].goal is None
    assert [note for note in card.notes if "绿化率" in note] == ["清河县的目标任务“绿化率”没有对应的指标"]


def test_a_target_no_ledger_counts_is_scored_by_what_the_county_reports(tmp_path: Path) -> None:
    done = [
        ("绿化率", "30", "45"),
        ("新建水窖", "120", "90"),
        ("贫困发生率", "2", "0.5"),
        ("道路里程", "80", ""),
    ]
    tasks = [{**task(name, goal), "完成值": value} for name, goal, value in done]
    tasks += [{**task("新建水窖", "10", county="石桥县"), "完成值": "40"}]
    card = score_books(tmp_path, {**PEOPLE, "目标任务": tasks}, [INSURANCE])
    green, wells = indicator(card, "绿化率"), scores(card, "新建水窖")
    assert (scores(card, "绿化率")[COUNTY].value, scores(card, "绿化率")[COUNTY].met) == (0.45, True)
    assert any("没有别的台账可以核对" in note for note in green.notes)
    assert [wells[place].met for place in (WHOLE, COUNTY, Place("石桥县"))] == [True, False, True]
    assert scores(card, "贫困发生率")[COUNTY].met is True
    assert [note for note in card.notes if "没有对应的指标" in note] == [
        "清河县的目标任务“道路里程”没有对应的指标"
    ]


def test_a_number_put_for_a_target_is_masked(tmp_path: Path) -> None:
    """The name of such an indicator is a cell's text."""
    tasks = [{**task("990101197003050015", "30"), "完成值": "45"}]
    card = score_books(tmp_path, {**PEOPLE, "目标任务": tasks}, [INSURANCE])
    shown = [(item.id, item.title) for item in (found.masked() for found in card.indicators)]
    assert any("*" in title for _, title in shown)
    assert "990101197003050015" not in str(shown)


def test_an_indicator_the_ledgers_cannot_count_is_scored_so_too(tmp_path: Path) -> None:
    tasks = [{**task(LIFTED, "5"), "完成值": "6"}]
    homes = [{key: value for key, value in home.items() if key != "脱贫年度"} for home in PEOPLE["户"]]
    card = score_books(tmp_path, {"户": homes, "目标任务": tasks}, [LIFTED])
    assert scores(card, LIFTED)[COUNTY].met is True
    assert any("未交付" in note or "缺列" in note for note in indicator(card, LIFTED).notes)


def test_a_place_that_has_no_such_indicator_is_not_asked(tmp_path: Path) -> None:
    """锦州 counts what was lifted since 2016 instead of in the year."""
    found = score_books(tmp_path, lifted("义县", "清河县"), [LIFTED, "累计脱贫人口"])
    assert set(scores(found, LIFTED)) == {*places_above(Place("清河县", "柳林镇", "东沟村"))}
    assert Place("义县") in scores(found, "累计脱贫人口")
    assert "义县没有这项指标" in indicator(found, LIFTED).notes


def test_an_indicator_no_place_has_is_left_out(card: Scorecard) -> None:
    assert [item.title for item in card.indicators if item.title.startswith("累计")] == []


# What holds for any delivery.


@pytest.fixture(scope="module")
def sample() -> Scorecard:
    from fupin_audit import resources, scorecard

    return scorecard([resources.folder("samples") / "清河县"])


def test_every_place_is_the_sum_of_those_in_it(sample: Scorecard) -> None:
    for item in sample.indicators:
        by_place = {score.place: score.sums for score in item.scores}
        for place, sums in by_place.items():
            inner = [s for p, s in by_place.items() if p != place and list(places_above(p))[1:2] == [place]]
            if inner:
                assert sum(inner, Sums()) == sums, (item.id, place)


def test_values_are_within_reason(sample: Scorecard) -> None:
    assert sum(len(item.scores) for item in sample.indicators) > 100
    for item in sample.indicators:
        for score in item.scores:
            assert score.value is None or 0 <= score.value <= (1 if item.is_share else score.sums.whole)
            assert level_of(score.place).depth <= item.level.depth


def test_what_was_not_delivered_gives_no_value(sample: Scorecard) -> None:
    lacking = "未交付台账“走访记录”"
    assert {item.title: item.reason for item in sample.indicators if lacking in item.reason} == {
        "遍访率": f"{lacking}；参数“遍访身份”在本地没有值"
    }


@pytest.mark.parametrize(
    ("place", "level"),
    [(WHOLE, Level.WHOLE), (COUNTY, Level.COUNTY), (TOWN, Level.TOWN), (EAST, Level.VILLAGE)],
)
def test_level_of_a_place(place: Place, level: Level) -> None:
    assert level_of(place) is level
    assert next(places_above(place)) == place


def test_people_are_counted_at_the_day(tmp_path: Path) -> None:
    """Without a poverty line for 2021 its indicator is not computed; the others are."""
    card = score_books(tmp_path, PEOPLE, [INSURANCE, "人均纯收入达标率"], as_of=date(2021, 12, 31))
    assert "贫困线" in indicator(card, "人均纯收入达标率").reason
    assert scores(card, INSURANCE)[EAST].value == 0.75
