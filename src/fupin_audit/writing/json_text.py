"""JSON written piece by piece, so that no size is too large."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO


def dump_object(parts: Mapping[str, object], sink: BinaryIO) -> None:
    """Writes one JSON object, a name a line; an iterator becomes an array with an item a line."""
    for text in _object(parts):
        # Only a lone surrogate, from a file name in a foreign encoding, can't be written as UTF-8;
        # written as `\\udcb4` it is valid JSON.
        sink.write(text.encode("utf-8", errors="backslashreplace"))


def _object(parts: Mapping[str, object]) -> Iterator[str]:
    separator = "{\n"
    for name, value in parts.items():
        yield f"{separator}{_text(name)}: "
        yield from _array(value) if isinstance(value, Iterator) else (_text(value),)
        separator = ",\n"
    yield "\n}\n"


def _array(items: Iterator[object]) -> Iterator[str]:
    separator = "[\n"
    empty = True
    for item in items:
        yield separator + _text(item)
        separator, empty = ",\n", False
    yield "[\n]" if empty else "\n]"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
