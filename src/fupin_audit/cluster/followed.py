"""Which relations are followed on, from rows that another one led to; the others start from judged rows alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.declared.entries import AnyRule, expressions
from fupin_audit.rulepack.declared.pointer import Pointer
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.language.expression import paths_in, placeholders
from fupin_audit.rulepack.packs.pack import Catalogue


def followed_on(catalogue: Catalogue) -> frozenset[str]:
    """The names of these relations: what stands behind a dot, and what derived fields there are made of."""
    derived = catalogue.vocabulary.derived.values()
    made_of: dict[str, set[str]] = {}
    for item in derived:
        made_of.setdefault(item.field, set()).update(_parts(item.value))
    behind = {*_behind_dots(catalogue)}
    while more := {part for name in behind for part in made_of.get(name, ())} - behind:
        behind |= more
    return frozenset(behind & {relation.name for relation in catalogue.vocabulary.relations})


def _behind_dots(catalogue: Catalogue) -> Iterator[str]:
    """Every part of a name that is looked up in a row which is not the judged one."""
    for entries in catalogue.rules.values():
        for entry in entries:
            yield from _in_entry(entry)
    for item in catalogue.vocabulary.derived.values():
        yield from _parts(item.value, after=1)
    for relation in catalogue.vocabulary.relations:
        for text in _conditions(relation):
            yield from _parts(text)


def _in_entry(entry: AnyRule) -> Iterator[str]:
    """In a reconciliation one of the two rows is led to."""
    after = 0 if isinstance(entry, Reconciliation) else 1
    for text in expressions(entry):
        yield from _parts(text, after=after)
    if isinstance(entry, Rule):
        for name in (*placeholders(entry.say), *entry.once_per):
            yield from name.split(".")[1:]
        for pointer in map(Pointer.read, entry.cite):
            yield from (*pointer.path[1:], pointer.field)
            yield from _parts(pointer.where) if pointer.where else ()


def _conditions(relation: Relation) -> Iterable[str]:
    """The keys and conditions of a relation, which are of rows on both sides."""
    pairing = relation.pairing
    of_pairing = (pairing.left_where, pairing.right_where, pairing.latest) if pairing else ()
    keys = (text for pairs in relation.on for pair in pairs for text in pair)
    return filter(None, (*keys, relation.where, *of_pairing))


def _parts(text: str, *, after: int = 0) -> Iterator[str]:
    for path in paths_in(text):
        yield from path[after:]
