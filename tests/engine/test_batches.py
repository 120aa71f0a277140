"""Several counties in one run are judged as each alone, by what each has delivered (D14)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from books import AS_OF, IDS, Book, catalogue, found, household, judge_books, person, run_of
from comparing.sheets import resident_id
from five_counties import COUNTIES, insured, write_counties
from fupin_audit.engine.run import Judgement, judge_delivery
from fupin_audit.results.rule_run import Counts
from fupin_audit.workbook.loading import load

BY_COLUMN = "CEL-11"  # asks whether a value fits its column, that of all counties


def judged(root: Path, counties: tuple[str, ...]) -> Judgement:
    """The counties' files in a folder each, judged in one run by all rules."""
    delivery = load([root], designations=write_counties(root, counties))
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


@pytest.mark.slow
def test_a_batch_says_what_each_county_alone_says(batch: Judgement, alone: list[Judgement]) -> None:
    assert told(batch) == set().union(*map(told, alone))
    assert {item.rule for item in batch.findings} >= {"HLP-01", "HLP-02", "MED-02", "SEC-01"}


@pytest.mark.slow
def test_a_rule_runs_in_the_counties_in_which_it_would_run_alone(
    batch: Judgement, alone: list[Judgement]
) -> None:
    by_county = [counted(judgement) for judgement in alone]
    expected = {pair: counts for item in by_county for pair, counts in item.items()}
    assert without(counted(batch), BY_COLUMN) == without(expected, BY_COLUMN)


def without(counts: Mapping[tuple[str, str], Counts], rule: str) -> Mapping[tuple[str, str], Counts]:
    return {pair: found for pair, found in counts.items() if pair[0] != rule}


@pytest.mark.slow
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
