"""Rules that only need to know which villages there are run without a ledger of villages."""

from __future__ import annotations

from pathlib import Path

from books import Book, found, household, judge_books, person

NOBODY_SENT = "HLP-05"
PLACE = {"县": "清河县", "乡镇": "柳林镇", "村": "东沟村"}
BOOKS: dict[str, Book] = {
    "户": [household("1"), household("2"), household("3", village="西沟村")],
    "人口": [person("1", 0), person("2", 1), person("3", 2)],
    "驻村干部": [{**PLACE, "姓名": "李安", "职务": "第一书记", "开始日期": "2019-01-01", "结束日期": ""}],
}


def test_villages_are_those_the_households_name(tmp_path: Path) -> None:
    [finding] = found(judge_books(tmp_path, BOOKS, [NOBODY_SENT]), NOBODY_SENT)
    assert (finding.place.village, finding.household) == ("西沟村", "")
    assert (finding.locations[0].file, finding.locations[0].cell) == ("户.csv", "F4")


def test_villages_that_were_delivered_are_all_there_are(tmp_path: Path) -> None:
    delivered: Book = [{**PLACE, "年度": "2020", "贫困村": "是"}]
    assert found(judge_books(tmp_path, {**BOOKS, "村": delivered}, [NOBODY_SENT]), NOBODY_SENT) == []
