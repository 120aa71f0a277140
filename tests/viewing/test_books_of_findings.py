"""The three books of households with findings: the same that `show` tells of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from books import IDS, Book, household, person, write_books
from fupin_audit import Options
from fupin_audit.audit import Prepared, judge, prepare
from fupin_audit.results.household import ThreeBooks
from fupin_audit.viewing import books_of_findings
from fupin_audit.viewing.rows_of_findings import with_rows
from fupin_audit.viewing.viewing import view_household
from fupin_audit.workbook.recognising.recognition import Designation

FIRST, SECOND, THIRD = "99010000010001", "99010000010002", "99010000010003"
PHONES = ("13800000001", "13800000009")


def books(code: str = FIRST) -> Mapping[str, Book]:
    """Three households; the card of the second is found by the number of its head alone, the third has none."""
    return {
        "户": [household(code, 联系电话=PHONES[0]), household(SECOND, 户主姓名="李四", head=1),
               household(THIRD, 户主姓名="王五", head=2)],
        "人口": [person(code, 0), person(SECOND, 1, 姓名="李四"), person(THIRD, 2, 姓名="王五")],
        "户年度": [{"户编号": name, "年度": "2020", "纯收入": "6000", "人均纯收入": "6000", "家庭人口": "9"}
                 for name in (code, SECOND, THIRD)],
        "明白卡": [{"户编号": code, "户主姓名": "张三", "户主证件号码": IDS[0], "家庭人口": "3", "联系电话": PHONES[1]},
                 {"户编号": "", "户主姓名": "李四", "户主证件号码": IDS[1], "家庭人口": "4", "联系电话": ""}],
    }  # fmt: skip


def made(folder: Path, written: Mapping[str, Book], *, reveal: bool = False) -> Prepared:
    write_books(folder, written)
    designations = tuple(Designation(title, f"{title}.csv") for title in written)
    return prepare(folder, options=Options(designations=designations, reveal=reveal))


@pytest.mark.parametrize("reveal", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_books_are_those_a_view_of_the_household_shows(tmp_path: Path, reveal: bool) -> None:
    prepared = made(tmp_path, books(), reveal=reveal)
    examined = judge(prepared)
    found = with_rows(examined).books
    assert set(found) == {item.home for item in examined.result.records if item.household}
    assert {code for code, _ in found} >= {FIRST, SECOND, THIRD}
    for code, _ in found:
        view = view_household(prepared, code)
        assert found[code, ""] == ThreeBooks(view.books, view.missing, view.undelivered)
    phones = {line.name: line for line in found[FIRST, ""].lines}["联系电话"]
    assert any(phone in str(phones) for phone in PHONES) is reveal
    assert found[SECOND, ""].lines
    assert (found[THIRD, ""].missing, found[THIRD, ""].undelivered) == (("明白卡",), ("扶贫手册",))


def test_a_household_is_known_by_a_masked_code(tmp_path: Path) -> None:
    """Somebody put an ID number for the code: it is never shown, and its books are."""
    found = with_rows(judge(made(tmp_path, books(IDS[0])))).books
    (masked,) = [home for home in found if "*" in home[0]]
    assert {line.name for line in found[masked].lines} >= {"家庭人口", "联系电话"}
    assert IDS[0] not in str(found)


def test_of_two_that_look_alike_neither_has_books(tmp_path: Path) -> None:
    twice = {**books(IDS[0]), "户": [household(IDS[0]), household(IDS[3], head=3)]}
    found = with_rows(judge(made(tmp_path, twice))).books
    assert {bool(shown.lines) for (code, _), shown in found.items() if "*" in code} == {False}


def test_those_with_the_gravest_findings_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examined = judge(made(tmp_path, books()))
    records = sorted(examined.result.records, key=lambda item: -item.severity.rank)
    monkeypatch.setattr(books_of_findings, "MOST_BOOKS", 1)
    found = with_rows(replace(examined, result=replace(examined.result, records=tuple(records)))).books
    worst = min(item.severity.rank for item in records if item.household)
    assert list(found) == [
        next(item.home for item in records if item.household and item.severity.rank == worst)
    ]
