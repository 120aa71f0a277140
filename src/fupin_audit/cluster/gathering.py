"""From what each shard said of a rule to what is said of it in all: verdicts added, gaps told once, in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fupin_audit.engine.loaded.place_counts import PlaceCounts
from fupin_audit.engine.telling.rule_runs import ToldRule


def gathered_counts(said: Sequence[ToldRule]) -> PlaceCounts | None:
    """The verdicts of all shards by place; None where nothing ran.

    A shard that has no rows of a rule's ledger runs it on nothing. That is no verdict where the others could not.
    """
    counted = [rule.counted for rule in said if rule.counted is not None]
    total = PlaceCounts.together(counted)
    return total if total or len(counted) == len(said) else None


def gathered_areas(said: Sequence[ToldRule]) -> Mapping[str, frozenset[int]]:
    """Ledger → the areas of all shards where nothing of a rule was judged."""
    found: dict[str, frozenset[int]] = {}
    for rule in said:
        for ledger, areas in rule.lacking.items():
            found[ledger] = found.get(ledger, frozenset()) | areas
    return found


def gathered_gaps(said: Sequence[ToldRule]) -> tuple[str, ...]:
    """What could not be judged somewhere, once each; what one shard alone says stands where it stands there."""
    merged: list[str] = []
    for rule in said:
        own = list(dict.fromkeys(rule.gaps))
        for at, gap in enumerate(own):
            if gap not in merged:
                after = next((merged.index(later) for later in own[at + 1 :] if later in merged), len(merged))
                merged.insert(after, gap)
    return tuple(merged)
