"""Parameters as a table: the value for each place and year of the run (D11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from weakref import WeakKeyDictionary

import pyarrow as pa

from fupin_audit.results.place import Place
from fupin_audit.rulepack.declared.parameter import DATE_UNIT, WORDS_UNIT
from fupin_audit.rulepack.language.vocabulary import Vocabulary
from fupin_audit.rulepack.packs.in_force import InForce
from fupin_audit.rulepack.packs.pack import Catalogue

Value = float | date | str | None
# How the values of a unit are kept; all others are numbers.
_TYPES: Mapping[str, pa.DataType] = {DATE_UNIT: pa.date32(), WORDS_UNIT: pa.string()}


_MOST = 1000  # days and packs whose figures are kept


@dataclass(frozen=True)
class PlacedParameters:
    """Every parameter for every place and year.

    Attributes:
        places: the places of the run; their positions are their numbers.
        years: the years rows speak of.
        values: parameter → its value by county and year.
        valued: the parameters that have a value somewhere in the run.
        types: how each is kept.
    """

    places: Sequence[Place]
    years: Sequence[int]
    values: Mapping[str, Mapping[tuple[str, int], Value]]
    valued: frozenset[str]
    types: Mapping[str, pa.DataType]

    @cached_property
    def partly(self) -> frozenset[str]:
        """Parameters that have a value in some counties and in others none."""
        if len({place.county for place in self.places}) <= 1:
            return frozenset()
        return frozenset(name for name in self.valued if self.lacking(name))

    def lacking(self, name: str) -> list[str]:
        """Counties where the parameter has no value in any year."""
        values = self.values[name]
        having = {county for (county, _), value in values.items() if value is not None}
        return [
            county for county in dict.fromkeys(county for county, _ in values) if county not in having | {""}
        ]

    def table(self) -> pa.Table:
        """Columns `_place`, `_year` and one a parameter of its own type; one row a place and year."""
        keys = [
            (number, place.county, year) for number, place in enumerate(self.places) for year in self.years
        ]
        columns = {
            "_place": pa.array([number for number, _, _ in keys], pa.int32()),
            "_year": pa.array([year for _, _, year in keys], pa.int32()),
        }
        for name in sorted(self.valued):
            values = [self.values[name][county, year] for _, county, year in keys]
            columns[name] = pa.array(values, self.types[name])
        return pa.table(columns)


def placed_parameters(
    catalogue: Catalogue,
    places: Sequence[Place],
    local: Mapping[str, InForce],
    years: Sequence[int],
    as_of: date,
) -> PlacedParameters:
    """The parameters of a catalogue for the places and years of a run; `local` is what is in force by county."""
    figures = {
        (county, year): _figures(here, day_of(year, as_of))
        for county, here in local.items()
        for year in years
    }
    values = {name: {place: given[name] for place, given in figures.items()} for name in catalogue.parameters}
    valued = frozenset(name for name, by in values.items() if any(v is not None for v in by.values()))
    types = {name: _TYPES.get(one.unit, pa.float64()) for name, one in catalogue.parameters.items()}
    return PlacedParameters(places, years, values, valued, types)


# Vocabulary → packs in force, what is fixed, and day → the figures of all parameters: many deliveries ask the same.
_known: WeakKeyDictionary[Vocabulary, dict[tuple[object, ...], Mapping[str, Value]]] = WeakKeyDictionary()


def _figures(here: InForce, day: date) -> Mapping[str, Value]:
    """Parameter → its value on a day; looked up once for the same packs."""
    catalogue = here.catalogue
    known = _known.setdefault(catalogue.vocabulary, {})
    asked = tuple(pack.head.id for pack in here.packs), tuple(catalogue.fixed.items()), day
    if asked not in known:
        if len(known) >= _MOST:
            known.clear()
        known[asked] = {name: here.value(name, day) for name in catalogue.parameters}
    return known[asked]


def day_of(year: int, as_of: date) -> date:
    """The day whose figures hold for a year: the as-of date for its own, the last day for others."""
    return as_of if year == as_of.year else date(year, 12, 31)
