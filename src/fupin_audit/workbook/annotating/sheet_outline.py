"""What stands before and behind the rows of a worksheet's XML, found before it is patched: it says what to patch."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from xml.parsers.expat import ExpatError, ParserCreate

from fupin_audit.workbook.annotating.row_patch import UnusualSheetError
from fupin_audit.workbook.formats.references import range_place
from fupin_audit.workbook.formats.sheet_facts import Range, Stream

CHUNK = 1 << 20
_MOST = 256 << 20  # bytes before or behind the rows
_ENCODING = re.compile(rb"<\?xml[^>]*\sencoding\s*=\s*[\"'](?!(?:utf-8|us-ascii)[\"'])", re.IGNORECASE)
_ROOT = re.compile(rb"<((?:[\w.-]+:)?)worksheet(?=[\s>])[^>]*>")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?col(?=\s)([^>]*)>")
_NUMBERS = re.compile(rb"\s(min|style)\s*=\s*[\"'](\d{1,9})[\"']")
_TRUE = frozenset({"1", "true"})
_ALTERNATIVES = "AlternateContent"
# What the schema puts behind the drawing of the notes.
_BEHIND = frozenset(
    (
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects"),
        *("controls", "webPublishItems", "tableParts", "extLst"),
    )
)


@dataclass
class Tail:
    """What follows the rows.

    Attributes:
        text: its bytes, from the closing tag of `sheetData` on.
        cut: where in it the drawing of the notes belongs.
        relation: the relation of the drawing there is; empty where there is none.
        merged: merged ranges.
        protected: cells may not be changed without a password.
    """

    text: bytes
    cut: int = -1
    relation: str = ""
    merged: list[Range] = field(default_factory=list)
    protected: bool = False


@dataclass(frozen=True)
class SheetOutline:
    """A worksheet's XML.

    Attributes:
        prefix: of its tags, with the colon.
        head: what stands before the rows.
        rows: where in the part the rows begin and end.
        columns: (column from which on it holds, style).
        tail: what follows the rows.
    """

    prefix: bytes
    head: bytes
    rows: tuple[int, int]
    columns: tuple[tuple[int, int], ...]
    tail: Tail

    def column_style(self, column: int) -> int:
        """The style of cells that are not there yet."""
        at = bisect_right(self.columns, column, key=lambda known: known[0]) - 1
        return self.columns[at][1] if at >= 0 else 0


def outline(stream: Stream) -> SheetOutline:
    """Goes through a worksheet's XML without looking at its rows.

    Raises:
        UnusualSheetError: it is in another encoding, or has no rows.
    """
    text = b""
    opening = None
    while opening is None:
        text += _more(stream, text)
        root = _ROOT.search(text)
        opening = re.compile(rb"<%ssheetData\s*(/?)>" % root[1]).search(text) if root else None
    if root is None or _ENCODING.search(text, 0, root.start()):
        raise UnusualSheetError
    closing = b"</%ssheetData>" % root[1]
    head, start, rest = text[: opening.end()], opening.end(), text[opening.end() :]
    if opening[1]:  # no rows yet
        head, rest = text[: opening.start()] + b"<%ssheetData>" % root[1], closing + rest
    end = start
    while (at := rest.find(closing)) < 0:
        passed = max(0, len(rest) - len(closing))
        end, rest = end + passed, rest[passed:]
        rest += _more(stream, b"")
    return SheetOutline(
        prefix=root[1],
        head=head,
        rows=(start, end + at),
        columns=tuple(_columns(head)),
        tail=_tail(root[0] + b"<%ssheetData>" % root[1], rest[at:] + _all(stream)),
    )


def _more(stream: Stream, before: bytes) -> bytes:
    """The next bytes.

    Raises:
        UnusualSheetError: there are none, or too many have come already.
    """
    chunk = stream.read(CHUNK)
    if not chunk or len(before) > _MOST:
        raise UnusualSheetError
    return chunk


def _all(stream: Stream) -> bytes:
    chunks = []
    for number, chunk in enumerate(iter(partial(stream.read, CHUNK), b"")):
        if number * CHUNK > _MOST:
            raise UnusualSheetError
        chunks.append(chunk)
    return b"".join(chunks)


def _columns(head: bytes) -> list[tuple[int, int]]:
    """Where the style of columns changes; those that are not named have none."""
    found: list[tuple[int, int]] = []
    for column in _COLUMN.finditer(head):
        said = {name: int(number) for name, number in _NUMBERS.findall(column[1])}
        last = re.search(rb"\smax\s*=\s*[\"'](\d{1,5})[\"']", column[1])
        if b"min" in said and last:
            found = [known for known in found if known[0] < said[b"min"] - 1]
            found += [(said[b"min"] - 1, said.get(b"style", 0)), (int(last[1]), 0)]
    return found


class _TailReader:
    """Takes what the parser meets."""

    def __init__(self, text: bytes, opening: int) -> None:
        self.found = Tail(text, len(text))
        self._opening = opening
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._depth = 0
        self._child = 0  # where the child of the root begins
        self._alternatives = False

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if self._depth == 1:
            self._child = self.parser.CurrentByteIndex - self._opening
            self._alternatives = local == _ALTERNATIVES
        if (self._depth == 1 or self._alternatives) and local in _BEHIND:
            self.found.cut = min(self.found.cut, self._child)
        if self._depth == 1:
            self._take(local, attributes)
        elif local == "mergeCell" and (merged := range_place(attributes.get("ref", ""))):
            self.found.merged.append(merged)
        self._depth += 1

    def _take(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "legacyDrawing":
            self.found.relation = next((v for k, v in attributes.items() if k.endswith(" id")), "")
        elif local == "sheetProtection":
            self.found.protected = attributes.get("sheet") in _TRUE

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._depth == 0:
            self.found.cut = min(self.found.cut, self.parser.CurrentByteIndex - self._opening)


def _tail(opening: bytes, text: bytes) -> Tail:
    reader = _TailReader(text, len(opening))
    try:
        reader.parser.Parse(opening)
        reader.parser.Parse(text, True)
    except ExpatError as error:
        raise UnusualSheetError from error
    return reader.found
