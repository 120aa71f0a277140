"""The verdicts of a rule by place, in little memory: hundreds of rules have them of thousands of villages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fupin_audit.results.place import Place
from fupin_audit.results.rule_run import Counts


@dataclass(frozen=True)
class PrintedPlaces:
    """The places of a run by their numbers, as a report prints them: several may be printed alike."""

    names: Sequence[Place]

    @cached_property
    def first(self) -> Mapping[Place, int]:
        """Printed place → the first number it has."""
        found: dict[Place, int] = {}
        for number, place in enumerate(self.names):
            found.setdefault(place, number)
        return found


class PlaceCounts(Mapping[Place, Counts]):
    """Place → its verdicts.

    Args:
        places: of the run.
        numbers: those that have verdicts, ascending, each the first of its printed place.
        counts: of each what passed, failed and was undecided.
        others: the verdicts of whole towns and counties.
    """

    def __init__(
        self, places: PrintedPlaces, numbers: np.ndarray, counts: np.ndarray, others: Mapping[Place, Counts]
    ) -> None:
        self._places, self._others = places, others
        self._numbers, self._counts = numbers.astype(np.int32), counts.astype(np.int32)

    def __getitem__(self, place: Place) -> Counts:
        number = self._places.first.get(place)
        if number is None:
            return self._others[place]
        at = int(np.searchsorted(self._numbers, number))
        if at == len(self._numbers) or self._numbers[at] != number:
            raise KeyError(place)
        return Counts(*self._counts[at].tolist())

    def __iter__(self) -> Iterator[Place]:
        yield from (self._places.names[number] for number in self._numbers.tolist())
        yield from self._others

    def __len__(self) -> int:
        return len(self._numbers) + len(self._others)

    def under(self, places: PrintedPlaces) -> PlaceCounts:
        """The same, of a run that has the same places."""
        return PlaceCounts(places, self._numbers, self._counts, self._others)

    @classmethod
    def together(cls, several: Sequence[PlaceCounts]) -> PlaceCounts:
        """All of these, of runs that have the same places."""
        every = [np.zeros(0, dtype=np.int32), *(each._numbers for each in several)]
        numbers, at = np.unique(np.concatenate(every), return_inverse=True)
        counts = np.zeros((len(numbers), 3), dtype=np.int64)
        np.add.at(counts, at, np.concatenate([counts[:0], *(each._counts for each in several)]))
        others: dict[Place, Counts] = {}
        for each in several:
            for place, own in each._others.items():
                others[place] = others.get(place, Counts()) + own
        return cls(several[0]._places if several else PrintedPlaces(()), numbers, counts, others)
