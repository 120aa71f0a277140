"""Every list offices hold, dropped beside a small clean county: nobody is accused because of how it is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

import offices_values
from books import household, person, write_books
from fupin_audit import audit
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.workbook.loading import load
from offices_lists import OfficeList, lists, sheet

_SAMPLE = 16  # one of so many is checked with every change


_BY_HOUSEHOLD = {"户", "户年度", "监测对象"}
_OF_THE_SYSTEM = {*_BY_HOUSEHOLD, "人口", "帮扶措施"}


def deliver(folder: Path, each: OfficeList) -> None:
    """The list with three invented people, or their household, beside two other households and their members."""
    write_list(folder, each)
    homes = ("99010100000001", "99010100000002")
    households = [
        household(homes[0], village="榆树村", 户主姓名="张安"),
        household(homes[1], village="榆树村", head=4, 户主姓名="钱安", 家庭人口="1"),
    ]
    persons = [person(homes[0], 0), person(homes[0], 1), {**person(homes[1], 4), "与户主关系": "户主"}]
    if each.ledgers[0] in _OF_THE_SYSTEM:  # of registered people
        households.append(offices_values.household())
        persons += offices_values.persons()
    write_books(folder, {"户": households, "人口": persons})


def write_list(folder: Path, each: OfficeList) -> None:
    """The list alone; one of households has one row."""
    by_household = each.ledgers[0] in {"村", *_BY_HOUSEHOLD} and not any(
        "关系" in header for header in each.header
    )
    people = range(1 if by_household else len(offices_values.PEOPLE))
    rows, merged = sheet(
        each, [[offices_values.value(header, at) for header in each.header] for at in people]
    )
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for values in rows:
        page.append(values)
    for top, left, bottom, right in merged:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(folder / each.file)


_OF_EVERYBODY = "KEY-14"  # an export of 户年度 has all households, unless its name says otherwise


def wrong(finding: Finding) -> bool:
    """Whether it calls the list itself wrong, or says anything bad of somebody who does not stand on it."""
    misread = finding.severity is Severity.ERROR or finding.rule in {"CEL-01", "CEL-04"}
    misread &= finding.rule != "CEL-02"  # that a form lacks 户编号 and was not judged is true of it
    of_others = finding.household.startswith("990101") and finding.rule != _OF_EVERYBODY
    return misread or (finding.severity is Severity.WARNING and of_others)


@pytest.mark.parametrize(
    "each",
    [
        pytest.param(each, id=each.id, marks=[] if number % _SAMPLE == 0 else [pytest.mark.nightly])
        for number, each in enumerate(lists())
    ],
)
def test_a_list_accuses_nobody(tmp_path: Path, each: OfficeList) -> None:
    deliver(tmp_path, each)
    found = [finding for finding in audit(tmp_path, as_of=date(2023, 12, 31)).records if wrong(finding)]
    assert [(finding.rule, finding.household, finding.message) for finding in found] == []


@pytest.mark.parametrize("each", lists(), ids=lambda each: each.id)
def test_what_stands_in_a_list_can_be_read(tmp_path: Path, each: OfficeList) -> None:
    write_list(tmp_path, each)
    tables = load([tmp_path]).tables.values()
    unread = {"CEL-01", "CEL-04"}
    assert [problem for table in tables for problem in table.problems if problem.rule in unread] == []
