"""The likely causes of what a reconciliation found, from the two cells and from what other findings say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from fupin_audit.engine.judging.failures import CitedCell, Failure
from fupin_audit.engine.judging.verdicts import Verdicts
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.reconcile.causes import Context, Nature, Side, likely_cause, nature_of
from fupin_audit.results.finding import Cause
from fupin_audit.rulepack.declared.reconciliation import ComparingRule
from fupin_audit.rulepack.language.targets import RuleTarget
from fupin_audit.rulepack.reconciliations.books import book
from fupin_audit.rulepack.reconciliations.expanding import BEFORE
from fupin_audit.rulepack.reconciliations.near_records import RECORDED, SEEN

_HOUSEHOLD = "户编号"


def likely_causes(target: RuleTarget, verdicts: Verdicts, subjects: Subjects) -> Mapping[int, Cause]:
    """Failed row → why its two values may differ, where something speaks for a cause."""
    rule = target.rule
    if not isinstance(rule, ComparingRule) or SEEN not in rule.show:
        return {}
    differences = [
        item for item in verdicts.failures if None not in (item.values[SEEN], item.values[RECORDED])
    ]
    contexts = _contexts(rule, verdicts, subjects)
    found = {
        item.row: likely_cause(*_sides(rule, item, subjects), contexts.get(item.row, Context()))
        for item in differences
    }
    return {row: cause for row, cause in found.items() if cause}


def _sides(rule: ComparingRule, failure: Failure, subjects: Subjects) -> tuple[Side, Side]:
    """The left and the right record's word."""
    left = Side(
        failure.values[RECORDED],
        book(rule.ledger[0]),
        _written(_cell(failure, rule.compared), subjects),
        failure.values.get(BEFORE),
    )
    right = Side(failure.values[SEEN], book(rule.against), _written(_cell(failure, rule.opposed), subjects))
    return left, right


def _cell(failure: Failure, name: str) -> CitedCell | None:
    return next((cell for cell in failure.cells if cell.name == name), None)


def _written(cell: CitedCell | None, subjects: Subjects) -> str:
    return subjects.written(*cell.at) if cell else ""


def _contexts(rule: ComparingRule, verdicts: Verdicts, subjects: Subjects) -> Mapping[int, Context]:
    """What is known of each failed row besides its own two values."""
    cited = next((item for item in verdicts.cited if item.name == rule.compared), None)
    column = subjects.column(cited.ledger, cited.field) if cited else None
    if column is None:
        return {}
    nature = nature_of(column.name, column.type)
    if nature is Nature.PLACE:
        return _of_places(rule, verdicts, subjects)
    if column.name == _HOUSEHOLD:
        return _of_members(rule, verdicts, subjects)
    return {item.row: Context(nature) for item in verdicts.failures}


def _of_places(rule: ComparingRule, verdicts: Verdicts, subjects: Subjects) -> Mapping[int, Context]:
    """How many of the rows of its county that name a place have it written the same other way."""
    ledger = rule.ledger[0]
    county = {item.row: subjects.county(ledger, item.row) for item in verdicts.failures}
    alike = Counter(
        (county[item.row], item.values[RECORDED], item.values[SEEN]) for item in verdicts.failures
    )
    total = {number: subjects.times(ledger, rule.compared, number) for number in set(county.values())}
    return {
        item.row: Context(Nature.PLACE, (alike[number, recorded, seen], total[number][recorded]))
        for item in verdicts.failures
        for number, recorded, seen in [(county[item.row], item.values[RECORDED], item.values[SEEN])]
    }


def _of_members(rule: ComparingRule, verdicts: Verdicts, subjects: Subjects) -> Mapping[int, Context]:
    """Who of a household stands in another one, where some have stayed."""
    ledger = rule.ledger[0]
    moved: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in verdicts.failures:
        moved[item.values[RECORDED], item.values[SEEN]].append(subjects.of(ledger, item.row).person)
    total = subjects.times(ledger, rule.compared)
    gone = Counter(item.values[RECORDED] for item in verdicts.failures)
    return {
        item.row: Context(Nature.NUMBER, apart=tuple(moved[pair]) if gone[pair[0]] < total[pair[0]] else ())
        for item in verdicts.failures
        for pair in [(item.values[RECORDED], item.values[SEEN])]
    }
