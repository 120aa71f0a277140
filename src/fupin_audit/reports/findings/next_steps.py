"""What to do after a check: the commands that help from here."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from fupin_audit.reports.findings.village_tally import RuleTally, not_checked
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.writing.one_line import one_line


def next_steps(result: AuditResult, rules: Sequence[RuleTally]) -> Iterator[tuple[str, str]]:
    """What for, and the command."""
    if rules:
        yield (
            "生成整改台账，按村分发",
            f"fupin-audit check {_asked(result)}{_against(result)} --output xlsx=整改台账.xlsx",
        )
        yield f"查看规则 {rules[0].id} 的依据和整改办法", f"fupin-audit rules show {rules[0].id}"
    if result.unreadable or any(sheet.unrecognised or not sheet.ledgers for sheet in result.inputs):
        yield "查看每个工作表、每一列是怎样认出来的", f"fupin-audit inspect {_asked(result)}"
    if not_checked(result):
        yield "查看台账要有哪些列，导出空白模板", "fupin-audit ledgers list"


def _asked(result: AuditResult) -> str:
    """The paths as the user wrote them, quoted where a shell would tear them apart."""
    return " ".join(shlex.quote(one_line(path)) for path in result.asked) or "数据文件夹"


def _against(result: AuditResult) -> str:
    """The last drop, where there is one."""
    return "".join(f" --against {shlex.quote(one_line(path))}" for path in result.asked_against)
