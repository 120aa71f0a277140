"""Places by indicators, the worst place first: every value coloured by its target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fupin_audit.reports.scorecard.phrases import place_name
from fupin_audit.reports.scorecard.ranking import Ranked, ranking
from fupin_audit.reports.scorecard.score_sheets import ScoreStyle, open_sheet, write_figure, write_head
from fupin_audit.results.scorecard import Direction, IndicatorScores, Level, Score, Scorecard, Standing
from fupin_audit.writing.excel import Worksheet, xl_rowcol_to_cell
from fupin_audit.writing.one_line import one_line

_COUNTS = {"名次": 8, "地方": 22, "达标": 7, "未达标": 7, "待核实": 7, "达标率": 9}
_VALUE_WIDTH = 11


def write_matrix(sheet: Worksheet, card: Scorecard, level: Level, style: ScoreStyle) -> None:
    """One row a place, one column an indicator that some place of the level has."""
    start = open_sheet(sheet, card, f"各{level}排名，差的在前", style)
    ranked = ranking(card, level)
    indicators = _present(card, ranked)
    headers = {one_line(item.title): _VALUE_WIDTH for item in indicators}
    write_head(sheet, start, {**_COUNTS, **headers}, style)
    for row, item in enumerate(ranked, start + 1):
        _write_place(sheet, row, item, style)
    for column, indicator in enumerate(indicators, len(_COUNTS)):
        scores = {score.place: score for score in indicator.scores}
        placed = [(row, scores.get(item.tally.place)) for row, item in enumerate(ranked, start + 1)]
        for row, score in placed:
            write_figure(sheet, row, column, score.value if score else None, style.value(indicator.unit))
        cells = [(row, score) for row, score in placed if score is not None]
        _colour(sheet, column, indicator, cells, style)


def _present(card: Scorecard, ranked: Sequence[Ranked]) -> list[IndicatorScores]:
    found = {indicator.id for item in ranked for indicator, _ in item.tally.pairs}
    return [indicator for indicator in card.indicators if indicator.id in found]


def _write_place(sheet: Worksheet, row: int, item: Ranked, style: ScoreStyle) -> None:
    found = item.tally
    write_figure(sheet, row, 0, item.rank, style.tied if item.tied else style.figure)
    sheet.write_string(row, 1, place_name(found.place), style.text)
    for column, count in enumerate((found.met, found.unmet, found.open), 2):
        write_figure(sheet, row, column, count, style.figure)
    write_figure(sheet, row, 5, found.share, style.percent)


def _colour(
    sheet: Worksheet,
    column: int,
    indicator: IndicatorScores,
    cells: Sequence[tuple[int, Score]],
    style: ScoreStyle,
) -> None:
    """Conditional formats: red and green by the target, yellow where blanks could turn the verdict."""
    enough = ">=" if indicator.direction is Direction.HIGHER else "<="
    goals = sorted({score.goal.value for _, score in cells if score.goal and score.met is not None})
    for goal in goals:
        rows = [row for row, s in cells if s.goal and s.goal.value == goal and s.met is not None]
        for criteria, standing in ((enough, Standing.MET), (_opposite(enough), Standing.UNMET)):
            rule = {"type": "cell", "criteria": criteria, "value": round(goal, 6)}
            _format(sheet, column, rows, {**rule, "format": style.standing[standing]})
    unsure = [row for row, score in cells if score.standing is Standing.OPEN]
    _format(sheet, column, unsure, {"type": "no_errors", "format": style.standing[Standing.OPEN]})


def _opposite(criteria: str) -> str:
    return "<" if criteria == ">=" else ">"


def _format(sheet: Worksheet, column: int, rows: Sequence[int], rule: dict[str, object]) -> None:
    """One conditional format for cells of a column that need not stand together."""
    ranges = list(_ranges(column, rows))
    if ranges:
        sheet.conditional_format(ranges[0], {**rule, "multi_range": " ".join(ranges)})


def _ranges(column: int, rows: Sequence[int]) -> Iterator[str]:
    """Runs of neighbouring rows as `G6:G9`."""
    first = previous = None
    for row in (*rows, None):
        if first is not None and previous is not None and (row is None or row != previous + 1):
            yield f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(previous, column)}"
            first = None
        first = row if first is None else first
        previous = row
