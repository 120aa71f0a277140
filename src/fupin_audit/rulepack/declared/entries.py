"""What the kinds of entries of a rule file have in common: the ledgers they judge, their expressions, their examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import CellRule, DerivedField, Row, Rule, ScreenRule

AnyRule = Rule | CellRule | Reconciliation | ScreenRule
Provable = AnyRule | DerivedField | Indicator
EXAMPLE_LISTS = ("good", "bad", "undecided", "exempt")


def ledgers_of(entry: Provable) -> tuple[str, ...]:
    """Titles of the ledgers an entry judges or counts, or of the one that gets the field; `*` for all of them."""
    if isinstance(entry, DerivedField | Indicator):
        return (entry.ledger,)
    if isinstance(entry, Rule | ScreenRule):
        return entry.ledger
    return (entry.left, *entry.right) if isinstance(entry, Reconciliation) else ("*",)


def expressions(entry: AnyRule) -> Iterator[str]:
    """The expressions of an entry, what must hold first."""
    if isinstance(entry, Rule):
        yield from filter(None, (entry.require, entry.when, *entry.show.values()))
    elif isinstance(entry, Reconciliation):
        for field in entry.fields:
            sides = (field.left or field.field, field.right or field.field)
            yield from filter(None, (*sides, field.tolerance, field.before))
        only = [text for text in (entry.only_left, entry.only_right) if isinstance(text, str)]
        yield from filter(None, (entry.when_left, entry.when_right, *only))


def examples_of(entry: Provable) -> tuple[Row, ...]:
    """All examples of a rule, indicator or derived field; a screen has none."""
    if isinstance(entry, ScreenRule):
        return ()
    if isinstance(entry, DerivedField):
        return entry.examples
    return tuple(row for name in EXAMPLE_LISTS for row in getattr(entry.examples, name))


def example_counts(entries: Sequence[AnyRule]) -> Mapping[str, int]:
    """How many examples of each kind the entries of a rule have."""
    proved = [entry for entry in entries if not isinstance(entry, ScreenRule)]
    return {name: sum(len(getattr(entry.examples, name)) for entry in proved) for name in EXAMPLE_LISTS}
