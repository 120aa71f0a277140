"""An estimate as one self-contained HTML file: every rate with its interval drawn, on one scale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from fupin_audit.reports.page.geometry import IntervalMark, interval_mark
from fupin_audit.reports.page.rendering import write_page
from fupin_audit.writing.one_line import one_line

TITLE = "入户核查推算的账实不符率"
ANY = "任一项"
_MARK = "fupin-audit estimate"
MARK = re.compile(rf'\A<!doctype html>\n<html lang="zh-CN">\n<!-- {_MARK} -->')
_STEP = 0.1
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RateRow:
    """A rate of something: how many were decided, failed; the share and its interval, where there is one."""

    name: str
    rate: Told
    mark: IntervalMark | None
    remark: str = ""

    @property
    def share_text(self) -> str:
        """The share as people read it."""
        return _percent(self.rate["share"])

    @property
    def interval_text(self) -> str:
        """The interval as people read it."""
        return (
            "—"
            if self.rate["share"] is None
            else f"{_percent(self.rate['low'])}～{_percent(self.rate['high'])}"
        )


def write(told: Told, sink: BinaryIO) -> None:
    """Writes the page of an estimate as JSON has it."""
    tables = [table for table in _tables(told) if table[1]]
    largest = _scale([row.rate for _, rows in tables for row in rows])
    overall = told["overall"]["rates"][ANY]["share"]
    values = {
        "mark": _MARK,
        "title": TITLE,
        "verdict": _verdict(told),
        "circumstances": list(_circumstances(told)),
        "revealed": False,
        "tables": [(title, [_drawn(row, largest) for row in rows]) for title, rows in tables],
        "largest": _percent(largest),
        "overall": None if overall is None else interval_mark(overall, overall, overall, largest).middle,
        "notes": [one_line(note) for note in told["notes"]],
        "version": told["version"],
    }
    write_page(sink, "estimate.html", values)


def _tables(told: Told) -> Iterator[tuple[str, list[RateRow]]]:
    overall = told["overall"]["rates"]
    yield "各项，全体", [RateRow(name, rate, None) for name, rate in overall.items()]
    for level, places in (("县", told["counties"]), ("乡镇", told["towns"]), ("村", told["villages"])):
        if len(places) > 1:
            yield f"各{level}，{ANY}", sorted(map(_of_place, places), key=_worst_first)
    checkers = [
        RateRow(
            one_line(item["name"] or "（没有写）"), item, None, "差别大，宜复核" if item["stands_out"] else ""
        )
        for item in told["checkers"]
    ]
    yield f"核查人，{ANY}", checkers


def _of_place(item: Told) -> RateRow:
    name = one_line(f"{item['town']}{item['village']}" or item["county"] or "未定位")
    return RateRow(name, item["rates"][ANY], None)


def _worst_first(row: RateRow) -> tuple[float, str]:
    return -(row.rate["share"] or 0), row.name


def _scale(rates: Sequence[Told]) -> float:
    """A round share that holds every interval."""
    high = max((rate["high"] for rate in rates if rate["share"] is not None), default=_STEP)
    return min(1.0, _STEP * -(-high // _STEP)) or _STEP


def _drawn(row: RateRow, largest: float) -> RateRow:
    if row.rate["share"] is None:
        return row
    mark = interval_mark(row.rate["low"], row.rate["share"], row.rate["high"], largest)
    return RateRow(row.name, row.rate, mark, row.remark)


def _verdict(told: Told) -> str:
    row = RateRow("", told["overall"]["rates"][ANY], None)
    if row.rate["share"] is None:
        return "没有可比的户，无从推算"
    return f"账实不符率（{ANY}）{row.share_text}，95%区间 {row.interval_text}"


def _circumstances(told: Told) -> Iterator[str]:
    whole = told["overall"]
    yield f"截止日期：{told['as_of']}；批次：{one_line(told['batch'])}"
    yield (
        f"参加抽样 {whole['households']} 户，抽中 {whole['drawn']} 户，已查 {whole['checked']} 户，"
        f"未查 {whole['drawn'] - whole['checked']} 户"
    )
    if told["unjudged"]:
        yield f"没有推算：{'、'.join(map(one_line, told['unjudged']))}（缺台账、缺列，或规则停用）"
    if told["needed"]:
        half = f"{told['half_width'] * 100:g}"
        yield f"要把全体的误差控制在上下{half}个百分点，约需查 {told['needed']} 户"


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"
