"""A sheet of findings: one row a finding, with columns for those who mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fupin_audit.reports.findings.shown_values import evidence, hints, pair_lines
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.carried import Written
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.tracking import Verdict
from fupin_audit.writing.excel import Format, Worksheet, column_name
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.row_filling import styles_in, xml_text
from fupin_audit.writing.row_heights import row_height
from fupin_audit.writing.workbook_style import Style

STATES = ("未整改", "整改中", "已整改", "已销号")
_LONGEST_CELL = 32_000  # Excel refuses a cell of more than 32,767 characters
_HEADER_ROW = 2
_FIRST_ROW = _HEADER_ROW + 1
_DAY_0 = date(1899, 12, 30)
_FROZEN_COLUMNS = 3
_ADDED_WIDTH = 16
_A3 = 8
_LONGEST_LINK = 255  # characters a formula may have in quotes
_OPEN = "打开"
COMPUTED = "（计算得出）"
_CIRCLED_ONE = 0x2460
_CIRCLED = 20  # circled numbers there are


@dataclass(frozen=True, slots=True)
class Heading:
    """What a sheet is called, and the two lines above its table."""

    sheet: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the table: heading, width in characters, the attribute of Style it looks like, its lines of text."""

    title: str
    width: float
    look: str
    lines: Callable[[Finding], Sequence[str]]


def _responsible(finding: Finding) -> list[str]:
    """Persons and offices, one a line."""
    return [str(who) for who in finding.responsible] or [finding.owner]


def _values(finding: Finding) -> list[str]:
    return _numbered([f"{part.name}：{part.value}" for part in evidence([finding])])


def _addresses(finding: Finding) -> list[str]:
    """The addresses of the values, in their order; for a whole file or sheet, its name."""
    parts = evidence([finding])
    return _numbered([part.address or COMPUTED for part in parts]) or list(map(str, finding.locations))


def _numbered(lines: Sequence[str]) -> list[str]:
    """Long values take several lines, so a number tells which address is whose: `①…`, from 21 on `(21)…`."""
    if len(lines) == 1:
        return list(lines)
    return [
        f"{chr(_CIRCLED_ONE + n) if n < _CIRCLED else f'({n + 1})'}{line}" for n, line in enumerate(lines)
    ]


COLUMNS = (
    SheetColumn("级别", 6, "severity", lambda finding: [finding.severity.label]),
    SheetColumn("规则", 10, "centred", lambda finding: [finding.rule]),
    SheetColumn("规则名称", 16, "text", lambda finding: [finding.title]),
    SheetColumn("县", 8, "centred", lambda finding: [finding.county]),
    SheetColumn("乡镇", 8, "centred", lambda finding: [finding.town]),
    SheetColumn("村", 8, "centred", lambda finding: [finding.village]),
    SheetColumn("户编号", 14, "centred", lambda finding: [finding.household]),
    SheetColumn("户主", 9, "centred", lambda finding: [finding.head]),
    SheetColumn("姓名", 9, "centred", lambda finding: [finding.person]),
    SheetColumn("问题", 32, "text", lambda finding: [finding.message, *hints(finding), *pair_lines(finding)]),
    SheetColumn("字段与值", 24, "text", _values),
    SheetColumn("单元格地址", 34, "text", _addresses),
    SheetColumn("责任人", 18, "text", _responsible),
    SheetColumn("依据", 18, "text", lambda finding: ["、".join(finding.basis)]),
    SheetColumn("整改办法", 24, "text", lambda finding: [finding.fix]),
    SheetColumn("整改状态", 9, "state", lambda _: [STATES[0]]),
    SheetColumn("整改说明", 16, "input", lambda _: []),
    SheetColumn("核实人", 8, "input", lambda _: []),
    SheetColumn("核实结论", 9, "input", lambda _: []),
    SheetColumn("完成日期", 11, "date", lambda _: []),
    SheetColumn("指纹", 18, "text", lambda finding: [finding.fingerprint]),
)
NUMBER, STATE, FINGERPRINT, DUE, LINK = "序号", "整改状态", "指纹", "整改期限", "标注件"
VERDICT, DONE = "核实结论", "完成日期"
TYPED = tuple(column.title for column in COLUMNS if column.look in {"state", "input", "date"})
"""The columns people fill in."""

_FROM_A_LIST = "请从下拉列表中选择"
_ASKED: Mapping[str, Mapping[str, object]] = {
    STATE: {"validate": "list", "source": list(STATES), "error_message": _FROM_A_LIST},
    VERDICT: {"validate": "list", "source": [*Verdict], "error_message": _FROM_A_LIST},
    DONE: {
        "validate": "date",
        "criteria": ">=",
        "value": date(2000, 1, 1),
        "error_message": "请填写日期，例如 2020-10-15",
    },
}
"""What may be typed into a column."""


def with_added(headings: Sequence[str], result: AuditResult) -> tuple[SheetColumn, ...]:
    """The columns: with links to marked copies and deadlines where there are any, and what people have added.

    The fingerprint stays the last.
    """
    added = (SheetColumn(heading, _ADDED_WIDTH, "input", lambda _: []) for heading in headings)
    link = SheetColumn(LINK, 9, "link", lambda finding: _link(result, finding))
    until = SheetColumn(DUE, 11, "centred", lambda finding: _day_of(result.due, finding))
    further = [*([link] if result.copies or result.moved else []), *([until] if result.due else [])]
    at = [column.title for column in COLUMNS].index(STATE)
    return (*COLUMNS[:at], *further, *COLUMNS[at:-1], *added, COLUMNS[-1])


def _link(result: AuditResult, finding: Finding) -> list[str]:
    """The cell to mend in the marked copy, as HYPERLINK takes it; nothing where there is none."""
    at = next(iter(finding.locations), None)
    if at is None or not at.cell:
        return []
    whole = (result.copies.get(at.file, ""), at.sheet, at.cell)
    copy, sheet, cell = result.moved.get((at.file, at.sheet, at.cell), whole)
    quoted = sheet.replace("'", "''")
    target = f"{copy}#'{quoted}'!{cell}" if sheet else copy
    return [target] if copy and len(target) <= _LONGEST_LINK else []


def _day_of(due: Mapping[Severity, date], finding: Finding) -> list[str]:
    return [due[finding.severity].isoformat()] if finding.severity in due else []


def titles(columns: Sequence[SheetColumn]) -> list[str]:
    """The headings of a sheet."""
    return [NUMBER, *(column.title for column in columns)]


@dataclass(frozen=True, slots=True)
class Row:
    """A finding as it is written, worked out once for the two sheets it stands in."""

    severity: Severity
    texts: tuple[str, ...]
    height: float


def row(finding: Finding, columns: Sequence[SheetColumn], typed: Written) -> Row:
    """The texts of the columns, what people typed earlier among them, and how high the row must be."""
    texts = tuple(typed.get(column.title, "") or _cell(column.lines(finding)) for column in columns)
    return Row(finding.severity, texts, _height(texts, columns))


def write_findings(
    sheet: Worksheet, heading: Heading, rows: Sequence[Row], columns: Sequence[SheetColumn], style: Style
) -> None:
    """Sets the sheet up for screen and paper, with a row of each severity; `finding_rows` makes all of them."""
    open_table(sheet, heading, columns, style)
    for severity in Severity if rows else ():
        at = _FIRST_ROW + severity.rank
        sheet.write_blank(at, 0, None, style.centred)
        for index, column in enumerate(columns, start=1):
            sheet.write_blank(at, index, None, _look(column, severity, style))
    last_row = _HEADER_ROW + len(rows)
    if last_row >= _FIRST_ROW + len(Severity):
        sheet.write_blank(last_row, len(columns), None, style.text)  # how far the sheet reaches
    _set_up_states(sheet, last_row, columns, style)
    close_table(sheet, last_row, columns)


def finding_rows(
    rows: Sequence[Row], columns: Sequence[SheetColumn], framed: Mapping[int, str]
) -> Iterator[str]:
    """The XML of the sheet's rows.

    Args:
        rows: the findings.
        columns: the columns of the table.
        framed: number of a row as Excel counts it → what is written of it: heading, and a row of each severity.
    """
    yield from (text for number, text in framed.items() if number <= _FIRST_ROW)
    if not rows:
        return
    styles = {severity: styles_in(framed[_FIRST_ROW + 1 + severity.rank]) for severity in Severity}
    letters = [column_name(index) for index in range(len(columns) + 1)]
    looks = [column.look for column in columns]
    for number, written in enumerate(rows, start=1):
        known, at = styles[written.severity], _FIRST_ROW + number
        cells = [
            _cell_of(look, text, f'<c r="{name}{at}" s="{known[name]}"')
            for look, text, name in zip(looks, written.texts, letters[1:], strict=True)
        ]
        first = f'<c r="A{at}" s="{known["A"]}"><v>{number}</v></c>'
        yield f'<row r="{at}" ht="{written.height:g}" customHeight="1">{first}{"".join(cells)}</row>'


def _cell_of(look: str, text: str, opened: str) -> str:
    """A cell, its tag begun: a link, a day, a text, or nothing."""
    if not text:
        return f"{opened}/>"
    if look == "link":
        quoted = xml_text(text.replace('"', '""'))
        return f'{opened} t="str"><f>HYPERLINK("{quoted}","{_OPEN}")</f><v>{_OPEN}</v></c>'
    if look == "date" and (day := _day(text)):
        return f"{opened}><v>{(day - _DAY_0).days}</v></c>"
    return f'{opened} t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'


def open_table(sheet: Worksheet, heading: Heading, columns: Sequence[SheetColumn], style: Style) -> None:
    """Writes what stands above the rows, and sets the widths."""
    sheet.set_column(0, 0, 5)
    for index, column in enumerate(columns, start=1):
        sheet.set_column(index, index, column.width)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, one_line(heading.title), style.title)
    sheet.write_string(1, 0, one_line(heading.note), style.section)
    sheet.set_row(_HEADER_ROW, 28)
    for index, title in enumerate(titles(columns)):
        sheet.write_string(_HEADER_ROW, index, one_line(title), style.header)


def close_table(sheet: Worksheet, last_row: int, columns: Sequence[SheetColumn]) -> None:
    """Sets the sheet up for screen and paper."""
    sheet.freeze_panes(_FIRST_ROW, _FROZEN_COLUMNS)
    sheet.autofilter(_HEADER_ROW, 0, last_row, len(columns))
    _set_up_paper(sheet, last_row, len(columns))


def _day(text: str) -> date | None:
    """A date people typed; None where they typed something else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _height(texts: Sequence[str], columns: Sequence[SheetColumn]) -> float:
    shown = zip(texts, columns, strict=True)
    return row_height((text, column.width) for text, column in shown if column.look != "link")


def _look(column: SheetColumn, severity: Severity, style: Style) -> Format:
    if column.look == "severity":
        return style.severity[severity]
    look: Format = getattr(style, column.look)
    return look


def _cell(lines: Sequence[str]) -> str:
    text = "\n".join(map(one_line, lines)) if any(lines) else ""
    return text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL] + "…（过长，已截断）"


def _set_up_states(sheet: Worksheet, last_row: int, columns: Sequence[SheetColumn], style: Style) -> None:
    """The drop-downs of 整改状态 with its colours and of 核实结论, and dates for 完成日期."""
    if last_row == _HEADER_ROW:
        return
    headings, first_row = titles(columns), _FIRST_ROW
    state = headings.index(STATE)
    for title, rule in _ASKED.items():
        at = headings.index(title)
        sheet.data_validation(first_row, at, last_row, at, {**rule, "error_title": title})
    for value, look in ((STATES[1], style.doing), (STATES[2], style.done), (STATES[3], style.done)):
        sheet.conditional_format(
            first_row,
            state,
            last_row,
            state,
            {"type": "cell", "criteria": "==", "value": f'"{value}"', "format": look},
        )


def _set_up_paper(sheet: Worksheet, last_row: int, last_column: int) -> None:
    """Landscape A3, as wide as the page, the heading on every page; the fingerprint is for programs only."""
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.print_area(0, 0, last_row, last_column - 1)
    sheet.set_footer("&C第 &P 页，共 &N 页")
