"""Columns that offices' lists have and no rule needs: known, not remarked on, kept as they are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import yaml

from fupin_audit.resources import folder

_FILE = "known_headers.yaml"
_ANYWHERE = "各种台账"


@cache
def known_headers(title: str) -> Mapping[str, str]:
    """Header → the name it is kept under, of columns that only lists of this ledger have."""
    names: Mapping[str, list[str]] = _file().get(title, {})
    return {header: name for name, others in names.items() for header in (name, *others)}


@cache
def known_anywhere() -> frozenset[str]:
    """Headers that any list may have."""
    return frozenset(_file()[_ANYWHERE])


@cache
def _file() -> Mapping[str, Mapping[str, list[str]]]:
    text = (folder("rules") / _FILE).read_text(encoding="utf-8")
    content: Mapping[str, Mapping[str, list[str]]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return content
