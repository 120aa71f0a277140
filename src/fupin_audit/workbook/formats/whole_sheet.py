"""A worksheet's XML in which the bulk reader finds all there is."""

from __future__ import annotations

import re

from fupin_audit.errors import DamagedFileError
from fupin_audit.workbook.files.refusal import RESAVE
from fupin_audit.workbook.formats.grid import Cell
from fupin_audit.workbook.formats.sheet_facts import Stream

_TABLE = re.compile(rb"<(?:[\w.-]+:)?sheetData[\s/>]")
_WRAPPED_VALUE = re.compile(rb"<(?:[\w.-]+:)?v(?:\s[^>]*)?>[^<]*<!\[CDATA\[")
_OVERLAP = 1 << 16  # bytes, lest a passage is missed because it stands on both sides of a cut


class WholeSheet:
    """The XML being read, refused where it holds what the bulk reader passes over in silence."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._before = b""
        self._tables = 0

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes.

        Raises:
            DamagedFileError: a second table, or a value written as a CDATA section.
        """
        chunk = self._stream.read(size)
        text = self._before + chunk
        # One byte, which few sheets have at all, is looked for at many times the speed of several.
        if b"h" in text and b"sheetData" in text:
            self._tables += len(_TABLE.findall(text)) - len(_TABLE.findall(self._before))
        if self._tables > 1 or (b"!" in text and b"<![CDATA[" in text and _WRAPPED_VALUE.search(text)):
            raise DamagedFileError("工作表的写法不合规定，有的单元格会读不到", RESAVE)
        self._before = text[-_OVERLAP:]
        return chunk


class TakenPlaces:
    """Where cells stand; of two at one place the readers would take the second in silence."""

    def __init__(self) -> None:
        self._columns: dict[int, int] = {}  # of each row, as bits

    def take(self, place: Cell) -> bool:
        """Note one more; whether the place was free."""
        row, column = place
        taken, this = self._columns.get(row, 0), 1 << column
        self._columns[row] = taken | this
        return not taken & this
