"""What a rule says of each household: matched, not matched, or nothing that can be known (D5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlglot import exp

from fupin_audit.delivery import Delivery
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.database.selects import column
from fupin_audit.engine.judging.conditions import applicable, rule_conditions
from fupin_audit.engine.linking.blame import blamed_on
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.rulepack.checks.used_fields import every_field
from fupin_audit.rulepack.declared.entries import AnyRule
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import CellRule, ScreenRule
from fupin_audit.rulepack.language.targets import RuleTarget, targets
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.reconciliations.expanding import expand

Decided = Mapping[str, bool | None]
"""户编号 → whether a rule holds for it; None where that is not known."""


def household_verdicts(
    delivery: Delivery, catalogue: Catalogue, as_of: date, rules: Sequence[str]
) -> Mapping[str, Decided]:
    """Judge households by rules, one verdict a household and rule.

    Args:
        delivery: what was read.
        catalogue: rules and parameters, already checked.
        as_of: the date ages and years are counted at.
        rules: ids; those the catalogue does not have are left out.

    Returns:
        Rule → 户编号 → False where anything of the household's fails, True where something holds, None where
        nothing could be decided. Households the rule does not apply to are left out, and so are rules for which
        something was not delivered.
    """
    with open_database() as database:
        linked = open_delivery(database, delivery, catalogue, as_of, every_field(catalogue))
        numbers = delivery.tables["户"].data.column("户编号").to_pylist()
        found: dict[str, dict[str, bool | None]] = {}
        for rule in rules:
            for target in _targets(catalogue, rule):
                if (counted := _counted(linked, target)) is None:
                    continue
                verdicts = found.setdefault(rule, {})
                for row, failed, passed in counted:
                    verdict = False if failed else True if passed else None
                    verdicts[numbers[row]] = _joined(verdicts.get(numbers[row]), verdict)
    return found


def _joined(one: bool | None, other: bool | None) -> bool | None:
    known = [verdict for verdict in (one, other) if verdict is not None]
    return all(known) if known else None


def _targets(catalogue: Catalogue, rule: str) -> Iterator[RuleTarget]:
    entries: Sequence[AnyRule] = catalogue.rules.get(rule, ())
    for entry in entries:
        if isinstance(entry, CellRule | ScreenRule):
            continue
        expanded = expand(entry, catalogue.vocabulary) if isinstance(entry, Reconciliation) else (entry,)
        for single in expanded:
            yield from targets(single, catalogue.vocabulary)


def _counted(linked: Linked, target: RuleTarget) -> Sequence[tuple[int, int, int]] | None:
    """Each household the rule judges: its position, how many of its rows fail, how many hold.

    None where something was not delivered.
    """
    with linked.one_rule(), blamed_on(target.rule.id, target.rule.origin, "require"):
        counting = _counting(linked, target)
        return None if counting is None else linked.session.database.run(counting)


def _counting(linked: Linked, target: RuleTarget) -> exp.Select | None:
    """The query for `_counted`."""
    if linked.session.columns(target.ledger) is None:
        return None
    asked = rule_conditions(linked.session, target, linked.session)
    frame = asked.binder.frame
    if frame.missing:
        return None
    columns = {"household": column("_household", frame.alias), "holds": asked.require}
    columns["applies"] = asked.applies.copy() if asked.applies else exp.true()
    judged = applicable(linked.select(frame, columns), asked.applies).subquery("judged", copy=False)
    holds, broken = exp.column("holds"), exp.and_(exp.column("applies"), exp.not_(exp.column("holds")))
    counted = exp.select("household", _number_of(broken), _number_of(holds)).from_(judged)
    named = exp.column("household").is_(exp.null()).not_()
    return counted.where(named).group_by("household")


def _number_of(test: exp.Expr) -> exp.Expr:
    return exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=test))
