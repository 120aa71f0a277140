"""What reconciliations can declare beyond pairs of equal fields: totals, several names, who is reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from books import Book, Row, found, household, judge_books, run_of
from fupin_audit.results.finding import CauseKind, Finding
from fupin_audit.results.rule_run import Counts

PARTS = ("工资性收入", "生产经营性收入", "财产性收入", "转移性收入", "生产经营性支出")


def year(number: str, of: int = 2020, **amounts: str) -> Row:
    return {"户编号": number, "年度": str(of), **dict.fromkeys(PARTS, "0"), **amounts}


def line(number: str, kind: str, amount: str, of: int = 2020) -> Row:
    return {"户编号": number, "年度": str(of), "收支类别": kind, "项目": "项目", "金额": amount}


def judged(folder: Path, rule: str, books: Mapping[str, Book]) -> list[Finding]:
    return found(judge_books(folder, books, [rule]), rule)


def said(findings: Sequence[Finding]) -> list[str]:
    return sorted(finding.message for finding in findings)


def test_lines_are_added_up(tmp_path: Path) -> None:
    books = {
        "户": [household("1"), household("2"), household("3")],
        "户年度": [year("1", 工资性收入="900", 财产性收入="20"), year("2"), year("2", of=2019)],
        "明细账": [
            line("1", "工资性收入", "500"),
            line("1", "工资性收入", "300"),
            line("1", "财产性收入", "20"),
            line("3", "财产性收入", "5"),
            line("3", "财产性收入", "6"),
        ],
    }
    findings = judged(tmp_path, "CRD-03", books)
    assert said(findings) == [
        "工资性收入：明细账合计为“800”，系统为“900”",
        "明细账有这一户2020年的记录，系统里没有",
        "系统有这一户2020年的记录，明细账里没有",
    ]
    (differing,) = (finding for finding in findings if "合计" in finding.message)
    assert [str(at) for at in differing.locations[:2]] == ["户年度.csv › C2", "明细账.csv › E2"]


def test_every_line_that_was_added_up_is_counted_as_paired(tmp_path: Path) -> None:
    lines = [line("1", "工资性收入", "500"), line("1", "工资性收入", "400")]
    books = {"户": [household("1")], "户年度": [year("1", 工资性收入="900")], "明细账": lines}
    counts = run_of(judge_books(tmp_path, books, ["CRD-03"]), "CRD-03").counts
    assert counts == Counts(passed=len(PARTS) + 1 + len(lines))


def test_a_year_old_figure_is_recognised(tmp_path: Path) -> None:
    books = {
        "户": [household("1")],
        "户年度": [year("1", 工资性收入="9000"), year("1", of=2019, 工资性收入="7300")],
        "明细账": [line("1", "工资性收入", "7300")],
    }
    (finding,) = judged(tmp_path, "CRD-03", books)
    assert finding.cause is not None
    assert (finding.cause.kind, finding.fields["上年所记"]) == (CauseKind.STALE, "7300")


@pytest.mark.parametrize("rule", ["CRD-01", "CRD-02"])
def test_no_year_before_is_no_hindrance(rule: str, tmp_path: Path) -> None:
    books: Mapping[str, Book] = {
        "户": [household("1")],
        "明白卡": [{"户编号": "1", "户主姓名": "张三", "家庭人口": "3"}],
        "扶贫手册": [{"户编号": "1", "户主姓名": "张三", "家庭人口": "3"}],
    }
    (finding,) = judged(tmp_path, rule, books)
    assert "上年所记" not in finding.fields
    assert finding.message.startswith("家庭人口：")


HELPERS: Book = [
    {"户编号": "1", "帮扶人": "王强", "帮扶人电话": "19900000001", "结束日期": ""},
    {"户编号": "1", "帮扶人": "李明", "帮扶人电话": "19900000002", "结束日期": ""},
    {"户编号": "1", "帮扶人": "赵六", "帮扶人电话": "19900000003", "结束日期": "2019-12-31"},
]


@pytest.mark.parametrize(
    ("name", "phone", "messages"),
    [
        ("王强", "19900000001", []),
        ("李明", "19900000002", []),
        ("李明，王强", "", []),
        ("李明", "19900000001", ["帮扶人电话：明白卡为“199****0001”，系统为“199****0002”"]),
        ("", "", []),
    ],
)
def test_one_of_several_helpers_is_enough(name: str, phone: str, messages: list[str], tmp_path: Path) -> None:
    card = {"户编号": "1", "户主姓名": "张三", "帮扶人": name, "帮扶人电话": phone}
    books = {"户": [household("1")], "帮扶责任人": HELPERS, "明白卡": [card]}
    assert said(judged(tmp_path, "CRD-09", books)) == messages


def test_a_past_helper_is_the_wrong_one(tmp_path: Path) -> None:
    card = {"户编号": "1", "户主姓名": "张三", "帮扶人": "赵六", "帮扶人电话": ""}
    books = {"户": [household("1")], "帮扶责任人": HELPERS, "明白卡": [card]}
    (finding,) = judged(tmp_path, "CRD-09", books)
    assert finding.message.startswith("帮扶人：明白卡为“赵六”，系统为“")


def test_who_is_gone_needs_no_record_elsewhere(tmp_path: Path) -> None:
    person = {
        "户编号": "1",
        "人编号": "11",
        "姓名": "张三",
        "证件号码": "990101197003050015",
        "与户主关系": "户主",
    }
    books: Mapping[str, Book] = {
        "户": [household("1")],
        "人口": [{**person, "成员状态": "死亡"}],
        "平台人口": [{**person, "人编号": "12", "姓名": "李四", "证件号码": "", "成员状态": "死亡"}],
    }
    run = run_of(judge_books(tmp_path, books, ["CRD-07"]), "CRD-07")
    assert (run.status, run.counts.failed) == ("ran", 0)


def cards(numbers: Sequence[str]) -> Book:
    return [{"户编号": number, "户主姓名": "张三", "户主证件号码": "", "家庭人口": "2"} for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ([""] * 12, "明白卡的户编号、户主证件号码全是空白，与户配不上"),
        (
            [f"H-{number}" for number in range(12)],
            "户与明白卡一行也没有配上：系统的户编号如“100”，明白卡的户编号如“H-0”；请核对两边是不是同一种编号、是不是同一个地方的",
        ),
    ],
)
def test_ledgers_of_which_nothing_pairs_are_told_once(
    numbers: list[str], reason: str, tmp_path: Path
) -> None:
    books = {"户": [household(str(100 + n)) for n in range(12)], "明白卡": cards(numbers)}
    run = run_of(judge_books(tmp_path, books, ["CRD-01"]), "CRD-01")
    assert (run.status, run.reason) == ("not_checked", reason)


def test_one_pair_is_enough_to_compare(tmp_path: Path) -> None:
    numbers = ["100", *(f"H-{number}" for number in range(11))]
    books = {"户": [household(str(100 + n)) for n in range(12)], "明白卡": cards(numbers)}
    assert run_of(judge_books(tmp_path, books, ["CRD-01"]), "CRD-01").counts.failed == 22


def test_two_ledgers_without_a_common_key_say_which_columns_lack(tmp_path: Path) -> None:
    books: Mapping[str, Book] = {
        "户": [household("1")],
        "明白卡": [{"户主证件号码": "990101197003050015", "户主姓名": "张三", "家庭人口": "2"}],
        "扶贫手册": [{"户编号": "1", "户主姓名": "张三", "年度": "2020", "家庭人口": "3"}],
    }
    run = run_of(judge_books(tmp_path, books, ["CRD-08"]), "CRD-08")
    assert run.status == "not_checked"
    assert "明白卡缺列“户编号”" in run.reason
    assert "扶贫手册缺列“户主证件号码”" in run.reason
