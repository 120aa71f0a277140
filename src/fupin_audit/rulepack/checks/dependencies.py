"""What a rule needs: the ledgers and fields its expressions lead to, by way of derived fields too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from fupin_audit.rulepack.declared.entries import AnyRule
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import CellRule, ScreenRule
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.derivation import Key, levels
from fupin_audit.rulepack.language.known_kinds import KnownKinds
from fupin_audit.rulepack.language.needs import Needs
from fupin_audit.rulepack.language.targets import RuleTarget, targets
from fupin_audit.rulepack.language.vocabulary import Vocabulary
from fupin_audit.rulepack.reconciliations.expanding import expand

# (ledger title, field); no field where only the rows are counted.
Columns = tuple[Key, ...]


@dataclass(frozen=True)
class Dependencies:
    """What entries of a vocabulary rest on; each derived field is looked into once.

    Attributes:
        derived: derived field → the fields it rests on in the end.
    """

    vocabulary: Vocabulary
    known: KnownKinds
    derived: Mapping[Key, Columns]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Dependencies:
        """Look into every derived field, those first that rest on none still to come."""
        known, found = KnownKinds(vocabulary), dict[Key, Columns]()
        for key in chain.from_iterable(levels(vocabulary)):
            binder = Binder.on(vocabulary, known, key[0])
            binder.bind(vocabulary.derived[key].value)
            found[key] = _resolved(_in_frame(binder.frame), found)
        return cls(vocabulary, known, found)

    def fields(self, entry: AnyRule) -> Mapping[str, tuple[str, ...]]:
        """Ledger → its fields an entry rests on; nothing for a rule on every ledger."""
        found: dict[str, list[str]] = {}
        for ledger, name in _resolved(self._named(entry), self.derived):
            fields = found.setdefault(ledger, [])
            if name:
                fields.append(name)
        return {ledger: tuple(fields) for ledger, fields in found.items()}

    def _named(self, entry: AnyRule) -> Iterator[Key]:
        if isinstance(entry, CellRule | ScreenRule):
            return
        rules = expand(entry, self.vocabulary) if isinstance(entry, Reconciliation) else (entry,)
        for rule in rules:
            if rule.ledger != ("*",):
                for target in targets(rule, self.vocabulary):
                    yield from self._of_target(target)

    def _of_target(self, target: RuleTarget) -> Iterator[Key]:
        binder = Binder.on(self.vocabulary, self.known, target.ledger, this_column=target.column)
        rule = target.rule
        for text in filter(None, (rule.require, rule.when, *rule.show.values())):
            binder.bind(text)
        yield from _in_frame(binder.frame)


def _resolved(needs: Iterable[Key], derived: Mapping[Key, Columns]) -> Columns:
    """The needs, each once, with what derived fields rest on in their place."""
    return tuple(dict.fromkeys(chain.from_iterable(derived.get(key, (key,)) for key in needs)))


def _in_frame(frame: Needs) -> Iterator[Key]:
    """What a bound frame names, its own ledger first, then the ledgers its relations lead to."""
    yield frame.ledger, ""
    for path, name in frame.mentioned:
        yield frame.hops[path].target if path else frame.ledger, name
    for relation in frame.hops.values():
        yield relation.target, ""
    for aggregate in frame.aggregates.values():
        yield aggregate.relation.target, ""
        yield from _in_frame(aggregate.inner)
        if aggregate.outer:
            yield from _in_frame(aggregate.outer)
