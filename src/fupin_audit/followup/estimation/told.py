"""An estimate as plain values, for programs."""

from __future__ import annotations

from collections.abc import Sequence

from fupin_audit.followup.estimation.checkers import CheckerRate
from fupin_audit.followup.estimation.estimating import ANY, Estimate, PlaceRates
from fupin_audit.followup.estimation.intervals import CONFIDENCE
from fupin_audit.followup.estimation.precision import needed
from fupin_audit.followup.estimation.rates import Method, Rate

Plain = dict[str, object]


def as_json(estimate: Estimate, half_width: float) -> Plain:
    """Rates by group and place, checkers, what is missing; docs/guide-field.md names the fields."""
    manifest, whole = estimate.manifest, estimate.overall
    rate = whole.rates[ANY]
    more = (
        None if rate.method in {Method.NONE, Method.COMPLETE} else needed(rate, whole.households, half_width)
    )
    return {
        "version": manifest.version,
        "batch": manifest.batch,
        "seed": manifest.seed,
        "as_of": manifest.as_of.isoformat(),
        "confidence": CONFIDENCE,
        "overall": _place(whole),
        "counties": _places(estimate.counties),
        "towns": _places(estimate.towns),
        "villages": _places(estimate.villages),
        "checkers": [_checker(checker) for checker in estimate.checkers],
        "unjudged": list(estimate.unjudged),
        "half_width": half_width,
        "needed": more,
        "missing": [
            {"visit": visit.visit, "household": visit.household, "head": visit.head}
            for visit in estimate.returns.missing
        ],
        "notes": list(estimate.returns.notes),
    }


def _places(places: Sequence[PlaceRates]) -> list[Plain]:
    return [_place(item) for item in places]


def _place(item: PlaceRates) -> Plain:
    return {
        "county": item.place.county,
        "town": item.place.town,
        "village": item.place.village,
        "households": item.households,
        "drawn": item.drawn,
        "checked": item.checked,
        "rates": {group: _rate(rate) for group, rate in item.rates.items()},
    }


def _rate(rate: Rate) -> Plain:
    return {
        "decided": rate.decided,
        "failed": rate.failed,
        "share": rate.share,
        "low": rate.low,
        "high": rate.high,
        "method": rate.method.value,
    }


def _checker(checker: CheckerRate) -> Plain:
    return {
        "name": checker.name,
        "decided": checker.decided,
        "failed": checker.failed,
        "share": checker.share,
        "low": checker.low,
        "high": checker.high,
        "expected": checker.expected,
        "stands_out": checker.stands_out,
    }
