"""No cell is shifted: odd workbooks, and those LibreOffice and WPS write, read at every address as by openpyxl and xlrd."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from io import BytesIO
from itertools import cycle, islice, product, repeat
from pathlib import Path

import pytest
import xlsxwriter
from layouts import LAYOUTS as COLUMNS
from layouts import id_number, write
from odd import compound, tables
from other_readers import Sheets, UnreadableElsewhereError, differences, read_elsewhere, read_here

from fupin_audit.errors import InputError
from libreoffice import needs_libreoffice, save_as
from odd_packages import PACKAGES, changed

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # what openpyxl leaves out of a workbook
SHARED = Path(__file__).parents[3] / "shared" / "odd-workbooks"
ODD = sorted(SHARED.glob("*.[xo][ld]*")) if SHARED.is_dir() else []
KINDS = ("xlsx", "ods", "xls")
# openpyxl does not open it, and LibreOffice lays its pivot tables out anew: nothing tells what stands there.
WITHOUT_REFERENCE = {"pivots-xlsx"}
COMPUTED_ANEW = ("table_with_insertrow_attribute-xlsx", "issues-xlsb")  # RAND(), and what LibreOffice has not


OPENED_ELSEWHERE = [path for path in ODD if path.suffix in (".xlsx", ".xlsm", ".xls")]


def _is_compared(path: Path) -> bool:
    try:
        return bool(read_here(path) and read_elsewhere(path))
    except (InputError, UnreadableElsewhereError):
        return False


@pytest.mark.skipif(not ODD, reason="the odd workbooks are not there")
def test_most_odd_workbooks_are_compared() -> None:
    """Else what is skipped below would look like what agrees."""
    assert sum(map(_is_compared, OPENED_ELSEWHERE)) > len(OPENED_ELSEWHERE) * 0.8


@pytest.mark.parametrize("path", OPENED_ELSEWHERE, ids=lambda path: path.name)
def test_no_cell_of_an_odd_workbook_is_shifted(path: Path) -> None:
    try:
        read_here(path)
    except InputError:
        pytest.skip("refused")
    try:
        there = read_elsewhere(path)
    except UnreadableElsewhereError:
        pytest.skip("the other library can't read it; at night LibreOffice does")
    if not there:
        pytest.skip("openpyxl finds no sheet in it")
    assert differences(path, there) == []


def _readable(folder: Path) -> Iterator[Path]:
    """Copies of what is not refused, each under a name of its own."""
    folder.mkdir()
    for path in ODD:
        try:
            read_here(path)
        except InputError:
            continue
        yield Path(shutil.copy(path, folder / f"{path.stem}-{path.suffix[1:]}{path.suffix}"))


@pytest.fixture(scope="module")
def odd_saved(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Path]]:
    """All readable odd workbooks, as they are and as LibreOffice saves them."""
    home = tmp_path_factory.mktemp("odd")
    found = {"": list(_readable(home / "as they are"))}
    for kind in KINDS:
        found[kind] = save_as(kind, found[""], home / kind)
    return found


def _reference(path: Path, copy: Path) -> Sheets:
    """What another library reads of it; of what none reads, of the copy that LibreOffice has made of it."""
    if path.suffix in (".xlsx", ".xlsm", ".xls"):
        try:
            return read_elsewhere(path) or read_elsewhere(copy)
        except UnreadableElsewhereError:
            pass
    return read_elsewhere(copy)


@pytest.mark.nightly
@needs_libreoffice
@pytest.mark.skipif(not ODD, reason="the odd workbooks are not there")
@pytest.mark.parametrize("kind", ["", *KINDS])
def test_no_cell_of_an_odd_workbook_saved_anew_is_shifted(
    kind: str, odd_saved: Mapping[str, list[Path]]
) -> None:
    copies = {path.stem: path for path in odd_saved["xlsx"]}
    compared = {
        path: copies[path.stem] for path in odd_saved[kind] if kind or path.stem not in WITHOUT_REFERENCE
    }
    wrong = {
        path.name: found
        for path, copy in compared.items()
        if (found := differences(path, _reference(path, copy), computed_anew=path.stem in COMPUTED_ANEW))
    }
    assert wrong == {}
    assert len(compared) > 110


# What offices fill in: people under a column set, with a title or two, indented, merged, hidden; texts, numbers, days.
VALUES = (
    "赵甲",
    id_number("19700305", 7),
    3,
    4000.5,
    date(2020, 5, 1),
    "  东村 ",
    "0012",
    "因病\n因学",
    True,
    "=1+2",
    None,
)


def _messy(columns: list[str], above: int, left: int) -> list[list[object]]:
    values, blanks = cycle(VALUES), [*repeat(None, left)]
    titles: list[list[object]] = [[f"清河县台账{at}"] for at in range(above)]
    people: list[list[object]] = [[*blanks, *islice(values, len(columns))] for _ in range(12)]
    return [*titles, [*blanks, *columns], *people]


def _messy_books(folder: Path) -> Iterator[Path]:
    """Fifty and more workbooks of our makers."""
    for (name, columns), above, left in product(COLUMNS.items(), (0, 1, 3), (0, 2, 5)):
        rows = _messy([*columns], above, left)
        merged = (f"A1:{'DFH'[above % 3]}1",) if above else ()
        yield write(folder / f"{name}-{above}-{left}.xlsx", {"表": rows, "附表": rows[:5]}, merged)
    for name, made in [
        *PACKAGES.items(),
        *((name, make) for name, make in tables.WRITERS.items() if name in ("xlsx", "ods", "xls")),
    ]:
        path = folder / f"{name}.{name if name in ('ods', 'xls') else 'xlsx'}"
        path.write_bytes(made())
        yield path


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return list(_messy_books(tmp_path_factory.mktemp("messy")))


@pytest.mark.nightly
@needs_libreoffice
@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_of_a_messy_layout_saved_by_libreoffice_is_shifted(
    kind: str, messy: list[Path], tmp_path: Path
) -> None:
    copies = {path.stem: path for path in save_as("xlsx", messy, tmp_path / "xlsx")}
    saved = save_as(kind, messy, tmp_path / kind) if kind != "xlsx" else list(copies.values())
    assert {
        path.name: found
        for path in saved
        if (found := differences(path, _reference(path, copies[path.stem])))
    } == {}
    assert len(saved) >= 50


@needs_libreoffice
def test_some_layouts_saved_by_libreoffice(messy: list[Path], tmp_path: Path) -> None:
    """By day."""
    saved = save_as("xlsx", messy[::12], tmp_path / "xlsx")
    assert len(saved) == len(messy[::12])
    assert [(path.name, found) for path in saved if (found := differences(path, read_elsewhere(path)))] == []


Change = Callable[[bytes], bytes]
SHEET, TEXTS, RELATIONS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"


def replaced(pattern: str, by: str) -> Change:
    return lambda part: re.sub(pattern, by, part.decode()).encode()


_CELL = r'<c r="(\w+)"( s="\d+")?'
# How WPS and those who write for it write a sheet.
WPS_SHEETS: Mapping[str, Change] = {
    "as it is": bytes,
    "texts in the cells": replaced(_CELL + r' t="s"><v>(\d+)</v></c>', r'<c r="\1"\2 t="inlineStr"><is><t>文\3</t></is></c>'),
    "texts in the cells, in pieces": replaced(
        _CELL + r' t="s"><v>(\d+)</v></c>',
        r'<c r="\1"\2 t="inlineStr"><is><r><t xml:space="preserve"> 文</t></r><r><rPr><b/></rPr><t>\3</t></r></is></c>',
    ),
    "texts as results": replaced(_CELL + r' t="s"><v>(\d+)</v></c>', r'<c r="\1"\2 t="str"><f>A1&amp;""</f><v>文\3</v></c>'),
    "cells that say no place": replaced(r'(<c) r="\w+"', r"\1"),
    "nothing says a place": replaced(r'(<(?:c|row)) r="\w+"', r"\1"),
    "too small a dimension": replaced(r'<dimension ref="[^"]*"/>', '<dimension ref="A1"/>'),
    "too large a dimension": replaced(r'<dimension ref="[^"]*"/>', '<dimension ref="A1:XFD1048576"/>'),
    "no dimension": replaced(r'<dimension ref="[^"]*"/>', ""),
    "the style first": replaced(_CELL, r'<c s="0" r="\1"'),
    "the default style": replaced(_CELL, r'<c r="\1" s="0"'),
    "spans and heights": replaced(r'<row r="(\d+)"[^>]*>', r'<row r="\1" ht="14.25" customHeight="1" spans="1:30">'),
    "blank rows below": replaced("</sheetData>", '<row r="900" ht="15"/><row r="901"><c r="ZZ901" s="0"/></row></sheetData>'),
    "line breaks between tags": replaced(r"><(row|c|v|/row|/c|/sheetData)", r">\r\n  <\1"),
    "single quotes": replaced(r'="(\w*)"', r"='\1'"),
    "a prefix": lambda part: re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x="),
}  # fmt: skip
WPS_TEXTS: Mapping[str, Change] = {
    "plain": bytes,
    "in pieces": replaced(
        r"<si><t[^>]*>([^<])([^<]*)</t></si>", r'<si><r><t>\1</t></r><r><rPr><sz val="11"/></rPr><t xml:space="preserve">\2</t></r></si>'
    ),
    "with their sounds": replaced(
        r"<si><t([^>]*)>([^<]*)</t></si>",
        r'<si><t\1>\2</t><rPh sb="0" eb="1"><t>zhào</t></rPh><phoneticPr fontId="1" type="noConversion"/></si>',
    ),
    "uncounted": replaced(r' count="\d+" uniqueCount="\d+"', ""),
    "with blanks kept": replaced(r"<t>", r'<t xml:space="preserve">'),
}  # fmt: skip


def as_wps(sheet: str, text: str) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page, day = book.add_worksheet("人口"), book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        for row, values in enumerate(_messy(["列甲", "列乙", "列丙", "列丁", "列戊"], 0, 0)):
            for column, value in enumerate(values):
                page.write(
                    row, column, "空" if value is None else value, day if isinstance(value, date) else None
                )
    absolute = replaced(r'Target="(worksheets/)', r'Target="/xl/\1')
    return changed(file.getvalue(), {SHEET: WPS_SHEETS[sheet], TEXTS: WPS_TEXTS[text], RELATIONS: absolute})


@pytest.mark.parametrize("text", WPS_TEXTS)
@pytest.mark.parametrize("sheet", WPS_SHEETS)
def test_no_cell_of_a_sheet_written_as_wps_writes_is_shifted(sheet: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "清河镇.xlsx"
    path.write_bytes(as_wps(sheet, text))
    there = read_elsewhere(path)
    assert len(there["人口"]) == 65
    assert differences(path, there) == []


def test_a_sheet_of_wps_itself_is_an_old_workbook(tmp_path: Path) -> None:
    """`.et` is the format of Excel 97."""
    path = tmp_path / "清河镇.et"
    cells = [(row, column, f"{row}行{column}") for row in range(2, 30) for column in range(3, 20)]
    path.write_bytes(
        compound.xls(b"".join(compound.label(*cell) for cell in cells) + compound.number(40, 2, 0.1))
    )
    assert differences(path, read_elsewhere(path)) == []
