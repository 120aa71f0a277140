"""A proper, slow pass over a worksheet's XML, for sheets that `sheet_scan` can't take."""

from __future__ import annotations

from lxml import etree

from fupin_audit.errors import DamagedFileError
from fupin_audit.workbook.files import limits
from fupin_audit.workbook.files.refusal import RESAVE
from fupin_audit.workbook.formats.references import cell_place, range_place
from fupin_audit.workbook.formats.sheet_facts import SheetFacts, Stream, is_long
from fupin_audit.workbook.formats.stray_cells import place_name
from fupin_audit.workbook.formats.whole_sheet import TakenPlaces

_TRUE = frozenset({"1", "true"})
_TAGS = ("{*}row", "{*}c", "{*}col", "{*}mergeCell")


def parse_sheet(stream: Stream, seen: SheetFacts) -> SheetFacts:
    """What the XML of one worksheet tells, added to what was seen; rows and cells without a number follow the one before.

    Raises:
        lxml.etree.XMLSyntaxError, ValueError: the XML is broken.
        OverLimitError: a cell stands where no sheet has one.
        DamagedFileError: two cells stand at one place.
    """
    row = column = -1
    taken = TakenPlaces()
    for event, node in etree.iterparse(
        stream, ("start", "end"), tag=_TAGS, resolve_entities=False, no_network=True
    ):
        name = etree.QName(node).localname
        if event == "start":
            if name == "row":
                row, column = int(node.get("r", row + 2)) - 1, -1
            continue
        if name == "c":
            place = cell_place(node.get("r", "").upper()) or (row, column + 1)
            limits.check_place(*place, place_name(place))
            if len(node) and not taken.take(place):
                raise DamagedFileError(f"工作表里写了两个 {place_name(place)}，有的单元格会读不到", RESAVE)
            _tell_cell(node, *place, seen)
            column = place[1]
        else:
            _tell_layout(node, name, row, seen)
        _forget(node)
    return seen


def _tell_cell(node: etree._Element, row: int, column: int, seen: SheetFacts) -> None:
    if len(node):
        seen.see(row, column)
    value = node.findtext("{*}v")
    if value and node.get("t", "n") == "n" and is_long(value):
        seen.see_long_number(row, column)
    if not value and node.get("t") != "str" and node.find("{*}f") is not None:
        seen.see_uncomputed(row, column)


def _tell_layout(node: etree._Element, name: str, row: int, seen: SheetFacts) -> None:
    hidden = node.get("hidden") in _TRUE
    if name == "row" and hidden:
        seen.hidden_rows.add(row)
    elif name == "col" and hidden:
        seen.hide_columns(int(node.get("min", "1")) - 1, int(node.get("max", "1")) - 1)
    elif name == "mergeCell" and (merged := range_place(node.get("ref", ""))):
        seen.merged.append(merged)


def _forget(node: etree._Element) -> None:
    """Drop what has been read, so that memory stays flat."""
    node.clear()
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]
