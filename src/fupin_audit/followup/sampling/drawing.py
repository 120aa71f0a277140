"""The draw: strata of village and risk, simple random sampling within each by a seeded hash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import groupby

from fupin_audit.followup.sampling import allocation
from fupin_audit.followup.sampling.frame import Frame, ListedHousehold
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.place import Place


class RiskLevel(StrEnum):
    """Where the share must be reached: in every village, or only in every town as a whole."""

    VILLAGE = "村"
    TOWN = "乡镇"


class Risk(StrEnum):
    """What the audit says of the households of a stratum."""

    WORST = "必查"
    FAULTY = "有错误"
    OTHERS = "无错误"
    MIXED = "不分"


@dataclass(frozen=True, slots=True)
class Design:
    """How to draw.

    Attributes:
        shares: county → share of its households to visit, above 0, at most 1.
        seed: decides what chance decides; the same seed draws the same households.
        by: where the share must be reached.
    """

    shares: Mapping[str, float]
    seed: int
    by: RiskLevel = RiskLevel.VILLAGE


@dataclass(frozen=True, slots=True)
class Stratum:
    """Households among which chance alone decides; all are drawn where `risk` is 必查."""

    place: Place
    risk: Risk
    size: int
    drawn: tuple[ListedHousehold, ...]


def draw(frame: Frame, findings: Iterable[Finding], design: Design) -> tuple[Stratum, ...]:
    """Draw the sample, village by village; a household's chance is its stratum's drawn ÷ size."""
    ranks = _ranks(findings)
    villages = {place: tuple(found) for place, found in groupby(frame.households, key=lambda h: h.place)}
    visits = _visits({place: len(found) for place, found in villages.items()}, design)
    return tuple(
        stratum
        for place, households in villages.items()
        for stratum in _strata(_shuffled(households, design.seed), visits[place], ranks)
    )


def _visits(sizes: Mapping[Place, int], design: Design) -> dict[Place, int]:
    """Village → how many of its households are visited."""
    if design.by is RiskLevel.VILLAGE:
        return {place: allocation.quota(size, design.shares[place.county]) for place, size in sizes.items()}
    visits: dict[Place, int] = {}
    for (county, _), group in groupby(sizes, key=lambda place: (place.county, place.town)):
        places = list(group)
        quotas = allocation.town_quotas([sizes[place] for place in places], design.shares[county])
        visits |= zip(places, quotas, strict=True)
    return visits


def _shuffled(households: Sequence[ListedHousehold], seed: int) -> list[ListedHousehold]:
    """The households in the order chance gives them."""
    return sorted(households, key=lambda household: sha256(f"{seed}:{household.number}".encode()).digest())


def _ranks(findings: Iterable[Finding]) -> dict[str, tuple[int, int]]:
    """户编号 → number of rules it breaks: errors, warnings."""
    broken = {(finding.household, finding.severity, finding.rule) for finding in findings}
    counted = Counter((household, severity) for household, severity, _ in broken)
    households = {household for household, _ in counted}
    return {h: (counted[h, Severity.ERROR], counted[h, Severity.WARNING]) for h in households}


def _strata(
    shuffled: Sequence[ListedHousehold], visits: int, ranks: Mapping[str, tuple[int, int]]
) -> Iterator[Stratum]:
    """The strata of one village that have households."""
    clean = (0, 0)
    faulty = [h for h in shuffled if ranks.get(h.number, clean)[0]]
    others = [h for h in shuffled if not ranks.get(h.number, clean)[0]]
    worst = sorted(faulty, key=lambda h: ranks[h.number], reverse=True)  # stable: chance decides a tie
    worst = worst[: allocation.certain(visits, len(shuffled), len(faulty))]
    faulty = [h for h in faulty if h not in worst]
    visits -= len(worst)
    if worst:
        yield _stratum(Risk.WORST, worst, len(worst))
    parts = allocation.split(visits, len(faulty), len(others))
    if parts:
        yield _stratum(Risk.FAULTY, faulty, parts[0])
        yield _stratum(Risk.OTHERS, others, parts[1])
    elif visits:
        rest = [h for h in shuffled if h not in worst]
        yield _stratum(_only_kind(faulty, others), rest, visits)


def _only_kind(faulty: Sequence[ListedHousehold], others: Sequence[ListedHousehold]) -> Risk:
    if faulty and others:
        return Risk.MIXED
    return Risk.FAULTY if faulty else Risk.OTHERS


def _stratum(risk: Risk, shuffled: Sequence[ListedHousehold], visits: int) -> Stratum:
    """The first of the shuffled households, in the order of their numbers."""
    drawn = sorted(shuffled[:visits], key=lambda household: household.number)
    return Stratum(shuffled[0].place, risk, len(shuffled), tuple(drawn))
