"""From a reconciliation's keys to the pairing of its two ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.looks import LOOKS, NAME, NUMBER, PERSONS, looks
from fupin_audit.ledgers.relations import Pairing, Pairs
from fupin_audit.rulepack.declared.reconciliation import PairingKey, Reconciliation

Models = Mapping[str, type[Ledger]]
_ID = "身份证"
_DEPARTMENTS = "部门"


def pairings(reconciliations: Iterable[Reconciliation], models: Models) -> tuple[Pairing, ...]:
    """The pairings of reconciliations, two ledgers' first; what names no ledger is left to the check."""
    found: dict[str, Pairing] = {}
    for item in reconciliations:
        for right in item.right:
            if item.left in models and right in models:
                pairing = pairing_of(item, right, models)
                found.setdefault(pairing.name, pairing)
    return (*found.values(), *_likely(models))


def _likely(models: Models) -> Iterator[Pairing]:
    """The pairings of the persons of the system with every department's roll of people."""
    for title in rolls(models):
        yield likely_pairing(models[PERSONS], models[title])


def rolls(models: Models) -> Iterator[str]:
    """The departments' rolls of people, where there are persons to pair with them."""
    for title, model in models.items():
        if PERSONS in models and model.family == _DEPARTMENTS and {NAME, NUMBER} <= model.columns().keys():
            yield title


def likely_pairing(left: type[Ledger], right: type[Ledger]) -> Pairing:
    """How the rows of two rolls of people are paired where no number pairs them."""
    ours, theirs = looks(left), looks(right)
    seen = tuple((ours[name], theirs[name]) for name in LOOKS if name in ours and name in theirs)
    must = ((NAME, NAME), (NUMBER, NUMBER))
    return Pairing(left.title, right.title, (must, (*must, *seen)), likely=True)


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
