"""Values, targets and changes of a scorecard as a clerk writes them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from fupin_audit.reports.scorecard.ranking import RankTally, ranking, tally
from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import WHOLE, IndicatorScores, Level, Score, Scorecard
from fupin_audit.writing.one_line import one_line

NOTHING, PERCENT = "—", "%"
_MOST_DECIMALS = 4
_NOISE = 10  # decimals beyond which a product of floats says nothing


def place_name(place: Place) -> str:
    """`清河县柳林乡`; 合计 for the whole run."""
    return "合计" if place == WHOLE else one_line(str(place))


def value_text(value: float | None, unit: str) -> str:
    """A value with its unit, and as many decimals as it takes not to look like 0% or 100% when it is not.

    >>> [value_text(value, "%") for value in (0.9375, 1, 0.99982, None)]
    ['93.8%', '100%', '99.98%', '—']
    >>> value_text(1234.0, "人")
    '1,234人'
    """
    if value is None:
        return NOTHING
    return f"{_percentage(value) if unit == PERCENT else _number(value)}{unit}"


def difference_text(difference: float | None, unit: str) -> str:
    """A gap or change with its sign; of shares in percentage points.

    >>> difference_text(-0.0625, "%"), difference_text(27, "人"), difference_text(0, "%")
    ('-6.3点', '+27人', '0')
    """
    if difference is None:
        return NOTHING
    size = abs(difference)
    text = _percentage(size) if unit == PERCENT else _number(size)
    if text == "0":
        return text
    return f"{'-' if difference < 0 else '+'}{text}{'点' if unit == PERCENT else unit}"


def _percentage(share: float) -> str:
    """One decimal, more where rounding would give 0 or 100 of what is not."""
    value = share * 100
    for decimals in range(1, _MOST_DECIMALS + 1):
        rounded = float(Decimal(repr(round(value, _NOISE))).quantize(Decimal(10) ** -decimals, ROUND_HALF_UP))
        if rounded not in (0, 100) or abs(rounded - value) < 10**-_MOST_DECIMALS:
            break
    return f"{rounded:.{decimals}f}".rstrip("0").rstrip(".")


def _number(value: float) -> str:
    return f"{value:,.10g}"


def change_text(indicator: IndicatorScores, score: Score) -> str:
    """`好转+1.2点`, `变差-3`, 持平; a dash where there is nothing to compare with."""
    better = indicator.better(score)
    if better is None:
        return NOTHING if score.change is None else "持平"
    return f"{'好转' if better else '变差'}{difference_text(score.change, indicator.unit)}"


def made_of(score: Score) -> str:
    """`135/144`: what the value was made of."""
    return f"{_number(score.sums.part)}/{_number(score.sums.whole)}"


def counts_text(found: RankTally) -> str:
    """`达标 1、未达标 9、待核实 1`."""
    return f"达标 {found.met}、未达标 {found.unmet}、待核实 {found.open}"


def verdict(card: Scorecard) -> str:
    """The scorecard in one sentence; what was not computed is said with it."""
    extent = "、".join(
        f"{len(card.places(level))} 个{level}" for level in (Level.COUNTY, Level.TOWN, Level.VILLAGE)
    )
    counties = ranking(card, Level.COUNTY)
    found = counties[0].tally if counties else tally(card, WHOLE)
    worst = f"，达标最少的是{place_name(found.place)}" if len(counties) > 1 else ""
    missing = len(not_computed(card))
    besides = f"；未计算 {missing} 项" if missing else ""
    return f"{extent}{worst}：有目标的指标 {found.judged} 项，{counts_text(found)}{besides}"


def circumstances(card: Scorecard) -> list[str]:
    """What the values depend on: date, packs, options, the result they are compared with."""
    lines = [f"截止日期：{card.as_of.isoformat()}（{card.as_of_source}）"]
    lines += [f"规则包：{'、'.join(card.packs)}"] if card.packs else []
    lines += [f"设置：{'；'.join(card.settings)}"] if card.settings else []
    lines += [f"上次结果：截止日期 {card.compared_with.isoformat()}"] if card.compared_with else []
    return [one_line(line) for line in lines]


def not_computed(card: Scorecard) -> list[IndicatorScores]:
    """The indicators that could not be computed."""
    return [indicator for indicator in card.indicators if indicator.reason]


def remarks(card: Scorecard) -> list[str]:
    """What was not computed and why, what was not taken into account, which inputs could not be read."""
    reasons = _grouped((item.reason, item.title) for item in not_computed(card))
    notes = _grouped((note, item.title) for item in card.indicators for note in item.notes)
    return [
        *(f"没有读取 {one_line(sheet.file)}：{one_line(sheet.error)}" for sheet in card.unreadable),
        *(
            f"读得不全或有疑问 {one_line(sheet.file)}：{one_line('；'.join(sheet.caveats))}"
            for sheet in card.inputs
            if sheet.caveats
        ),
        *(f"没有计算 {'、'.join(titles)}：{reason}" for reason, titles in reasons.items()),
        *(f"{note}（{_some(titles)}）" for note, titles in notes.items()),
        *map(one_line, card.notes),
    ]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text, title in pairs:
        found.setdefault(one_line(text), []).append(title)
    return found


def _some(titles: list[str]) -> str:
    return titles[0] if len(titles) == 1 else f"{titles[0]}等 {len(titles)} 项指标"
