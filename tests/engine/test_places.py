"""Each row is judged by the figures and rules of its own place and year (D11)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from books import Book, found, household, judge_books, only, person, run_of
from fupin_audit.engine.loaded.places import whole_places
from fupin_audit.engine.run import Judgement
from fupin_audit.errors import RuleError
from fupin_audit.results.finding import Severity
from fupin_audit.results.place import Place
from fupin_audit.results.rule_run import Counts
from fupin_audit.rulepack.checks.checking import check
from fupin_audit.rulepack.declared.territory import Region
from fupin_audit.rulepack.packs.in_force import in_force
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.packs.pack_loading import load_catalogue

RULES = """
parameters:
  - {name: 门槛, unit: 元}
rules:
  - id: XYZ-01
    title: 收入应过门槛
    ledger: 户年度
    require: 人均纯收入 >= param.门槛
    severity: warning
    say: "{年度}年人均纯收入{人均纯收入}元，门槛{门槛}元"
    show: {门槛: param.门槛}
    why: 试验
    fix: 试验
    owner: 第一书记
    examples: {good: [{人均纯收入: 4000, 参数: {门槛: 4000}}], bad: [{人均纯收入: 3999, 参数: {门槛: 4000}}]}
"""
LOCAL = {
    "甲": """
id: 甲
title: 甲县
extends: national
place: {县: 甲县}
rules: {KEY-04: {severity: info}}
""",
    "乙": """
id: 乙
title: 乙市
extends: national
place: {市: 乙市, 所辖: [乙县]}
rules: {KEY-04: {enabled: false}}
""",
}
FIGURES = {
    "甲": "{value: 3000, to: 2019-12-31}, {value: 4000, from: 2020-01-01}",
    "乙": "{value: 5000}",
}
ROWS = (
    ("1", "2019", "3500"),
    ("1", "2020", "3500"),
    ("2", "2019", "3500"),
    ("2", "2020", "6000"),
    ("3", "2020", "1"),
)
BOOKS: dict[str, Book] = {
    "户": [household(number, 县=f"{name}县") for number, name in zip("123", "甲乙丙", strict=True)],
    "户年度": [{"户编号": number, "年度": year, "人均纯收入": income} for number, year, income in ROWS],
}


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The built-in packs, a county's, a city's, and a file of rules for everywhere."""
    folder = tmp_path_factory.mktemp("packs")
    for name, head in LOCAL.items():
        pack = folder / name
        pack.mkdir()
        (pack / "pack.yaml").write_text(head, encoding="utf-8")
        figures = f"parameters:\n  - {{name: 门槛, values: [{FIGURES[name]}]}}\n"
        (pack / "parameters.yaml").write_text(figures, encoding="utf-8")
    (folder / "自定.yaml").write_text(RULES, encoding="utf-8")
    catalogue = load_catalogue([folder / "甲", folder / "乙", folder / "自定.yaml"])
    check(catalogue)
    return catalogue


@pytest.fixture
def judged(local: Catalogue, tmp_path: Path) -> Judgement:
    return judge_books(tmp_path, BOOKS, ["XYZ-01", "KEY-04"], within=local)


def test_each_county_and_year_has_its_own_figure(judged: Judgement) -> None:
    run = run_of(judged, "XYZ-01")
    by_county = {place.county: counts for place, counts in run.by_place.items()}
    assert by_county == {"甲县": Counts(1, 1, 0), "乙县": Counts(1, 1, 0)}
    said = [finding.message for finding in found(judged, "XYZ-01")]
    assert sorted(said) == ["2019年人均纯收入3500元，门槛5000元", "2020年人均纯收入3500元，门槛4000元"]


def test_a_county_without_the_figure_is_told(judged: Judgement) -> None:
    assert run_of(judged, "XYZ-01").notes == ("丙县：参数“门槛”在本地没有值",)


def test_a_figure_set_for_the_run_wins_everywhere(local: Catalogue, tmp_path: Path) -> None:
    fixed = Catalogue(local.packs, fixed={"门槛": "1"})
    run = run_of(judge_books(tmp_path, BOOKS, ["XYZ-01"], within=fixed), "XYZ-01")
    assert run.counts == Counts(passed=5)


def test_packs_relevel_and_switch_off_rules_in_their_place(local: Catalogue, tmp_path: Path) -> None:
    books = {**BOOKS, "人口": [person("9", 0)]}
    judgement = judge_books(tmp_path, books, ["KEY-04"], within=local)
    levels = {finding.place.county: finding.severity for finding in found(judgement, "KEY-04")}
    assert levels == {"甲县": Severity.INFO, "丙县": Severity.ERROR}
    counted = {place.county for place in run_of(judgement, "KEY-04").by_place}
    assert counted == {"甲县", "丙县"}


def test_a_rule_switched_off_everywhere_was_not_checked(local: Catalogue, tmp_path: Path) -> None:
    books = {"户": [household("2", 县="乙县")], "人口": [person("9", 0)]}
    run = run_of(judge_books(tmp_path, books, ["KEY-04"], within=local), "KEY-04")
    assert run.status == "not_checked"
    assert "停用" in run.reason


def test_a_rule_switched_off_for_the_run_was_not_checked(tmp_path: Path) -> None:
    books = {"户": [household("1")], "人口": [person("9", 0)]}
    whole = load_catalogue(disabled=["KEY-04"])
    judgement = judge_books(tmp_path, books, ["KEY-04"], within=whole)
    assert (run_of(judgement, "KEY-04").status, judgement.findings) == ("not_checked", ())
    assert run_of(judgement, "KEY-04").reason == "本次停用"


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        (Place("", "柳林镇", "东沟村"), Place("甲县", "柳林镇", "东沟村")),
        (Place("", "", "西坡村"), Place("甲县", "柳林镇", "西坡村")),
        (Place("", "", "东沟村"), Place("", "", "东沟村")),
        (Place("", "白石乡", "西坡村"), Place("", "白石乡", "西坡村")),
        (Place("乙县", "", "西坡村"), Place("乙县", "", "西坡村")),
        (Place(), Place()),
    ],
    ids=[
        "town and village",
        "village alone",
        "two of that name",
        "no such village",
        "another county",
        "nothing",
    ],
)
def test_a_place_without_its_county_is_the_only_such_village(named: Place, meant: Place) -> None:
    known = [
        Place("甲县", "柳林镇", "东沟村"),
        Place("甲县", "柳林镇", "西坡村"),
        Place("乙县", "白石乡", "东沟村"),
    ]
    places = sorted({Place(), *known, named, meant}, key=str)
    assert places[whole_places(places)[places.index(named)]] == meant


def test_a_row_without_its_county_is_judged_by_the_figures_of_its_village(tmp_path: Path) -> None:
    works = {
        "乡镇": "柳林镇",
        "村": "东沟村",
        "工程名称": "集中供水",
        "年度": "2019",
        "计划完工日期": "2021-03-31",
    }
    home = household("1", 省="辽宁省", 市="抚顺市", 县="抚顺县")
    books: dict[str, Book] = {"户": [home], "供水工程": [works | {"完工日期": ""}]}
    [finding] = found(judge_books(tmp_path, books, ["WAT-08"]), "WAT-08")
    assert (finding.place.county, finding.place.village) == ("抚顺县", "东沟村")


def test_the_packs_in_force_are_those_of_the_places(judged: Judgement) -> None:
    assert {"全国", "甲县", "乙市", "自定.yaml"} == set(judged.packs)


@pytest.mark.parametrize(
    ("region", "day", "line"),
    [
        (Region("", "", "清河县"), date(2020, 12, 31), 4000),
        (Region("", "", "清河县"), date(2018, 6, 1), 3535),
        (Region("四川省", "资阳市", "安岳县"), date(2018, 6, 1), 3600),
        (Region("", "", "安岳县"), date(2018, 6, 1), 3600),  # the pack names the city's counties
        (Region("四川省", "资阳市", "安岳县"), date(2019, 6, 1), 3747),
    ],
)
def test_the_built_in_poverty_line(region: Region, day: date, line: float) -> None:
    assert in_force(load_catalogue(), region).value("贫困线", day) == line


def test_naming_a_pack_narrows_the_rules_to_it_and_what_it_extends() -> None:
    ids = {pack.head.id for pack in load_catalogue(["liaoning-fushun-qingyuan"]).packs}
    assert ids == {"national", "liaoning-fushun", "liaoning-fushun-qingyuan"}


def test_a_pack_cannot_change_what_a_rule_demands(tmp_path: Path) -> None:
    own = tmp_path / "自定.yaml"
    own.write_text(RULES.replace("XYZ-01", "KEY-04"), encoding="utf-8")
    with pytest.raises(RuleError, match="只能停用它或改它的级别"):
        load_catalogue([own])


def test_only_keeps_the_rules_named() -> None:
    assert set(only(["KEY-04", "CEL-01", "CRD-05"]).rules) == {"KEY-04", "CEL-01", "CRD-05"}


BY_YEAR = """
rules:
  - id: XYZ-02
    title: 收入应过当年的线
    ledger: 户年度
    require: 人均纯收入 >= param.贫困线
    severity: warning
    say: "{年度}年的线是{线}元"
    show: {线: param.贫困线}
    why: 试验
    fix: 试验
    owner: 第一书记
    basis: [{standard: 试验}]
    examples: {good: [{人均纯收入: 4000}], bad: [{人均纯收入: 3999}]}
"""


def test_two_counties_and_two_years_each_by_their_own_line_and_document(tmp_path: Path) -> None:
    """3550 yuan pass the nation's line of 2018, not Ziyang's; 3900 pass both, not the nation's of 2020."""
    own = tmp_path / "自定.yaml"
    own.write_text(BY_YEAR, encoding="utf-8")
    incomes = {"2018": "3550", "2019": "3900", "2020": "3900"}
    books: dict[str, Book] = {
        "户": [household("1", 县="安岳县"), household("2", 县="清河县")],
        "户年度": [
            {"户编号": number, "年度": year, "人均纯收入": income}
            for number in "12"
            for year, income in incomes.items()
        ],
    }
    (tmp_path / "数据").mkdir()
    judgement = judge_books(tmp_path / "数据", books, ["XYZ-02"], within=load_catalogue([own]))
    told = {(item.place.county, item.message): item.basis for item in found(judgement, "XYZ-02")}
    assert told == {
        ("安岳县", "2018年的线是3600元"): ("资委办〔2018〕25号 二(五)", "试验"),
        ("安岳县", "2020年的线是4000元"): ("试验",),
        ("清河县", "2020年的线是4000元"): ("试验",),
    }


@pytest.mark.parametrize("city", ["抚顺市", "抚顺市本级"])
def test_what_names_no_county_lies_in_the_one_delivered(tmp_path: Path, city: str) -> None:
    """The city's own money is in the same delivery; an asset names no county and is asked by the city's document."""
    books: dict[str, Book] = {
        "户": [household("1", 省="辽宁省", 市="抚顺市", 县="顺城区")],
        "财政投入": [{"县": city, "年度": "2020", "本级投入": "120"}],
        "扶贫资产": [
            {
                "资产编号": "Z1",
                "资产名称": "大棚",
                "资产类型": "经营性",
                "形成年度": "2018",
                "原值": "9000",
                "经营主体": "",
            }
        ],
    }
    (finding,) = found(judge_books(tmp_path, books, ["FND-12"]), "FND-12")
    assert finding.basis[0].startswith("抚脱贫发〔2020〕14号")
