"""The sections of a report on the screen: numbered as official papers are, the empty ones left out."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_audit.writing.console import RenderableType, Screen, Text
from fupin_audit.writing.wrapping import wrap

_ORDINALS = "一二三四五六七八九十"


def put_sections(screen: Screen, sections: Iterable[tuple[str, Iterable[RenderableType]]]) -> None:
    """Prints each section under its title as soon as it has anything to print."""
    ordinals = iter(_ORDINALS)
    for title, body in sections:
        headed = False
        for part in body:
            if not headed:
                screen.put(Text(), Text(f"{next(ordinals)}、{title}", style="bold underline"))
                headed = True
            screen.put(part)


def bullet(line: str, width: int) -> Text:
    """A sentence of a list, its further lines indented."""
    return Text("· " + "\n  ".join(wrap(line, width - 2)))
