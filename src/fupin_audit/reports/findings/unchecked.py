"""What was not checked and why, in sentences: files, sheets, columns, rules, rows."""

from __future__ import annotations

from collections.abc import Iterator

from fupin_audit.reports.findings.village_tally import not_checked, not_demanded, partly_checked, undecided
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.writing.console import Text, hanging
from fupin_audit.writing.one_line import one_line

_SHOWN = 8


def gaps(result: AuditResult) -> dict[str, list[str]]:
    """Topic with its number → what belongs to it, one sentence each; empty topics are left out."""
    unknown = [sheet for sheet in result.inputs if not sheet.ledgers and not sheet.error]
    doubted = [sheet for sheet in result.inputs if sheet.caveats]
    headed = [sheet for sheet in result.inputs if sheet.unrecognised]
    columns = sum(len(sheet.unrecognised) for sheet in headed)
    stopped, partly, blank = not_checked(result), partly_checked(result), undecided(result)
    topics = {
        f"没能读取的文件或工作表（{len(result.unreadable)}）": [
            f"{_sheet(sheet)}：{sheet.error}" for sheet in result.unreadable
        ],
        f"没有读取的文件，不是表格或台账（{len(result.not_read)}）": [*result.not_read],
        f"读得不全或有疑问的文件或工作表（{len(doubted)}）": [
            f"{_sheet(sheet)}：{'；'.join(sheet.caveats)}" for sheet in doubted
        ],
        f"没有认出是哪本台账的工作表（{len(unknown)}）": [
            f"{_sheet(sheet)}：{sheet.doubt}" if sheet.doubt else _sheet(sheet) for sheet in unknown
        ],
        f"没有认出的列（{columns}）": [f"{_sheet(sheet)}：{_headers(sheet)}" for sheet in headed],
        f"没有检查的规则（{sum(map(len, stopped.values()))}）": [
            f"{reason}：{_ids(ids)}" for reason, ids in stopped.items()
        ],
        f"检查得不全的规则（{len(partly)}）": [f"{run.id}：{'；'.join(run.notes)}" for run in partly],
        f"因空白等原因无法判定的规则（{len(blank)}）": [
            f"{run.id} {run.title}：{run.counts.undecided} 处" for run in blank
        ],
    }
    return {topic: [one_line(line) for line in lines] for topic, lines in topics.items() if lines}


def elsewhere(result: AuditResult) -> str:
    """The rules no document in force asks for, on one line; empty where there are none."""
    ids = not_demanded(result)
    return f"本地没有这项规定：{_ids(ids)}；要检查的，用 --enable 规则号 启用" if ids else ""


def _sheet(sheet: InputSheet) -> str:
    name = f"{sheet.file} › {sheet.sheet}" if sheet.sheet else sheet.file
    return f"{name}（隐藏）" if sheet.hidden else name


def _headers(sheet: InputSheet) -> str:
    """`K 列“人均收人”（最接近：人均纯收入）、…`."""
    return "、".join(
        f"{column.letter} 列“{column.header}”" + (f"（最接近：{column.nearest}）" if column.nearest else "")
        for column in sheet.unrecognised
    )


def _ids(ids: list[str]) -> str:
    return f"{'、'.join(ids)}（{len(ids)} 条）" if len(ids) > 1 else ids[0]


def unchecked(result: AuditResult, full: bool, width: int) -> Iterator[Text]:
    """The same for the screen; unless `full`, long lists are cut and say so."""
    for topic, lines in gaps(result).items():
        shown = lines if full else lines[:_SHOWN]
        yield Text(topic, style="bold")
        for line in shown:
            yield hanging("  · ", line, width)
        if len(lines) > len(shown):
            yield Text(f"  ……还有 {len(lines) - len(shown)} 项；--full 全部列出", style="dim")
