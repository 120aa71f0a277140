"""Findings of the counties that are done with: packed while further ones are judged, which takes little memory."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Sequence

from fupin_audit.results.finding import Finding

_QUICKLY = 1  # how hard to press


class KeptFindings:
    """Findings, county by county, in the order they came in."""

    def __init__(self, first: Sequence[Finding]) -> None:
        self._packed: list[bytes] = []
        self.add(first)

    def add(self, found: Sequence[Finding]) -> None:
        """Keep what was found in one more county."""
        self._packed.append(zlib.compress(pickle.dumps(list(found), pickle.HIGHEST_PROTOCOL), _QUICKLY))

    @property
    def size(self) -> int:
        """Bytes that they take."""
        return sum(map(len, self._packed))

    def all(self) -> list[Finding]:
        """All of them; what is kept of them is let go."""
        found: list[Finding] = []
        while self._packed:
            found += pickle.loads(zlib.decompress(self._packed.pop(0)))
        return found
