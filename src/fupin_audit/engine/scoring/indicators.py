"""Score a delivery: every indicator at every place, or why not (D5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from fupin_audit.engine.linking.blame import blamed_on
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.scoring.goals import Goals, covers_all
from fupin_audit.engine.scoring.measuring import Measured, measure
from fupin_audit.engine.scoring.reported import or_reported, reported
from fupin_audit.engine.scoring.signed_targets import promises, targets_of
from fupin_audit.progress import Progress
from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import (
    IndicatorScores,
    Score,
    Sums,
    level_of,
    places_above,
    reached,
    value_of,
)
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.policies import citation
from fupin_audit.rulepack.showing.describe import named_parameters

NOTHING = "没有适用的记录"
Counted = Mapping[Place, Sums]


@dataclass(frozen=True)
class Scores:
    """What a run of all indicators gives: one entry an indicator, and what was left out of the comparison."""

    indicators: tuple[IndicatorScores, ...]
    notes: tuple[str, ...]


def score_indicators(linked: Linked, progress: Progress | None = None) -> Scores:
    """Compute every indicator of the run's catalogue."""
    session = linked.session
    indicators = _in_force(session)
    counties = [county for county in session.regions if county]
    promised, notes = promises(session.delivery, indicators, counties, session.as_of)
    goals = Goals(session.catalogue, session.regions, session.as_of, promised)
    scored = []
    for number, (indicator_id, indicator) in enumerate(indicators.items()):
        if progress:
            progress(indicator_id, number, len(indicators))
        scored.append(score(linked, indicator, goals))
    return Scores((*_with_reported(scored, indicators, linked.session),), notes)


def _with_reported(
    scored: Sequence[IndicatorScores], indicators: Mapping[str, Indicator], session: Session
) -> Iterator[IndicatorScores]:
    """What the ledgers say; where they say nothing, what the counties report, other targets last."""
    told = {item.title: item for item in reported(targets_of(session.delivery, session.as_of.year))}
    for item in scored:
        names = (item.title, *indicators[item.id].names)
        own = next((found for name in names if (found := told.pop(name, None))), None)
        yield or_reported(item, own)
    yield from told.values()


def _in_force(session: Session) -> dict[str, Indicator]:
    """The indicators some place of the run has."""
    local = [session.in_force(county) for county in session.regions]
    return {
        name: item
        for name, item in session.catalogue.indicators.items()
        if any(here.measures(item) for here in local)
    }


def score(linked: Linked, indicator: Indicator, goals: Goals) -> IndicatorScores:
    """One indicator at all places.

    Raises:
        RuleError: it can't be counted, or not in time.
    """
    with blamed_on(indicator.id, indicator.origin, "count"), linked.session.database.one_rule():
        measured = measure(linked, indicator)
    basis = _in_force_here(linked.session, indicator)
    left_out = _left_out(linked.session, indicator, {place.county for place in measured.sums})
    sums = {place: found for place, found in measured.sums.items() if place.county not in left_out}
    if not sums:
        reason = "；".join(measured.missing or left_out.values()) or NOTHING
        return _result(indicator, basis, reason=reason)
    counties = sorted({place.county for place in sums if place.county})
    added = _added_up(sums, indicator)
    scores = tuple(_score(indicator, place, found, goals, counties) for place, found in added.items())
    notes = (*_remarks(measured, sums), *left_out.values(), *_unused_quota(indicator, goals, counties))
    return _result(indicator, basis, notes=notes, scores=scores)


def _in_force_here(session: Session, indicator: Indicator) -> tuple[str, ...]:
    """What the indicator rests on in the counties of the run, as text."""
    found = (basis for county in session.local for basis in session.bases(indicator, county))
    return tuple(dict.fromkeys(map(citation, found)))


def _result(
    indicator: Indicator,
    basis: tuple[str, ...],
    *,
    reason: str = "",
    notes: tuple[str, ...] = (),
    scores: tuple[Score, ...] = (),
) -> IndicatorScores:
    return IndicatorScores(
        id=indicator.id,
        title=indicator.title,
        unit=indicator.unit,
        direction=indicator.direction,
        level=indicator.level,
        formula=indicator.formula,
        note=indicator.note,
        basis=basis,
        reason=reason,
        notes=notes,
        scores=scores,
    )


def _left_out(session: Session, indicator: Indicator, counties: set[str]) -> dict[str, str]:
    """County → why the indicator can't be computed there although it can elsewhere."""
    found: dict[str, str] = {}
    names = sorted(named_parameters(session.catalogue, indicator.expressions))
    for county in sorted(counties):
        here = session.in_force(county)
        lacking = [name for name in names if here.value(name, session.as_of) is None]
        if not here.measures(indicator):
            found[county] = f"{county or '本地'}没有这项指标"
        elif lacking:
            found[county] = f"{county or '本地'}没有参数“{'”“'.join(lacking)}”的值"
    return found


def _added_up(sums: Counted, indicator: Indicator) -> Counted:
    """Every place with all that lies in it, down to the indicator's level; the whole first."""
    found: dict[Place, Sums] = {}
    for place, own in sums.items():
        for above in places_above(place):
            if level_of(above).depth <= indicator.level.depth:
                found[above] = found.get(above, Sums()) + own
    return dict(sorted(found.items(), key=_by_level))


def _by_level(item: tuple[Place, Sums]) -> tuple[object, ...]:
    place = item[0]
    return level_of(place).depth, place.county, place.town, place.village


def _score(indicator: Indicator, place: Place, sums: Sums, goals: Goals, counties: Iterable[str]) -> Score:
    goal = goals.at(indicator, place, list(counties))
    met = None
    if goal and (sums.whole or sums.undecided):
        low, high = bounds(indicator, sums)
        met = reached(low, high, goal.value, indicator.direction)
    return Score(place, sums, value_of(sums, share=indicator.is_share), goal, met)


def bounds(indicator: Indicator, sums: Sums) -> tuple[float, float]:
    """The least and the most the value can be, whatever the undecided rows turn out to be."""
    if not indicator.count:
        value = value_of(sums, share=indicator.is_share)
        return (-inf, inf) if sums.undecided or value is None else (value, value)
    whole = sums.whole + sums.undecided if indicator.is_share else 1
    return sums.part / whole, (sums.part + sums.undecided) / whole


def _remarks(measured: Measured, sums: Counted) -> Iterator[str]:
    yield from (f"未交付台账“{title}”，当作没有记录" for title in measured.absent)
    nowhere = sums.get(Place())
    if nowhere and len(sums) > 1:
        yield "有的记录说不清是哪个地方的，只计入合计"


def _unused_quota(indicator: Indicator, goals: Goals, counties: list[str]) -> Iterator[str]:
    quota = goals.city_quota(indicator, counties)
    if quota and not covers_all(quota[0], counties):
        pack, goal = quota
        yield f"目标 {goal.value:g} {indicator.unit}是{pack.head.title}全市的，本次没有交付它的全部县区，不作比较"
