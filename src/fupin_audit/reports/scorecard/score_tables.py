"""The tables of the scorecard in the terminal: the indicators of a place, and the ranking of places."""

from __future__ import annotations

from collections.abc import Sequence

from fupin_audit.reports.scorecard.phrases import (
    NOTHING,
    PERCENT,
    change_text,
    difference_text,
    made_of,
    place_name,
    value_text,
)
from fupin_audit.reports.scorecard.ranking import Pair, Ranked, RankTally
from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import Level, Scorecard, Standing
from fupin_audit.writing.console import Table, Text
from fupin_audit.writing.fitting_table import FittingTable
from fupin_audit.writing.one_line import one_line

_STYLES = {Standing.UNMET: "red", Standing.OPEN: "yellow", Standing.MET: "green"}
_TITLES = 2


def indicator_table(found: RankTally, *, compared: bool) -> Table:
    """The indicators of a place, worst first; the earlier values where it is compared with an earlier result."""
    numbers = ("上次", "变化") if compared else ("构成",)
    table = FittingTable(("指标", "结果"), ["指标", "现值", "目标", "差距", "结果", *numbers, "不明"])
    for pair in found.pairs:
        table.add(_cells(pair, compared=compared))
    return table


def _cells(pair: Pair, *, compared: bool) -> list[Text]:
    indicator, score = pair
    since = (
        [value_text(score.earlier, indicator.unit), change_text(indicator, score)]
        if compared
        else [made_of(score)]
    )
    return [
        Text(one_line(indicator.title)),
        Text(value_text(score.value, indicator.unit)),
        Text(value_text(score.goal.value, indicator.unit) if score.goal else NOTHING),
        Text(difference_text(score.gap, indicator.unit)),
        Text(score.standing, style=_STYLES.get(score.standing, "dim")),
        *map(Text, since),
        Text(str(score.sums.undecided) if score.sums.undecided else ""),
    ]


def rank_table(card: Scorecard, level: Level, ranked: Sequence[Ranked], *, full: bool) -> Table:
    """Places in the order given, with what they miss; `full` names every indicator they miss."""
    compared = card.compared_with is not None
    trends_of = ["变好", "变差"] if compared else []
    counted = ("达标", "未达标", "待核实", "达标率", *trends_of)
    table = FittingTable((level, "未达标的指标"), ["名次", level, *counted, "未达标的指标"])
    counties = len(card.places(Level.COUNTY)) > 1
    for item in ranked:
        found = item.tally
        trends = [Text(str(found.better)), Text(str(found.worse))] if compared else []
        missed = _missed(found, full=full)
        rank = Text(item.rank_text or NOTHING)
        table.add([rank, _named(found.place, counties), *_counts(found), *trends, missed])
    return table


def _named(place: Place, counties: bool) -> Text:
    """The place; without its county where there is only one."""
    within = place if counties else Place("", place.town, place.village)
    return Text(place_name(within if within.town or within.village else place))


def _counts(found: RankTally) -> list[Text]:
    return [
        Text(str(found.met)),
        Text(str(found.unmet), style="red" if found.unmet else "dim"),
        Text(str(found.open), style="yellow" if found.open else "dim"),
        Text(value_text(found.share, PERCENT)),
    ]


def _missed(found: RankTally, *, full: bool) -> Text:
    titles = [one_line(indicator.title) for indicator, _ in found.having(Standing.UNMET)]
    shown = titles if full else titles[:_TITLES]
    more = f"等 {len(titles)} 项" if len(titles) > len(shown) else ""
    return Text("、".join(shown) + more)
