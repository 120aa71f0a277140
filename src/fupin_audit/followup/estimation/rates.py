"""The stratified estimate of a share, and its interval (Cochran 1977; Korn & Graubard 1998).

docs/guide-field.md gives the formulae and says why these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from fupin_audit.followup.estimation.distributions import t_quantile
from fupin_audit.followup.estimation.intervals import TAIL, clopper_pearson, hypergeometric

_PAIR = 2


class Method(StrEnum):
    """How an interval was found."""

    COMPLETE = "全部查到"
    EXACT = "超几何精确"
    STRATIFIED = "分层"
    NONE = "无从推算"


@dataclass(frozen=True, slots=True)
class VisitCounts:
    """What was seen in one stratum.

    Attributes:
        size: its households.
        checked: how many were visited.
        decided: for how many of these the record could be compared.
        failed: how many of these did not match.
    """

    size: int
    checked: int
    decided: int
    failed: int

    @property
    def weight(self) -> float:
        """The households each visit stands for."""
        return self.size / self.checked

    @property
    def is_complete(self) -> bool:
        """Every household was visited: nothing is left to chance."""
        return self.checked == self.size


@dataclass(frozen=True, slots=True)
class Rate:
    """An estimated share of households whose record does not match, with its 95 % interval.

    Attributes:
        decided: households compared; failed: of these, not matching.
        share: estimated for all households; None where nothing was compared.
        design_effect: variance ÷ that of a simple random sample of the same size.
    """

    decided: int
    failed: int
    share: float | None = None
    low: float = 0.0
    high: float = 1.0
    method: Method = Method.NONE
    design_effect: float = 1.0


def estimate_rate(strata: Sequence[VisitCounts]) -> Rate:
    """The share of failed households among all that can be compared.

    Strata visited in full are known; only the others are subject to chance. A stratum without visits is left
    to the others: it is taken to be like them.
    """
    seen = [stratum for stratum in strata if stratum.decided]
    decided, failed = sum(s.decided for s in seen), sum(s.failed for s in seen)
    if not decided:
        return Rate(0, 0)
    known = [stratum for stratum in seen if stratum.is_complete]
    chance = [stratum for stratum in seen if not stratum.is_complete]
    sizes = _total(known), _total(chance)
    found = sum(s.failed for s in known)
    if not chance:
        share = failed / decided
        return Rate(decided, failed, share, share, share, Method.COMPLETE)
    part = _by_chance(chance)
    share, low, high = ((found + sizes[1] * x) / sum(sizes) for x in (part.share, part.low, part.high))
    return Rate(decided, failed, share, low, high, part.method, part.design_effect)


def _total(strata: Sequence[VisitCounts]) -> float:
    """Households that can be compared, as estimated."""
    return sum(stratum.weight * stratum.decided for stratum in strata)


@dataclass(frozen=True, slots=True)
class _Chance:
    """The rate in strata visited in part."""

    share: float
    low: float
    high: float
    method: Method
    design_effect: float = 1.0


def _by_chance(strata: Sequence[VisitCounts]) -> _Chance:
    total = _total(strata)
    share = sum(stratum.weight * stratum.failed for stratum in strata) / total
    if len(strata) == 1:
        (only,) = strata
        size = max(only.decided, round(total))
        fewest, most = hypergeometric(only.failed, only.decided, size)
        return _Chance(share, fewest / size, most / size, Method.EXACT)
    effective = _effective_size(strata, share)
    low, high = clopper_pearson(effective * share, effective)
    drawn = sum(stratum.decided for stratum in strata)
    simple = drawn / (1 - drawn / total)
    return _Chance(share, low, high, Method.STRATIFIED, simple / effective)


def _effective_size(strata: Sequence[VisitCounts], share: float) -> float:
    """The simple random sample as precise as this one, reduced as its variance is itself an estimate.

    Strata of two or three visits often show no variance by mere chance. So what stratification seems to gain is
    not counted, as the National Center for Health Statistics does not (Parker et al. 2017).
    """
    total = _total(strata)
    most = _like_everywhere(strata, total)
    groups = _paired(strata)
    variance = sum(_variance(group, share, total) for group in groups)
    if share * (1 - share) >= most * variance:
        return most
    drawn = sum(stratum.decided for stratum in strata)
    freedom = sum(stratum.checked for stratum in strata) - len(groups)
    caution = t_quantile(1 - TAIL, drawn - 1) / t_quantile(1 - TAIL, freedom)
    return share * (1 - share) / variance * caution**2


def _like_everywhere(strata: Sequence[VisitCounts], total: float) -> float:
    """The effective size where all strata have the same share; taken where no variance was seen."""
    return 1 / sum((s.weight * s.decided / total) ** 2 * (1 - s.checked / s.size) / s.decided for s in strata)


def _paired(strata: Sequence[VisitCounts]) -> list[list[VisitCounts]]:
    """Strata with one visit joined with a neighbour: alone they show no variance (Cochran 1977, section 5A.12)."""
    groups = [[stratum] for stratum in strata if stratum.checked >= _PAIR]
    single = [stratum for stratum in strata if stratum.checked < _PAIR]
    pairs = [list(single[at : at + _PAIR]) for at in range(0, len(single), _PAIR)]
    if pairs and len(pairs[-1]) < _PAIR:
        lonely = pairs.pop()
        (pairs or groups)[-1].extend(lonely)
    return [*groups, *pairs]


def _variance(group: Sequence[VisitCounts], share: float, total: float) -> float:
    """What a group of strata adds to the variance of the share, by linearisation, with finite population correction."""
    number = sum(stratum.checked for stratum in group)
    size = sum(stratum.size for stratum in group)
    first = second = 0.0
    for stratum in group:
        unit = stratum.weight / total
        passed = stratum.decided - stratum.failed
        first += unit * (stratum.failed * (1 - share) - passed * share)
        second += unit**2 * (stratum.failed * (1 - share) ** 2 + passed * share**2)
    return (1 - number / size) * number / (number - 1) * (second - first**2 / number)
