"""The estimate as a whole: rates by field group, county, town and village, and by checker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fupin_audit.followup.estimation.checkers import CheckerRate, checker_rates
from fupin_audit.followup.estimation.rates import Rate, VisitCounts, estimate_rate
from fupin_audit.followup.estimation.returns import Returns
from fupin_audit.followup.sampling.manifest import Manifest, StratumRecord
from fupin_audit.results.place import Place

# Rule → the group of fields it compares, in few words.
GROUPS: Mapping[str, str] = {
    "FLD-01": "家庭人口",
    "FLD-02": "家庭成员",
    "FLD-03": "住房",
    "FLD-04": "饮水",
    "FLD-05": "就学参保",
    "FLD-06": "收入",
    "FLD-07": "低保产业务工",
}
ANY = "任一项"
_WHOLE, _COUNTY, _TOWN, _VILLAGE = range(4)

# Group → 核查编号 → whether the record matches; None where nothing could be compared.
Outcomes = Mapping[str, Mapping[str, bool | None]]


@dataclass(frozen=True, slots=True)
class PlaceRates:
    """The rates of a village, town, county, or of everything; group → rate."""

    place: Place
    households: int
    drawn: int
    checked: int
    rates: Mapping[str, Rate]


@dataclass(frozen=True)
class Estimate:
    """账实不符率 of the households a sample stands for.

    Attributes:
        manifest: the draw.
        returns: what came back of it.
        outcomes: what the rules said of each visit.
    """

    manifest: Manifest
    returns: Returns
    outcomes: Outcomes

    @cached_property
    def overall(self) -> PlaceRates:
        """All places together, every group and 任一项."""
        (everything,) = self._at(_WHOLE, (*self.groups, ANY))
        return everything

    @cached_property
    def counties(self) -> tuple[PlaceRates, ...]:
        """County by county, every group and 任一项."""
        return tuple(self._at(_COUNTY, (*self.groups, ANY)))

    @cached_property
    def towns(self) -> tuple[PlaceRates, ...]:
        """Town by town, every group and 任一项."""
        return tuple(self._at(_TOWN, (*self.groups, ANY)))

    @cached_property
    def villages(self) -> tuple[PlaceRates, ...]:
        """Village by village, 任一项 alone: for more there are too few visits."""
        return tuple(self._at(_VILLAGE, (ANY,)))

    @cached_property
    def checkers(self) -> tuple[CheckerRate, ...]:
        """Checker by checker, 任一项; not a measure of the checkers, see there."""
        return checker_rates(self.manifest, self.returns.checkers, self._all[ANY])

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that could be judged."""
        return tuple(self.outcomes)

    @property
    def unjudged(self) -> tuple[str, ...]:
        """Groups no rule could judge: something was not delivered, or the rule is switched off."""
        return tuple(group for group in GROUPS.values() if group not in self.outcomes)

    @cached_property
    def _all(self) -> Outcomes:
        """The outcomes of every group and of all together."""
        return {**self.outcomes, ANY: {code: self._any(code) for code in self.returns.checked}}

    def _any(self, code: str) -> bool | None:
        known = [v for found in self.outcomes.values() if (v := found.get(code)) is not None]
        return all(known) if known else None

    def _at(self, level: int, groups: Sequence[str]) -> Iterator[PlaceRates]:
        domains: dict[Place, set[int]] = {}
        for number, stratum in enumerate(self.manifest.strata):
            domains.setdefault(_place(stratum, level), set()).add(number)
        for place, strata in domains.items():
            drawn = [visit for visit in self.manifest.visits if visit.stratum in strata]
            yield PlaceRates(
                place=place,
                households=sum(self.manifest.strata[number].households for number in strata),
                drawn=len(drawn),
                checked=sum(visit.visit in self.returns.checked for visit in drawn),
                rates={group: estimate_rate(self._counts(strata, group)) for group in groups},
            )

    def _counts(self, strata: Collection[int], group: str) -> list[VisitCounts]:
        """What was seen in each of these strata that was visited at all."""
        checked, decided, failed = Counter[int](), Counter[int](), Counter[int]()
        for visit in self.manifest.visits:
            if visit.stratum in strata and visit.visit in self.returns.checked:
                verdict = self._all[group].get(visit.visit)
                checked[visit.stratum] += 1
                decided[visit.stratum] += verdict is not None
                failed[visit.stratum] += verdict is False
        return [
            VisitCounts(
                self.manifest.strata[number].households, checked[number], decided[number], failed[number]
            )
            for number in sorted(checked)
        ]


def _place(stratum: StratumRecord, level: int) -> Place:
    """The place a stratum belongs to, as far down as the level goes."""
    return Place(*(stratum.county, stratum.town, stratum.village)[:level])


def outcomes(
    manifest: Manifest, judge: Callable[[Sequence[str]], Mapping[str, Mapping[str, bool | None]]]
) -> Outcomes:
    """What the rules say of each visit.

    Args:
        manifest: the draw.
        judge: rule ids → rule → 户编号 → verdict, as the engine gives them.
    """
    codes = {visit.household: visit.visit for visit in manifest.visits}
    verdicts = judge(tuple(GROUPS))
    return {
        GROUPS[rule]: {codes[number]: verdict for number, verdict in found.items() if number in codes}
        for rule, found in verdicts.items()
    }
