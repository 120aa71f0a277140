"""What is said of a draw: its villages, its checkers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from fupin_audit.followup.sampling.drawing import Risk
from fupin_audit.followup.sampling.field_sample import Sample
from fupin_audit.followup.sampling.manifest import Manifest
from fupin_audit.results.place import Place


@dataclass(frozen=True, slots=True)
class DrawTally:
    """Households of a place, how many were drawn, how many of these for certain as the worst."""

    place: Place
    households: int
    drawn: int
    worst: int

    def __add__(self, other: DrawTally) -> DrawTally:
        return DrawTally(
            self.place,
            self.households + other.households,
            self.drawn + other.drawn,
            self.worst + other.worst,
        )


@dataclass(frozen=True, slots=True)
class Load:
    """What one checker is to do; an empty name stands for visits nobody may make."""

    checker: str
    visits: int
    villages: int
    days: int


def village_tallies(manifest: Manifest) -> list[DrawTally]:
    """One tally a village, in order of place."""
    drawn = [0] * len(manifest.strata)
    for visit in manifest.visits:
        drawn[visit.stratum] += 1
    found: dict[Place, DrawTally] = {}
    for stratum, number in zip(manifest.strata, drawn, strict=True):
        worst = number if stratum.risk is Risk.WORST else 0
        tally = DrawTally(stratum.place, stratum.households, number, worst)
        found[stratum.place] = found[stratum.place] + tally if stratum.place in found else tally
    return list(found.values())


def town_tallies(manifest: Manifest) -> list[tuple[int, DrawTally]]:
    """Number of villages, and their tally, a town."""
    towns = groupby(village_tallies(manifest), key=lambda tally: (tally.place.county, tally.place.town))
    return [_joined(Place(*names), list(villages)) for names, villages in towns]


def total(tallies: Iterable[DrawTally]) -> DrawTally:
    """All of them together, of no place."""
    return sum(tallies, DrawTally(Place(), 0, 0, 0))


def _joined(place: Place, villages: list[DrawTally]) -> tuple[int, DrawTally]:
    return len(villages), sum(villages, DrawTally(place, 0, 0, 0))


def loads(sample: Sample) -> list[Load]:
    """One entry a checker who has visits, by name."""
    rounds: dict[str, list[tuple[Place, int]]] = {}
    for code, duty in sample.duties.items():
        rounds.setdefault(duty.checker, []).append((sample.visits[code].place, duty.day))
    return [
        Load(name, len(made), len({place for place, _ in made}), max(day for _, day in made))
        for name, made in sorted(rounds.items())
    ]
