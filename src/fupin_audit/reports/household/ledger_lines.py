"""The parts of a household's view, for the screen; `≠` marks what disagrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fupin_audit.results.household import (
    CARD,
    HANDBOOK,
    SYSTEM,
    HouseholdView,
    Line,
    MemberView,
    RecordView,
    Said,
)
from fupin_audit.writing.console import Text, hanging
from fupin_audit.writing.one_line import one_line, shorten
from fupin_audit.writing.wrapping import pad, widest, widest_piece, wrap

_BOOKS = (SYSTEM, CARD, HANDBOOK)
_MARK = 4
_NAME_COLUMNS, _VALUE_COLUMNS, _BOOK_COLUMNS = 16, 20, 20
_WHOSE_COLUMNS = 30
_NUMBER_COLUMNS = 24  # a personal number in groups
_LONGEST_VALUE = 60
_GAP = 2
_NOTHING = "—"
_APART = "red"


def book_lines(view: HouseholdView, width: int) -> Iterator[Text]:
    """系统, 明白卡 and 扶贫手册 in columns; a book without a record is named instead."""
    books = [book for book in _BOOKS if book not in {*view.missing, *view.undelivered}]
    yield from _compared(view.books, books, width)
    if view.missing:
        yield Text(f"{' ' * _MARK}{'、'.join(view.missing)}里没有这一户", style=_APART)
    if view.undelivered:
        yield Text(f"{' ' * _MARK}{'、'.join(view.undelivered)}没有交付，没有对照", style="dim")


def _compared(lines: Sequence[Line], books: Sequence[str], width: int) -> Iterator[Text]:
    """Side by side, or below each other where columns would tear a number."""
    wide = widest([line.name for line in lines], _NAME_COLUMNS)
    each = (width - _MARK - wide) // max(len(books), 1) - _GAP
    values = [_of_book(line, book) for line in lines for book in books]
    if max((min(widest_piece(value), _NUMBER_COLUMNS) for value in values), default=0) > each:
        yield from _stacked(lines, books, width)
    elif lines:
        widths = [wide, *[each] * len(books)]
        yield from _row(["项目", *books], widths, "", "bold")
        for line in lines:
            cells = [one_line(line.name), *(_of_book(line, book) for book in books)]
            yield from _row(cells, widths, "" if line.agrees else "≠", _style(line))
            if line.apart:
                yield Text(f"{' ' * _MARK}{line.apart}", style=_APART)


def _stacked(lines: Sequence[Line], books: Sequence[str], width: int) -> Iterator[Text]:
    """Each item, below it what each book says: no number is torn."""
    for line in lines:
        mark = "  " if line.agrees else "≠ "
        yield Text(f"  {mark}{_named(line)}", style=_style(line))
        for book in books:
            lead = f"{' ' * (_MARK + 2)}{pad(book, widest(list(books), _BOOK_COLUMNS))}  "
            yield hanging(lead, _of_book(line, book), width)


def field_lines(lines: Sequence[Line], width: int) -> Iterator[Text]:
    """What disagrees with all its sources, what agrees by its value."""
    for line in lines:
        if not line.agrees:
            yield Text(f"  ≠ {_named(line)}", style=_APART)
            yield from _sources(line, width)
    same = [f"{one_line(line.name)} {_value(line.value)}" for line in lines if line.agrees]
    if same:
        yield hanging("    一致：", "；".join(same), width)


def member_lines(members: Sequence[MemberView], width: int) -> Iterator[Text]:
    """A line a member; beneath, what disagrees about them."""
    rows = [[member.name, member.relation, member.number, member.state] for member in members]
    widths = [widest([one_line(row[at]) for row in rows if row[at]], _VALUE_COLUMNS) for at in range(4)]
    fits = _MARK + sum(widths) + _GAP * (len(widths) - 1) <= width
    for member, row in zip(members, rows, strict=True):
        cells = [text and one_line(text) for text in row]
        yield from (
            _row(cells, widths, "", "")
            if fits
            else [hanging(" " * _MARK, "  ".join(filter(None, cells)), width)]
        )
        for line in member.lines:
            if not line.agrees:
                yield Text(f"  ≠   {_named(line)}", style=_APART)
                yield from _sources(line, width)


def record_lines(records: Sequence[RecordView], full: bool, width: int) -> Iterator[Text]:
    """Where every record stands; with `full` also what it says."""
    names = [one_line(f"{record.book} {record.person}".rstrip()) for record in records]
    wide = widest(names, _WHOSE_COLUMNS)
    for record, name in zip(records, names, strict=True):
        yield hanging(f"  {pad(name, wide)}  ", one_line(str(record.at)), width)
        if full:
            said = "；".join(f"{one_line(cell.at.field)} {_value(cell.value)}" for cell in record.cells)
            yield hanging(" " * _MARK, said, width)
    if records and not full:
        yield Text(f"{' ' * _MARK}--full 列出每条记录的内容", style="dim")


def _row(cells: Sequence[str], widths: Sequence[int], mark: str, style: str) -> Iterator[Text]:
    """Cells in columns, long ones on several lines."""
    broken = [wrap(cell, max(wide, 1)) for cell, wide in zip(cells, widths, strict=True)]
    for at in range(max(map(len, broken))):
        lead = f"  {mark} " if mark and not at else " " * _MARK
        parts = [lines[at] if at < len(lines) else "" for lines in broken]
        text = "".join(pad(part, wide + _GAP) for part, wide in zip(parts, widths, strict=True))
        yield Text((pad(lead, _MARK) + text).rstrip(), style=style)


def _named(line: Line) -> str:
    return one_line(line.name) + (f"（{line.apart}）" if line.apart else "")


def _of_book(line: Line, book: str) -> str:
    said = line.of(book)
    return _value(said.value) if said else ""


def _sources(line: Line, width: int) -> Iterator[Text]:
    """Book, value and address of every source."""
    books = widest([said.book for said in line.said], _BOOK_COLUMNS)
    values = widest([_value(said.value) for said in line.said], _VALUE_COLUMNS)
    for said in line.said:
        lead = f"{' ' * (_MARK + 2)}{pad(one_line(said.book), books)}  {_padded(said, values)}  "
        yield hanging(lead, one_line(str(said.at)), width)


def _padded(said: Said, wide: int) -> str:
    value = _value(said.value)
    return value + " " * max(wide - widest([value], _LONGEST_VALUE * 2), 0)


def _value(value: str | None) -> str:
    return shorten(one_line(value), _LONGEST_VALUE) if value else _NOTHING


def _style(line: Line) -> str:
    return "" if line.agrees else _APART
