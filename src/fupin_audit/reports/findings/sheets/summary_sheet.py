"""汇总, the first sheet of the 整改台账: villages, rules, what was not checked, how to fill it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fupin_audit.reports.findings.about_reading import TITLE as TITLE_OF_READING
from fupin_audit.reports.findings.about_reading import remarks
from fupin_audit.reports.findings.unchecked import elsewhere, gaps
from fupin_audit.reports.findings.verdict import circumstances, verdict
from fupin_audit.reports.findings.village_tally import (
    SUSPECT,
    UNPLACED,
    RuleTally,
    Tallies,
    VillageTally,
    towns,
)
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from fupin_audit.results.place import Place
from fupin_audit.writing.excel import Format, Worksheet
from fupin_audit.writing.marks import LEDGER_BOOK
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.workbook_style import FILLS, Style
from fupin_audit.writing.wrapping import wrap

TITLE = LEDGER_BOOK[0]
_WIDTHS = (14, 12, 14, 9, 9, 9, 9, 9, 40)
_LAST = len(_WIDTHS) - 1
_TOPIC = 3  # columns a topic of 未检查 takes
_A4 = 9
_LABELS = tuple(severity.label for severity in Severity)
_FINDINGS_AT = 5  # the column of the first of them
_LINE_HEIGHT = 15.5
_HOW_TO = (
    "每条发现占一行。“全部发现”是数据里的全部，其余工作表按地方分开，内容相同；读表时的提示另在“列名提示”。",
    "错误：数据自相矛盾或不符合规定，应当更正。疑点：需要入户或向部门核实，核实无误的在“整改说明”里写明。提示：供参考。",
    "“单元格地址”是原始文件里的位置，最前面的是应当更正的那一格。请在原始台账或系统里更正，不要只改本表。",
    "在“整改状态”里选择进度，填写整改说明、核实人、完成日期。“指纹”供下次核对时认出同一个问题，请勿改动。",
    "再次写到同一个文件时，填写的内容和自己加的列按指纹带过来，不再列出的移到“已不再发现”；批注和颜色带不过来。",
)


def write_summary(
    sheet: Worksheet, result: AuditResult, counted: Tallies, style: Style, links: Mapping[Place, str]
) -> None:
    """Fills the sheet; `links` names the sheet of a village."""
    rows = _Rows(sheet, style)
    rows.text(TITLE + ("（含完整个人信息）" if result.revealed else ""), style.title, height=28)
    rows.text(verdict(result), style.verdict)
    for line in circumstances(result):
        rows.text(line, style.note)
    _write_towns(rows, counted.villages)
    _write_villages(rows, counted.villages, links)
    _write_rules(rows, counted.rules)
    if told := remarks(result):
        rows.section(TITLE_OF_READING)
        for remark in told:
            rows.text(remark.sentence, style.note)
    rows.section("未检查")
    for topic, lines in (gaps(result) or {"无": ["每个文件、每一列、每条规则都检查到了"]}).items():
        for line in lines:
            rows.pair(topic, line)
    if line := elsewhere(result):
        rows.section("本地没有的规定")
        rows.text(line, style.note)
    rows.section("怎样使用")
    for number, line in enumerate(_HOW_TO, start=1):
        rows.text(f"{number}. {line}", style.note)
    _set_up(sheet)


class _Rows:
    """The sheet from top to bottom: the workbook is written as a stream, so no row can be revisited."""

    def __init__(self, sheet: Worksheet, style: Style) -> None:
        self.style = style
        self._sheet = sheet
        self._next = 0

    def text(self, text: str, look: Format, height: float | None = None) -> None:
        """A text across the page, as high as it needs."""
        self._sheet.set_row(self._next, height or self._height(text, 0))
        self._sheet.merge_range(self._next, 0, self._next, _LAST, "", look)
        self._sheet.write_string(self._next, 0, one_line(text), look)
        self._next += 1

    def section(self, title: str) -> None:
        """A heading with room above it."""
        self._next += 1
        self.text(title, self.style.section, height=20)

    def pair(self, topic: str, text: str) -> None:
        """A topic in the first columns, a text in the others."""
        self._sheet.set_row(self._next, self._height(text, _TOPIC))
        self._sheet.merge_range(self._next, 0, self._next, _TOPIC - 1, one_line(topic), self.style.centred)
        self._sheet.merge_range(self._next, _TOPIC, self._next, _LAST, "", self.style.text)
        self._sheet.write_string(self._next, _TOPIC, one_line(text), self.style.text)
        self._next += 1

    def cells(self, values: Sequence[object], looks: Sequence[Format], link: str = "") -> None:
        """A row of a table; where there are too few values, the last one is as wide as what remains."""
        last = len(values) - 1
        if last < _LAST:
            self._sheet.merge_range(self._next, last, self._next, _LAST, "", looks[last])
        for index, (value, look) in enumerate(zip(values, looks, strict=True)):
            if isinstance(value, str):
                self._sheet.write_string(self._next, index, value and one_line(value), look)
            else:
                self._sheet.write(self._next, index, value, look)
        if link:
            self._sheet.write_url(self._next, last, f"internal:'{link}'!A1", self.style.link, string=link)
        self._next += 1

    @property
    def at(self) -> int:
        """The next row."""
        return self._next

    def bars(self, first: int) -> None:
        """Bars behind the numbers of findings, from a row to the last one."""
        for column, severity in enumerate(Severity, _FINDINGS_AT):
            self._sheet.conditional_format(
                first,
                column,
                max(first, self._next - 1),
                column,
                {
                    "type": "data_bar",
                    "bar_color": FILLS[severity],
                    "min_type": "num",
                    "min_value": 0,
                },
            )

    def _height(self, text: str, first_column: int) -> float:
        return _LINE_HEIGHT * len(wrap(text, sum(_WIDTHS[first_column:])))


def _write_towns(rows: _Rows, tallies: Sequence[VillageTally]) -> None:
    """Subtotals, the worst town first; nothing where there is only one."""
    counted = towns(tallies)
    if len(counted) <= 1:
        return
    style = rows.style
    rows.section("各乡镇情况")
    rows.cells(["县", "乡镇", "村数", "户数", "问题户", *_LABELS, ""], [style.header] * len(_WIDTHS))
    first = rows.at
    for town in counted:
        rows.cells(
            [town.place.county, town.place.town, town.villages, *town.numbers, ""],
            [style.centred] * 2 + [style.number] * 6 + [style.text],
        )
    rows.bars(first)


def _write_villages(rows: _Rows, tallies: Sequence[VillageTally], links: Mapping[Place, str]) -> None:
    style = rows.style
    rows.section("各村情况")
    rows.cells(["县", "乡镇", "村", "户数", "问题户", *_LABELS, "工作表"], [style.header] * len(_WIDTHS))
    first = rows.at
    looks = [style.centred] * 3 + [style.number] * 5 + [style.text]
    for tally in tallies:
        place = tally.place
        names = ["未定位", "", ""] if place == UNPLACED else [place.county, place.town, place.village]
        rows.cells([*names, *_numbers([tally]), ""], looks, links.get(place, ""))
    rows.bars(first)
    rows.cells(
        ["合计", "", "", *_numbers(tallies), ""],
        [style.header, style.header, style.header, *[style.total] * 6],
    )


def _numbers(tallies: Sequence[VillageTally]) -> list[int]:
    return [
        sum(tally.households for tally in tallies),
        sum(tally.troubled for tally in tallies),
        *(sum(tally.by_severity[severity] for tally in tallies) for severity in Severity),
    ]


def _write_rules(rows: _Rows, tallies: Sequence[RuleTally]) -> None:
    style = rows.style
    rows.section("各规则情况")
    rows.cells(["规则", "级别", "发现", "不符", "已判", "占比", "规则名称"], [style.header] * 7)
    for tally in tallies:
        title = f"{tally.title}（{SUSPECT}）" if tally.suspect else tally.title
        title += f"（系统疑点 {'、'.join(tally.also_known_as)}）" if tally.also_known_as else ""
        numbers = [tally.findings, tally.counts.failed, tally.counts.judged]
        looks = [style.centred, style.severity[tally.severity], *[style.number] * 3, style.share, style.text]
        rows.cells([tally.id, tally.severity.label, *numbers, tally.share, title], looks)


def _set_up(sheet: Worksheet) -> None:
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
