"""Without a ledger of villages the villages are those that households name."""

from __future__ import annotations

from pathlib import Path

from books import Book, found, household, judge_books, person, run_of

BOOKS: dict[str, Book] = {
    "户": [household("1"), household("2", head=1, village="西坡村"), household("3", head=2, village="西坡村")],
    "人口": [person("1", 0), person("2", 1), person("3", 2)],
    "驻村干部": [{"县": "清河县", "乡镇": "柳林镇", "村": "东沟村", "姓名": "陈广文", "职务": "第一书记", "开始日期": "2019-01-01"}],
}  # fmt: skip


def test_a_village_that_only_households_name_is_judged(tmp_path: Path) -> None:
    judgement = judge_books(tmp_path, BOOKS, ["HLP-05"])
    (finding,) = found(judgement, "HLP-05")
    assert (finding.place.village, run_of(judgement, "HLP-05").counts.passed) == ("西坡村", 1)
    assert [(cell.file, cell.cell, cell.value) for cell in finding.locations] == [("户.csv", "F3", "西坡村")]


def test_what_needs_more_of_villages_than_their_names_waits_for_the_ledger(tmp_path: Path) -> None:
    judgement = judge_books(tmp_path, BOOKS, ["KEY-13", "VIL-01", "CEL-03"])
    reasons = {rule: run_of(judgement, rule).reason for rule in ("KEY-13", "VIL-01")}
    assert all("未交付台账“村”" in reason for reason in reasons.values()), reasons
    assert not found(judgement, "CEL-03")


def test_what_is_worked_out_of_its_households_needs_no_ledger_of_villages(tmp_path: Path) -> None:
    """The least land of a village is known from its households alone (STA-09)."""
    homes = [{**household(str(number), head=number), "主要致贫原因": "缺土地"} for number in range(3)]
    land = [{"户编号": str(number), "年度": "2020", "耕地面积": str(2 + number)} for number in range(3)]
    people = [{**person(str(number), 0), "证件号码": homes[number]["户主证件号码"]} for number in range(3)]
    judgement = judge_books(tmp_path, {"户": homes, "人口": people, "户年度": land}, ["STA-09"])
    assert run_of(judgement, "STA-09").status == "ran"
    assert [finding.household for finding in found(judgement, "STA-09")] == ["1", "2"]
