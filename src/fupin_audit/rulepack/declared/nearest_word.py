"""The right word nearest to a wrong one, for refusals."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, words: Iterable[str]) -> str:
    """`，最接近的是“…”`, or nothing when no word is near."""
    from rapidfuzz import fuzz, process  # only a wrong name needs it

    found = process.extractOne(word, list(words), scorer=fuzz.ratio, score_cutoff=50, processor=str.casefold)
    return f"，最接近的是“{found[0]}”" if found else ""
