"""Ranks that a name gives, the same on every machine."""

from __future__ import annotations

from hashlib import blake2b

_BYTES = 8


def rank(*words: str) -> int:
    """A number that these words alone decide, and that no other words come near."""
    return int.from_bytes(blake2b("\x1f".join(words).encode(), digest_size=_BYTES).digest(), "big")


def share(*words: str) -> float:
    """The same, from 0 to 1."""
    return rank(*words) / float(1 << 8 * _BYTES)
