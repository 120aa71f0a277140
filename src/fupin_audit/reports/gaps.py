"""What was not checked and why, in sentences: files, sheets, columns, rules, rows."""

from __future__ import annotations

from fupin_audit.finding import AuditResult, InputSheet
from fupin_audit.reports.plain import one_line
from fupin_audit.reports.tally import not_checked, partly_checked, undecided


def gaps(result: AuditResult) -> dict[str, list[str]]:
    """Topic → what belongs to it, one sentence each; topics with nothing to say are left out."""
    topics = {
        "没能读取": [f"{_sheet(sheet)}：{sheet.error}" for sheet in result.unreadable],
        "没有认出是哪本台账的工作表": [
            _sheet(sheet) for sheet in result.inputs if not sheet.ledgers and not sheet.error
        ],
        "没有认出的列": [
            f"{_sheet(sheet)}：{_headers(sheet)}" for sheet in result.inputs if sheet.unrecognised
        ],
        "没有检查的规则": [f"{reason}：{_ids(ids)}" for reason, ids in not_checked(result).items()],
        "检查得不全的规则": [f"{note}：{_ids(ids)}" for note, ids in partly_checked(result).items()],
        "因空白等原因无法判定": [
            f"{run.id} {run.title}：{run.counts.undecided} 处" for run in undecided(result)
        ],
    }
    return {topic: [one_line(line) for line in lines] for topic, lines in topics.items() if lines}


def _sheet(sheet: InputSheet) -> str:
    name = f"{sheet.file} › {sheet.sheet}" if sheet.sheet else sheet.file
    return f"{name}（隐藏）" if sheet.hidden else name


def _headers(sheet: InputSheet) -> str:
    named = (f"{header}（最接近：{near}）" if near else header for header, near in sheet.unrecognised.items())
    return "、".join(named)


def _ids(ids: list[str]) -> str:
    return f"{'、'.join(ids)}（{len(ids)} 条）" if len(ids) > 1 else ids[0]
