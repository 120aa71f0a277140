"""Which fields the rules of a catalogue look at: the others need not be loaded into the engine."""

from __future__ import annotations

from collections.abc import Iterator

from fupin_audit.ledgers.base import Ledger
from fupin_audit.rulepack.describe import expressions
from fupin_audit.rulepack.expression import names_in, placeholders
from fupin_audit.rulepack.pack import Catalogue
from fupin_audit.rulepack.rule import Rule

_PLACE_FIELDS = ("县", "乡镇", "村")


def used_names(catalogue: Catalogue) -> frozenset[str]:
    """Every name some rule, derived field, relation or place is made of."""
    return frozenset((*_PLACE_FIELDS, *_in_rules(catalogue), *_in_relations(catalogue)))


def used_fields(names: frozenset[str], catalogue: Catalogue, ledger: type[Ledger]) -> list[str]:
    """The ledger's fields the engine needs, in the model's order."""
    kinds = _columns_judged(catalogue)
    return [
        name
        for name, column in ledger.columns().items()
        if name in names or name in kinds or column.type.name in kinds or name in ledger.key
    ]


def _in_rules(catalogue: Catalogue) -> Iterator[str]:
    for entries in catalogue.rules.values():
        for entry in entries:
            for text in expressions(entry):
                yield from names_in(text)
            if isinstance(entry, Rule):
                yield from (
                    name.split(".")[-1] for name in (*placeholders(entry.say), *entry.once_per, *entry.cite)
                )
    for derived in catalogue.vocabulary.derived.values():
        yield from names_in(derived.value)


def _in_relations(catalogue: Catalogue) -> Iterator[str]:
    for relation in catalogue.vocabulary.relations:
        pairing = relation.pairing
        rows = (pairing.left_where, pairing.right_where, pairing.latest) if pairing else ()
        keys = (text for pairs in relation.on for pair in pairs for text in pair)
        for text in filter(None, (*keys, relation.where, *rows)):
            yield from names_in(text)


def _columns_judged(catalogue: Catalogue) -> set[str]:
    """Types and fields that rules for every such column judge."""
    entries = (entry for entries in catalogue.rules.values() for entry in entries)
    return {entry.columns for entry in entries if isinstance(entry, Rule) and entry.columns}
