"""The target of an indicator at a place: what its county promised, else the figure or parameter in force there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import WHOLE, Direction, Goal, Level, level_of
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.policies import citation
from fupin_audit.rulepack.declared.territory import Region, same_name
from fupin_audit.rulepack.packs.in_force import InForce, in_force
from fupin_audit.rulepack.packs.pack import Catalogue, Pack
from fupin_audit.rulepack.packs.reach import cited, reaching

SET_BY_USER = "--set"


@dataclass(frozen=True)
class Goals:
    """Targets of all indicators for the places of a run.

    A share, or a target of zero, holds for every place below the one it is set for. A number of people or
    villages is a quota of that place alone: a city's is compared where all its counties were delivered.

    Attributes:
        catalogue: indicators and parameters.
        regions: county → region.
        as_of: the day whose figures hold.
        promised: (county, indicator id) → its own target, from 目标任务.
    """

    catalogue: Catalogue
    regions: Mapping[str, Region]
    as_of: date
    promised: Mapping[tuple[str, str], Goal] = field(default_factory=dict)

    def at(self, indicator: Indicator, place: Place, counties: Collection[str]) -> Goal | None:
        """The target at a place; `counties` are those the indicator has rows of."""
        if place == WHOLE:
            return self._common(indicator, counties)
        goal = self._of_county(indicator, place.county)
        return goal if goal and (_spreads(indicator, goal) or level_of(place) is Level.COUNTY) else None

    def city_quota(self, indicator: Indicator, counties: Collection[str]) -> tuple[Pack, Goal] | None:
        """The number a city as a whole is to reach, and its pack; None where it is no city's."""
        for county in counties:
            given = self._given(indicator, county)
            if given and given[0].head.place.city and not given[0].head.place.county:
                goal = self._figure(indicator, county)
                return (given[0], goal) if goal and not _spreads(indicator, goal) else None
        return None

    def _common(self, indicator: Indicator, counties: Collection[str]) -> Goal | None:
        """The target of all counties together: a share they have in common, or the sum of their quotas."""
        if quota := self.city_quota(indicator, counties):
            pack, goal = quota
            return goal if covers_all(pack, counties) else None
        goals = [self._of_county(indicator, county) for county in counties or [""]]
        known = [goal for goal in goals if goal]
        if len(known) < len(goals) or not known:
            return None
        if all(_spreads(indicator, goal) for goal in known):
            return known[0] if len({goal.value for goal in known}) == 1 else None
        return Goal(
            sum(goal.value for goal in known), "、".join(dict.fromkeys(goal.source for goal in known))
        )

    def _of_county(self, indicator: Indicator, county: str) -> Goal | None:
        if indicator.direction is Direction.ZERO:
            return self._demanded(indicator, county, 0)
        if promised := self.promised.get((county, indicator.id)):
            return promised
        quota = self.city_quota(indicator, [county])
        return None if quota else self._figure(indicator, county)

    def _figure(self, indicator: Indicator, county: str) -> Goal | None:
        """The figure the indicator names, or its parameter's value in the county."""
        if not isinstance(indicator.target, str):
            return self._demanded(indicator, county, indicator.target)
        name, here = indicator.parameter, self._in_force(county)
        value = here.value(name, self.as_of)
        if not isinstance(value, int | float):
            return None
        if name in self.catalogue.fixed:
            return Goal(value, SET_BY_USER)
        basis = here.source(name, self.as_of)
        return Goal(value, citation(basis) if basis else "")

    def _demanded(self, indicator: Indicator, county: str, target: float) -> Goal | None:
        """A target that is written in the indicator, where one of its bases is in force (D13)."""
        found = cited(reaching(self._in_force(county), indicator, self.as_of), self.as_of)
        return Goal(target, "、".join(map(citation, found))) if found else None

    def _given(self, indicator: Indicator, county: str) -> tuple[Pack, object] | None:
        name = indicator.parameter
        if not name or name in self.catalogue.fixed or indicator.is_share:
            return None
        return self._in_force(county).given(name, self.as_of)

    def _in_force(self, county: str) -> InForce:
        return in_force(self.catalogue, self.regions.get(county, Region(county=county)))


def _spreads(indicator: Indicator, goal: Goal) -> bool:
    """Whether the target of a place is that of every place in it."""
    return indicator.is_share or goal.value == 0


def covers_all(pack: Pack, counties: Collection[str]) -> bool:
    """Whether every county of the pack's city is among these, and no other; the city and its zones are none."""
    belonging, place = pack.head.place.counties, pack.head.place
    named = [name for name in counties if not place.is_itself(name) and name not in place.zones]
    missing = [name for name in belonging if not any(same_name(name, county) for county in named)]
    return bool(belonging) and not missing and len(named) == len(belonging)
