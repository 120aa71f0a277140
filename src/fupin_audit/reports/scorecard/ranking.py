"""Which places stand worst: by the share of their targets they reach, then by how far they are from the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import IndicatorScores, Level, Score, Scorecard, Standing

Pair = tuple[IndicatorScores, Score]


@dataclass(frozen=True, slots=True)
class RankTally:
    """How one place stands.

    Attributes:
        pairs: its indicators and scores, worst first.
        met, unmet, open: targets that are reached, are not, can't be decided.
        better, worse: indicators that went up or down since the earlier scorecard.
    """

    place: Place
    pairs: tuple[Pair, ...]
    met: int
    unmet: int
    open: int
    better: int
    worse: int

    @property
    def distance(self) -> float:
        """How far it is from the targets it misses, all together, as shares of them."""
        return round(sum(map(_shortfall, self.having(Standing.UNMET))), 9)

    @property
    def judged(self) -> int:
        """Targets that apply."""
        return self.met + self.unmet + self.open

    @property
    def share(self) -> float | None:
        """Targets reached among all that apply: unknown is not a pass. None where no target applies."""
        return self.met / self.judged if self.judged else None

    def having(self, standing: Standing) -> list[Pair]:
        """The indicators that stand so."""
        return [pair for pair in self.pairs if pair[1].standing is standing]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place among those of its level; 1 is the best, None where no target applies.

    Attributes:
        rank: places that reach the same share of targets are told apart by how far they are from the others;
            equals in both share a rank.
        tied: whether another place has the same rank.
    """

    rank: int | None
    tally: RankTally
    tied: bool = False

    @property
    def rank_text(self) -> str:
        """The rank as people read it, `并列3` where it is shared; empty where there is none."""
        return "" if self.rank is None else f"{'并列' if self.tied else ''}{self.rank}"


def tally(card: Scorecard, place: Place) -> RankTally:
    """How one place stands."""
    pairs = sorted(card.at.get(place, ()), key=lambda pair: (pair[1].standing.rank, -_shortfall(pair)))
    standings = [score.standing for _, score in pairs]
    trends = [indicator.better(score) for indicator, score in pairs]
    return RankTally(
        place,
        tuple(pairs),
        met=standings.count(Standing.MET),
        unmet=standings.count(Standing.UNMET),
        open=standings.count(Standing.OPEN),
        better=trends.count(True),
        worse=trends.count(False),
    )


def _shortfall(pair: Pair) -> float:
    """How far from the target: a share of it, so that people and percentages can be put in one order."""
    indicator, score = pair
    if score.gap is None or score.goal is None:
        return 0
    base = 1 if indicator.is_share else score.goal.value or score.sums.whole
    return abs(score.gap) / base if base else 0


def ranking(card: Scorecard, level: Level) -> list[Ranked]:
    """The places of a level, worst first; those without any target last."""
    tallies = [tally(card, place) for place in card.places(level)]
    merits = Counter(merit for found in tallies if (merit := _merit(found)))
    ranked = [
        Ranked(1 + sum(merits[other] for other in merits if other > merit), found, merits[merit] > 1)
        if (merit := _merit(found))
        else Ranked(None, found)
        for found in tallies
    ]
    return sorted(ranked, key=_worst_first)


def _merit(found: RankTally) -> tuple[float, float] | None:
    """What a place is ranked by, more is better; None where no target applies."""
    return None if found.share is None else (found.share, -found.distance)


def _worst_first(item: Ranked) -> tuple[object, ...]:
    found = item.tally
    place = found.place
    return (item.rank is None, -(item.rank or 0), -found.unmet, place.county, place.town, place.village)
