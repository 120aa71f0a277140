"""三张清单: every open finding once, the inspection's problems beside them; each office and person with what is theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from books import AS_OF, household, only, person, write_books
from fupin_audit.audit import judge, prepare
from fupin_audit.followup.tracking.following import Following
from fupin_audit.options import Options
from fupin_audit.reports.tracking import cells, three_lists
from fupin_audit.reports.tracking import workbook as track_book
from fupin_audit.reports.tracking.three_lists import write_lists
from fupin_audit.results.finding import Severity
from fupin_audit.results.tracking import State, Tracking
from fupin_audit.tasks.county_problems import with_problems
from fupin_audit.tasks.following_up import Before, tracked
from fupin_audit.workbook.recognising.recognition import Designation
from fupin_audit.writing.marks import is_own_report
from samples_audited import SampleAudits
from saved import saved

HOME, OTHER = "990101000001", "990101000002"
DAY = date(2021, 1, 31)


def books() -> dict[str, list[dict[str, str]]]:
    """A man who worked thirteen months, whom an inspection noticed too; and a problem that is none of ours."""
    common = {"来源": "省级考核", "责任单位": "县人社局", "整改时限": "2021-01-20", "状态": "整改中"}
    return {
        "户": [dict(household(HOME)), dict(household(OTHER, head=2))],
        "人口": [dict(person(HOME, 0, 务工时间="13")), {**person(OTHER, 2, 务工时间="8"), "与户主关系": "户主"}],
        "问题整改": [
            {"问题编号": "S1", "户编号": HOME, "规则": "EMP-02", "问题描述": "务工月数不实", "责任人": "马丽", **common},
            {"问题编号": "S2", "户编号": OTHER, "规则": "", "问题描述": "帮扶走访不到位", "责任人": "", **common},
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def tracking(tmp_path_factory: pytest.TempPathFactory) -> Tracking:
    folder = tmp_path_factory.mktemp("台账")
    write_books(folder, books())
    options = Options(designations=tuple(Designation(title, f"{title}.csv") for title in books()))
    prepared = prepare([folder], as_of=AS_OF, options=options)
    prepared = replace(prepared, catalogue=only(["EMP-02"], prepared.catalogue))
    examined = judge(prepared)
    asked = Following(DAY, {Severity.ERROR: date(2021, 2, 15)})
    return with_problems(tracked(examined.result, Before(), asked), examined.delivery)


@pytest.fixture(scope="module")
def folder(tracking: Tracking, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("写出") / "三张清单"
    write_lists(folder, tracking)
    return folder


def rows(path: Path, sheet: str) -> list[dict[str, object]]:
    book = openpyxl.load_workbook(path)
    _, header, *found = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in found]


def test_our_findings_and_the_inspections_are_one_list(folder: Path) -> None:
    found = rows(folder / "问题清单.xlsx", "问题清单")
    assert [(row["来源"], row["问题编号"], row["规则"], row["期限"]) for row in found] == [
        ("省级考核、本次核对", "S1", "EMP-02", "2021-01-20"),
        ("省级考核", "S2", None, "2021-01-20"),
    ]
    assert found[1]["责任人"] == "县人社局"


def test_each_office_and_town_is_told_what_to_do(folder: Path) -> None:
    (task,) = rows(folder / "任务清单.xlsx", "按责任单位")
    assert (task["责任单位"], task["规则"], task["几处"], task["几户"]) == ("第一书记", "EMP-02", 1, 1)
    (town,) = rows(folder / "任务清单.xlsx", "按乡镇")
    assert (town["乡镇"], town["最早期限"]) == ("柳林镇", "2021-02-15")


def test_each_person_has_what_is_theirs(folder: Path, tracking: Tracking) -> None:
    direct = rows(folder / "责任清单.xlsx", "直接责任人")
    assert sum(int(str(row["几处"])) for row in direct) == sum(
        len([who for who in item.responsible if not who.first]) for item in tracking.items
    )
    assert {path.name for path in folder.iterdir()} == {"问题清单.xlsx", "任务清单.xlsx", "责任清单.xlsx"}


def test_no_list_is_read_as_a_ledger(folder: Path) -> None:
    assert all(map(is_own_report, folder.iterdir()))


def test_what_is_mended_or_exempt_is_no_task(tracking: Tracking, tmp_path: Path) -> None:
    items = tuple(
        replace(item, followed=replace(item.followed, state=State.WAIVED)) for item in tracking.items
    )
    write_lists(tmp_path / "清单", replace(tracking, items=items, problems=()))
    (note,) = rows(tmp_path / "清单" / "问题清单.xlsx", "问题清单")
    assert [text for text in note.values() if text] == ["（没有；台账和文件里没有写明的，不猜）"]


@pytest.mark.slow
def test_a_whole_county_has_its_lists(tmp_path: Path, audits: SampleAudits) -> None:
    county = audits.of("考核样例-2021")
    tracking = tracked(county, Before(), Following(county.as_of))
    write_lists(tmp_path / "清单", tracking)
    first = rows(tmp_path / "清单" / "责任清单.xlsx", "第一责任人")
    named = [row for row in first if row["责任人"] != "（台账里没有写明）"]
    assert named
    assert len(rows(tmp_path / "清单" / "问题清单.xlsx", "问题清单")) == len(tracking.items)


def test_towns_of_one_name_in_two_counties_are_two(tracking: Tracking, tmp_path: Path) -> None:
    (item,) = tracking.items
    place = replace(item.followed.place, county="白山县")
    there = replace(item, followed=replace(item.followed, place=place, fingerprint="ab"))
    write_lists(tmp_path / "清单", replace(tracking, items=(item, there)))
    towns = rows(tmp_path / "清单" / "任务清单.xlsx", "按乡镇")
    assert [(row["乡镇"], row["几处"]) for row in towns] == [("清河县柳林镇", 1), ("白山县柳林镇", 1)]


@pytest.mark.parametrize("module", [three_lists, track_book])
def test_more_rows_than_a_sheet_takes_are_not_cut_in_silence(
    module: ModuleType, tracking: Tracking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for patched in (cells, module):
        monkeypatch.setattr(patched, "MOST_ROWS", 2)
    (item,) = tracking.items
    many = replace(tracking, items=(item,) * 3)
    if module is three_lists:
        write_lists(tmp_path / "清单", many)
        sheet = openpyxl.load_workbook(tmp_path / "清单" / "问题清单.xlsx")["问题清单"]
    else:
        saved(track_book.write, many, tmp_path / "进展.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / "进展.xlsx")["新增"]
    assert sheet.max_row == 4
    assert "只列前 2 行，共 " in str(sheet["A1"].value)
