"""Blank templates: a workbook with a ledger's headers, drop-downs, notes and one invented row.

Import this module late: openpyxl costs half a second.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from fupin_audit.ledgers.base import Column, Ledger
from fupin_audit.ledgers.example_values import example_row
from fupin_audit.ledgers.in_words import labels, meaning
from fupin_audit.writing.whole_files import write_file

_LIST_SHEET = "选项"
_LAST_ROW = 20000
# Excel takes a drop-down written out in place only up to this length.
_LONGEST_LIST = 255
_REQUIRED, _OPTIONAL = "FFE699", "DDEBF7"
_EXAMPLE_NOTE = "第2行是虚构的示例，填写前请删除。"


def write_template(ledger: type[Ledger], path: Path) -> None:
    """Write a blank xlsx for a ledger: headers in row 1, an invented example in row 2.

    Raises:
        UsageError: the file can't be written; nothing is left behind.
    """
    book = Workbook()
    sheet = book.create_sheet(ledger.title, 0)
    del book["Sheet"]
    example = example_row(ledger)
    for number, column in enumerate(ledger.columns().values(), start=1):
        _write_header(sheet, number, column)
        _write_example(sheet, number, column, example.get(column.name))
        _offer_choices(book, sheet, number, column)
    sheet.freeze_panes = "A2"
    write_file(path, book.save)


def _write_header(sheet: Worksheet, number: int, column: Column) -> None:
    cell = sheet.cell(1, number, column.name)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor=_REQUIRED if column.required else _OPTIONAL)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    note = f"{_EXAMPLE_NOTE}\n{_note(column)}" if number == 1 else _note(column)
    cell.comment = Comment(note, "fupin-audit", height=30 + 18 * note.count("\n") + len(note), width=260)


def _note(column: Column) -> str:
    lines = ["必填" if column.required else "选填", meaning(column)]
    if choices := labels(column):
        lines.append(f"选项：{'、'.join(choices)}")
    if column.note:
        lines.append(column.note)
    return "\n".join(lines)


def _write_example(sheet: Worksheet, number: int, column: Column, text: str | None) -> None:
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.number_format = _number_format(column)
    dimension.width = max(10, 2 * len(column.name) + 4, len(text or "") + 4)
    if text is None:
        return
    value = column.type.parse(text)
    stays_text = _number_format(column) == "@"
    cell = sheet.cell(2, number, column.type.show(value) if stays_text else value)
    cell.number_format = _number_format(column)


def _number_format(column: Column) -> str:
    """Text, so that no digit of an ID is lost and no 2020-06 becomes a date; numbers and dates as such."""
    if column.type.name == "日":
        return "yyyy-mm-dd"
    return "General" if column.type.family == "number" else "@"


def _offer_choices(book: Workbook, sheet: Worksheet, number: int, column: Column) -> None:
    choices = labels(column)
    if not choices or column.type.many:  # Excel's drop-downs choose one
        return
    title = column.type.codes.name if column.type.codes else column.name
    written = ",".join(choices)
    source = f'"{written}"' if len(written) <= _LONGEST_LIST else _listed(book, title, choices)
    rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = column.name, "请从下拉选项中选择"
    sheet.add_data_validation(rule)
    letter = get_column_letter(number)
    rule.add(f"{letter}2:{letter}{_LAST_ROW}")


def _listed(book: Workbook, title: str, choices: tuple[str, ...]) -> str:
    """Write the choices on a hidden sheet and return the range they stand in."""
    if _LIST_SHEET not in book.sheetnames:
        book.create_sheet(_LIST_SHEET).sheet_state = "hidden"
    sheet = book[_LIST_SHEET]
    place = sheet.max_column + 1 if sheet["A1"].value else 1
    for row, text in enumerate((title, *choices), start=1):
        sheet.cell(row, place, text)
    letter = get_column_letter(place)
    return f"'{_LIST_SHEET}'!${letter}$2:${letter}${len(choices) + 1}"
