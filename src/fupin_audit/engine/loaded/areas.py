"""The towns of a run, and what is true of them or of their counties."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fupin_audit.results.place import Place

Mask = np.ndarray
_NAMED = 3  # areas that are named one by one
_NOWHERE = "没有写明县的行"


@dataclass(frozen=True)
class Areas:
    """Towns, and for what names no town their counties.

    Attributes:
        names: by their numbers.
        of_place: place number → number of its area.
        counties: those that are checked, by their numbers; a city that gives money is none.
    """

    names: Sequence[Place]
    of_place: np.ndarray
    counties: Sequence[str]

    @cached_property
    def county_of(self) -> np.ndarray:
        """Area → the number of its county; the number after the last where it lies in none."""
        numbers = {county: number for number, county in enumerate(self.counties)}
        return np.array([numbers.get(area.county, len(numbers)) for area in self.names])

    @cached_property
    def towns(self) -> Mask:
        """Which areas are towns."""
        return np.array([bool(area.town) for area in self.names]) & (self.county_of < len(self.counties))

    @cached_property
    def county_of_place(self) -> np.ndarray:
        """Place number → the number of its county, as `county_of` has it."""
        return np.asarray(self.county_of[self.of_place])

    def within(self, counties: Collection[str]) -> Mask:
        """Which areas lie in these counties."""
        return np.array([area.county in counties for area in self.names])

    def counted(self, places: np.ndarray) -> np.ndarray:
        """How many of the rows that lie in these places lie in each area."""
        return np.bincount(self.of_place[places], minlength=len(self.names))

    def by_county(self, numbers: np.ndarray) -> np.ndarray:
        """What numbers by area come to by county, those in no county left out."""
        return np.bincount(self.county_of, weights=numbers, minlength=len(self.counties) + 1)[:-1]

    def spread(self, counties: Mask) -> Mask:
        """By area what is true of its county; where it lies in none, what is true of all of them."""
        return np.asarray(np.append(counties, counties.all())[self.county_of])

    def told(self, areas: Iterable[int], among: Mask) -> str:
        """Names of areas, whole counties as such; `among` are those that could have been named."""
        chosen = np.isin(np.arange(len(self.names)), list(areas))
        names: list[str] = []
        for number, county in enumerate(self.counties):
            here = self.county_of == number
            if not (here & among & ~chosen).any() and (here & chosen).any():
                names.append(county)
            else:
                names += [str(self.names[area]) for area in np.flatnonzero(here & chosen).tolist()]
        if chosen[self.county_of == len(self.counties)].any():
            names.append(_NOWHERE)
        named = names[:_NAMED] if len(names) > _NAMED + 1 else names
        return "、".join(named) + (f"等{len(names)}处" if len(named) < len(names) else "")


def areas_of(places: Sequence[Place], counties: Collection[str]) -> Areas:
    """The areas of a run.

    Args:
        places: its places.
        counties: those that are checked; where it is one, what names none lies there.
    """
    only = next(iter(counties)) if len(counties) == 1 else ""
    areas = [Place(place.county or only, place.town) for place in places]
    numbers = {area: number for number, area in enumerate(dict.fromkeys(areas))}
    of_place = np.array([numbers[area] for area in areas], dtype=np.int32)
    return Areas(list(numbers), of_place, sorted(counties) or [""])
