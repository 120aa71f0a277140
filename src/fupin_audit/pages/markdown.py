"""Markdown as GitHub reads it: text that stays text, headings, lists, tables, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")
_BREAKS = re.compile(r" (?=(?:AND|OR|WHEN|ELSE|END)\b)")
_LONGEST_LINE = 80
_GONE_FROM_ANCHORS = re.compile(r"[^\w\- ]")


def text(words: object) -> str:
    """The words as they are: nothing in them is taken for markup."""
    return _SPECIAL.sub(r"\\\1", str(words)).replace("\n", "<br>")


def code(words: str) -> str:
    """The words as code within a line; a table cell may hold them."""
    return f"`{words.replace('|', chr(92) + '|')}`" if words else ""


def expression(words: str) -> str:
    """A rule's expression on lines of its own, a long one broken before AND, OR, WHEN, ELSE."""
    lines = [""]
    for piece in _BREAKS.split(words):
        if lines[-1] and len(lines[-1]) + len(piece) >= _LONGEST_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {piece}".strip()
    return "```sql\n" + "\n".join(lines) + "\n```"


def heading(words: str, level: int = 1) -> str:
    """A heading; GitHub makes an anchor of it."""
    return f"{'#' * level} {text(words)}"


def anchor(words: str) -> str:
    """The anchor GitHub makes of a heading."""
    return _GONE_FROM_ANCHORS.sub("", words.strip().lower()).replace(" ", "-")


def link(words: str, target: str) -> str:
    """A link to another page."""
    return f"[{text(words)}]({target})"


def bullets(items: Iterable[tuple[str, str]]) -> str:
    """A list of labelled values; the values are Markdown."""
    return "\n".join(f"- **{text(label)}**：{value}" for label, value in items)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown."""
    lines = [tuple(map(text, headers)), ("---",) * len(headers), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def page(parts: Iterable[str]) -> str:
    """The parts as a file, a blank line between them; empty ones are left out."""
    return "\n\n".join(part for part in parts if part) + "\n"
