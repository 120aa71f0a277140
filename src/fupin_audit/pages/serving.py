"""What each ledger serves: the rules that judge it, those that look at it, its derived fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fupin_audit.rulepack.checks.dependencies import Dependencies
from fupin_audit.rulepack.declared.entries import ledgers_of
from fupin_audit.rulepack.packs.pack import Catalogue

_EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Serving:
    """Rule ids and derived fields a ledger serves, in the catalogue's order.

    Attributes:
        judged_by: rules on this ledger.
        used_by: rules on other ledgers that look at this one.
        everywhere: rules on every ledger.
        derived: fields derived for this ledger.
    """

    judged_by: tuple[str, ...]
    used_by: tuple[str, ...]
    everywhere: tuple[str, ...]
    derived: tuple[str, ...]


def serving(catalogue: Catalogue) -> Mapping[str, Serving]:
    """Ledger title → what it serves."""
    judged: dict[str, dict[str, None]] = {}
    used: dict[str, dict[str, None]] = {}
    dependencies = Dependencies.of(catalogue.vocabulary)
    for rule_id, entries in catalogue.rules.items():
        for entry in entries:
            for title in ledgers_of(entry):
                judged.setdefault(title, {})[rule_id] = None
            for title in dependencies.fields(entry):
                used.setdefault(title, {})[rule_id] = None
    derived = [(ledger, field) for ledger, field in catalogue.vocabulary.derived]
    return {
        title: Serving(
            tuple(judged.get(title, ())),
            tuple(rule for rule in used.get(title, ()) if rule not in judged.get(title, ())),
            tuple(judged.get(_EVERYWHERE, ())),
            tuple(field for ledger, field in derived if ledger == title),
        )
        for title in catalogue.vocabulary.ledgers
    }
