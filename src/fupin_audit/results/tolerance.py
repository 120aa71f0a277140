"""How large a share of a rule's rows may fail before the rule fails the run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fupin_audit.results.rule_run import Counts, RuleRun


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A rule, the share of its judged rows that may fail, and what became of them in the whole run."""

    rule: str
    max_rate: float
    counts: Counts

    @property
    def kept(self) -> bool:
        """Whether no more fail than may; where nothing was judged that can't be said."""
        return self.counts.share is not None and self.counts.share <= self.max_rate


def tolerances(max_rates: Mapping[str, float], runs: Iterable[RuleRun]) -> Iterator[Tolerance]:
    """Each rule that has a rate, in the order of the run."""
    return (Tolerance(run.id, max_rates[run.id], run.counts) for run in runs if run.id in max_rates)
