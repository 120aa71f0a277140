"""Three verdicts, counted by village; what could not be judged says why (D5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from books import IDS, Book, Row, found, household, judge_books, person, run_of, write_csv
from fupin_audit.results.place import Place
from fupin_audit.results.rule_run import Counts

DONGGOU, XIPO = Place("清河县", "柳林镇", "东沟村"), Place("清河县", "柳林镇", "西坡村")


def without(rows: Book, column: str) -> list[Row]:
    return [{name: text for name, text in row.items() if name != column} for row in rows]


def test_verdicts_are_counted_by_village(tmp_path: Path) -> None:
    books = {
        "户": [
            household("1"),
            household("2", 家庭人口="3"),
            household("3", village="西坡村", 家庭人口=""),
            household("4", village="西坡村"),
        ],
        "人口": [person(number, order) for number in "123" for order in (0, 1)],
    }
    run = run_of(judge_books(tmp_path, books, ["KEY-05"]), "KEY-05")
    assert run.status == "ran"
    assert run.counts == Counts(passed=1, failed=1, undecided=1)
    assert dict(run.by_place) == {DONGGOU: Counts(1, 1, 0), XIPO: Counts(0, 0, 1)}


def test_a_finding_says_who_where_and_what(tmp_path: Path) -> None:
    books = {
        "户": [household("1"), household("2", 家庭人口="3", 户主姓名="李四")],
        "人口": [person(number, order) for number in "12" for order in (0, 1)],
    }
    (finding,) = found(judge_books(tmp_path, books, ["KEY-05"]), "KEY-05")
    assert (finding.household, finding.head, finding.place) == ("2", "李四", DONGGOU)
    assert finding.fields["家庭人口"] == "3"
    assert finding.message == "李四户登记家庭人口3人，在册成员2人"
    cells = [(str(at), at.value) for at in finding.locations]
    assert cells == [("户.csv › G3", "3"), ("人口.csv › C4", "张安"), ("人口.csv › C5", "李安")]


COUNTY: Mapping[str, Book] = {
    "户": [household("1", 人均纯收入="5000")],
    "人口": [person("1", 6, 参加城乡居民医保="是", 在校生状况="非在校生")],
    "户年度": [{"户编号": "1", "年度": "2020", "人均纯收入": "5000", "纯收入": "5000", "工资性收入": "5000"}],
}


@pytest.mark.parametrize(
    ("rule", "books", "reasons"),
    [
        ("MED-02", COUNTY, ["未交付台账“医保参保”"]),
        ("STA-02", COUNTY, ["户缺列“脱贫年度”"]),
        ("INC-01", COUNTY, ["户年度缺列“生产经营性收入”", "户年度缺列“生产经营性支出”"]),
        ("SEC-06", COUNTY, ["人口缺列“享受低保”", "人口缺列“特困供养”", "参数“低保标准”在本地没有值"]),
        ("CRD-05", COUNTY, ["未交付台账“住房标识牌”"]),
        ("KEY-04", {"户": COUNTY["户"]}, ["未交付台账“人口”"]),
        ("KEY-05", {**COUNTY, "户": without(COUNTY["户"], "家庭人口")}, ["户缺列“家庭人口”"]),
        ("KEY-02", {"户": COUNTY["户"]}, ["未交付台账“人口”"]),
    ],
)
def test_what_was_not_delivered_is_not_checked(
    rule: str, books: Mapping[str, Book], reasons: Sequence[str], tmp_path: Path
) -> None:
    run = run_of(judge_books(tmp_path, books, [rule]), rule)
    assert (run.status, run.counts) == ("not_checked", Counts())
    assert [reason for reason in reasons if reason not in run.reason] == []


def test_what_no_document_asks_for_is_said_apart_from_what_was_not_checked(tmp_path: Path) -> None:
    run = run_of(judge_books(tmp_path, COUNTY, ["INC-17"]), "INC-17")
    assert (run.status, run.reason, run.counts) == ("not_demanded", "本地没有这项规定", Counts())


def test_a_year_that_was_not_delivered_is_not_checked(tmp_path: Path) -> None:
    books: Mapping[str, Book] = {**COUNTY, "户年度": [{**COUNTY["户年度"][0], "年度": "2019"}]}
    run = run_of(judge_books(tmp_path, books, ["KEY-14"]), "KEY-14")
    assert (run.status, run.reason) == ("not_checked", "“户年度”没有2020年度的数据")


def test_a_blank_column_is_undecided_where_a_missing_one_is_not_checked(tmp_path: Path) -> None:
    books = {"户": [household("1", 识别年月="", 脱贫年度="2018")]}
    run = run_of(judge_books(tmp_path, books, ["STA-02"]), "STA-02")
    assert (run.status, run.counts) == ("ran", Counts(undecided=1))


SIGNED = {
    "户编号": "1",
    "年度": "2020",
    "程序类型": "退出",
    "户主签字": "是",
    "帮扶人签字": "是",
    "村负责人签字": "是",
}


def signatures(*lacking: str) -> dict[str, Book]:
    """A procedure with all signatures, without the columns that were not delivered."""
    return {**COUNTY, "识别退出程序": [{name: text for name, text in SIGNED.items() if name not in lacking}]}


def test_what_was_not_delivered_is_passed_over_in_all_of(tmp_path: Path) -> None:
    run = run_of(judge_books(tmp_path, signatures("帮扶人签字"), ["PRC-04"]), "PRC-04")
    assert (run.status, run.counts) == ("ran", Counts(passed=1))
    assert "识别退出程序缺列“帮扶人签字”" in run.notes


def test_all_of_is_not_checked_where_nothing_of_it_was_delivered(tmp_path: Path) -> None:
    books = signatures("户主签字", "帮扶人签字", "村负责人签字")
    run = run_of(judge_books(tmp_path, books, ["PRC-04"]), "PRC-04")
    assert (run.status, run.counts) == ("not_checked", Counts())
    assert "识别退出程序缺列“户主签字”" in run.reason


def test_an_optional_ledger_counts_as_empty_and_is_told(tmp_path: Path) -> None:
    judgement = judge_books(tmp_path, COUNTY, ["EDU-01"])
    run = run_of(judgement, "EDU-01")
    assert (run.status, run.counts) == ("ran", Counts(failed=1))
    assert "控辍保学" in "".join(run.notes)
    assert [finding.person for finding in found(judgement, "EDU-01")] == ["周安"]


def test_a_rule_on_several_ledgers_runs_where_it_can(tmp_path: Path) -> None:
    """KEY-10 looks at every ledger with 户编号; those that were not delivered do not stop it."""
    stray = {**COUNTY["户年度"][0], "户编号": "9"}
    books: Mapping[str, Book] = {**COUNTY, "户年度": [*COUNTY["户年度"], stray]}
    judgement = judge_books(tmp_path, books, ["KEY-10"])
    assert run_of(judgement, "KEY-10").counts == Counts(passed=1, failed=1)
    assert [finding.household for finding in found(judgement, "KEY-10")] == ["9"]


def test_departed_members_are_left_out_unless_the_rule_takes_all(tmp_path: Path) -> None:
    books = {
        "户": [household("1")],
        "人口": [person("1", 0, 成员状态="正常"), person("1", 1, 成员状态="死亡")],
    }
    judgement = judge_books(tmp_path, books, ["KEY-03", "KEY-02"])
    assert run_of(judgement, "KEY-03").counts == Counts(passed=1)
    assert run_of(judgement, "KEY-02").counts == Counts(passed=2)


def test_a_rule_that_waits_for_a_ledger_names_the_sheet_that_may_be_it(tmp_path: Path) -> None:
    write_csv(tmp_path / "3.csv", [{"姓名": "张安", "身份证号": IDS[0], "低保证号": "D1"}])
    books = {"户": [household("1")], "人口": [person("1", 0, 享受低保="是")]}
    run = run_of(judge_books(tmp_path, books, ["SEC-01"]), "SEC-01")
    assert (run.status, run.reason) == ("not_checked", "未交付台账“低保”：交付了3.csv，没有认出，见 inspect")
