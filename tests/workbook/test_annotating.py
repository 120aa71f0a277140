"""Marking cells changes those cells, adds notes, and leaves everything else of the workbook as it is."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

import fastexcel
import openpyxl
import pytest
from lxml import etree
from odd.malformed import PASSWORD, encrypted

from effort import is_night, some_by_day
from fupin_audit.errors import InputError
from fupin_audit.results.cell_note import CellNote
from fupin_audit.results.finding import Severity
from fupin_audit.workbook.annotating.annotated_copy import Marking, ending, write_copy
from fupin_audit.workbook.annotating.package_patch import annotate_package, sheets_of
from fupin_audit.workbook.annotating.row_patch import UnusualSheetError
from fupin_audit.workbook.formats.file_kinds import FileKind
from fupin_audit.workbook.formats.grid import letter
from fupin_audit.workbook.formats.open_grids import Unlocked, open_grids, unlock
from fupin_audit.workbook.formats.references import cell_place
from fupin_audit.workbook.formats.xlsx import workbook_sheets
from odd_packages import PACKAGES, SHEET, changed, written

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "odd-workbooks"
# Of the samples' hundreds every third for a change, at night all.
SAMPLES = [path for path in sorted(ROOT.glob("samples/*/**/*.xlsx")) if is_zipfile(path)][
    :: 1 if is_night() else 3
]
ONE = ("B3",)
# Cells with and without content, without a row, beyond the last column, in a merged range.
SOME = ("A1", "B3", "C9", "B41", "D2", "D3", "F17", "M5", "A50", "XFD60", "E31")
MANY = tuple(f"{letter(column)}{row}" for row in range(1, 501) for column in range(10))
NEW_PARTS = 2500  # bytes that the first note of a sheet takes
NOTE = CellNote(Severity.ERROR, "【错误】INC-04 与分项不符\n整改：核实")
Texts = Mapping[str, Mapping[str, CellNote]]


def notes_on(cells: Sequence[str], sheets: Sequence[str]) -> Texts:
    """A note of each severity in turn."""
    severities = list(Severity)
    said = {cell: CellNote(severities[at % 3], f"{NOTE.text}{at}") for at, cell in enumerate(cells)}
    return dict.fromkeys(sheets, said)


def annotated(package: bytes, notes: Texts) -> bytes:
    sink = io.BytesIO()
    annotate_package(package, notes, sink)
    return sink.getvalue()


def parts(package: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name.replace("\\", "/"): archive.read(name) for name in archive.namelist()}


def tree(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, remove_comments=True))


def canonical(node: etree._Element) -> bytes:
    return etree.tostring(node, method="c14n")


def merged_away(sheet: etree._Element) -> Callable[[str], str]:
    """What shows a cell: of a merged range its first."""
    ranges = [node.get("ref", "").split(":") for node in sheet.iterfind("{*}mergeCells/{*}mergeCell")]
    corners = [[cell_place(corner) for corner in ends] for ends in ranges]

    def shown(name: str) -> str:
        row, column = cell_place(name) or (0, 0)
        for ends in corners:
            (top, left), (bottom, right) = ends[0] or (0, 0), ends[-1] or (0, 0)
            if len(ends) > 1 and top <= row <= bottom and left <= column <= right:
                return f"{letter(left)}{top + 1}"
        return name

    return shown


def places(sheet: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The cells by name, also those that don't say theirs."""
    row = -1
    for line in sheet.iterfind("{*}sheetData/{*}row"):
        row = int(line.get("r", row + 2)) - 1
        column = -1
        for cell in line.iterfind("{*}c"):
            row, column = cell_place(cell.get("r", "")) or (row, column + 1)
            yield f"{letter(column)}{row + 1}", cell


def assert_sheet(before: bytes, after: bytes, cells: Sequence[str]) -> list[tuple[str, int, int]]:
    """The copy without its marks is the original; which cells got which style for which."""
    old, new = tree(before), tree(after)
    shown = merged_away(old)
    wanted = {shown(cell) for cell in cells}
    styles = {name: cell.get("s") for name, cell in places(old)}
    changes = []
    for name, cell in list(places(new)):
        if name not in wanted:
            continue
        changes.append((name, int(styles.get(name) or -1), int(cell.get("s", ""))))
        parent = cell.getparent()
        assert parent is not None
        if name in styles:
            cell.attrib.pop("s")
            if (style := styles[name]) is not None:
                cell.set("s", style)
        else:
            assert not len(cell)
            assert not cell.text
            parent.remove(cell)
    assert {name for name, *_ in changes} == wanted
    _without_added_rows(old, new)
    for node in new.findall("{*}legacyDrawing"):
        if old.find("{*}legacyDrawing") is None:
            new.remove(node)
    assert canonical(new) == canonical(old)
    return changes


def _without_added_rows(old: etree._Element, new: etree._Element) -> None:
    """Takes out rows that hold nothing any more; `spans` only hints at where cells are."""
    had = {line.get("r") for line in old.iterfind("{*}sheetData/{*}row")}
    for line in [*new.iterfind("{*}sheetData/{*}row"), *old.iterfind("{*}sheetData/{*}row")]:
        line.attrib.pop("spans", "")
        parent = line.getparent()
        if parent is not None and line.get("r") not in had:
            assert not len(line)
            parent.remove(line)


def assert_styles(before: bytes | None, after: bytes, changes: Sequence[tuple[str, int, int]]) -> None:
    """Old styles stand where they stood; a new one is an old one, filled."""
    new = tree(after)
    formats = new.find("{*}cellXfs")
    assert formats is not None
    for _, style, made in changes:
        base, filled = deepcopy(formats[max(style, 0)]), deepcopy(formats[made])
        fills = new.find("{*}fills")
        assert fills is not None
        colour = fills[int(filled.get("fillId", ""))].find("{*}patternFill/{*}fgColor")
        assert colour is not None
        assert colour.get("rgb") in ("FFF8CBAD", "FFFFE699", "FFDDEBF7")
        for node in (base, filled):
            node.attrib.pop("fillId", "")
            node.attrib.pop("applyFill", "")
        assert style < 0 or canonical(base) == canonical(filled)
    if before is None:
        return
    old = tree(before)
    for name in ("cellXfs", "fills"):
        kept, more = old.find(f"{{*}}{name}"), new.find(f"{{*}}{name}")
        assert more is not None
        assert more.get("count") == str(len(more))
        if kept is not None:
            assert [canonical(node) for node in list(more)[: len(kept)]] == [canonical(node) for node in kept]
            new.replace(more, deepcopy(kept))
        else:
            new.remove(more)
    assert canonical(new) == canonical(old)


def assert_small_parts(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Relations, content types, comments and drawings hold all they held."""
    for name, content in before.items():
        if after[name] == content:
            continue
        if name.endswith(".vml"):
            boxes = re.findall(rb"<v:shape .*?</v:shape>", content, re.DOTALL)
            assert all(box in after[name] for box in boxes)
        elif "comments" in name:
            old, new = (list(tree(part).iter("{*}comment")) for part in (content, after[name]))
            texts = [("".join(map(str, node.itertext())), node.get("ref")) for node in old]
            for (text, ref), node in zip(texts, new, strict=False):
                assert node.get("ref") == ref
                assert "".join(map(str, node.itertext())).startswith(text)
        elif name.endswith((".rels", "[Content_Types].xml")):
            kept = {canonical(node) for node in tree(content)}
            assert kept <= {canonical(node) for node in tree(after[name])}
        else:
            raise AssertionError(name)


def assert_faithful(package: bytes, cells: Sequence[str]) -> bytes:
    """The copy is the original but for the marks, part by part."""
    sheets = sheets_of(package)
    copy = annotated(package, notes_on(cells, sheets))
    before, after = parts(package), parts(copy)
    with ZipFile(io.BytesIO(package)) as archive:
        sheet_parts = [sheet.part.replace("\\", "/") for sheet in workbook_sheets(archive)]
    changes = [
        change for part in sheet_parts for change in assert_sheet(before.pop(part), after[part], cells)
    ]
    styles = [name for name in after if re.search(r"styles\d*\.xml$", name)]
    kept = next((name for name in styles if name in before), None)
    assert_styles(before.pop(kept, None) if kept else None, after[kept or styles[0]], changes)
    assert_small_parts(before, after)
    assert_values(package, copy, sheets)
    return copy


def assert_values(package: bytes, copy: bytes, sheets: Sequence[str]) -> None:
    """The bulk reader reads the same out of both, if it can read it."""
    try:
        old = fastexcel.read_excel(package)
        tables = [old.load_sheet(name, header_row=None, dtypes="string").to_arrow() for name in sheets]
    except fastexcel.FastExcelError:
        return
    new = fastexcel.read_excel(copy)
    for name, table in zip(sheets, tables, strict=True):
        assert new.load_sheet(name, header_row=None, dtypes="string").to_arrow().equals(table)


@pytest.mark.parametrize("cells", [ONE, SOME, MANY], ids=["one", "some", "5,000"])
@pytest.mark.parametrize("name", PACKAGES)
def test_everything_else_stays(name: str, cells: Sequence[str]) -> None:
    assert_faithful(PACKAGES[name](), cells)


@pytest.mark.parametrize("path", some_by_day(SAMPLES), ids=lambda path: path.name)
def test_samples_stay_as_they_are(path: Path) -> None:
    package = path.read_bytes()
    assert len(assert_faithful(package, ONE)) <= 1.1 * len(package) + NEW_PARTS * len(sheets_of(package))
    assert_faithful(package, SOME)


@pytest.mark.parametrize(
    "path", sorted(SHARED.glob("*.xls[xm]")) if SHARED.is_dir() else [], ids=lambda path: path.name
)
@pytest.mark.parametrize("cells", [ONE, MANY], ids=["one", "5,000"])
def test_shared_odd_workbooks_stay_as_they_are(path: Path, cells: Sequence[str]) -> None:
    package = path.read_bytes()
    try:
        list(open_grids(path))
        sheets_of(package)
    except (InputError, BadZipFile):
        pytest.skip("can't be read")
    assert_faithful(package, cells)


@pytest.mark.filterwarnings("ignore:.*not supported:UserWarning")
@pytest.mark.parametrize("name", sorted(PACKAGES.keys() - {"strict", "no styles"}))
def test_another_library_reads_marks_and_notes(name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(assert_faithful(PACKAGES[name](), ("D7", "F8"))))
    sheet = book[SHEET]
    for cell, colour in (("D7", "FFF8CBAD"), ("F8", "FFFFE699")):
        assert sheet[cell].fill.fgColor.rgb == colour
        assert sheet[cell].comment is not None
        assert sheet[cell].comment.text.startswith("【错误】INC-04")


def test_a_note_goes_behind_what_people_wrote() -> None:
    package = written(lambda book, sheet: sheet.write_comment("B3", "原有的", {"author": "张三"}))
    book = openpyxl.load_workbook(io.BytesIO(annotated(package, notes_on(ONE, [SHEET]))))
    note = book[SHEET]["B3"].comment
    assert note is not None
    assert note.author == "张三"
    assert re.fullmatch(r"原有的\n\n【错误】.*", note.text, re.DOTALL)


def test_numbers_of_boxes_are_the_workbooks_only_ones() -> None:
    copy = parts(annotated(PACKAGES["many comments"](), notes_on(MANY, [SHEET, "别的"])))
    drawings = [part for name, part in copy.items() if name.endswith(".vml")]
    numbers = [number for part in drawings for number in re.findall(rb'id="_x0000_s(\d+)"', part)]
    assert len(set(numbers)) == len(numbers) == 2 * len(MANY) + 1100 - 500
    blocks = [
        number
        for part in drawings
        for found in re.findall(rb'data="([\d,]+)"', part)
        for number in found.split(b",")
    ]
    assert len(set(blocks)) == len(blocks)
    assert {int(number) // 1024 for number in numbers} == {int(block) for block in blocks}


SAID = {
    "everything": ["工作表“人口”有保护"],
    "openpyxl": ["工作簿的结构有保护"],
    "signed": ["原件有数字签名"],
    "threaded": ["工作表“人口”有 1 格已有批注会话"],
    "plain": [],
}


@pytest.mark.parametrize("name", SAID)
def test_says_what_a_reader_should_know(name: str) -> None:
    said = annotate_package(PACKAGES[name](), notes_on(SOME, [SHEET]), io.BytesIO())
    assert [any(remark.startswith(start) for remark in said) for start in SAID[name]] == [True] * len(said)


def test_a_conversation_is_left_alone() -> None:
    package = PACKAGES["threaded"]()
    before, after = parts(package), parts(annotated(package, notes_on(ONE, [SHEET])))
    assert after["xl/comments1.xml"] == before["xl/comments1.xml"]
    assert after["xl/drawings/vmlDrawing1.vml"] == before["xl/drawings/vmlDrawing1.vml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="9"', b'<row r="2"'),
        (b'<c r="C5"', b'<c r="A5"'),
        (b'encoding="UTF-8"', b'encoding="GB18030"'),
        (b"</sheetData>", b"</sheetdata>"),
    ],
)
def test_a_sheet_in_no_order_is_not_patched(old: bytes, new: bytes) -> None:
    package = changed(
        PACKAGES["plain"](), {"xl/worksheets/sheet1.xml": lambda part: part.replace(old, new, 1)}
    )
    with pytest.raises(UnusualSheetError):
        annotate_package(package, notes_on(["C5", "D20"], [SHEET]), io.BytesIO())


def test_what_cannot_be_patched_is_copied_as_text_and_says_so() -> None:
    package = changed(
        PACKAGES["plain"](),
        {"xl/worksheets/sheet1.xml": lambda part: part.replace(b'<row r="9"', b'<row r="60"', 1)},
    )
    sink = io.BytesIO()
    marking = Marking({SHEET: {"B3": NOTE}}, str)
    (said,) = write_copy(Unlocked(FileKind.XLSX, package, had_password=False), marking, sink)
    assert said.startswith("原件内部的写法特殊")
    book = openpyxl.load_workbook(sink)
    assert book.sheetnames == [SHEET, "别的"]
    assert book[SHEET]["B3"].comment is not None
    assert book[SHEET]["A2"].value == "张10"


def test_what_is_no_package_becomes_a_workbook_of_its_texts(tmp_path: Path) -> None:
    path = tmp_path / "人口.csv"
    path.write_text("姓名,证件号码,收入\n张三,990101197003050015,=1+1\n李四,,\n", encoding="utf-8")
    sink = io.BytesIO()
    said = write_copy(unlock(path, None), Marking({"": {"B2": NOTE, "C3": NOTE, "E9": NOTE}}, str), sink)
    assert [remark for remark in said if remark.startswith("原件不是 .xlsx")]
    sheet = openpyxl.load_workbook(sink).worksheets[0]
    assert [[cell.value for cell in row[:3]] for row in sheet["A1:C3"]] == [
        ["姓名", "证件号码", "收入"],
        ["张三", "990101197003050015", "=1+1"],
        ["李四", None, None],
    ]
    assert sheet["C2"].data_type == "s"
    for cell in ("B2", "C3", "E9"):
        assert sheet[cell].fill.fgColor.rgb == "FFF8CBAD"
        assert sheet[cell].comment is not None


def test_a_copy_of_an_encrypted_workbook_has_no_password_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "人口.xlsx"
    path.write_bytes(encrypted(PACKAGES["plain"]()))
    sink = io.BytesIO()
    said = write_copy(unlock(path, PASSWORD), Marking({SHEET: {"B3": NOTE}}, str), sink)
    assert said == ("原件有打开密码，这份没有密码",)
    before, after = (
        parts(each)["xl/worksheets/sheet1.xml"] for each in (PACKAGES["plain"](), sink.getvalue())
    )
    assert_sheet(before, after, ONE)


def test_macros_stay_and_are_told_by_the_ending() -> None:
    def with_macros(part: bytes) -> bytes:
        return part.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )

    package = changed(
        PACKAGES["plain"](), {"[Content_Types].xml": with_macros}, {"xl/vbaProject.bin": b"\xd0\xcf"}
    )
    assert ending(Unlocked(FileKind.XLSX, package, had_password=False)) == ".xlsm"
    assert ending(Unlocked(FileKind.XLSX, PACKAGES["plain"](), had_password=False)) == ".xlsx"
    assert_faithful(package, SOME)


def test_sheets_whose_masked_names_are_alike_are_not_mixed_up() -> None:
    marking = Marking(
        {"990101***": {"A1": NOTE}, "乙": {"A1": NOTE}}, lambda name: re.sub(r"\d{12}$", "***", name)
    )
    notes, said = marking.of(["990101197003050015", "990101197208150028", "乙"])
    assert list(notes) == ["乙"]
    assert len(said) == 1


def test_the_same_twice_is_the_same_bytes() -> None:
    package = PACKAGES["everything"]()
    assert annotated(package, notes_on(SOME, [SHEET])) == annotated(package, notes_on(SOME, [SHEET]))


# What openpyxl leaves out of a workbook that LibreOffice wrote is none of our copy.
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", PACKAGES if is_night() else ("plain", "everything", "strict"))
def test_libreoffice_opens_and_saves_a_copy(name: str, tmp_path: Path) -> None:
    path = tmp_path / "copy.xlsx"
    path.write_bytes(annotated(PACKAGES[name](), notes_on(("D7", "F8"), [SHEET])))
    out = tmp_path / "out"
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    sheet = openpyxl.load_workbook(out / "copy.xlsx")[SHEET]
    for cell in ("D7", "F8"):
        assert sheet[cell].comment is not None
        assert "INC-04" in sheet[cell].comment.text
