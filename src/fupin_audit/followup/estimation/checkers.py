"""What each checker found, beside what the same households would give if all checkers found alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from fupin_audit.followup.estimation.intervals import wilson
from fupin_audit.followup.sampling.drawing import Risk
from fupin_audit.followup.sampling.manifest import Manifest

# Fewer visits say nothing of a checker.
_ENOUGH = 10


@dataclass(frozen=True, slots=True)
class CheckerRate:
    """How many of a checker's households did not match; a hint where to look again, no mark for the checker.

    Attributes:
        decided: his households that could be compared; failed: of these, not matching.
        share, low, high: his share and its 95 % interval (Wilson).
        expected: the share if each of his households were like those of its risk that everybody visited.
    """

    name: str
    decided: int
    failed: int
    share: float
    low: float
    high: float
    expected: float

    @property
    def stands_out(self) -> bool:
        """Enough visits, and chance alone hardly explains the difference."""
        return self.decided >= _ENOUGH and not self.low <= self.expected <= self.high


def checker_rates(
    manifest: Manifest, checkers: Mapping[str, str], verdicts: Mapping[str, bool | None]
) -> tuple[CheckerRate, ...]:
    """The rates of all checkers, by name.

    Args:
        manifest: the draw, which knows each household's risk.
        checkers: 核查编号 → checker.
        verdicts: 核查编号 → whether the record matches.
    """
    risks = {visit.visit: manifest.strata[visit.stratum].risk for visit in manifest.visits}
    decided = {code: verdict for code, verdict in verdicts.items() if verdict is not None}
    usual = _usual({code: risks[code] for code in decided}, decided)
    rounds: dict[str, list[str]] = {}
    for code in decided:
        rounds.setdefault(checkers[code], []).append(code)
    return tuple(
        _rate(name, codes, decided, [usual[risks[code]] for code in codes])
        for name, codes in sorted(rounds.items())
    )


def _usual(risks: Mapping[str, Risk], decided: Mapping[str, bool]) -> dict[Risk, float]:
    """Share of failed households of each risk, all checkers together."""
    visits, failed = (
        Counter(risks.values()),
        Counter(risks[code] for code, holds in decided.items() if not holds),
    )
    return {risk: failed[risk] / number for risk, number in visits.items()}


def _rate(name: str, codes: list[str], decided: Mapping[str, bool], expected: list[float]) -> CheckerRate:
    failed = sum(not decided[code] for code in codes)
    low, high = wilson(failed, len(codes))
    return CheckerRate(
        name, len(codes), failed, failed / len(codes), low, high, sum(expected) / len(expected)
    )
