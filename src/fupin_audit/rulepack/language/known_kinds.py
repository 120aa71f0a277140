"""A run that has everything, in which each derived field is looked into once: what it rests on stays behind its name."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.vocabulary import Computed, Everything, Vocabulary


@dataclass(frozen=True)
class KnownKinds(Everything):
    """Takes a derived field as it is, once its kind is known."""

    def computed(self, ledger: str, name: str) -> Computed:
        """The field itself is what was named.

        Raises:
            RuleError: its expression can't be bound.
        """
        found, key = self.vocabulary.kinds, (ledger, name)
        if key not in found:
            found[key] = (
                Binder.on(self.vocabulary, self, ledger).bind(self.vocabulary.derived[key].value).kind
            )
        return Computed(found[key], (((), name),))


def type_checker(vocabulary: Vocabulary, ledger: str, this_column: str = "") -> Binder:
    """A binder that finds what is wrong with an expression, without data; derived fields stand for themselves."""
    return Binder.on(vocabulary, KnownKinds(vocabulary), ledger, this_column=this_column)
