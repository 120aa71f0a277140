"""The worksheets of ods files, with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from fupin_audit.errors import EncryptedFileError
from fupin_audit.workbook.files import limits
from fupin_audit.workbook.files.refusal import damaged_if_malformed
from fupin_audit.workbook.formats.sheet_facts import UNKNOWN_ERROR, SheetFacts, SheetPart, is_long
from fupin_audit.workbook.formats.stray_cells import Filled
from fupin_audit.workbook.formats.zip_parts import Part, check_parts, part_name, with_parts_changed

_CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_CELL_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_NAME_ELSEWHERE = "'#"  # 'file:///…'#Sheet1
_HIDDEN = frozenset({"collapse", "filter"})
_TAGS = tuple(
    _TABLE + name for name in ("table", "table-column", "table-row", "table-cell", "covered-table-cell")
)

Events = Iterable[tuple[str, etree._Element]]


def sheet_parts(content: bytes) -> tuple[SheetPart, ...]:
    """The worksheets in order.

    Raises:
        DamagedFileError, EncryptedFileError, OverLimitError: it can't be read.
    """
    with damaged_if_malformed(), ZipFile(BytesIO(content)) as archive:
        check_parts(archive)
        _refuse_encrypted(archive)
        parts = _walk(_events(archive), {})
        if not any(part.evidence.is_scattered for part in parts):
            return parts
        scattered = {part.index: SheetFacts(places=Filled()) for part in parts if part.evidence.is_scattered}
        _walk(_events(archive), scattered)
        return _walk(_events(archive), _near(scattered))


def _near(scattered: Mapping[int, SheetFacts]) -> dict[int, SheetFacts]:
    """Facts of the tables from which a few cells stand far away, bounded to the tables."""
    found = {index: seen.places.bounds() for index, seen in scattered.items() if seen.places}
    return {index: SheetFacts(bounds=bounds) for index, bounds in found.items() if bounds}


def without_far_cells(content: bytes, parts: Sequence[SheetPart]) -> bytes:
    """The workbook without the cells that stand far away from its tables.

    Raises:
        OverLimitError: it is too large to be held as a tree.
        lxml.etree.XMLSyntaxError: it is no XML.
    """
    bounded = {part.index: SheetFacts(bounds=part.evidence.bounds) for part in parts if part.evidence.far}

    def change(xml: bytes) -> bytes:
        limits.check_markup(xml)
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
        _walk(etree.iterwalk(root, ("start", "end"), _TAGS), bounded, keep=True)
        return etree.tostring(root)

    return with_parts_changed(content, {_CONTENT: change})


def _refuse_encrypted(archive: ZipFile) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
        raise EncryptedFileError(
            "文件有打开密码", "ods 的密码无法由本工具打开，请在 WPS 或 LibreOffice 中去掉密码后另存"
        )


def _events(archive: ZipFile) -> Events:
    part = Part(archive, part_name(archive, _CONTENT))
    events: Events = etree.iterparse(
        part, ("start", "end"), tag=_TAGS, resolve_entities=False, no_network=True
    )
    return events


def _walk(events: Events, wanted: Mapping[int, SheetFacts], *, keep: bool = False) -> tuple[SheetPart, ...]:
    """The tables in order.

    Args:
        events: of their elements.
        wanted: position of a table → what to add its facts to, where not to new ones.
        keep: leave the elements as they are, but for cells out of bounds.
    """
    parts: list[SheetPart] = []
    index, table = 0, _OdsTable(SheetFacts(), keep)
    for event, node in events:
        name = etree.QName(node).localname
        if name == "table" and event == "start":
            table = _OdsTable(wanted.get(index, SheetFacts()), keep)
        elif name == "table":
            if not _is_of_another_file(node):
                parts.append(SheetPart(index, node.get(_TABLE + "name", ""), table.seen))
            index += 1
            limits.check_sheets(index)
        elif event == "start":
            table.begin(name, node)
        else:
            table.end(name, node)
    return tuple(parts)


def _is_of_another_file(table: etree._Element) -> bool:
    """What LibreOffice keeps of a workbook that formulas refer to, and shows to nobody."""
    return (
        _NAME_ELSEWHERE in table.get(_TABLE + "name", "") and table.find(_TABLE + "table-source") is not None
    )


class _OdsTable:
    """Where the walk through one table stands."""

    def __init__(self, seen: SheetFacts, keep: bool) -> None:
        self.seen = seen
        self._keep = keep
        self._row = 0
        self._column = 0
        self._rows = 1  # how often the row being read is repeated
        self._declared = 0

    def begin(self, name: str, node: etree._Element) -> None:
        if name == "table-column":
            first, self._declared = self._declared, self._declared + _count(node, "number-columns-repeated")
            if node.get(_TABLE + "visibility") in _HIDDEN:
                self.seen.hide_columns(first, self._declared - 1)
        elif name == "table-row":
            self._column = 0
            self._rows = _count(node, "number-rows-repeated")

    def end(self, name: str, node: etree._Element) -> None:
        if name == "table-row":
            if node.get(_TABLE + "visibility") in _HIDDEN:
                self.seen.hidden_rows.update(range(self._row, min(self._row + self._rows, limits.ROWS)))
            self._row += self._rows
            if not self._keep:
                node.clear()
        elif name.endswith("table-cell"):
            columns = _count(node, "number-columns-repeated")
            if node.find(_TEXT) is not None or any(
                name.startswith(_OFFICE) for name in map(str, node.attrib)
            ):
                self._fill(node, columns)
            self._column += columns

    def _fill(self, node: etree._Element, columns: int) -> None:
        row, column = self._row + self._rows - 1, self._column + columns - 1
        self.seen.see(row, column, self._rows * columns)
        if self._keep and not self.seen.bounds.hold(row, column):
            node.clear()
        if node.get(_OFFICE + "value-type") == "float" and is_long(node.get(_OFFICE + "value", "")):
            self.seen.see_long_number(self._row, self._column)
        if node.get(_CELL_KIND) == "error" and self.seen.bounds.hold(row, column):
            self.seen.errors[self._row, self._column] = node.findtext(_TEXT) or UNKNOWN_ERROR
        height, width = _count(node, "number-rows-spanned"), _count(node, "number-columns-spanned")
        if height > 1 or width > 1:
            self.seen.merged.append(
                (self._row, self._column, self._row + height - 1, self._column + width - 1)
            )


def _count(node: etree._Element, attribute: str) -> int:
    return int(node.get(_TABLE + attribute, "1"))
