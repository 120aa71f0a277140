"""What a place promises that a clean county cannot keep everywhere alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """A place's own figures; what all places can keep at once needs none here.

    Attributes:
        all_rebuilt: every unsafe house had to be rebuilt within the audit year (危改期限).
        rebuilding: 危改补助D, in yuan.
    """

    all_rebuilt: bool = False
    rebuilding: float | None = None


_ELSEWHERE = Figures()
_BY_PLACE = {
    "抚顺市": Figures(all_rebuilt=True),
    "新宾满族自治县": Figures(all_rebuilt=True, rebuilding=40000.0),
    "云阳县": Figures(all_rebuilt=True),
}


def figures(place: dict[str, str]) -> Figures:
    """The figures of the county, else of its city, else none."""
    return _BY_PLACE.get(place["县"]) or _BY_PLACE.get(place["市"]) or _ELSEWHERE
