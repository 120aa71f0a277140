"""The worksheets of ods files, with their evidence."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import IO
from zipfile import ZipFile

from lxml import etree

from fupin_audit.errors import EncryptedFileError
from fupin_audit.workbook.files.limits import ROWS
from fupin_audit.workbook.files.refusal import damaged_if_malformed
from fupin_audit.workbook.formats.sheet_facts import SheetFacts, SheetPart, is_long
from fupin_audit.workbook.formats.zip_parts import check_heads, part_name

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_HIDDEN = frozenset({"collapse", "filter"})
_TAGS = tuple(
    _TABLE + name for name in ("table", "table-column", "table-row", "table-cell", "covered-table-cell")
)


def sheet_parts(content: bytes) -> tuple[SheetPart, ...]:
    """The worksheets in order.

    Raises:
        DamagedFileError, EncryptedFileError, OverLimitError: it can't be read.
    """
    with damaged_if_malformed(), ZipFile(BytesIO(content)) as archive:
        check_heads(archive)
        _refuse_encrypted(archive)
        with archive.open(part_name(archive, "content.xml")) as stream:
            return tuple(_parts(stream))


def _refuse_encrypted(archive: ZipFile) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
        raise EncryptedFileError(
            "文件有打开密码", "ods 的密码无法由本工具打开，请在 WPS 或 LibreOffice 中去掉密码后另存"
        )


def _parts(stream: IO[bytes]) -> Iterator[SheetPart]:
    index = -1
    table = _OdsTable()
    for event, node in etree.iterparse(
        stream, ("start", "end"), tag=_TAGS, resolve_entities=False, no_network=True
    ):
        name = etree.QName(node).localname
        if name == "table":
            if event == "start":
                index, table = index + 1, _OdsTable()
            else:
                yield SheetPart(index, node.get(_TABLE + "name", ""), table.seen)
        elif event == "start":
            table.begin(name, node)
        else:
            table.end(name, node)


class _OdsTable:
    """Where the walk through one table stands."""

    def __init__(self) -> None:
        self.seen = SheetFacts()
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
                self.seen.hidden_rows.update(range(self._row, min(self._row + self._rows, ROWS)))
            self._row += self._rows
            node.clear()
        elif name.endswith("table-cell"):
            columns = _count(node, "number-columns-repeated")
            if node.get(_OFFICE + "value-type") or node.find(_TEXT) is not None:
                self._fill(node, columns)
            self._column += columns

    def _fill(self, node: etree._Element, columns: int) -> None:
        self.seen.see(self._row + self._rows - 1, self._column + columns - 1, self._rows * columns)
        if node.get(_OFFICE + "value-type") == "float" and is_long(node.get(_OFFICE + "value", "")):
            self.seen.long_numbers.add((self._row, self._column))
        height, width = _count(node, "number-rows-spanned"), _count(node, "number-columns-spanned")
        if height > 1 or width > 1:
            self.seen.merged.append(
                (self._row, self._column, self._row + height - 1, self._column + width - 1)
            )


def _count(node: etree._Element, attribute: str) -> int:
    return int(node.get(_TABLE + attribute, "1"))
