"""The county's own list of problems (问题整改), each with the findings that are about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fupin_audit.delivery import Delivery, LedgerTable
from fupin_audit.results.place import Place
from fupin_audit.results.tracked_problem import TrackedProblem
from fupin_audit.results.tracking import Tracked, Tracking

_TITLE = "问题整改"


def with_problems(tracking: Tracking, delivery: Delivery) -> Tracking:
    """The follow-up, knowing the problems of the county's list."""
    table = delivery.tables.get(_TITLE)
    return replace(tracking, problems=tuple(_problems(table, tracking.items))) if table else tracking


def _problems(table: LedgerTable, items: Iterable[Tracked]) -> Iterator[TrackedProblem]:
    by_rule: dict[str, list[Tracked]] = defaultdict(list)
    for item in items:
        if item.finding and item.followed.ledger != _TITLE:
            by_rule[item.followed.rule].append(item)
    for row in range(table.data.num_rows):
        said = {name: _text(table, name, row) for name in table.ledger.columns()}
        place = Place(said["县"], said["乡镇"], said["村"])
        problem = TrackedProblem(
            said["问题编号"], said["来源"], said["问题描述"], place, said["户编号"], said["规则"].upper(),
            said["责任单位"], said["责任人"], said["整改时限"], said["完成日期"], said["状态"],
        )  # fmt: skip
        about = (item for item in by_rule.get(problem.rule, ()) if _is_about(problem, item))
        yield replace(problem, findings=frozenset(item.followed.fingerprint for item in about))


def _is_about(problem: TrackedProblem, item: Tracked) -> bool:
    """Whether a finding of the rule it names is the problem: at the household, or else in the place it names."""
    followed = item.followed
    if problem.household:
        return problem.household == followed.household
    named = (
        (problem.place.county, followed.place.county),
        (problem.place.town, followed.place.town),
        (problem.place.village, followed.place.village),
    )
    return any(said for said, _ in named) and all(not said or said == there for said, there in named)


def _text(table: LedgerTable, name: str, row: int) -> str:
    """A cell as a report prints it, masked; empty where blank or not delivered."""
    if name not in table.fields:
        return ""
    value, kind = table.data.column(name)[row].as_py(), table.ledger.columns()[name].type
    return "" if value is None else kind.masked(kind.show(value))
