"""Parts of COALESCE, ALL_OF and ANY_OF that decide nothing, whatever stands in the row.

A part whose columns were not delivered is skipped: only those answer for another that are there whenever it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlglot import exp

from fupin_audit.linting.counterexamples import can_hold
from fupin_audit.linting.domains import Domains
from fupin_audit.linting.formula import Formula, every, some
from fupin_audit.linting.to_logic import is_condition, meaning, text
from fupin_audit.linting.truth import Meaning
from fupin_audit.rulepack.language.expression import arguments, function_name


def unseen(written: exp.Expr, domains: Domains) -> Iterator[str]:
    """What is never seen in an expression, in Chinese."""
    for node in written.walk():
        if isinstance(node, exp.Coalesce):
            yield from _never_reached(arguments(node), domains)
        elif decides := _DECIDES.get(function_name(node)):
            yield from _implied(node, decides, domains)


def _never_reached(items: Sequence[exp.Expr], domains: Domains) -> Iterator[str]:
    """Items behind one that is never blank, or blank only where they are blank themselves."""
    for at, item in enumerate(items):
        passed = [_filled(other).denied.true for other in _present_with(item, items[:at])]
        if passed and not can_hold(every((*passed, _filled(item).true)), domains):
            yield f"COALESCE里的“{text(item)}”永远轮不到"


def _filled(item: exp.Expr) -> Meaning:
    """When an item has a value."""
    if is_condition(item):
        said = meaning(item)
        return Meaning(some((said.true, said.false)), said.blank)
    return meaning(exp.Is(this=item.copy(), expression=exp.Null())).denied


def _implied(node: exp.Expr, decides: _Decides, domains: Domains) -> Iterator[str]:
    """Conditions that change nothing beside the others; of two that say the same, the later."""
    kept = list(arguments(node))
    for item in reversed(arguments(node)):
        others = [meaning(other) for other in _present_with(item, kept) if other is not item]
        if others and not can_hold(decides(others, meaning(item)), domains):
            kept = [other for other in kept if other is not item]
            yield f"{function_name(node)}里的“{text(item)}”从不起作用：其余的已经说了"


def _present_with(item: exp.Expr, others: Sequence[exp.Expr]) -> list[exp.Expr]:
    """Those that name no column which the item does not name, too."""
    return [other for other in others if _names(other) <= _names(item)]


def _names(item: exp.Expr) -> set[str]:
    return {text(column) for column in item.find_all(exp.Column)}


_Decides = Callable[[Sequence[Meaning], Meaning], Formula]


def _in_all(others: Sequence[Meaning], item: Meaning) -> Formula:
    """It is false and no other is, or blank where all others are true."""
    none_false = every(some((other.true, other.blank)) for other in others)
    all_true = every(other.true for other in others)
    return some((every((none_false, item.false)), every((all_true, item.blank))))


def _in_any(others: Sequence[Meaning], item: Meaning) -> Formula:
    """It is true and no other is, or false where all others are blank."""
    none_true = every(other.not_true for other in others)
    all_blank = every(other.blank for other in others)
    return some((every((none_true, item.true)), every((all_blank, item.false))))


_DECIDES: dict[str, _Decides] = {"ALL_OF": _in_all, "ANY_OF": _in_any}
