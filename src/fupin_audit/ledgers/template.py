"""Blank templates: a workbook with a ledger's headers, drop-downs, notes and one invented row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

from fupin_audit.ledgers.base import Column, Ledger
from fupin_audit.ledgers.example_values import example_row
from fupin_audit.ledgers.in_words import labels, meaning
from fupin_audit.writing.excel import Format, Workbook, Worksheet, column_name, new_workbook
from fupin_audit.writing.whole_files import write_file

_LIST_SHEET = "选项"
_LAST_ROW = 20000
# Excel takes a drop-down written out in place only up to this length.
_LONGEST_LIST = 255
_REQUIRED, _OPTIONAL = "#FFE699", "#DDEBF7"
_EXAMPLE_NOTE = "第2行是虚构的示例，填写前请删除。"
_NOTE_WIDTH = 260
_DAY = "yyyy-mm-dd"
_UNDATED = date(2020, 1, 1)


def write_template(ledger: type[Ledger], path: Path) -> None:
    """Write a blank xlsx for a ledger: headers in row 1, an invented example in row 2.

    Raises:
        UsageError: its folder is not there.
        OutputError: the file can't be written; nothing is left behind.
    """
    write_file(path, lambda sink: _write(ledger, sink))


@dataclass
class _Template:
    """A workbook being written; long lists of choices stand on a hidden sheet, column by column."""

    book: Workbook
    sheet: Worksheet
    lists: list[Worksheet] = field(default_factory=list)
    listed: int = 0

    def looks(self, **properties: object) -> Format:
        """A format."""
        return self.book.add_format(properties)

    def source(self, title: str, choices: tuple[str, ...]) -> list[str] | str:
        """What a drop-down offers: the choices, or where they are listed."""
        if len(",".join(choices)) + 2 <= _LONGEST_LIST:
            return list(choices)
        if not self.lists:
            self.lists.append(self.book.add_worksheet(_LIST_SHEET))
            self.lists[0].hide()
        self.lists[0].write_column(0, self.listed, (title, *choices))
        letter = column_name(self.listed, col_abs=True)
        self.listed += 1
        return f"='{_LIST_SHEET}'!{letter}$2:{letter}${len(choices) + 1}"


def _write(ledger: type[Ledger], sink: BinaryIO) -> None:
    with new_workbook(sink, f"{ledger.title}模板", _UNDATED) as book:
        template = _Template(book, book.add_worksheet(ledger.title))
        example = example_row(ledger)
        for number, column in enumerate(ledger.columns().values()):
            _write_header(template, number, column)
            _write_example(template, number, column, example.get(column.name))
            _offer_choices(template, number, column)
        template.sheet.freeze_panes(1, 0)


def _write_header(template: _Template, number: int, column: Column) -> None:
    look = template.looks(
        bold=True,
        bg_color=_REQUIRED if column.required else _OPTIONAL,
        align="center",
        valign="vcenter",
        text_wrap=True,
    )
    template.sheet.write_string(0, number, column.name, look)
    note = f"{_EXAMPLE_NOTE}\n{_note(column)}" if number == 0 else _note(column)
    height = 30 + 18 * note.count("\n") + len(note)
    template.sheet.write_comment(
        0, number, note, {"author": "fupin-audit", "height": height, "width": _NOTE_WIDTH}
    )


def _note(column: Column) -> str:
    lines = ["必填" if column.required else "选填", meaning(column)]
    if choices := labels(column):
        lines.append(f"选项：{'、'.join(choices)}")
    if column.note:
        lines.append(column.note)
    return "\n".join(lines)


def _write_example(template: _Template, number: int, column: Column, text: str | None) -> None:
    look = template.looks(num_format=_number_format(column))
    template.sheet.set_column(number, number, max(10, 2 * len(column.name) + 4, len(text or "") + 4), look)
    if text is None:
        return
    value = column.type.parse(text)
    if _number_format(column) == "@":
        template.sheet.write_string(1, number, column.type.show(value), look)
    elif _number_format(column) == _DAY:
        template.sheet.write_datetime(1, number, value, look)
    else:
        template.sheet.write_number(1, number, value, look)


def _number_format(column: Column) -> str:
    """Text, so that no digit of an ID is lost and no 2020-06 becomes a date; numbers and dates as such."""
    if column.type.name == "日":
        return _DAY
    return "General" if column.type.family == "number" else "@"


def _offer_choices(template: _Template, number: int, column: Column) -> None:
    choices = labels(column)
    if not choices or column.type.many:  # Excel's drop-downs choose one
        return
    title = column.type.codes.name if column.type.codes else column.name
    offer = {
        "validate": "list",
        "source": template.source(title, choices),
        "error_title": column.name,
        "error_message": "请从下拉选项中选择",
    }
    template.sheet.data_validation(1, number, _LAST_ROW - 1, number, offer)
