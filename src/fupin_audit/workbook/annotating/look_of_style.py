"""The styles of a workbook in the words of XlsxWriter."""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree
from openpyxl.styles.colors import COLOR_INDEX

from fupin_audit.workbook.annotating.sheet_look import Look
from fupin_audit.workbook.annotating.small_parts import parsed

_SIDES = ("left", "right", "top", "bottom")
_LINES = {
    name: number
    for number, name in enumerate(
        (
            *("thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed", "dashDot"),
            *("mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot"),
        ),
        start=1,
    )
}
_ACROSS = frozenset({"left", "center", "right", "fill", "justify", "distributed"})
_DOWN = {"top": "top", "center": "vcenter", "justify": "vjustify", "distributed": "vdistributed"}
_FALSE = frozenset({"0", "false"})
_SWAPPED = {0: 1, 1: 0, 2: 3, 3: 2}  # colours of a theme: light and dark are numbered the other way round


class StyleLooks:
    """The looks of a workbook's styles by number.

    Args:
        styles, theme: the parts; None where there is none.
    """

    def __init__(self, styles: bytes | None, theme: bytes | None) -> None:
        self._root = parsed(styles) if styles else None
        self._theme = _theme_colours(theme)
        self._fonts = self._made("fonts", self._font)
        self._fills = self._made("fills", self._fill)
        self._borders = self._made("borders", self._border)
        self._looks = self._made("cellXfs", self._look)

    def of(self, number: int) -> Look:
        """The look of a style; that of the first where there is no such style."""
        if not self._looks:
            return {}
        return self._looks[number if number < len(self._looks) else 0]

    def _made(self, name: str, make: Callable[[etree._Element], Look]) -> Sequence[Look]:
        listed = None if self._root is None else self._root.find(f"{{*}}{name}")
        return [] if listed is None else [make(node) for node in listed.iterchildren("{*}*")]

    def _look(self, node: etree._Element) -> Look:
        look: dict[str, Any] = {}
        for parts, key in ((self._fonts, "fontId"), (self._fills, "fillId"), (self._borders, "borderId")):
            at = int(node.get(key, "0"))
            look |= parts[at] if at < len(parts) else {}
        alignment = node.find("{*}alignment")
        if alignment is not None:
            look |= _aligned(alignment)
        return look

    def _font(self, node: etree._Element) -> Look:
        look: dict[str, Any] = {}
        for name, key, read in (("name", "font_name", str), ("sz", "font_size", float)):
            found = node.find(f"{{*}}{name}")
            if found is not None and (value := found.get("val")):
                look[key] = read(value)
        for name, key in (("b", "bold"), ("i", "italic"), ("u", "underline"), ("strike", "font_strikeout")):
            found = node.find(f"{{*}}{name}")
            if found is not None and found.get("val", "1") not in _FALSE | {"none"}:
                look[key] = True
        if colour := self._colour(node.find("{*}color")):
            look["font_color"] = colour
        return look

    def _fill(self, node: etree._Element) -> Look:
        pattern = node.find("{*}patternFill")
        if pattern is None or pattern.get("patternType") != "solid":
            return {}
        colour = self._colour(pattern.find("{*}fgColor"))
        return {"bg_color": colour, "pattern": 1} if colour else {}

    def _border(self, node: etree._Element) -> Look:
        look: dict[str, Any] = {}
        for side in _SIDES:
            found = node.find(f"{{*}}{side}")
            if found is not None and (line := _LINES.get(found.get("style", ""))):
                look[side] = line
                if colour := self._colour(found.find("{*}color")):
                    look[f"{side}_color"] = colour
        return look

    def _colour(self, node: etree._Element | None) -> str | None:
        """As `#RRGGBB`; None where the program chooses it."""
        if node is None:
            return None
        number = ""
        if rgb := node.get("rgb"):
            number = rgb[-6:]
        elif (index := node.get("indexed")) and int(index) < len(COLOR_INDEX):
            number = COLOR_INDEX[int(index)][-6:]
        elif theme := node.get("theme"):
            at = _SWAPPED.get(int(theme), int(theme))
            number = self._theme[at] if at < len(self._theme) else ""
        return f"#{_tinted(number, float(node.get('tint', '0')))}" if number else None


def _theme_colours(theme: bytes | None) -> Sequence[str]:
    scheme = parsed(theme).find(".//{*}clrScheme") if theme else None
    if scheme is None:
        return ()
    named = (next(iter(entry), None) for entry in scheme.iterchildren("{*}*"))
    return ["" if node is None else node.get("lastClr") or node.get("val") or "" for node in named]


def _tinted(number: str, tint: float) -> str:
    """A colour made lighter, or darker where the tint is below 0."""
    if not tint:
        return number
    parts = (int(number[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(*parts)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, full))


def _aligned(node: etree._Element) -> Look:
    look: dict[str, Any] = {}
    if (across := node.get("horizontal")) in _ACROSS:
        look["align"] = across
    if down := _DOWN.get(node.get("vertical", "")):
        look["valign"] = down
    if node.get("wrapText", "0") not in _FALSE:
        look["text_wrap"] = True
    return look
