"""JSON written piece by piece, so that no size is too large."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from fupin_audit.writing.one_line import escaped


def dump_object(parts: Mapping[str, object], sink: BinaryIO) -> None:
    """Writes one JSON object, a name a line; an iterator becomes an array with an item a line."""
    for text in _object(parts):
        sink.write(text.encode("utf-8"))


def _object(parts: Mapping[str, object]) -> Iterator[str]:
    separator = "{\n"
    for name, value in parts.items():
        yield f"{separator}{as_json(name)}: "
        yield from _array(value) if isinstance(value, Iterator) else (as_json(value),)
        separator = ",\n"
    yield "\n}\n"


def _array(items: Iterator[object]) -> Iterator[str]:
    separator = "[\n"
    empty = True
    for item in items:
        yield separator + as_json(item)
        separator, empty = ",\n", False
    yield "[\n]" if empty else "\n]"


def as_json(value: object, indent: int | None = None, default: Callable[[Any], object] | None = None) -> str:
    """JSON that may be printed as it is: what could steer a terminal or hide in it is escaped."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent, default=default))
