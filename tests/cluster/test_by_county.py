"""County by county the same is found as at once: findings, addresses, verdicts, what could not be judged (D17)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from books import AS_OF, catalogue, household, write_books, write_csv
from crossing_counties import registered, write_crossing
from five_counties import COUNTIES, write_counties
from fupin_audit.cluster import visitors
from fupin_audit.cluster.by_county import ByCounty
from fupin_audit.engine.linking import keyed_rows
from fupin_audit.engine.run import Judgement, judge_delivery
from fupin_audit.results.finding import Finding
from fupin_audit.workbook.loading import ToRead, load, loaded
from fupin_audit.workbook.recognising.recognition import Designation
from fupin_audit.writing.column_files import ColumnFiles


def both(root: Path, designations: tuple[Designation, ...]) -> tuple[Judgement, Judgement]:
    """Judged at once and read into memory; and county by county, read into files."""
    at_once = judge_delivery(load([root], designations=designations), catalogue(), AS_OF)
    files = ColumnFiles(smallest=0)
    delivery = loaded(ToRead([root], designations, keep=files.keep))
    return at_once, ByCounty(catalogue(), AS_OF, files).judge(delivery)


def assert_same(at_once: Judgement, by_county: Judgement) -> None:
    assert by_county.findings == at_once.findings
    assert [replace(run, notes=()) for run in by_county.rules] == [
        replace(run, notes=()) for run in at_once.rules
    ]
    assert {run.id: {*run.notes} for run in by_county.rules} == {
        run.id: {*run.notes} for run in at_once.rules
    }
    assert (by_county.households, by_county.packs, by_county.sheets) == (
        at_once.households,
        at_once.packs,
        at_once.sheets,
    )


@pytest.fixture(scope="module")
def crossing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Judgement, Judgement]:
    root = tmp_path_factory.mktemp("云川市")
    return both(root, write_crossing(root))


def test_people_of_two_counties_are_found_as_at_once(crossing: tuple[Judgement, Judgement]) -> None:
    assert_same(*crossing)


def test_what_is_found_crosses_the_counties(crossing: tuple[Judgement, Judgement]) -> None:
    found = {finding.rule for finding in crossing[1].findings if len(folders(finding)) > 1}
    assert found >= {"ID-05", "KEY-12", "STA-05"}
    assert "DEP-02" in {finding.rule for finding in crossing[1].findings}


@pytest.mark.slow
def test_counties_that_delivered_different_ledgers_are_judged_as_at_once(tmp_path: Path) -> None:
    counties = COUNTIES[:3]
    assert_same(*both(tmp_path, write_counties(tmp_path, counties)))


@pytest.mark.slow
def test_a_phone_of_some_households_and_of_members_of_others_is_no_crowd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither ledger has it too often, but both together do: it is told as at once."""
    for module in (keyed_rows, visitors):
        monkeypatch.setattr(module, "CROWD", 10)
    for at, county in enumerate(("甲县", "乙县")):
        (tmp_path / county).mkdir()
        homes = [household(f"{at}{nth}", 县=county, 联系电话="13912345678") for nth in range(5)]
        other = household(f"{at}9", 县=county, 联系电话="")
        people = [registered(f"{at}9", 1000 + 3 * at + nth, 成员电话="13912345678") for nth in range(3)]
        write_books(tmp_path / county, {"户": [*homes, other], "人口": people})
    designations = tuple(Designation(title, f"{title}.csv") for title in ("户", "人口"))
    at_once, by_county = both(tmp_path, designations)
    assert any("共有12户登记" in finding.message for finding in at_once.findings if finding.rule == "KEY-08")
    assert_same(at_once, by_county)


@pytest.mark.slow
def test_people_without_numbers_are_found_as_at_once(tmp_path: Path) -> None:
    """Each county is compared with itself: a namesake of the other one is nobody's double."""
    for at, county in enumerate(("甲县", "乙县"), 1):
        (tmp_path / county).mkdir()
        homes = [household(str(at), 县=county, 户主证件号码=""), household(f"{at}9", 县=county)]
        people = [
            registered(str(at), 910, 证件号码="", 出生日期="1970-03-05", 性别="男"),
            registered(f"{at}9", 910 + at),
        ]
        blank = {"出生日期": "", "性别": ""}
        write_books(tmp_path / county, {"户": homes, "人口": [{**blank, **row} for row in people]})
    poor = {"姓名": "赵安", "乡镇": "柳林镇", "村": "东沟村", "状态": "正常"}
    broken = "990101197003050099"
    write_csv(
        tmp_path / "低保.csv", [{**poor, "证件号码": broken, "县": county} for county in ("甲县", "乙县")]
    )
    at_once, by_county = both(
        tmp_path, tuple(Designation(title, f"{title}.csv") for title in ("户", "人口", "低保"))
    )
    assert_same(at_once, by_county)
    asked = [finding for finding in by_county.findings if finding.rule == "DEP-02"]
    assert [finding.place.county for finding in asked] == ["乙县", "甲县"]
    assert all(finding.pair for finding in asked)


def folders(finding: Finding) -> set[str]:
    """The counties whose files a finding points at."""
    return {at.file.partition("/")[0] for at in finding.locations} & {"甲县", "乙县"}
