from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fupin_audit.errors import UsageError
from fupin_audit.ledgers import template
from fupin_audit.ledgers.base import Column, Ledger
from fupin_audit.ledgers.example_values import example_row
from fupin_audit.ledgers.registry import LEDGERS, ledger
from fupin_audit.ledgers.template import write_template
from fupin_audit.ledgers.types.codes import code_list

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def written(model: type[Ledger], folder: Path) -> openpyxl.Workbook:
    path = folder / f"{model.title}.xlsx"
    write_template(model, path)
    assert [file.name for file in folder.iterdir()] == [path.name]
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("model", LEDGERS, ids=[model.__name__ for model in LEDGERS])
def test_a_template_reads_back(model: type[Ledger], tmp_path: Path) -> None:
    book = written(model, tmp_path)
    sheet = book[model.title]
    assert book.active == sheet
    assert [cell.value for cell in sheet[1]] == list(model.columns())
    assert sheet.freeze_panes == "A2"
    assert sheet.max_row == 2
    for cell, column in zip(sheet[2], model.columns().values(), strict=True):
        assert read_cell(cell.value, column) == column.type.read(example_row(model).get(column.name))


def read_cell(value: Any, column: Column) -> object:
    text = f"{value:%Y-%m-%d}" if hasattr(value, "year") else str(value)
    return None if value is None else column.type.read(text)


def test_ids_and_months_stay_text(tmp_path: Path) -> None:
    sheet = written(ledger("人口"), tmp_path)["人口"]
    letters = letters_by_header(sheet)
    cells = {name: sheet[f"{letter}2"] for name, letter in letters.items()}
    for name in ("证件号码", "户编号", "人员识别年月"):
        assert (cells[name].number_format, type(cells[name].value)) == ("@", str)
    assert (cells["务工时间"].number_format, cells["务工时间"].value) == ("General", 8)
    assert cells["出生日期"].number_format == "yyyy-mm-dd"
    assert sheet.column_dimensions[letters["证件号码"]].number_format == "@"


def test_choices_come_from_the_code_lists(tmp_path: Path) -> None:
    book = written(ledger("人口"), tmp_path)
    offered = choices(book["人口"])
    assert offered["性别"] == '"男,女"'
    assert offered["享受低保"] == '"是,否"'
    assert offered["民族"] == f'"{",".join(code_list("民族").labels)}"'
    assert "健康状况" not in offered
    assert book.sheetnames == ["人口"]
    assert all(len(source) <= 257 for source in offered.values())


def test_long_choices_stand_on_a_hidden_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "_LONGEST_LIST", 100)
    book = written(ledger("人口"), tmp_path)
    assert book.sheetnames == ["人口", "选项"]
    assert book["选项"].sheet_state == "hidden"
    offered = choices(book["人口"])
    for name in ("与户主关系", "民族", "在校生状况"):
        sheet, _, place = offered[name].partition("!")
        cells = [cell for (cell,) in book[sheet.strip("'")][place.replace("$", "")]]
        assert [cell.value for cell in cells] == list(code_list(name).labels)


def letters_by_header(sheet: Worksheet) -> dict[object, str]:
    return {cell.value: get_column_letter(number) for number, cell in enumerate(sheet[1], start=1)}


def choices(sheet: Worksheet) -> dict[object, str]:
    headers = {f"{letter}2:{letter}20000": name for name, letter in letters_by_header(sheet).items()}
    return {headers[str(rule.sqref)]: rule.formula1 for rule in sheet.data_validations.dataValidation}


def test_notes_say_what_to_write(tmp_path: Path) -> None:
    sheet = written(ledger("户年度"), tmp_path)["户年度"]
    notes = {cell.value: cell.comment.text.splitlines() for cell in sheet[1] if cell.comment}
    assert list(notes) == list(ledger("户年度").columns())
    assert "示例" in notes["户编号"][0]
    assert notes["工资性收入"] == ["必填", "金额，单位：元"]
    assert notes["住房安全等级"] == ["选填", "从选项中选一项", "选项：A、B、C、D"]


def test_example_ids_are_of_nowhere_and_valid() -> None:
    for model in LEDGERS:
        for name, text in example_row(model).items():
            if model.columns()[name].type.name == "身份证":
                assert text.startswith("990101")
                total = sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS, strict=False))
                assert text[17] == "10X98765432"[total % 11]


def test_nothing_is_left_behind_on_failure(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere 不存在"):
        write_template(ledger("户"), tmp_path / "nowhere" / "户.xlsx")
    assert list(tmp_path.iterdir()) == []
