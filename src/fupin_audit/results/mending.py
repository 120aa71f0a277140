"""How far the findings of earlier runs are mended, as a letter without personal data tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mending:
    """Sentences, and a table of towns with numbers as texts."""

    lines: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
