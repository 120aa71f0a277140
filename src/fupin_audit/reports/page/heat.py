"""Villages against groups of rules: where what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import ABOUT_READING, Severity
from fupin_audit.results.place import Place

_MOST = 300  # rows; more villages are shown as their towns
_SHADES = 5


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many errors and doubts, and how dark that is, 0 to 5."""

    number: int
    shade: int


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A village or town: its name, what the page's program calls such a place, its cells, their sum."""

    name: str
    level: str
    cells: Sequence[HeatCell]
    total: int


@dataclass(frozen=True, slots=True)
class Heat:
    """The table: (letters, title) of the groups that found something, and the places, the worst first."""

    groups: Sequence[tuple[str, str]]
    rows: Sequence[HeatRow]


def heat(result: AuditResult) -> Heat:
    """Errors and doubts by place and group of rules."""
    titles = {_group(run.id): run.group for run in result.rules_run}
    grave = [item for item in result.records if _counts(item.rule, item.severity)]
    wide = len({item.place for item in grave}) > _MOST
    counted = Counter((_row_of(item.place, wide=wide), _group(item.rule)) for item in grave)
    groups = [group for group in titles if any(group == found for _, found in counted)]
    most = max(counted.values(), default=1)
    places = Counter[Place]()
    for (place, _), number in counted.items():
        places[place] += number
    rows = [
        HeatRow(
            str(place),
            "town" if wide else "place",
            [_cell(counted[place, group], most) for group in groups],
            total,
        )
        for place, total in sorted(places.items(), key=lambda item: (-item[1], str(item[0])))
    ]
    return Heat([(group, titles[group] or group) for group in groups], rows)


def _counts(rule: str, severity: Severity) -> bool:
    return severity is not Severity.INFO and rule not in ABOUT_READING


def _group(rule: str) -> str:
    return rule.partition("-")[0]


def _row_of(place: Place, *, wide: bool) -> Place:
    return Place(place.county, place.town) if wide else place


def _cell(number: int, most: int) -> HeatCell:
    return HeatCell(number, -(-number * _SHADES // most))
