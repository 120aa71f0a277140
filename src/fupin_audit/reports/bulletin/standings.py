"""How towns stand with their targets, as a bulletin tells it: the numbers are those of the scorecard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fupin_audit.reports.bulletin.spoken_place import spoken
from fupin_audit.reports.scorecard.phrases import place_name, value_text
from fupin_audit.reports.scorecard.ranking import Pair, Ranked, RankTally, ranking, tally
from fupin_audit.results.scorecard import Level, Scorecard, Standing
from fupin_audit.writing.one_line import one_line

HEADER = ("名次", "乡镇", "达标", "未达标", "待核实", "达标率", "差距合计")
_NAMED, _WORST = 5, 3  # indicators told of a county, of a town


def rows(card: Scorecard) -> list[tuple[str, ...]]:
    """A row a town, the best first; those without any target last."""
    return [_row(item, card) for item in _best_first(card)]


def county_lines(card: Scorecard) -> Iterator[str]:
    """How each county stands, and what it misses by most."""
    for place in card.places(Level.COUNTY):
        found = tally(card, place)
        if found.judged:
            missed = found.having(Standing.UNMET)
            named = f"离目标最远的是{'、'.join(map(_pair, missed[:_NAMED]))}。" if missed else ""
            yield (
                f"{place_name(place)}有目标的指标{found.judged}项，达标{found.met}项、未达标{found.unmet}项、"
                f"待核实{found.open}项。{named}"
            )


def named(card: Scorecard) -> Iterator[str]:
    """The best towns and the worst, by name; nothing where the table shows no difference between them."""
    ranked = [item for item in _best_first(card) if item.rank is not None]
    if not ranked or _told(ranked[0]) == _told(ranked[-1]):
        return
    best = [item.tally for item in ranked if item.rank == ranked[0].rank]
    worst = [item.tally for item in ranked if item.rank == ranked[-1].rank]
    yield f"排在最前的是{_towns(best, card)}，{_share(best[0])}。"
    yield f"排在最后的是{_towns(worst, card)}，{_share(worst[0])}。{_missed(worst, card)}"


def _best_first(card: Scorecard) -> list[Ranked]:
    ranked = ranking(card, Level.TOWN)
    placed = [item for item in ranked if item.rank is not None]
    placed.sort(key=lambda item: (item.rank or 0, str(item.tally.place)))
    return [*placed, *(item for item in ranked if item.rank is None)]


def _told(item: Ranked) -> tuple[str, ...]:
    """What a town is ranked by, as people read it."""
    return value_text(item.tally.share, "%"), value_text(item.tally.distance, "%")


def _row(item: Ranked, card: Scorecard) -> tuple[str, ...]:
    found = item.tally
    return (
        item.rank_text or "—",
        _name(found, card),
        *map(str, (found.met, found.unmet, found.open)),
        *_told(item),
    )


def _name(found: RankTally, card: Scorecard) -> str:
    return spoken(found.place, card.places(Level.COUNTY))


def _towns(tallies: Sequence[RankTally], card: Scorecard) -> str:
    return "、".join(_name(found, card) for found in tallies)


def _share(found: RankTally) -> str:
    return f"达标{found.met}项、未达标{found.unmet}项，达标率{value_text(found.share, '%')}"


def _missed(tallies: Sequence[RankTally], card: Scorecard) -> str:
    """What each of them misses by most."""
    told = [
        f"{_name(found, card)}{'、'.join(map(_pair, missed[:_WORST]))}"
        for found in tallies
        if (missed := found.having(Standing.UNMET))
    ]
    return f"离目标最远的：{'；'.join(told)}。" if told else ""


def _pair(pair: Pair) -> str:
    """`住房安全率80%（目标100%）`."""
    indicator, score = pair
    goal = value_text(score.goal.value if score.goal else None, indicator.unit)
    return f"{one_line(indicator.title)}{value_text(score.value, indicator.unit)}（目标{goal}）"
