"""Charts of a workbook, each beside the figures it is drawn of."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

from fupin_audit.results.pictures import Bars, Caterpillar, Funnel, Picture
from fupin_audit.writing.excel import Workbook, Worksheet, xl_rowcol_to_cell
from fupin_audit.writing.workbook_style import Style

_CHARTS, _FIGURES = "图", "图的数据"
_ACROSS, _HEIGHT = 2, 19  # charts in a row of them; rows a chart takes
_COLUMNS = 9  # a chart takes
_A4 = 9
_LARGE = 0.6  # a share from which the axis goes up to all
_LIMIT = 1.96
_BLUE, _RED, _GREY = "#1F4E78", "#C00000", "#7F7F7F"
Column = tuple[str, Sequence[str | float]]


def write_charts(book: Workbook, pictures: Sequence[Picture], style: Style) -> None:
    """Writes the charts on one sheet and their figures on another; nothing where there are none."""
    if not pictures:
        return
    sheet, figures = book.add_worksheet(_CHARTS), book.add_worksheet(_FIGURES)
    sheet.hide_gridlines(2)
    for page in (sheet, figures):
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
    column = 0
    for at, picture in enumerate(pictures):
        ranges = _write_figures(figures, column, picture.title, _columns(picture), style)
        drawn = _drawn(book, picture, ranges)
        drawn.set_title({"name": picture.title, "name_font": {"size": 11}})
        drawn.set_size({"width": 560, "height": 340})
        sheet.insert_chart(at // _ACROSS * _HEIGHT, at % _ACROSS * _COLUMNS, drawn)
        column += len(ranges) + 1


def _columns(picture: Picture) -> Sequence[Column]:
    """The figures of a picture: names or sizes first, then what is drawn."""
    if isinstance(picture, Bars):
        usual = [bar.usual for bar in picture.bars if bar.usual is not None]
        counts: list[Column] = [
            ("段", [bar.name for bar in picture.bars]),
            ("数", [bar.count for bar in picture.bars]),
        ]
        return [*counts, ("应有", usual)] if usual else counts
    if isinstance(picture, Funnel):
        points = sorted(picture.points, key=lambda point: point.size)
        sizes = [point.size for point in points]
        edges = [sqrt(max(picture.usual * (1 - picture.usual), 0) / size) * _LIMIT for size in sizes]
        return [
            ("名称", [point.name for point in points]),
            ("条数", sizes),
            ("比例", [point.share for point in points]),
            ("全体", [picture.usual] * len(points)),
            ("下限", [max(picture.usual - edge, 0) for edge in edges]),
            ("上限", [min(picture.usual + edge, 1) for edge in edges]),
        ]
    return [
        ("名称", [point.name for point in picture.points]),
        ("比例", [point.share for point in picture.points]),
        ("往下", [point.share - point.low for point in picture.points]),
        ("往上", [point.high - point.share for point in picture.points]),
        ("全体", [picture.usual] * len(picture.points)),
    ]


def _write_figures(
    sheet: Worksheet, first: int, title: str, columns: Sequence[Column], style: Style
) -> dict[str, list[Any]]:
    """Writes columns side by side; header → its range."""
    sheet.write_string(0, first, title, style.plain)
    for at, (header, values) in enumerate(columns, first):
        sheet.write_string(1, at, header, style.header)
        for row, value in enumerate(values, 2):
            if isinstance(value, str):
                sheet.write_string(row, at, value, style.text)
            else:
                sheet.write_number(row, at, value, style.text)
    height = len(columns[0][1])
    return {header: [_FIGURES, 2, at, 1 + height, at] for at, (header, _) in enumerate(columns, first)}


def _drawn(book: Workbook, picture: Picture, ranges: dict[str, list[Any]]) -> Any:
    if isinstance(picture, Bars):
        return _column_chart(book, picture, ranges)
    drawn = _scatter(book, ranges) if isinstance(picture, Funnel) else _intervals(book, picture, ranges)
    highest = max(max(point.share, point.high) for point in picture.points)
    drawn.set_y_axis({"num_format": "0%", "min": 0, **({"max": 1} if highest > _LARGE else {})})
    return drawn


def _column_chart(book: Workbook, picture: Bars, ranges: dict[str, list[Any]]) -> Any:
    """Bars; those from the line on are red where there is one."""
    drawn = book.add_chart({"type": "column"})
    reds = [{"fill": {"color": _BLUE if at < picture.line else _RED}} for at in range(len(picture.bars))]
    points = {"points": reds} if picture.line >= 0 else {}
    drawn.add_series(
        {
            "name": "数",
            "categories": ranges["段"],
            "values": ranges["数"],
            "fill": {"color": _BLUE},
            "gap": 30,
            **points,
        }
    )
    if "应有" in ranges:
        line = book.add_chart({"type": "line"})
        line.add_series(
            {"name": "应有", "categories": ranges["段"], "values": ranges["应有"], "line": {"color": _RED}}
        )
        drawn.combine(line)
    else:
        drawn.set_legend({"none": True})
    drawn.set_x_axis({"name": f"红色：{picture.line_name}及以上" if picture.line >= 0 else ""})
    return drawn


def _scatter(book: Workbook, ranges: dict[str, list[Any]]) -> Any:
    """Dots by size, with the usual share and its limits as lines."""
    drawn = book.add_chart({"type": "scatter", "subtype": "straight"})
    for name, color, dash in (("全体", _RED, "solid"), ("下限", _GREY, "dash"), ("上限", _GREY, "dash")):
        look = {"line": {"color": color, "dash_type": dash, "width": 1.25}, "marker": {"type": "none"}}
        drawn.add_series({"name": name, "categories": ranges["条数"], "values": ranges[name], **look})
    marker = {"type": "circle", "size": 6, "fill": {"color": _BLUE}, "border": {"color": _BLUE}}
    drawn.add_series(
        {
            "name": "比例",
            "categories": ranges["条数"],
            "values": ranges["比例"],
            "line": {"none": True},
            "marker": marker,
        }
    )
    drawn.set_x_axis({"name": "户数、条数", "min": 0})
    drawn.set_legend({"position": "bottom"})
    return drawn


def _intervals(book: Workbook, picture: Caterpillar, ranges: dict[str, list[Any]]) -> Any:
    """Dots in order, each with its interval."""
    drawn = book.add_chart({"type": "line"})
    bars = {
        "type": "custom",
        "plus_values": _formula(ranges["往上"]),
        "minus_values": _formula(ranges["往下"]),
    }
    marker = {"type": "circle", "size": 6, "fill": {"color": _BLUE}, "border": {"color": _BLUE}}
    series = {"name": "比例", "categories": ranges["名称"], "values": ranges["比例"], "line": {"none": True}}
    drawn.add_series({**series, "marker": marker, "y_error_bars": bars})
    drawn.add_series(
        {
            "name": f"全体{picture.usual:.1%}",
            "categories": ranges["名称"],
            "values": ranges["全体"],
            "line": {"color": _RED},
        }
    )
    drawn.set_legend({"position": "bottom"})
    return drawn


def _formula(cells: list[Any]) -> str:
    """A range as charts want it where they take no list: `='图的数据'!$A$3:$A$9`."""
    sheet, *corners = cells
    first, last = (xl_rowcol_to_cell(*corners[at : at + 2], True, True) for at in (0, 2))
    return f"='{sheet}'!{first}:{last}"
