"""The workbook a village fills in: the ledgers 入户核查 and 入户核查人口, identity given, all else blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import BinaryIO

from fupin_audit.followup.sampling.entry_rules import entry_rule, number_format
from fupin_audit.followup.sampling.field_sample import Sample
from fupin_audit.followup.sampling.frame import ListedHousehold, Member
from fupin_audit.followup.sampling.sheet_style import OPTIONS, SheetStyle, print_across
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.models.fieldwork import Visit, VisitPerson
from fupin_audit.results.place import Place
from fupin_audit.writing.excel import Workbook, Worksheet, new_workbook

# Columns that are no fields of the ledger: they help to find the household.
GROUP, TAIL, PLANNED = "组", "证号尾四位", "拟派人员"
_SHOWN_DIGITS = 4  # of an ID number, as a masked form leaves them
_SPARE_PERSONS = 30  # rows for people nobody knew of
_HEADER_ROW, _KEPT_IN_VIEW = 2, 3
_FEWEST_CHARACTERS = 9
_COLUMNS_A_PAGE = 14  # that can be read on A4 held sideways
_INSTRUCTIONS = (
    "黄色格照实地看到的填，没核到的留空，不要照系统或明白卡抄；白色格不要改。"
    "名单上没有的人，写在“入户核查人口”最后的空行里。"
)


@dataclass(frozen=True)
class _SheetPart:
    """One ledger's sheet: its rows with what is given, further columns, empty rows at the end."""

    ledger: type[Ledger]
    given: tuple[str, ...]
    extra: tuple[str, ...]
    rows: Sequence[Mapping[str, str]]
    spare: int = 0

    @property
    def columns(self) -> list[str]:
        """What is given, what helps to find the household, then what is to be filled in."""
        asked = [name for name in self.ledger.columns() if name not in self.given]
        return [*self.given, *self.extra, *asked]


@dataclass(frozen=True)
class _Book:
    """A workbook being written."""

    book: Workbook
    style: SheetStyle


def write_village_book(
    sink: BinaryIO, sample: Sample, place: Place, visits: Mapping[str, ListedHousehold]
) -> None:
    """Write the workbook of one village; every cell that is to be checked is blank."""
    households = [_household_row(sample, code, household) for code, household in visits.items()]
    persons = [
        _person_row(code, household, member)
        for code, household in visits.items()
        for member in household.members
    ]
    parts = (
        _SheetPart(Visit, ("核查编号", "户编号", "户主姓名"), (GROUP, TAIL, PLANNED), households),
        _SheetPart(VisitPerson, ("核查编号", "户编号", "姓名"), (TAIL,), persons, _SPARE_PERSONS),
    )
    with new_workbook(sink, "入户核查表", sample.manifest.as_of, OPTIONS) as book:
        writing = _Book(book, SheetStyle(book))
        for part in parts:
            _write(writing, part, f"{place}{part.ledger.title}表　批次 {sample.manifest.batch}")


def _household_row(sample: Sample, code: str, household: ListedHousehold) -> dict[str, str]:
    duty = sample.duties.get(code)
    return {
        "核查编号": code,
        "户编号": household.number,
        "户主姓名": household.head,
        GROUP: household.group,
        TAIL: household.head_id[-_SHOWN_DIGITS:],
        PLANNED: duty.checker if duty else "",
    }


def _person_row(code: str, household: ListedHousehold, member: Member) -> dict[str, str]:
    return {
        "核查编号": code,
        "户编号": household.number,
        "姓名": member.name,
        TAIL: member.id_number[-_SHOWN_DIGITS:],
    }


def _write(writing: _Book, part: _SheetPart, title: str) -> None:
    sheet = writing.book.add_worksheet(part.ledger.title)
    sheet.write_string(0, 0, title, writing.style.heading)
    sheet.write_string(1, 0, _INSTRUCTIONS, writing.style.note)
    for at, name in enumerate(part.columns):
        sheet.write_string(_HEADER_ROW, at, name, writing.style.header)
        longest = max((len(row.get(name, "")) for row in part.rows), default=0)
        sheet.set_column(at, at, max(_FEWEST_CHARACTERS, 2 * len(name) + 2, longest + 2))
        _write_column(writing, sheet, part, at)
    sheet.set_row(_HEADER_ROW, 30)
    print_across(sheet, pages=ceil(len(part.columns) / _COLUMNS_A_PAGE))
    sheet.repeat_rows(_HEADER_ROW)
    sheet.repeat_columns(0, _KEPT_IN_VIEW - 1)
    sheet.freeze_panes(_HEADER_ROW + 1, _KEPT_IN_VIEW)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_column(writing: _Book, sheet: Worksheet, part: _SheetPart, at: int) -> None:
    """The cells below one header; given cells are locked, the others open and choosy."""
    name = part.columns[at]
    column = part.ledger.columns().get(name)
    entry = writing.style.entry(number_format(column))
    first = _HEADER_ROW + 1
    for row, text in enumerate(_texts(part, name), start=first):
        if text is None:
            sheet.write_blank(row, at, None, entry)
        else:
            sheet.write_string(row, at, text, writing.style.given)
    open_from = first + len(part.rows) if name in part.given else first
    last = first + len(part.rows) + part.spare - 1
    if column and last >= open_from and (rule := entry_rule(column)):
        sheet.data_validation(open_from, at, last, at, rule)


def _texts(part: _SheetPart, name: str) -> Iterator[str | None]:
    """What is given in a column, row by row; None where somebody is to write."""
    is_given = name in part.given or name in part.extra
    for row in part.rows:
        yield row.get(name, "") if is_given else None
    yield from [None] * part.spare
