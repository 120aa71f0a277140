"""The follow-up as JSON for other programs: same input, same bytes; described by `schema/track.schema.json`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from fupin_audit.reports.tracking.track_tables import closed_households, persons, rule_titles, told
from fupin_audit.results.place import Place
from fupin_audit.results.tracking import State, TrackCounts, Tracked, Tracking
from fupin_audit.writing.json_text import dump_object

SCHEMA = Path(__file__).parents[1] / "schema" / "track.schema.json"
_KIND = "fupin-audit track"
MARK = re.compile(rf'\A\s*\{{\s*"kind":\s*"{_KIND}"')


def write(tracking: Tracking, sink: BinaryIO) -> None:
    """Writes the report, one finding a line."""
    titles = rule_titles(tracking)
    dump_object(
        {
            "kind": _KIND,
            "version": tracking.result.version,
            "day": tracking.day.isoformat(),
            "as_of": tracking.result.as_of.isoformat(),
            "before": tracking.before.isoformat() if tracking.before else None,
            "source": tracking.source,
            "revealed": tracking.result.revealed,
            "counts": _counts(tracking.counts),
            "completion": {"done": tracking.completion.done, "due": tracking.completion.due},
            "closed_households": closed_households(tracking),
            "complaints": tracking.complaints,
            "towns": _by_place(tracking, lambda place: Place(place.county, place.town)),
            "villages": _by_place(tracking, lambda place: place),
            "rules": [
                {"rule": rule, **_counts(counts)}
                for rule, counts in sorted(tracking.by(lambda item: [item.followed.rule]).items())
            ],
            "responsible": [
                {"who": who, **_counts(counts)} for who, counts in sorted(tracking.by(persons).items())
            ],
            "hit_rates": [
                {"rule": rule, "true": rate.true, "verified": rate.verified, "noisy": rate.is_noisy}
                for rule, rate in tracking.hit_rates.items()
            ],
            "months": [{"day": month.day.isoformat(), **_counts(month.counts)} for month in tracking.months],
            "findings": (_item(item, titles) for item in tracking.items),
        },
        sink,
    )


def _counts(counts: TrackCounts) -> Mapping[str, int]:
    return {**{state.value: counts[state] for state in State}, "逾期": counts.overdue}


def _by_place(tracking: Tracking, level: Callable[[Place], Place]) -> list[Mapping[str, object]]:
    found = tracking.by(lambda item: [level(item.followed.place)])
    ordered = sorted(found.items(), key=lambda item: (item[0].county, item[0].town, item[0].village))
    return [{**_place(place), **_counts(counts)} for place, counts in ordered]


def _place(place: Place) -> Mapping[str, str]:
    return {"county": place.county, "town": place.town, "village": place.village}


def _item(item: Tracked, titles: Mapping[str, str]) -> Mapping[str, object]:
    followed = item.followed
    return {
        "fingerprint": followed.fingerprint,
        "state": item.state.value,
        "rule": followed.rule,
        "severity": followed.severity.value,
        **_place(followed.place),
        "household": followed.household,
        "message": told(item, titles),
        "since": followed.since.isoformat(),
        "due": followed.due.isoformat() if followed.due else None,
        "overdue": item.overdue,
        "times": followed.times,
        "claimed": followed.claim.state,
        "verified": followed.claim.verdict,
        "false_closure": item.is_false_closure,
        "reason": item.reason,
        "owner": followed.owner,
        "responsible": persons(item),
    }
