"""Rules that judge no row, never find anything, or find fault with every row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from fupin_audit.linting.counterexamples import can_hold
from fupin_audit.linting.formula import every
from fupin_audit.linting.remark import Remark, remark
from fupin_audit.linting.rule_logic import Judged


def idle_rules(rules: Iterable[Judged], told: Collection[tuple[str, int]]) -> Iterator[Remark]:
    """Rules whose condition and requirement leave them nothing to say; `told` are lines spoken of already."""
    for item in rules:
        origin = item.rule.origin
        if not any((origin.file, origin.line(key)) in told for key in ("when", "require")):
            key, message = _fault(item)
            if message:
                yield remark(origin, key, item.rule.id, message)


def _fault(item: Judged) -> tuple[str, str]:
    domains, when, require = item.domains, item.when, item.require
    if not can_hold(when.true, domains):
        return "when", "when 永远不成立，判不到任何一行"
    if item.rule.when and not can_hold(when.not_true, domains):
        return "when", "when 永远成立，不必写"
    if not can_hold(every((when.true, require.false)), domains):
        return "require", "永远不会不符：适用的行，require 总是成立" + _unless_blank(item)
    if not can_hold(every((when.true, require.true)), domains):
        return "require", "永远不会相符：适用的行，require 总不成立"
    return "", ""


def _unless_blank(item: Judged) -> str:
    return "或空白" if can_hold(every((item.when.true, item.require.blank)), item.domains) else ""
