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
from offices_lists import OfficeList, lists, sheet

_SAMPLE = 16  # one of so many is checked with every change


def deliver(folder: Path, each: OfficeList) -> None:
    """The list with three invented people, beside two other households and their members."""
    body = [[offices_values.value(header, at) for header in each.header] for at in range(3)]
    rows, merged = sheet(each, body)
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for values in rows:
        page.append(values)
    for top, left, bottom, right in merged:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(folder / each.file)
    homes = ("99010100000001", "99010100000002")
    write_books(
        folder,
        {
            "户": [
                household(homes[0], 户主姓名="张安"),
                household(homes[1], head=4, 户主姓名="钱安", 家庭人口="1"),
            ],
            "人口": [person(homes[0], 0), person(homes[0], 1), {**person(homes[1], 4), "与户主关系": "户主"}],
        },
    )


def accused(finding: Finding) -> bool:
    """Whether it says of somebody who does not stand on the list that something is wrong."""
    return finding.severity is not Severity.INFO and finding.household.startswith("990101")


@pytest.mark.parametrize(
    "each",
    [
        pytest.param(each, id=each.id, marks=[] if number % _SAMPLE == 0 else [pytest.mark.nightly])
        for number, each in enumerate(lists())
    ],
)
def test_a_list_accuses_nobody(tmp_path: Path, each: OfficeList) -> None:
    deliver(tmp_path, each)
    found = [finding for finding in audit(tmp_path, as_of=date(2023, 12, 31)).records if accused(finding)]
    assert [(finding.rule, finding.household, finding.message) for finding in found] == []
