"""Every layout of layouts-2021, as a workbook, an old one and as text: each value stands where openpyxl, xlrd and csv find it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
import xlrd
from layouts import Rows, id_number, people, write
from openpyxl.utils import column_index_from_string

from fupin_audit.delivery import Delivery, Source
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation
from fupin_audit.workbook.recognising.roles import parse_roles
from libreoffice import needs_libreoffice, save_as

PEOPLE = people()
HOME, OTHER = "990101000001", "990101000002"
HEADER = ["县", "乡镇", "村", "户编号", "人编号", "姓名", "证件号码", "与户主关系", "健康状况"]
FIRST, SECOND, THIRD = PEOPLE[:3]


def member(person: dict[str, object]) -> list[object]:
    return [
        "清河县", "清河镇", "东村", person["户编号"], person["人编号"], person["姓名"], person["证件号码"],
        person["与户主关系"], "健康",
    ]  # fmt: skip


MEMBERS = [member(person) for person in PEOPLE]


@dataclass(frozen=True)
class Layout:
    """A sheet, its merged ranges, and how many values of which ledgers stand in it."""

    rows: Rows
    ledgers: frozenset[str]
    merged: tuple[str, ...] = ()
    roles: str = ""

    def read(self, path: Path) -> Delivery:
        """What the program reads of a file with it; of one without a header, as it is told."""
        if not self.roles:
            return load([path])
        roles = parse_roles(self.roles)
        return load(
            [path], designations=[Designation(title, path.name, roles=roles) for title in self.ledgers]
        )


LAYOUTS = {
    "a measures as columns": Layout(
        [
            ["帮扶措施登记表"],
            ["户编号", "户主姓名", "产业帮扶", "就业帮扶", "健康帮扶"],
            [HOME, FIRST["姓名"], "养鸡", None, "签约"],
            [OTHER, SECOND["姓名"], None, "护路", None],
        ],
        frozenset({"帮扶措施"}),
    ),
    "b levels below a title over part of the columns": Layout(
        [
            [None, None, "收入情况"],
            ["户编号", "年度", "收入（元）", None, "纯收入", "人均纯收入"],
            [None, None, "工资性收入①", "生产经营性收入②", None, None],
            [HOME, "2020", "9000", "100", "9100", "3033"],
            [OTHER, "2020", "8000", "200", "8200", "4100"],
        ],
        frozenset({"户年度"}),
        ("C1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"),
    ),
    "c members in paired columns": Layout(
        [
            ["户编号", "户主姓名", "户主证件号码", "低保证号", "保障类别", "户月保障金", "姓名1", "身份证号1"],
            [HOME, FIRST["姓名"], FIRST["证件号码"], "DB01", "农村低保", "900", SECOND["姓名"], SECOND["证件号码"]],
        ],
        frozenset({"低保"}),
    ),
    "d members in one cell": Layout(
        [
            ["低保家庭名册"],
            ["户编号", "户主姓名", "户主证件号码", "低保证号", "保障类别", "户月保障金", "其他家庭成员姓名", "其他家庭成员身份证号"],
            [
                HOME, FIRST["姓名"], FIRST["证件号码"], "DB01", "农村低保", "900",
                f"{SECOND['姓名']}、{THIRD['姓名']}", f"{SECOND['证件号码']}，{THIRD['证件号码']}",
            ],
        ],
        frozenset({"低保"}),
    ),
    "f the header again, titles, pages, sub-totals": Layout(
        [
            ["脱贫人口花名册"],
            HEADER,
            *MEMBERS[:3],
            ["第1页 共2页"],
            ["脱贫人口花名册（续）"],
            HEADER,
            *MEMBERS[3:5],
            ["本页合计", None, None, None, None, "5人"],
        ],
        frozenset({"人口"}),
    ),
    "g code columns": Layout(
        [[*HEADER, "xm", "sfzhm"], *([*values, "z", "1"] for values in MEMBERS)], frozenset({"人口"})
    ),
    "i year and month": Layout(
        [
            ["残疾人两项补贴名册"],
            ["所属年份", "所属月份", "姓名", "身份证号", "残疾证号", "残疾类别", "残疾等级"],
            ["2023", "5", "赵丙丁", id_number("19700101", 7), id_number("19700101", 7) + "43", "肢体", "三级"],
        ],
        frozenset({"残疾人"}),
    ),
    "j no header at all": Layout(
        MEMBERS, frozenset({"人口"}), roles="户编号=D,人编号=E,姓名=F,证件号码=G,与户主关系=H"
    ),
    "k another table below": Layout(
        [
            HEADER,
            *MEMBERS,
            [],
            ["低保对象名册"],
            ["姓名", "身份证号", "低保证号", "保障类别", "月保障金"],
            ["赵丙丁", id_number("19700101", 7), "DB01", "农村低保", "300"],
        ],
        frozenset({"人口", "低保"}),
    ),
    "k two halves": Layout(
        [[*HEADER, None, *HEADER], *([*one, None, *two] for one, two in zip(MEMBERS[:2], MEMBERS[2:4], strict=True))],
        frozenset({"人口"}),
    ),
}  # fmt: skip
Cells = Callable[[str, str, int], str | None]


def in_workbook(folder: Path, layout: Layout) -> Cells:
    """The layout as a workbook, and how openpyxl reads it: a cell, in a merged range the range's."""
    path = write(folder / "表.xlsx", {"Sheet1": layout.rows}, layout.merged)
    sheet = openpyxl.load_workbook(path)["Sheet1"]
    return lambda _, letter, row: _text(sheet[f"{letter}{row}"].value)


def in_text(folder: Path, layout: Layout) -> Cells:
    """The layout as delimited text, and how the csv module reads it."""
    path = folder / "表.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(["" if value is None else value for value in row] for row in layout.rows)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return lambda _, letter, row: rows[row - 1][column_index_from_string(letter) - 1] or None


@pytest.fixture(scope="module")
def old_workbooks(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """All layouts as LibreOffice writes them for Excel 97."""
    home = tmp_path_factory.mktemp("old")
    names = {f"{at}": name for at, name in enumerate(LAYOUTS)}
    made = [
        write(home / f"{at}.xlsx", {"Sheet1": LAYOUTS[name].rows}, LAYOUTS[name].merged)
        for at, name in names.items()
    ]
    return {names[path.stem]: path for path in save_as("xls", made, home / "xls")}


def in_old_workbook(path: Path) -> Cells:
    """How xlrd reads a cell."""
    sheet = xlrd.open_workbook(str(path)).sheet_by_name("Sheet1")
    return lambda _, letter, row: sheet.cell_value(row - 1, column_index_from_string(letter) - 1) or None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def cited(delivery: Delivery) -> Iterator[tuple[Source, str, int, str]]:
    """Sheet, column letter, row and text of every value."""
    for table in delivery.tables.values():
        for name in table.fields:
            for at, value in enumerate(table.data.column(name).to_pylist()):
                source, row, text = table.address(at, name)
                if value is not None and source.has(name):
                    yield (
                        source,
                        source.letters[name],
                        row,
                        text or table.ledger.columns()[name].type.show(value),
                    )


def headers_of(rows: Rows, letter: str) -> set[str]:
    """What stands in a column as text: where the column's name is the value, it is the header."""
    at = column_index_from_string(letter) - 1
    return {str(row[at]) for row in rows if len(row) > at and isinstance(row[at], str)}


# Text has no merged ranges.
KEPT = [
    pytest.param(layout, kept_in, id=f"{name}-{ending}")
    for name, layout in LAYOUTS.items()
    for kept_in, ending in ((in_workbook, "xlsx"), (in_text, "csv"))
    if ending == "xlsx" or not layout.merged
]


@pytest.mark.parametrize(("layout", "kept_in"), KEPT)
def test_every_value_stands_where_it_is_said_to(
    tmp_path: Path, layout: Layout, kept_in: Callable[[Path, Layout], Cells]
) -> None:
    cells = kept_in(tmp_path, layout)
    (path,) = tmp_path.iterdir()
    assert_found(layout, layout.read(path), cells)


@needs_libreoffice
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_value_of_an_old_workbook_stands_where_it_is_said_to(
    name: str, old_workbooks: Mapping[str, Path]
) -> None:
    path = old_workbooks[name]
    assert_found(LAYOUTS[name], LAYOUTS[name].read(path), in_old_workbook(path))


def assert_found(layout: Layout, delivery: Delivery, cells: Cells) -> None:
    """Its ledgers are there, and every value is what another reader finds at the address."""
    assert layout.ledgers <= delivery.tables.keys()
    stands = list(cited(delivery))
    assert len(stands) > len(layout.rows)  # most rows are somebody's
    wrong = [
        (letter, row, text)
        for source, letter, row, text in stands
        if cells(source.sheet, letter, row) != text and not _is_its_columns_name(layout, letter, text)
    ]
    assert wrong == []


def _is_its_columns_name(layout: Layout, letter: str, text: str) -> bool:
    return "帮扶措施" in layout.ledgers and text in headers_of(layout.rows, letter)


VILLAGES: Mapping[str, Mapping[str, Rows]] = {
    "清河镇": {"东村": [HEADER, *MEMBERS[:2]], "西村": [HEADER, *MEMBERS[2:4]]},
    "北村": {"Sheet1": [HEADER, *MEMBERS[4:6]]},
}


def assert_villages_read(folder: Path, cell: Callable[[Path, str, str, int], str | None]) -> None:
    """A village a sheet and a village a file."""
    delivery = load([folder])
    names = delivery.tables["人口"].data.column("姓名").to_pylist()
    assert set(names) == {person["姓名"] for person in PEOPLE[:6]}
    for source, letter, row, text in cited(delivery):
        assert cell(folder / source.file, source.sheet, letter, row) == text


def test_a_village_a_sheet_and_a_village_a_file(tmp_path: Path) -> None:
    for name, sheets in VILLAGES.items():
        write(tmp_path / f"{name}.xlsx", sheets)
    assert_villages_read(
        tmp_path,
        lambda path, sheet, letter, row: _text(openpyxl.load_workbook(path)[sheet][f"{letter}{row}"].value),
    )


@needs_libreoffice
def test_a_village_a_sheet_and_a_village_an_old_file(tmp_path: Path) -> None:
    made = [write(tmp_path / "xlsx" / f"{name}.xlsx", sheets) for name, sheets in VILLAGES.items()]
    assert len(save_as("xls", made, tmp_path / "xls")) == len(VILLAGES)

    def cell(path: Path, sheet: str, letter: str, row: int) -> str | None:
        found = xlrd.open_workbook(str(path)).sheet_by_name(sheet)
        return found.cell_value(row - 1, column_index_from_string(letter) - 1) or None

    assert_villages_read(tmp_path / "xls", cell)
