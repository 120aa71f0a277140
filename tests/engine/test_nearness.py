"""Records whose numbers differ by a slip of the pen are asked about, one with one, and nothing else is (DEP-02)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from books import IDS, Book, Row, catalogue, found, household, judge_books, person
from fupin_audit.engine.linking.near_numbers import Likeness, NumberedRecord, sure
from fupin_audit.results.finding import Finding
from fupin_audit.rulepack.declared.reconciliation import Reconciliation

RULE = "DEP-02"
HEAD = IDS[0]  # 990101197003050015
ONE_DIGIT, SWAPPED, OLD, TWO_DIGITS = (
    "990101197003050025",
    "990101197003050051",
    "990101700305001",
    "990101197003050029",
)


def insured(number: str, name: str = "张安") -> Row:
    return {"姓名": name, "证件号码": number, "年度": "2020", "参保状态": "已参保"}


def near(folder: Path, rows: Book, people: Book = ()) -> list[Finding]:
    books = {"户": [household("1")], "人口": people or [person("1", 0)], "医保参保": rows}
    return found(judge_books(folder, books, [RULE]), RULE)


CASES: Mapping[str, tuple[Book, str]] = {
    "one digit": ([insured(ONE_DIGIT)], "可能是一位不同：只有第17位不同"),
    "two exchanged": ([insured(SWAPPED)], "可能是两位颠倒：第17位与第18位互换后相同"),
    "fifteen and eighteen": ([insured(OLD)], "可能是15位与18位"),
    "same sound": ([insured(ONE_DIGIT, "章安")], "可能是一位不同"),
    "several rows of the same person": ([insured(ONE_DIGIT), insured(ONE_DIGIT)], "可能是一位不同"),
    "the namesake of two": ([insured(ONE_DIGIT), insured(SWAPPED, "章安")], "可能是一位不同"),
    "two digits": ([insured(TWO_DIGITS)], ""),
    "another name": ([insured(ONE_DIGIT, "李四")], ""),
    "has an equal": ([insured(HEAD), insured(ONE_DIGIT)], ""),
    "two that may be": ([insured(ONE_DIGIT), insured(SWAPPED)], ""),
    "no name": ([insured(ONE_DIGIT, "")], ""),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_asked_about(name: str, tmp_path: Path) -> None:
    rows, cause = CASES[name]
    findings = near(tmp_path, [*rows, insured(IDS[1], "李安")])
    assert [str(finding.cause)[: len(cause)] for finding in findings] == ([cause] if cause else [])


def test_says_who_where_and_what_to_mend(tmp_path: Path) -> None:
    (finding,) = near(tmp_path, [insured(ONE_DIGIT)])
    assert (finding.household, finding.person) == ("1", "张安")
    assert finding.message == "系统的张安与医保参保的张安证件号码只差一点，很可能是同一人（姓名相同）"
    assert str(finding.locations[0]) == "医保参保.csv › B2"
    assert HEAD not in str(finding)
    (other,) = near(tmp_path, [insured(HEAD)], [person("1", 0, 证件号码=ONE_DIGIT)])
    assert str(other.locations[0]) == "人口.csv › D2"


def test_village_speaks_for_it_where_the_register_has_one(tmp_path: Path) -> None:
    register = [{"姓名": "张安", "证件号码": ONE_DIGIT, "村": "东沟村", "人员状态": "正常"}]
    books: Mapping[str, Book] = {"户": [household("1")], "人口": [person("1", 0)], "户籍": register}
    (finding,) = found(judge_books(tmp_path, books, [RULE]), RULE)
    assert finding.message.endswith("（姓名相同、村相同）")


def test_a_person_who_two_rows_may_mean_is_left_alone(tmp_path: Path) -> None:
    people = [person("1", 0), person("1", 1, 证件号码=SWAPPED, 姓名="张安")]
    assert near(tmp_path, [insured("990101197003050055")], people) == []


def test_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    rows = [insured(ONE_DIGIT), insured(ONE_DIGIT, "章安"), insured(IDS[1], "李安")]
    there, back = near(tmp_path, rows), near(tmp_path, rows[::-1])
    assert [finding.fingerprint for finding in there] == [finding.fingerprint for finding in back] != []


def test_every_department_roll_with_numbers_takes_part() -> None:
    (declared,) = catalogue().rules[RULE]
    assert isinstance(declared, Reconciliation)
    rolls = [m.title for m in catalogue().ledgers if m.family == "部门" and "证件号码" in m.columns()]
    assert list(declared.right) == rolls


def likeness(left: tuple[int, str, str], right: tuple[int, str, str]) -> Likeness:
    return Likeness(NumberedRecord(*left, digest=left[0]), NumberedRecord(*right, digest=right[0]))


def test_of_several_the_choice_must_be_clear() -> None:
    same = likeness((0, "A", "张安"), (0, "B", "张安"))
    nearly = likeness((0, "A", "张安"), (1, "C", "章安"))
    assert sure([same, nearly]) == [same]
    assert sure([same, likeness((0, "A", "张安"), (1, "C", "张安"))]) == []
    assert sure([same, likeness((1, "D", "张安"), (0, "B", "张安"))]) == []
    assert sure([likeness((0, "A", "张安"), (2, "B", "张安")), same]) == [same]
    assert sure([]) == []
