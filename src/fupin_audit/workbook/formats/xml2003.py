"""SpreadsheetML 2003, the one-file XML that older report servers export under the name `.xls`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO

from lxml import etree

from fupin_audit.workbook.files import limits
from fupin_audit.workbook.files.refusal import damaged_if_malformed
from fupin_audit.workbook.formats.grid import Cell, Grid
from fupin_audit.workbook.formats.layout import RowLayout
from fupin_audit.workbook.formats.sheet_facts import ERROR_TEXTS, SheetFacts, is_long
from fupin_audit.workbook.formats.stray_cells import within
from fupin_audit.workbook.formats.zip_parts import HEAD_BYTES, refuse_dtd

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
_TAGS = (_SS + "Worksheet", _SS + "Column", _SS + "Row", _VISIBLE)
_TRUTH = {"1": "TRUE", "0": "FALSE"}
_EXPONENT = 308  # of the largest number a spreadsheet holds


def read_xml(content: bytes) -> Iterator[Grid]:
    """The worksheets of the file.

    Raises:
        DamagedFileError: the XML is broken or declares a DTD.
        OverLimitError: it is too large to hold.
    """
    limits.check_markup(content)
    refuse_dtd(content[:HEAD_BYTES])
    with damaged_if_malformed():
        grids = tuple(_sheets(content))
    yield from grids


def _sheets(content: bytes) -> Iterator[Grid]:
    sheet, sheets = _Sheet(), 0
    events = etree.iterparse(
        BytesIO(content), ("start", "end"), tag=_TAGS, resolve_entities=False, no_network=True, huge_tree=True
    )
    for event, node in events:
        name = etree.QName(node).localname
        if event == "start":
            sheet = _Sheet() if name == "Worksheet" else sheet
        elif name == "Worksheet":
            limits.check_sheets(sheets := sheets + 1)
            yield sheet.grid(node.get(_SS + "Name", ""))
        elif name == "Row":
            sheet.add_row(node)
            node.clear()
        elif name == "Column":
            sheet.add_column(node)
        else:
            sheet.hidden = (node.text or "") != "SheetVisible"


class _Sheet:
    """One worksheet as far as it has been read."""

    def __init__(self) -> None:
        self.hidden = False
        self._layout = RowLayout()
        self._errors: dict[Cell, str] = {}
        self._seen = SheetFacts()
        self._columns = 0

    def add_column(self, node: etree._Element) -> None:
        named = _place(node)
        first = self._columns if named is None else named
        self._columns = first + 1 + int(node.get(_SS + "Span", "0"))
        if node.get(_SS + "Hidden") == "1":
            self._seen.hide_columns(first, self._columns - 1)

    def add_row(self, node: etree._Element) -> None:
        self._layout.next_row(_place(node))
        if node.get(_SS + "Hidden") == "1":
            self._seen.hidden_rows.add(len(self._layout.rows) - 1)
        for cell in node.iterchildren(_SS + "Cell"):
            self._add_cell(cell)
        self._layout.skip_rows(int(node.get(_SS + "Span", "0")))

    def _add_cell(self, cell: etree._Element) -> None:
        data = cell.find(_SS + "Data")
        text = "".join(map(str, data.itertext())) if data is not None else ""
        sort = data.get(_SS + "Type", "String") if data is not None else ""
        is_error = sort == "Error" or (sort == "Number" and text in ERROR_TEXTS)
        place = self._layout.put(
            None if is_error else _shown(text, sort) or None,
            column=_place(cell),
            height=1 + int(cell.get(_SS + "MergeDown", "0")),
            width=1 + int(cell.get(_SS + "MergeAcross", "0")),
        )
        if is_error:
            self._errors[place] = text
        elif sort == "Number" and is_long(text):
            self._seen.long_numbers.add(place)

    def grid(self, name: str) -> Grid:
        laid = self._layout.lay_out()
        return Grid(
            name,
            laid.columns,
            errors={cell: self._errors[cell] for cell in within(self._errors, laid.bounds)},
            long_numbers=frozenset(within(self._seen.long_numbers, laid.bounds)),
            merged=tuple(self._layout.merged),
            hidden=self.hidden,
            hidden_rows=frozenset(self._seen.hidden_rows),
            hidden_columns=frozenset(self._seen.hidden_columns),
            caveats=laid.caveats,
        )


def _place(node: etree._Element) -> int | None:
    """The place an element names, from 0; None where it follows the one before."""
    index = node.get(_SS + "Index")
    return int(index) - 1 if index else None


def _shown(text: str, sort: str) -> str:
    """The text the bulk reader would give for such a cell."""
    match sort:
        case "DateTime":
            return text.partition(".")[0].replace("T", " ")
        case "Boolean":
            return _TRUTH.get(text, text)
        case "Number" if "E" in text.upper():
            return _without_exponent(text)
    return text


def _without_exponent(text: str) -> str:
    """A number in full where a spreadsheet could hold it, else the text.

    >>> _without_exponent("9.9E+3"), _without_exponent("1E99999999"), _without_exponent("TRUE")
    ('9900', '1E99999999', 'TRUE')
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return format(number, "f") if number.is_finite() and abs(number.adjusted()) <= _EXPONENT else text
