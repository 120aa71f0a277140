"""What rules ask of a row, bound once for each kind of delivery: one county after another asks the same again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from sqlglot import exp

from fupin_audit.engine.loaded.views import Listening
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.targets import RuleTarget
from fupin_audit.rulepack.language.vocabulary import Available, Vocabulary

_KINDS = 4  # of delivery a rule is remembered for
_REGISTER, _REGISTERED = "人口", "在册"
_Answers = Mapping[tuple[str, tuple[object, ...]], object]


@dataclass(frozen=True, slots=True)
class BoundRule:
    """What a rule asks of a row.

    Attributes:
        binder: knows what the rest needs.
        require: what must hold.
        when: where the rule says it applies; None where everywhere.
        registered: that the person is in the register, where the rule is on those alone.
    """

    binder: Binder
    require: exp.Expr
    when: exp.Expr | None
    registered: exp.Expr | None

    def of(self, available: Available) -> BoundRule:
        """The same for another delivery, in trees and with needs of its own."""
        trees = (tree and tree.copy() for tree in (self.when, self.registered))
        binder = replace(self.binder, available=available, frame=self.binder.frame.copy())
        return BoundRule(binder, self.require.copy(), *trees)


def bound_to(vocabulary: Vocabulary, target: RuleTarget, available: Available) -> Binder:
    """A binder for the target's expressions, by what is available where its rows lie."""
    tolerated = target.rule.optional
    return Binder.on(vocabulary, available, target.ledger, this_column=target.column, tolerated=tolerated)


def bound_rule(vocabulary: Vocabulary, target: RuleTarget, available: Available) -> BoundRule:
    """What a rule asks of a row, as it was bound before where everything that was asked then is answered alike."""
    rules = _known.setdefault(vocabulary, {})
    which = id(target.rule), target.ledger, target.column
    kinds = rules.get(which, ())
    found = next((kind for kind in kinds if kind.is_of(available)), None)
    if found is None:
        listening = Listening(available)
        bound = _bound(bound_to(vocabulary, target, listening), target)
        found = _Kind(target.rule, listening.answers, bound)
        rules[which] = (found, *kinds)[:_KINDS]
    return found.bound.of(available)


def _bound(binder: Binder, target: RuleTarget) -> BoundRule:
    rule = target.rule
    require = binder.condition(rule.require)
    binder.frame.missing += filter(None, map(binder.available.incomplete, rule.complete))
    when = binder.condition(rule.when) if rule.when else None
    registered = target.ledger == _REGISTER and rule.scope == _REGISTERED
    return BoundRule(binder, require, when, binder.field(_REGISTERED).tree if registered else None)


@dataclass(frozen=True)
class _Kind:
    """A rule as it was bound, and what was asked and answered then; the rule is kept so that its number stays its own."""

    rule: Rule
    answers: _Answers
    bound: BoundRule

    def is_of(self, available: Available) -> bool:
        """Whether all that was asked is answered alike."""
        return all(
            _answer(available, question, about) == answer
            for (question, about), answer in self.answers.items()
        )


_known: WeakKeyDictionary[Vocabulary, dict[tuple[int, str, str], tuple[_Kind, ...]]] = WeakKeyDictionary()


def _answer(available: Available, question: str, about: tuple[object, ...]) -> object:
    found = getattr(available, question)
    return found(*about) if about else found
