"""All names a rule may use: ledgers, fields, relations, derived fields, parameters."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, Protocol

from fupin_audit.ledgers.base import Column, Ledger
from fupin_audit.ledgers.findings_of_run import FoundAgain
from fupin_audit.ledgers.implied_relations import relations
from fupin_audit.ledgers.last_drop import OF_LAST_DROP
from fupin_audit.ledgers.relations import Pairing, Relation
from fupin_audit.rulepack.declared.parameter import Parameter
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.reserved_words import CONSTANTS, OWN_LEDGERS
from fupin_audit.rulepack.declared.rule import DerivedField
from fupin_audit.rulepack.language.expression import names_in
from fupin_audit.rulepack.language.functions import ValueKind
from fupin_audit.rulepack.language.needs import Counted
from fupin_audit.rulepack.language.pairing_keys import pairings


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The names known to a run; one is only equal to itself, so that what follows from it can be kept with it.

    Attributes:
        ledgers: title → model.
        derived: (ledger title, field) → declaration.
        parameters: name → unit.
        pairings: how reconciled ledgers are paired.
        declared: relations of the county's own ledgers.
        kinds: the kinds of the derived fields bound so far; what each is never changes.
    """

    ledgers: Mapping[str, type[Ledger]]
    derived: Mapping[tuple[str, str], DerivedField] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    pairings: tuple[Pairing, ...] = ()
    declared: tuple[Relation, ...] = ()
    kinds: dict[tuple[str, str], ValueKind] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        ledgers: Iterable[type[Ledger]],
        derived: Iterable[DerivedField],
        parameters: Iterable[Parameter],
        reconciliations: Iterable[Reconciliation] = (),
        declared: Iterable[Relation] = (),
    ) -> Vocabulary:
        """Collect the names of these declarations."""
        known: tuple[type[Ledger], ...] = (*ledgers, FoundAgain, *OF_LAST_DROP)
        models = {ledger.title: ledger for ledger in known}
        return cls(
            models,
            {(d.ledger, d.field): d for d in derived},
            {parameter.name: parameter.unit for parameter in parameters},
            pairings(reconciliations, models),
            tuple(declared),
        )

    @property
    def relations(self) -> Iterable[Relation]:
        """Every relation between the ledgers."""
        return self._relations.values()

    @cached_property
    def _relations(self) -> Mapping[tuple[str, str], Relation]:
        paired = (relation for pairing in self.pairings for relation in pairing.relations())
        found = (*relations(self.ledgers.values()), *self.declared, *paired)
        return {(relation.source, relation.name): relation for relation in found}

    @cached_property
    def named_by_relations(self) -> frozenset[str]:
        """Every name that the keys and conditions of relations are made of."""
        return frozenset(name for text in self._of_relations() for name in names_in(text))

    def _of_relations(self) -> Iterator[str]:
        for relation in self.relations:
            pairing = relation.pairing
            rows = (pairing.left_where, pairing.right_where, pairing.latest) if pairing else ()
            keys = (text for pairs in relation.on for pair in pairs for text in pair)
            yield from filter(None, (*keys, relation.where, *rows))

    def column(self, ledger: str, name: str) -> Column | None:
        """The ledger's field of that name."""
        return self.ledgers[ledger].columns().get(name)

    def relation(self, ledger: str, name: str) -> Relation | None:
        """The relation of that name that starts from the ledger."""
        return self._relations.get((ledger, name))

    def titles(self, named: Iterable[str]) -> list[str]:
        """The ledgers a rule names; `自建台账` stands for all that are a county's own."""
        own = [title for title, model in self.ledgers.items() if not model.built_in]
        return [title for name in named for title in (own if name == OWN_LEDGERS else [name])]

    def names(self, ledger: str) -> list[str]:
        """Everything a bare name may be in a rule on this ledger."""
        derived = [name for title, name in self.derived if title == ledger]
        return [*self.ledgers[ledger].columns(), *derived, *CONSTANTS]

    def relation_names(self, ledger: str) -> list[str]:
        """Names of the relations that start from the ledger."""
        return [name for source, name in self._relations if source == ledger]


Question = tuple[Literal["has", "gap", "parameter", "incomplete"], tuple[Hashable, ...]]
"""What can be asked of a run, and of places of it: the name of the answer, and what it is asked about."""


class Available(Protocol):
    """What a run has: asked while binding, so that a rule names all it lacks (D5)."""

    @property
    def as_of(self) -> date:
        """The date ages and years are counted at."""

    def has(self, ledger: str, field: str) -> bool:
        """Whether a field of the ledger was delivered."""

    def lacks(self, ledger: str, field: str) -> str:
        """How it is told, in Chinese, that a field of the ledger was not delivered."""

    def unlisted(self, ledger: str) -> str:
        """Why nobody can be missing in a ledger, in Chinese: its rows are those that others name; mostly empty."""

    def parameter(self, name: str) -> bool:
        """Whether the parameter has a value for some row of the run."""

    def gap(self, relation: Relation) -> str:
        """Why the relation leads nowhere in this run, in Chinese; empty where it leads somewhere."""

    def incomplete(self, ledger: str) -> str:
        """Why a list has not everybody who should stand on it, in Chinese; empty where nothing says so."""

    def computed(self, ledger: str, name: str) -> Computed | None:
        """The derived field as a column of the ledger's table; None where it must be worked out in place."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A derived field worked out once for all rows.

    Attributes:
        kind: its type.
        mentioned: (to-one path, field) of the cells it rests on.
        counted: what its statistics look at, as a frame keeps it.
        passed_over: what parts of it needed and was not delivered.
        asked: what was asked of the run to work it out.
    """

    kind: ValueKind
    mentioned: tuple[tuple[tuple[str, ...], str], ...]
    counted: tuple[Counted, ...] = ()
    passed_over: tuple[str, ...] = ()
    asked: frozenset[Question] = frozenset()


@dataclass(frozen=True)
class Everything:
    """A run that has all that can be named: rules are checked against it when they are loaded."""

    vocabulary: Vocabulary
    as_of: date = date(2020, 12, 31)

    def has(self, ledger: str, field: str) -> bool:
        """Whether the ledger has such a field."""
        return field in self.vocabulary.ledgers[ledger].columns()

    def lacks(self, ledger: str, field: str) -> str:
        """Never told."""
        return f"{ledger}缺列“{field}”"

    def unlisted(self, ledger: str) -> str:
        """Every ledger was delivered."""
        return ""

    def parameter(self, name: str) -> bool:
        """Every parameter has a value."""
        return True

    def gap(self, relation: Relation) -> str:
        """No relation leads nowhere."""
        return ""

    def incomplete(self, ledger: str) -> str:
        """Every list has everybody."""
        return ""

    def computed(self, ledger: str, name: str) -> Computed | None:
        """Nothing is worked out yet."""
        return None
