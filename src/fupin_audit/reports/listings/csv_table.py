"""Findings as a table of texts that spreadsheets open and databases load."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from io import TextIOWrapper
from typing import BinaryIO

from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding
from fupin_audit.results.place import Location
from fupin_audit.writing.csv_cells import csv_cell
from fupin_audit.writing.marks import FINDINGS_TABLE

_NOWHERE = Location("", "", "", None)


def _first(finding: Finding) -> Location:
    return next(iter(finding.locations), _NOWHERE)


_COLUMNS: Mapping[str, Callable[[Finding], str]] = {
    "级别": lambda finding: finding.severity.label,
    "规则": lambda finding: finding.rule,
    "规则名称": lambda finding: finding.title,
    "县": lambda finding: finding.county,
    "乡镇": lambda finding: finding.town,
    "村": lambda finding: finding.village,
    "户编号": lambda finding: finding.household,
    "户主": lambda finding: finding.head,
    "姓名": lambda finding: finding.person,
    "问题": lambda finding: finding.message,
    "文件": lambda finding: _first(finding).file,
    "工作表": lambda finding: _first(finding).sheet,
    "单元格": lambda finding: _first(finding).cell,
    "值": lambda finding: _first(finding).value or "",
    "其他单元格": lambda finding: "；".join(map(str, finding.locations[1:])),
    "责任人": lambda finding: "；".join(map(str, finding.responsible)) or finding.owner,
    "依据": lambda finding: "；".join(finding.basis),
    "整改办法": lambda finding: finding.fix,
    "指纹": lambda finding: finding.fingerprint,
}
MARK = FINDINGS_TABLE


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes a header and a line a finding, in UTF-8 with a mark that Excel knows it by."""
    text = TextIOWrapper(sink, encoding="utf-8-sig", newline="", write_through=True)
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    for finding in result.listed:
        table.writerow([csv_cell(value(finding)) for value in _COLUMNS.values()])
    text.detach()
