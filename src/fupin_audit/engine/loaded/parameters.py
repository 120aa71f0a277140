"""Parameters as a table: the value for each place and year of the run (D11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyarrow as pa

from fupin_audit.results.finding import Place
from fupin_audit.rulepack.declared.rule import DATE_UNIT
from fupin_audit.rulepack.packs.in_force import in_force
from fupin_audit.rulepack.packs.pack import Catalogue, Region


@dataclass(frozen=True)
class PlacedParameters:
    """Every parameter for every place and year.

    Attributes:
        catalogue: gives the values.
        places: the places of the run; their positions are their numbers.
        regions: county → region.
        years: the years rows speak of.
        as_of: for its own year the values of that day hold, for other years those of the year's end.
    """

    catalogue: Catalogue
    places: Sequence[Place]
    regions: Mapping[str, Region]
    years: Iterable[int]
    as_of: date

    @cached_property
    def _values(self) -> Mapping[str, Mapping[tuple[str, int], float | date | None]]:
        """Parameter → its value by county and year."""
        local = {county: in_force(self.catalogue, region) for county, region in self.regions.items()}
        return {
            name: {
                (county, year): local[county].value(name, self.day(year))
                for county in self.regions
                for year in self.years
            }
            for name in self.catalogue.parameters
        }

    def day(self, year: int) -> date:
        """The day whose figures hold for a year."""
        return self.as_of if year == self.as_of.year else date(year, 12, 31)

    @cached_property
    def valued(self) -> frozenset[str]:
        """Parameters that have a value somewhere in the run."""
        return frozenset(name for name, by in self._values.items() if any(v is not None for v in by.values()))

    def lacking(self, name: str) -> list[str]:
        """Counties where the parameter has no value in any year."""
        values = self._values[name]
        return [
            county
            for county in self.regions
            if county and all(values[county, year] is None for year in self.years)
        ]

    def table(self) -> pa.Table:
        """Columns `_place`, `_year` and one a parameter, float64 or date32; one row a place and year."""
        keys = [
            (number, place.county, year) for number, place in enumerate(self.places) for year in self.years
        ]
        columns = {
            "_place": pa.array([number for number, _, _ in keys], pa.int32()),
            "_year": pa.array([year for _, _, year in keys], pa.int32()),
        }
        for name in sorted(self.valued):
            values = [self._values[name][county, year] for _, county, year in keys]
            dates = self.catalogue.parameters[name].unit == DATE_UNIT
            columns[name] = pa.array(values, pa.date32() if dates else pa.float64())
        return pa.table(columns)
