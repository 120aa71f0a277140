"""What was not checked, and what to do next, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from fupin_audit.reports.findings.gaps import gaps
from fupin_audit.reports.findings.village_tally import not_checked, rules
from fupin_audit.reports.writing.wrapping import wrap
from fupin_audit.results.finding import AuditResult

_SHOWN = 8


def unchecked(result: AuditResult, full: bool, width: int) -> Iterator[Text]:
    """Files, sheets and columns not understood, rules that did not run, rows nobody can judge."""
    for topic, lines in gaps(result).items():
        shown = lines if full else lines[:_SHOWN]
        yield Text(topic, style="bold")
        for line in shown:
            yield _hanging("  · ", line, width)
        if len(lines) > len(shown):
            yield Text(f"  ……还有 {len(lines) - len(shown)} 项；--full 全部列出", style="dim")


def next_steps(result: AuditResult, width: int) -> Iterator[Text]:
    """The commands that help from here."""
    for number, (purpose, command) in enumerate(_steps(result), start=1):
        yield _hanging(f"{number}. ", f"{purpose}：", width)
        yield Text(f"   {command}", style="green")


def _steps(result: AuditResult) -> Iterator[tuple[str, str]]:
    if result.records:
        yield "生成整改台账，按村分发", "fupin-audit check 数据文件夹 --output xlsx=整改台账.xlsx"
        rule = rules(result)[0].id
        yield f"查看规则 {rule} 的依据和整改办法", f"fupin-audit rules show {rule}"
    if result.unreadable or any(sheet.unrecognised or not sheet.ledgers for sheet in result.inputs):
        yield "查看每个工作表、每一列是怎样认出来的", "fupin-audit inspect 数据文件夹"
    if not_checked(result):
        yield "查看台账要有哪些列，导出空白模板", "fupin-audit ledgers list"


def _hanging(lead: str, text: str, width: int) -> Text:
    indent = " " * cell_len(lead)
    return Text(lead + f"\n{indent}".join(wrap(text, width - len(indent))))
