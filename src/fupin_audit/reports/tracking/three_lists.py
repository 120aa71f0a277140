"""三张清单: what is wrong (问题), who has to do what until when (任务), which person answers for what (责任)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeAlias

from fupin_audit.reports.tracking.cells import MOST_ROWS, cut_to, write_cells
from fupin_audit.reports.tracking.track_tables import LATE, Cell, head_of, listed, persons, rule_titles, told
from fupin_audit.results.finding import Responsible
from fupin_audit.results.tracked_problem import TrackedProblem
from fupin_audit.results.tracking import State, Tracked, Tracking
from fupin_audit.writing.excel import Worksheet, new_workbook
from fupin_audit.writing.marks import LISTS_TITLE
from fupin_audit.writing.whole_files import write_folder
from fupin_audit.writing.workbook_style import Style

PROBLEMS, TASKS, DUTIES = "问题清单", "任务清单", "责任清单"
OWN = "本次核对"
_WIDTHS = {"来源": 18, "级别": 6, "规则": 9, "县": 9, "乡镇": 10, "村": 10, "户编号": 17, "户主": 9, "问题": 44, "怎样改": 34,
           "责任单位": 18, "责任人": 26, "第一责任人": 20, "期限": 12, "状态": 10, "依据": 24, "要做的": 44, "几处": 7,
           "几户": 7, "最早期限": 12, "逾期": 7, "已整改": 8, "涉及规则": 26, "问题编号": 12}  # fmt: skip
_WIDTH = 12
_A4, _TOP = 9, 2
Key: TypeAlias = Callable[[Tracked], Sequence[str]]


@dataclass(frozen=True, slots=True)
class DutySheet:
    """A sheet of a list: its title, headings and rows."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def write_lists(folder: Path, tracking: Tracking) -> None:
    """Writes the three workbooks into a new folder, which appears whole or not at all.

    Raises:
        UsageError, OutputError: nothing can be written there.
    """
    counties = len({item.followed.place.county for item in tracking.items} - {""}) > 1
    sheets = {
        PROBLEMS: [problems(tracking)],
        TASKS: [
            tasks(tracking, "责任单位", _units),
            tasks(tracking, "乡镇", partial(_towns, counties=counties)),
        ],
        DUTIES: [duties(tracking, "第一责任人", first=True), duties(tracking, "直接责任人", first=False)],
    }
    write_folder(
        folder,
        [(f"{name}.xlsx", partial(_write, name, made, tracking)) for name, made in sheets.items()],
    )


def problems(tracking: Tracking) -> DutySheet:
    """Every open finding, with the inspection's problem it is; then the inspections' problems that are none of ours."""
    titles, of_finding = rule_titles(tracking), _by_finding(tracking.problems)
    headers = (
        "来源", "问题编号", "级别", "规则", "县", "乡镇", "村", "户编号", "户主", "问题", "怎样改", "责任人", "期限", "状态",
        "依据",
    )  # fmt: skip
    own = (_finding_row(item, titles, of_finding.get(item.followed.fingerprint)) for item in _open(tracking))
    others = (_problem_row(problem) for problem in tracking.problems if not problem.findings)
    return DutySheet(PROBLEMS, headers, (*own, *others))


def _open(tracking: Tracking) -> list[Tracked]:
    return listed(tracking, lambda item: item.state.is_open and item.state is not State.WAIVED)


def _by_finding(found: Sequence[TrackedProblem]) -> Mapping[str, TrackedProblem]:
    return {fingerprint: problem for problem in found for fingerprint in problem.findings}


def _finding_row(
    item: Tracked, titles: Mapping[str, str], problem: TrackedProblem | None
) -> tuple[Cell, ...]:
    followed, finding = item.followed, item.finding
    place = followed.place
    source = f"{problem.source}、{OWN}" if problem else OWN
    state = problem.state if problem and problem.state else followed.claim.state
    return (
        source, problem.number if problem else "", followed.severity.label, followed.rule, place.county, place.town,
        place.village, followed.household, head_of(item), told(item, titles), finding.fix if finding else item.reason,
        "；".join(persons(item)), _until(item, problem), "，".join(filter(None, (item.state.value, state))),
        "、".join(finding.basis) if finding else "",
    )  # fmt: skip


def _until(item: Tracked, problem: TrackedProblem | None) -> str:
    """The earlier of both days."""
    days = [str(item.followed.due or ""), problem.until if problem else ""]
    return min(filter(None, days), default="")


def _problem_row(problem: TrackedProblem) -> tuple[Cell, ...]:
    place = problem.place
    who = "，".join(filter(None, (problem.person, problem.unit)))
    return (
        problem.source, problem.number, "", problem.rule, place.county, place.town, place.village, problem.household,
        "", problem.text, "", who, problem.until, problem.state, "",
    )  # fmt: skip


def tasks(tracking: Tracking, what: str, key: Key) -> DutySheet:
    """By department or township: what to do, how often, until when."""
    found: dict[tuple[str, str, str], list[Tracked]] = {}
    for item in _open(tracking):
        for name in key(item):
            fix = item.finding.fix if item.finding else item.reason
            found.setdefault((name, item.followed.rule, fix), []).append(item)
    titles = rule_titles(tracking)
    ordered = sorted(found.items(), key=lambda pair: (pair[0][0], -len(pair[1]), pair[0][1]))
    rows = tuple(
        (
            name,
            rule,
            f"{titles.get(rule, rule)}：{fix}",
            len(items),
            len({item.followed.household for item in items if item.followed.household}),
            _earliest(items),
            sum(item.overdue for item in items),
        )
        for (name, rule, fix), items in ordered
    )
    return DutySheet(f"按{what}", (what, "规则", "要做的", "几处", "几户", "最早期限", LATE), rows)


def _units(item: Tracked) -> list[str]:
    """The offices that answer for it, and whose person is named with a unit, the unit."""
    named = [who.office if not who.first else "" for who in item.responsible]
    return list(dict.fromkeys(filter(None, named))) or [item.followed.owner]


def _towns(item: Tracked, *, counties: bool) -> list[str]:
    """The town, with its county where there are several: many a county has a 城关镇."""
    place = item.followed.place
    return [f"{place.county if counties else ''}{place.town}" if place.town else str(place)]


def duties(tracking: Tracking, title: str, *, first: bool) -> DutySheet:
    """By person: how many findings, of which rules, until when, how many are mended."""
    found: dict[Responsible, list[Tracked]] = {}
    for item in tracking.items:
        for who in dict.fromkeys(item.responsible):
            if who.first is first and item.state is not State.WAIVED:
                found.setdefault(who, []).append(item)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), str(pair[0])))
    rows = tuple(_duty(who, items) for who, items in ordered)
    headers = ("责任人", "职责", "单位", "电话", "几处", "几户", "最早期限", LATE, "已整改", "涉及规则")
    return DutySheet(title, headers, rows)


def _duty(who: Responsible, items: Sequence[Tracked]) -> tuple[Cell, ...]:
    left = [item for item in items if item.state.is_open]
    return (
        who.name or "（台账里没有写明）",
        who.office,
        who.unit,
        who.phone,
        len(left),
        len({item.followed.household for item in left if item.followed.household}),
        _earliest(left),
        sum(item.overdue for item in left),
        len(items) - len(left),
        "、".join(sorted({item.followed.rule for item in left})),
    )


def _earliest(items: Sequence[Tracked]) -> str:
    return str(min((item.followed.due for item in items if item.followed.due), default=""))


def _write(name: str, sheets: Sequence[DutySheet], tracking: Tracking, sink: BinaryIO) -> None:
    with new_workbook(sink, f"{LISTS_TITLE}·{name}", tracking.day) as book:
        style = Style(book)
        for table in sheets:
            _write_sheet(book.add_worksheet(table.title), table, tracking, style)


def _write_sheet(sheet: Worksheet, table: DutySheet, tracking: Tracking, style: Style) -> None:
    cut = cut_to(len(table.rows))
    sheet.write_string(0, 0, f"{table.title}（{tracking.day}）{cut}", style.title)
    sheet.set_row(0, 26)
    for column, header in enumerate(table.headers):
        sheet.set_column(column, column, _width(header))
        sheet.write_string(_TOP - 1, column, header, style.header)
    for row, cells in enumerate(table.rows[:MOST_ROWS], start=_TOP):
        write_cells(sheet, row, cells, [_width(header) for header in table.headers], style)
    if not table.rows:
        sheet.write_string(_TOP, 0, "（没有；台账和文件里没有写明的，不猜）", style.note)
    sheet.freeze_panes(_TOP, 1)
    sheet.autofilter(_TOP - 1, 0, _TOP - 1 + min(len(table.rows), MOST_ROWS), len(table.headers) - 1)
    sheet.repeat_rows(_TOP - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _width(header: str) -> int:
    return _WIDTHS.get(header, _WIDTH)
