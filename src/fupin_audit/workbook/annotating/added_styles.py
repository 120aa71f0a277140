"""A workbook's styles with filled ones put behind them: none is renumbered, none is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import partial

from lxml import etree

from fupin_audit.results.finding import Severity
from fupin_audit.workbook.annotating.small_parts import as_part, parsed

_BARE = (
    '<styleSheet xmlns="{}"><fonts><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)
# The order of the schema, as far as it stands before what may have to be put in.
_FILLS, _FORMATS = "fills", "cellXfs"
_BEFORE = {
    _FILLS: ("fonts", "numFmts"),
    _FORMATS: ("cellStyleXfs", "borders", "fills", "fonts", "numFmts"),
}
_FIXED = ("none", "gray125")  # the first two fills mean this, whatever stands there
_PLAIN = {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"}


class AddedStyles:
    """The styles part; what is added to it is known by its number."""

    def __init__(self, part: bytes | None, namespace: str, colours: Mapping[Severity, str]) -> None:
        self._root = parsed(part or _BARE.format(namespace).encode())
        self._namespace = etree.QName(self._root).namespace or namespace
        self._colours = colours
        self._formats = self._list(_FORMATS)
        if not len(self._formats):
            self._new(self._formats, "xf", _PLAIN)
        self._fills: dict[Severity, str] = {}
        self._made: dict[tuple[Severity, int], int] = {}

    def filled(self, severity: Severity) -> Callable[[int], int]:
        """What makes of a style the one that is filled besides."""
        return partial(self._filled, severity)

    def part(self) -> bytes:
        """The part as it is now."""
        for name in (_FILLS, _FORMATS):
            listed = self._list(name)
            listed.set("count", str(len(listed)))
        return as_part(self._root)

    def _filled(self, severity: Severity, style: int) -> int:
        known = self._made.get((severity, style))
        if known is None:
            # A number beyond the list, which a few writers give, means the first for every reader.
            base = self._formats[style if style < len(self._formats) else 0]
            made = deepcopy(base)
            made.set("fillId", self._fill(severity))
            made.set("applyFill", "1")
            self._formats.append(made)
            known = self._made[severity, style] = len(self._formats) - 1
        return known

    def _fill(self, severity: Severity) -> str:
        if severity not in self._fills:
            fills = self._list(_FILLS)
            for pattern in _FIXED[len(fills) :]:
                self._new(self._new(fills, "fill"), "patternFill", {"patternType": pattern})
            fill = self._new(self._new(fills, "fill"), "patternFill", {"patternType": "solid"})
            self._new(fill, "fgColor", {"rgb": "FF" + self._colours[severity].removeprefix("#")})
            self._new(fill, "bgColor", {"indexed": "64"})
            self._fills[severity] = str(len(fills) - 1)
        return self._fills[severity]

    def _list(self, name: str) -> etree._Element:
        found = self._root.find(f"{{{self._namespace}}}{name}")
        if found is not None:
            return found
        made = etree.Element(f"{{{self._namespace}}}{name}", nsmap=None)
        before = (self._root.find(f"{{{self._namespace}}}{other}") for other in _BEFORE[name])
        after = next((node for node in before if node is not None), None)
        self._root.insert(0 if after is None else self._root.index(after) + 1, made)
        return made

    def _new(
        self, parent: etree._Element, name: str, attributes: Mapping[str, str] | None = None
    ) -> etree._Element:
        return etree.SubElement(parent, f"{{{self._namespace}}}{name}", dict(attributes or {}))
