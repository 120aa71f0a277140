"""Two years' exports of persons: the later speaks, the earlier can be asked what it said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from layouts import L26, L47, Rows, id_number, row, write

from books import found, only, run_of
from fupin_audit.delivery import Delivery
from fupin_audit.engine.run import Judgement, judge_delivery
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation

ZHAO, QIAN = ("赵小一", id_number("20080305", 1)), ("钱小二", id_number("20080306", 2))
Pupil = tuple[tuple[str, str], str]


def export(year: str, *pupils: Pupil) -> Rows:
    """A second-generation export: one household, its pupils and their grades."""
    common = {"县": "清河县", "乡": "清河镇", "村": "东村", "户编号": "990101000001", "年度": year}
    rows = [
        row(L47, **common, 人口编号=id_[6:], 姓名=name, 证件号码=id_, 在校生状况=grade, 与户主关系="其他")
        for (name, id_), grade in pupils
    ]  # fmt: skip
    return [L47, *rows]


def older_export(*pupils: Pupil) -> Rows:
    """A first-generation export, which has no 年度."""
    rows = [
        row(L26, 户编号="990101000001", 人编号=id_[6:], 姓名=name, 证件号码=id_, 在校生状况=grade, 与户主关系="其他")
        for (name, id_), grade in pupils
    ]  # fmt: skip
    return [L26, *rows]


def judged(delivery: Delivery, year: int) -> Judgement:
    return judge_delivery(delivery, only(["EDU-17", "KEY-12"]), date(year, 12, 31))


def grades(delivery: Delivery) -> list[tuple[object, object, object]]:
    rows = delivery.tables["往年人口"].data.to_pylist()
    return [(item["姓名"], item["年度"], item["在校生状况"]) for item in rows]


@pytest.mark.parametrize("together", [True, False], ids=["one-sheet", "two-files"])
def test_a_grade_that_did_not_advance_is_found_with_both_cells(tmp_path: Path, together: bool) -> None:
    before = export("2021", (ZHAO, "七年级"), (QIAN, "七年级"))
    after = export("2022", (ZHAO, "七年级"), (QIAN, "八年级"))
    if together:
        write(tmp_path / "人口.xlsx", {"人口": [*before, *after[1:]]})
    else:
        write(tmp_path / "甲.xlsx", {"人口": before})
        write(tmp_path / "乙.xlsx", {"人口": after})
    delivery = load([tmp_path])
    assert grades(delivery) == [("赵小一", 2021, "七年级"), ("钱小二", 2021, "七年级")]
    judgement = judged(delivery, 2022)
    (finding,) = found(judgement, "EDU-17")
    assert (finding.person, finding.fields["上年.在校生状况"]) == ("赵小一", "七年级")
    rows = {"S2", "S4"} if together else {"S2"}
    assert {location.cell for location in finding.locations} == rows
    assert len({location.file for location in finding.locations}) == (1 if together else 2)
    assert found(judgement, "KEY-12") == []
    assert run_of(judgement, "EDU-17").counts.passed == 1


def test_years_may_be_stated_by_the_files(tmp_path: Path) -> None:
    write(tmp_path / "2019年人口.xlsx", {"人口": older_export((ZHAO, "小学"), (QIAN, "九年级"))})
    write(tmp_path / "2020年人口.xlsx", {"人口": older_export((ZHAO, "七年级"), (QIAN, "九年级"))})
    delivery = load([tmp_path])
    assert all("没有年度列，按标题或文件名取" in "".join(sheet.notes) for sheet in delivery.inputs)
    judgement = judged(delivery, 2020)
    assert [finding.person for finding in found(judgement, "EDU-17")] == ["钱小二"]
    assert found(judgement, "KEY-12") == []


def test_a_sheet_may_be_said_to_be_last_years(tmp_path: Path) -> None:
    write(tmp_path / "今.xlsx", {"人口": older_export((ZHAO, "七年级"), (QIAN, "八年级"))})
    write(tmp_path / "去.xlsx", {"人口": older_export((ZHAO, "七年级"), (QIAN, "七年级"))})
    delivery = load([tmp_path], designations=[Designation("往年人口", "去.xlsx")])
    assert [finding.person for finding in found(judged(delivery, 2020), "EDU-17")] == ["赵小一"]


@pytest.mark.parametrize(
    "sheets",
    [
        [export("2022", (ZHAO, "七年级"))],
        [export("2021", (ZHAO, "七年级")), export("2022", (QIAN, "七年级"))],
        [older_export((ZHAO, "七年级")), older_export((ZHAO, "七年级"))],
    ],
    ids=["one-year", "other-people", "no-year"],
)
def test_without_two_years_of_a_person_the_rule_says_what_it_lacks(
    tmp_path: Path, sheets: Sequence[Rows]
) -> None:
    for number, rows in enumerate(sheets):
        write(tmp_path / f"{number}.xlsx", {"人口": rows})
    delivery = load([tmp_path])
    assert "往年人口" not in delivery.tables
    run = run_of(judged(delivery, 2022), "EDU-17")
    assert (run.status, "往年人口" in run.reason) == ("not_checked", True)
