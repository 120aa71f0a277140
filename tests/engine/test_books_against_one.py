"""What two or three books of one household say of each other: which is out of date, which cell is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from books import IDS, Book, Row, found, household, judge_books, person
from fupin_audit.results.finding import Finding

HERE = "990101000001"


def books(system: str, last_year: str, card: str, handbook: str) -> Mapping[str, Book]:
    """One household's income in the system, a year before, on the card and in the handbook."""
    other: Row = {"户编号": HERE, "户主姓名": "张三", "户主证件号码": IDS[0]}
    return {
        "户": [household(HERE)],
        "人口": [person(HERE, 0), person(HERE, 1)],
        "户年度": [
            {"户编号": HERE, "年度": "2020", "人均纯收入": system},
            {"户编号": HERE, "年度": "2019", "人均纯收入": last_year},
        ],
        "明白卡": [{**other, "人均纯收入": card}],
        "扶贫手册": [{**other, "年度": "2020", "人均纯收入": handbook}],
    }


@pytest.mark.parametrize(
    ("card", "handbook", "causes"),
    [
        ("5230", "9000", {"CRD-01": "未更新"}),
        ("9000", "5230", {"CRD-02": "未更新"}),
        ("5230", "5230", {"CRD-01": None, "CRD-02": None}),
    ],
)
def test_a_book_is_not_out_of_date_where_another_agrees_with_it(
    card: str, handbook: str, causes: Mapping[str, str | None], tmp_path: Path
) -> None:
    told = judge_books(tmp_path, books("9000", "5230", card, handbook), ["CRD-01", "CRD-02"])
    said = {f.rule: f.cause.kind.value if f.cause else None for f in told.findings if f.cause or f.fields}
    assert said == causes


@pytest.mark.parametrize(("system", "card", "wrong"), [("0.9", "9000", "户年度"), ("9000", "0.9", "明白卡")])
def test_the_book_in_ten_thousands_is_the_wrong_one(
    system: str, card: str, wrong: str, tmp_path: Path
) -> None:
    (finding,) = found(judge_books(tmp_path, books(system, "", card, ""), ["CRD-01"]), "CRD-01")
    assert (finding.cause and finding.cause.kind.value, named(finding)) == ("单位不同", [wrong])
    assert finding.locations[0] == finding.likely_wrong[0]


def test_a_wrong_number_explains_what_else_breaks_on_it(tmp_path: Path) -> None:
    slip = IDS[1][:10] + "2" + IDS[1][11:]
    roll = [{"姓名": "李安", "证件号码": IDS[1], "年度": "2020", "险种": "城乡居民", "参保状态": "已参保"}]
    everybody: Mapping[str, Book] = {
        "户": [household(HERE), household("990101000002", head=2)],
        "人口": [
            person(HERE, 0),
            person(HERE, 1, 证件号码=slip),
            *(person("990101000002", n) for n in range(2, 6)),
        ],
        "医保参保": roll,
    }
    findings = judge_books(tmp_path, everybody, ["ID-01", "DEP-02"]).findings
    assert {finding.rule: named(finding) for finding in findings} == {"ID-01": ["人口"], "DEP-02": ["人口"]}


def named(finding: Finding) -> list[str]:
    return [at.ledger for at in finding.likely_wrong]
