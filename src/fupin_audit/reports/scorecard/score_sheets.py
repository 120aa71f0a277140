"""Sheets of the scorecard's workbook: indicators place by place, and what the figures mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fupin_audit.reports.scorecard.phrases import circumstances, place_name, remarks, verdict
from fupin_audit.reports.scorecard.ranking import Pair, ranking, tally
from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import WHOLE, Level, Scorecard, Standing
from fupin_audit.writing.excel import Format, Workbook, Worksheet
from fupin_audit.writing.marks import SCORE_BOOK
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.workbook_style import Style
from fupin_audit.writing.wrapping import wrap

TITLE = SCORE_BOOK[0]
_FILLS = {Standing.UNMET: "#F8CBAD", Standing.OPEN: "#FFE699", Standing.MET: "#C6E0B4"}
_DETAILS = {"地方": 22, "指标": 24, "单位": 6, "现值": 11, "目标": 11, "差距": 11, "结果": 9, "上次": 11, "变化": 11,
            "分子": 12, "分母": 12, "不明": 7, "目标出处": 56}  # fmt: skip
_MEANINGS = {"编号": 9, "指标": 24, "方向": 10, "含义": 52, "算法": 60, "依据": 40}
_RESULT = list(_DETAILS).index("结果")
_TOP = 4  # rows above a table: title, verdict, circumstances, space
_A4 = 9
_LINE_HEIGHT, _HEAD_HEIGHT = 14, 30


class ScoreStyle(Style):
    """The formats of the scorecard's workbook."""

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        cell = {
            "font_name": "宋体",
            "font_size": 10,
            "valign": "vcenter",
            "border": 1,
            "border_color": "#A6A6A6",
        }
        self.percent: Format = book.add_format({**cell, "align": "right", "num_format": "0.0#%"})
        self.figure: Format = book.add_format({**cell, "align": "right", "num_format": "#,##0.####"})
        self.tied: Format = book.add_format({**cell, "align": "right", "num_format": '"并列"0'})
        self.standing: dict[Standing, Format] = {
            standing: book.add_format({"bg_color": fill}) for standing, fill in _FILLS.items()
        }

    def value(self, unit: str) -> Format:
        """The format of an indicator's values."""
        return self.percent if unit == "%" else self.figure


def open_sheet(sheet: Worksheet, card: Scorecard, title: str, style: ScoreStyle) -> int:
    """Writes what stands above a table; the row the table starts in."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.write_string(0, 0, title, style.title)
    sheet.write_string(1, 0, verdict(card), style.section)
    sheet.write_string(2, 0, "；".join(circumstances(card)))
    return _TOP


def write_head(sheet: Worksheet, row: int, headers: dict[str, int], style: ScoreStyle) -> None:
    """Writes the head of a table and sets the widths of its columns."""
    sheet.set_row(row, _HEAD_HEIGHT)
    for column, (header, width) in enumerate(headers.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(row, column, header, style.header)
    sheet.freeze_panes(row + 1, 0)


def write_details(sheet: Worksheet, card: Scorecard, levels: Sequence[Level], style: ScoreStyle) -> None:
    """One row an indicator and place, the worst place first, coloured by what stands in 结果."""
    start = open_sheet(sheet, card, TITLE, style)
    write_head(sheet, start, _DETAILS, style)
    row = start
    for row, (place, pair) in enumerate(_rows(card, levels), start + 1):
        _write_pair(sheet, row, place, pair, style)
    if row > start:
        sheet.autofilter(start, 0, row, len(_DETAILS) - 1)
        for standing, look in style.standing.items():
            sheet.conditional_format(
                start + 1, _RESULT, row, _RESULT, {"type": "cell", "criteria": "==", "value": f'"{standing}"', "format": look}
            )  # fmt: skip


def _rows(card: Scorecard, levels: Sequence[Level]) -> Iterator[tuple[Place, Pair]]:
    for level in levels:
        if level is Level.WHOLE and len(card.places(Level.COUNTY)) == 1:
            continue  # the county is the whole
        found = (
            [tally(card, WHOLE)] if level is Level.WHOLE else [item.tally for item in ranking(card, level)]
        )
        for item in found:
            yield from ((item.place, pair) for pair in item.pairs)


def _write_pair(sheet: Worksheet, row: int, place: Place, pair: Pair, style: ScoreStyle) -> None:
    indicator, score = pair
    look = style.value(indicator.unit)
    goal = score.goal.value if score.goal else None
    sums = score.sums
    for column, text in enumerate((place_name(place), one_line(indicator.title), indicator.unit)):
        sheet.write_string(row, column, text, style.text)
    for column, value in enumerate((score.value, goal, score.gap), 3):
        write_figure(sheet, row, column, value, look)
    sheet.write_string(row, _RESULT, score.standing, style.centred)
    for column, value in enumerate((score.earlier, score.change), _RESULT + 1):
        write_figure(sheet, row, column, value, look)
    for column, value in enumerate((sums.part, sums.whole, sums.undecided), _RESULT + 3):
        write_figure(sheet, row, column, value, style.figure)
    source = one_line(score.goal.source) if score.goal and score.goal.source else ""
    sheet.write_string(row, len(_DETAILS) - 1, source, style.text)
    sheet.set_row(row, _height([source], [_DETAILS["目标出处"]]))


def _height(texts: Sequence[str], widths: Iterable[int]) -> float:
    """As high as the text with most lines needs."""
    return _LINE_HEIGHT * max(len(wrap(text, width)) for text, width in zip(texts, widths, strict=True))


def write_figure(sheet: Worksheet, row: int, column: int, value: float | None, look: Format) -> None:
    """Writes a number, or a cell that says there is none."""
    if value is None:
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write_number(row, column, round(value, 6), look)


def write_meanings(sheet: Worksheet, card: Scorecard, style: ScoreStyle) -> None:
    """How every indicator is computed, and what was left out."""
    start = open_sheet(sheet, card, "指标口径", style)
    write_head(sheet, start, _MEANINGS, style)
    row = start
    for row, item in enumerate(card.indicators, start + 1):
        said = (item.id, item.title, item.direction, item.note, item.formula, "；".join(item.basis))
        texts = list(map(one_line, said))
        sheet.set_row(row, _height(texts, _MEANINGS.values()))
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, style.text)
    sheet.write_string(row + 2, 0, "没有计算的、没有算全的", style.section)
    for number, line in enumerate(remarks(card), row + 3):
        sheet.write_string(number, 0, line)
