"""Several counties in one run are judged as each alone, by what each has delivered (D14)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from books import AS_OF, IDS, Book, Row, catalogue, found, household, judge_books, person, run_of, write_books
from comparing.sheets import resident_id
from fupin_audit.engine.run import Judgement, judge_delivery
from fupin_audit.results.rule_run import Counts
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation

BY_COLUMN = "CEL-11"  # asks whether a value fits its column, that of all counties
COUNTIES = ("甲县", "乙县", "丙县", "丁县", "戊县")
# What each county leaves out, and a column that its sheets of people lack.
LEFT_OUT = {
    "甲县": {"帮扶责任人", "医保参保"},
    "乙县": {"帮扶措施", "低保"},
    "丙县": {"户年度", "走访记录"},
    "丁县": set[str](),
    "戊县": {"帮扶责任人", "帮扶措施", "户年度", "低保", "走访记录", "医保参保"},
}
LACKED = {"甲县": "务工时间", "乙县": "健康状况", "丙县": "享受低保"}
HOUSEHOLDS, MEMBERS = 6, 2


def books_of(county: str) -> Mapping[str, list[Row]]:
    """Six households in two towns; every other one is wrong somewhere."""
    books: dict[str, list[Row]] = {}
    for number in range(HOUSEHOLDS):
        order = COUNTIES.index(county) * HOUSEHOLDS + number
        for title, rows in of_household(county, order, number):
            if title not in LEFT_OUT[county]:
                books.setdefault(title, []).extend(rows)
    return books


def of_household(county: str, order: int, number: int) -> list[tuple[str, list[Row]]]:
    named, wrong = f"9901010{order:05}", number % 2
    ids = [resident_id(order * MEMBERS + at) for at in range(MEMBERS)]
    town, status = ("柳林镇", "白石乡")[number % 3 == 0], ("未脱贫", "已脱贫")[wrong]
    people = [member(named, at, ids[at], LACKED.get(county, "")) for at in range(MEMBERS)]
    return [
        ("户", [household(named, 县=county, 乡镇=town, 户主证件号码=ids[0], 脱贫属性=status)]),
        ("人口", people),
        ("户年度", [{"户编号": named, "年度": "2020", "家庭人口": "2", "人均纯收入": ("3000", "9000")[wrong]}]),
        ("医保参保", [insured(number) for number in ids[: 2 - wrong]]),
        ("低保", [{"姓名": "张安", "证件号码": ids[0], "月保障金": "400"}] if wrong else []),
        ("帮扶责任人", [{"户编号": named, "帮扶人": "陈广文"}] if wrong else []),
        ("帮扶措施", [{"户编号": named, "年度": "2020", "措施类别": "产业帮扶"}] if wrong else []),
        ("走访记录", [{"户编号": named, "走访人": "陈广文", "走访日期": "2020-05-01"}]),
    ]  # fmt: skip


def member(named: str, at: int, number: str, lacked: str) -> Row:
    row = {
        "户编号": named, "人编号": f"{named}{at:02}", "姓名": "张李"[at] + "安", "证件号码": number,
        "与户主关系": ("户主", "其他")[at], "健康状况": "健康", "务工时间": "8", "享受低保": "否", "参加城乡居民医保": "是",
    }  # fmt: skip
    return {name: value for name, value in row.items() if name != lacked}


def insured(number: str) -> Row:
    return {"姓名": "某人", "证件号码": number, "年度": "2020", "险种": "城乡居民", "参保状态": "已参保"}


def judged(root: Path, counties: tuple[str, ...]) -> Judgement:
    """The counties' files in a folder each, judged in one run by all rules."""
    designations = []
    for county in counties:
        (root / county).mkdir(parents=True)
        write_books(root / county, books_of(county))
        designations += [Designation(title, f"{title}.csv") for title in books_of(county)]
    delivery = load([root], designations=tuple(dict.fromkeys(designations)))
    return judge_delivery(delivery, catalogue(), AS_OF)


def told(judgement: Judgement) -> set[tuple[str, str, str]]:
    return {(item.rule, item.fingerprint, item.message) for item in judgement.findings}


def counted(judgement: Judgement) -> Mapping[tuple[str, str], Counts]:
    """(rule, county) → its verdicts there, where it ran."""
    sums: dict[tuple[str, str], Counts] = {}
    for run in judgement.rules:
        for place, counts in run.by_place.items():
            sums[run.id, place.county] = sums.get((run.id, place.county), Counts()) + counts
    return sums


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Judgement:
    return judged(tmp_path_factory.mktemp("五县"), COUNTIES)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> list[Judgement]:
    return [judged(tmp_path_factory.mktemp(county), (county,)) for county in COUNTIES]


def test_a_batch_says_what_each_county_alone_says(batch: Judgement, alone: list[Judgement]) -> None:
    assert told(batch) == set().union(*map(told, alone))
    assert {item.rule for item in batch.findings} >= {"HLP-01", "HLP-02", "MED-02", "SEC-01"}


def test_a_rule_runs_in_the_counties_in_which_it_would_run_alone(
    batch: Judgement, alone: list[Judgement]
) -> None:
    by_county = [counted(judgement) for judgement in alone]
    expected = {pair: counts for item in by_county for pair, counts in item.items()}
    assert without(counted(batch), BY_COLUMN) == without(expected, BY_COLUMN)


def without(counts: Mapping[tuple[str, str], Counts], rule: str) -> Mapping[tuple[str, str], Counts]:
    return {pair: found for pair, found in counts.items() if pair[0] != rule}


def test_what_a_county_has_not_delivered_is_told_with_its_name(batch: Judgement) -> None:
    assert run_of(batch, "HLP-02").notes == ("乙县、戊县：未交付台账“帮扶措施”",)
    assert "乙县：人口缺列“健康状况”" in run_of(batch, "STA-05").notes


def test_people_registered_in_two_counties_are_told_of_the_batch(tmp_path: Path) -> None:
    books: dict[str, Book] = {
        "户": [household("1", 县="甲县"), household("2", 县="乙县", head=1)],
        "人口": [person("1", 0), {**person("2", 0), "人编号": "200"}],
    }
    judgement = judge_books(tmp_path, books, ["ID-05"])
    assert {finding.place.county for finding in found(judgement, "ID-05")} == {"甲县", "乙县"}


TOWNS: dict[str, Book] = {
    "户": [
        household("1", 乡镇="柳林镇", 脱贫属性="未脱贫"),
        household("2", 乡镇="柳林镇", 脱贫属性="未脱贫", head=1),
        household("3", 乡镇="白石乡", 脱贫属性="未脱贫", head=2),
    ],
    "帮扶责任人": [{"户编号": "1", "帮扶人": "陈广文"}],
}


def test_a_town_without_any_row_of_a_ledger_has_not_delivered_it(tmp_path: Path) -> None:
    judgement = judge_books(tmp_path, TOWNS, ["HLP-01"])
    assert [finding.household for finding in found(judgement, "HLP-01")] == ["2"]
    assert run_of(judgement, "HLP-01").notes[0] == "清河县白石乡：未交付台账“帮扶责任人”"


def test_a_list_of_people_nobody_knows_is_the_whole_countys(tmp_path: Path) -> None:
    """Of a county's public servants hardly one is registered: no town without one lacks the list."""
    books: dict[str, Book] = {
        **TOWNS,
        "人口": [person("1", 0), person("2", 1), person("3", 2)],
        "财政供养": [{"姓名": "某人", "证件号码": number, "单位": "县水利局"} for number in IDS[2:6]],
    }
    judgement = judge_books(tmp_path, books, ["TGT-01"])
    assert [finding.household for finding in found(judgement, "TGT-01")] == ["3"]
    assert run_of(judgement, "TGT-01").counts.passed == 2
    assert not any("财政供养" in note for note in run_of(judgement, "TGT-01").notes)


def test_a_stranger_on_a_list_makes_no_delivery_of_his_county(tmp_path: Path) -> None:
    """Of twelve on the list of one county one is registered in another, which has delivered none."""
    ids = [resident_id(number) for number in range(13)]
    books: dict[str, Book] = {
        "户": [household("1", 县="甲县"), household("2", 县="乙县", head=1)],
        "人口": [
            {
                **person(("1", "2")[at > 10], 0),
                "人编号": str(at),
                "证件号码": number,
                "参加城乡居民医保": "是",
            }
            for at, number in enumerate(ids)
        ],
        "医保参保": [insured(number) for number in ids[:12]],
    }
    judgement = judge_books(tmp_path, books, ["MED-02"])
    assert found(judgement, "MED-02") == []
    assert run_of(judgement, "MED-02").notes[0] == "乙县：未交付台账“医保参保”"
