"""The three books of a household side by side, where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from books import Book, Row, household, judge_books
from fupin_audit.reports.findings import workbook
from fupin_audit.reports.findings.three_books import lines
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding
from saved import saved


def book(number: str, people: str, **fields: str) -> Row:
    return {"户编号": number, "户主姓名": "张三", "家庭人口": people, "年度": "2020", **fields}


def findings(folder: Path, card: str, handbook: str) -> Sequence[Finding]:
    books: Mapping[str, Book] = {
        "户": [household("1")],
        "明白卡": [{name: text for name, text in book("1", card).items() if name != "年度"}],
        "扶贫手册": [book("1", handbook)],
    }
    return judge_books(folder, books, ["CRD-01", "CRD-02", "CRD-08"]).findings


@pytest.mark.parametrize(
    ("card", "handbook", "said", "odd"),
    [
        ("2", "2", {}, []),
        ("3", "2", {"系统": "2", "明白卡": "3", "扶贫手册": "2"}, ["明白卡"]),
        ("2", "4", {"系统": "2", "明白卡": "2", "扶贫手册": "4"}, ["扶贫手册"]),
        ("3", "3", {"系统": "2", "明白卡": "3", "扶贫手册": "3"}, ["系统"]),
        ("3", "4", {"系统": "2", "明白卡": "3", "扶贫手册": "4"}, ["系统", "明白卡", "扶贫手册"]),
        ("3", "", {"系统": "2", "明白卡": "3"}, ["系统", "明白卡"]),
    ],
)
def test_all_three_are_known_where_two_differ(
    card: str, handbook: str, said: dict[str, str], odd: list[str], tmp_path: Path
) -> None:
    found = lines(findings(tmp_path, card, handbook))
    assert [{name: at.value for name, at in line.said.items()} for line in found] == ([said] if said else [])
    assert [name for line in found for name in said if line.odd(name)] == odd


def test_sheet_has_values_and_addresses_side_by_side(county: AuditResult, tmp_path: Path) -> None:
    result = replace(county, records=tuple(findings(tmp_path, "3", "2")))
    saved(workbook.write, result, tmp_path / "台账.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "台账.xlsx")["三本账"]
    header, row = ([cell.value for cell in cells] for cells in (sheet[3], sheet[4]))
    assert str(sheet["A1"].value).startswith("三本账")
    assert "只列不一致的项目" in str(sheet["A2"].value)
    told = dict(zip(header, row, strict=True))
    assert (told["项目"], told["系统"], told["明白卡"], told["扶贫手册"]) == ("家庭人口", "2", "3", "2")
    assert told["明白卡的单元格"] == "明白卡.csv › C2"
    fills = [
        sheet.cell(4, header.index(name) + 1).fill.fgColor.rgb[-6:] for name in ("系统", "明白卡", "扶贫手册")
    ]
    assert fills == ["000000", "F8CBAD", "000000"]


def test_a_county_whose_books_agree_has_no_such_sheet(county: AuditResult, tmp_path: Path) -> None:
    saved(workbook.write, county, tmp_path / "台账.xlsx")
    assert "三本账" not in openpyxl.load_workbook(tmp_path / "台账.xlsx").sheetnames
