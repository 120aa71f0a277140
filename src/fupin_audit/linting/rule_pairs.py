"""Rules that say the same as another, or the contrary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fupin_audit.linting.counterexamples import can_hold
from fupin_audit.linting.formula import Formula, every
from fupin_audit.linting.remark import Remark, remark
from fupin_audit.linting.rule_logic import Judged

Group = tuple[tuple[str, str, str], Formula]


def same_or_contrary(rules: Iterable[Judged]) -> Iterator[Remark]:
    """Of two rules on the same rows, what the later one should not say again, or not say at all."""
    groups: dict[Group, list[Judged]] = {}
    for item in rules:
        earlier = groups.setdefault((item.rows, item.when.true), [])
        for other in earlier:
            if message := _clash(other, item):
                yield remark(item.rule.origin, "require", item.rule.id, message)
                break
        earlier.append(item)


def _clash(one: Judged, other: Judged) -> str:
    if one.require == other.require and one.rule.require:
        return f"与 {one.rule.id} 判的是同一件事：台账相同，条件相同"
    alone = (every((item.when.true, item.require.true)) for item in (one, other))
    together = every((one.when.true, one.require.true, other.require.true))
    if can_hold(together, one.domains) or not all(can_hold(formula, one.domains) for formula in alone):
        return ""
    return f"与 {one.rule.id} 矛盾：适用的行相同，不可能两条都相符"
