"""Which fields the rules of a catalogue look at: the others need not be loaded into the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from fupin_audit.rulepack.declared.entries import AnyRule, expressions
from fupin_audit.rulepack.declared.pointer import Pointer
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.language.expression import names_in, placeholders
from fupin_audit.rulepack.packs.pack import Catalogue, Pack

_PLACE_FIELDS = ("县", "乡镇", "村")
_REGISTERED = "在册"  # rules and indicators of 人口 look at it


Fields: TypeAlias = Mapping[str, Sequence[str]]
"""Ledger → the fields of it that are looked at, in the model's order."""


def used_names(catalogue: Catalogue) -> frozenset[str]:
    """Every name some rule, indicator, relation or place is made of, and the derived fields among them."""
    texts = (text for indicator in catalogue.indicators.values() for text in indicator.expressions)
    return _used(catalogue, _entries(catalogue)) | _with_derived(
        frozenset(name for text in texts for name in names_in(text)), catalogue
    )


def used_fields(catalogue: Catalogue, names: frozenset[str]) -> Fields:
    """The fields the engine needs for all of a catalogue, whose `used_names` these are."""
    return _fields(catalogue, names, _entries(catalogue))


def fields_of(catalogue: Catalogue, entries: Sequence[AnyRule]) -> Fields:
    """The fields it needs for these entries alone."""
    return _fields(catalogue, _used(catalogue, entries), entries)


def fields_behind(catalogue: Catalogue, texts: Iterable[str]) -> Fields:
    """The fields it needs to work these expressions out."""
    named = frozenset(name for text in texts for name in names_in(text))
    return _fields(catalogue, _used(catalogue, ()) | _with_derived(named, catalogue), ())


def every_field(catalogue: Catalogue) -> Fields:
    """All fields there are."""
    return {title: list(ledger.columns()) for title, ledger in catalogue.vocabulary.ledgers.items()}


def _used(catalogue: Catalogue, entries: Iterable[AnyRule]) -> frozenset[str]:
    named = (_REGISTERED, *_PLACE_FIELDS, *_in_rules(entries), *catalogue.vocabulary.named_by_relations)
    return _with_derived(frozenset(named), catalogue)


def _fields(catalogue: Catalogue, names: frozenset[str], entries: Iterable[AnyRule]) -> Fields:
    # Types and fields that rules for every such column judge.
    kinds = {name for entry in entries if isinstance(entry, Rule) for name in entry.columns}
    return {
        title: [
            name
            for name, column in ledger.columns().items()
            if name in names or name in kinds or column.type.name in kinds or name in ledger.key
        ]
        for title, ledger in catalogue.vocabulary.ledgers.items()
    }


def _entries(catalogue: Catalogue) -> Sequence[AnyRule]:
    return [entry for entries in catalogue.rules.values() for entry in entries]


def for_indicators(catalogue: Catalogue) -> Catalogue:
    """The catalogue with nothing but its indicators and the derived fields they rest on."""
    texts = {text for item in catalogue.indicators.values() for text in item.expressions}
    return _without(catalogue, ("screens",), frozenset(name for text in texts for name in names_in(text)))


def for_screens(catalogue: Catalogue) -> Catalogue:
    """The catalogue with nothing but its screens."""
    return _without(catalogue, ("indicators",), frozenset())


def _without(catalogue: Catalogue, more: Sequence[str], named: frozenset[str]) -> Catalogue:
    """The catalogue without its rules and `more`, and without the derived fields that neither names nor relations need."""
    wanted = _with_derived(named.union((_REGISTERED, *catalogue.vocabulary.named_by_relations)), catalogue)
    empty: dict[str, object] = dict.fromkeys(("rules", "cells", "reconciliations", *more), ())

    def kept(pack: Pack) -> Pack:
        derived = tuple(item for item in pack.content.derived if item.field in wanted)
        return replace(pack, content=pack.content.model_copy(update={**empty, "derived": derived}))

    return replace(catalogue, packs=tuple(map(kept, catalogue.packs)))


def _with_derived(names: frozenset[str], catalogue: Catalogue) -> frozenset[str]:
    """The names, and those that the derived fields among them are made of."""
    known = catalogue.vocabulary.derived.values()
    while more := {name for d in known if d.field in names for name in names_in(d.value)} - names:
        names |= more
    return names


def _in_rules(entries: Iterable[AnyRule]) -> Iterator[str]:
    for entry in entries:
        for text in expressions(entry):
            yield from names_in(text)
        yield from _in_words(entry)


def _in_words(entry: AnyRule) -> Iterator[str]:
    """The names an entry uses outside its expressions: in sentences, for cells and groups, for the row's day."""
    if isinstance(entry, Rule):
        yield from names_in(entry.dated) if entry.dated else ()
        named = (*placeholders(entry.say), *entry.once_per)
        yield from (name.split(".")[-1] for name in named)
        for pointer in map(Pointer.read, entry.cite):
            yield pointer.field
            yield from names_in(pointer.where) if pointer.where else ()
    elif isinstance(entry, Reconciliation):
        yield from placeholders(entry.called)
