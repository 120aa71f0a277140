"""目标任务: the targets a county has signed, matched with indicators by their titles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fupin_audit.delivery import Delivery
from fupin_audit.engine.scoring.reported import DONE, LEDGER, as_share
from fupin_audit.results.scorecard import Goal
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.declared.territory import same_name

Promises = Mapping[tuple[str, str], Goal]


def promises(
    delivery: Delivery, indicators: Mapping[str, Indicator], counties: list[str], as_of: date
) -> tuple[Promises, tuple[str, ...]]:
    """(county, indicator id) → target, for the year of the as-of date; and what could not be matched."""
    found: dict[tuple[str, str], Goal] = {}
    unmatched: list[str] = []
    by_name = {name: item for item in indicators.values() for name in (item.title, *item.names)}
    for row in targets_of(delivery, as_of.year):
        county, name, value = row["县"], row["指标"], row["目标值"]
        if name not in by_name and row[DONE] is not None and value is not None and county:
            continue
        if name not in by_name:
            unmatched.append(f"{county or ''}的目标任务“{name}”没有对应的指标{nearest(str(name), by_name)}")
        elif value is None or not county:
            unmatched.append(f"{county or ''}的目标任务“{name}”没有填县或目标值")
        else:
            indicator = by_name[name]
            goal = Goal(as_share(value) if indicator.is_share else value, LEDGER)
            found |= {(known, indicator.id): goal for known in counties if same_name(known, county)}
    return found, tuple(dict.fromkeys(unmatched))


def targets_of(delivery: Delivery, year: int) -> list[dict[str, Any]]:
    """The targets of the year; a row without a year is taken to be of this one."""
    table = delivery.tables.get(LEDGER)
    if table is None:
        return []
    rows = [{"年度": None, "目标值": None, DONE: None, **row} for row in table.data.to_pylist()]
    return [row for row in rows if row["年度"] in (None, year)]
