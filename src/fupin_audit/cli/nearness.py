"""The word a user may have meant: case and width do not count, a slip of the finger is forgiven."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from unicodedata import normalize

_LEAST_ALIKE = 0.4


def near_hint(word: str, known: Collection[str]) -> str:
    """`，是不是“KEY-05”？`, or nothing where no word is near.

    >>> near_hint("key-05", ["KEY-04", "KEY-05"])
    '，是不是“KEY-05”？'
    """
    folded = {_folded(name): name for name in sorted(known)}
    near = get_close_matches(_folded(word), folded, n=1, cutoff=_LEAST_ALIKE)
    return f"，是不是“{folded[near[0]]}”？" if near else ""


def _folded(word: str) -> str:
    return normalize("NFKC", word).casefold().replace("_", "-")
