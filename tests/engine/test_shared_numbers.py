"""A row of a department's list counts once, though several people share its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from books import IDS, Book, Row, found, household, judge_books, person, run_of


def two_of_a_number(**second: str) -> dict[str, Book]:
    """The head and the next member have the same number; only the head stands on the lists."""
    return {
        "户": [household("1", 家庭人口="2")],
        "人口": [person("1", 0), {**person("1", 1), "证件号码": IDS[0], **second}],
    }


LOAN = {"姓名": "张安", "证件号码": IDS[0], "合同号": "1", "贷款金额": "30000", "发放日期": "2020-03-01", "到期日期": "2022-03-01",
        "贷款余额": "30000"}  # fmt: skip
INSURED = {"姓名": "李安", "证件号码": IDS[0], "年度": "2020", "险种": "城乡居民", "参保状态": "已参保"}


@pytest.mark.parametrize(("loans", "households"), [(1, []), (2, ["1"])])
def test_a_row_counts_once_in_a_household(tmp_path: Path, loans: int, households: list[str]) -> None:
    rows: list[Row] = [{**LOAN, "合同号": str(number)} for number in range(loans)]
    judgement = judge_books(tmp_path, {**two_of_a_number(), "小额信贷": rows}, ["IND-12"])
    assert [finding.household for finding in found(judgement, "IND-12")] == households


def test_a_row_is_his_who_has_its_name_and_unknown_of_the_others(tmp_path: Path) -> None:
    """李安, who is the second, is insured; of 张安, who has his number, nothing can be said."""
    books = two_of_a_number()
    books["人口"] = [{**row, "参加城乡居民医保": "是"} for row in books["人口"]]
    judgement = judge_books(tmp_path, {**books, "医保参保": [INSURED]}, ["MED-02"])
    counts = run_of(judgement, "MED-02").counts
    assert (counts.passed, counts.failed, counts.undecided) == (1, 0, 1)
