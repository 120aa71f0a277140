"""From a reconciliation's keys to the pairing of its two ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.relations import Pairing, Pairs
from fupin_audit.rulepack.declared.reconciliation import PairingKey, Reconciliation

Models = Mapping[str, type[Ledger]]
_ID = "身份证"


def pairings(reconciliations: Iterable[Reconciliation], models: Models) -> tuple[Pairing, ...]:
    """The pairings of reconciliations, two ledgers' first; what names no ledger is left to the check."""
    found: dict[str, Pairing] = {}
    for item in reconciliations:
        for right in item.right:
            if item.left in models and right in models:
                pairing = pairing_of(item, right, models)
                found.setdefault(pairing.name, pairing)
    return tuple(found.values())


def pairing_of(reconciliation: Reconciliation, right: str, models: Models) -> Pairing:
    """How the left ledger of a reconciliation is paired with one of those on the right."""
    ones, others = models[reconciliation.left], models[right]
    ordered = sorted(reconciliation.keys, key=lambda key: key.weak)
    return Pairing(
        left=ones.title,
        right=others.title,
        keys=tuple(_pairs(key, ones, others) for key in ordered),
        weak=sum(key.weak for key in ordered),
        left_where=reconciliation.when_left,
        right_where=reconciliation.when_right,
        latest=reconciliation.latest,
        near=reconciliation.near,
    )


def _pairs(key: PairingKey, left: type[Ledger], right: type[Ledger]) -> Pairs:
    names = tuple(zip(key.fields, key.right or key.fields, strict=True))
    if key.near:
        return names
    return tuple((_expression(left, one), _expression(right, other)) for one, other in names)


def _expression(model: type[Ledger], name: str) -> str:
    """The field; of an ID number, what pairs."""
    column = model.columns().get(name)
    return f"ID_KEY({name})" if column is not None and column.type.name == _ID else name
