"""An earlier JSON report as a baseline: what was found then is known, what is found besides is new."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from fupin_audit.errors import UsageError
from fupin_audit.masking import mask_text
from fupin_audit.reports.findings.json_file import MARK
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import ABOUT_READING, Severity
from fupin_audit.results.place import Place
from fupin_audit.results.recheck import NUMBERED
from fupin_audit.results.tracking import Followed, State
from fupin_audit.writing.system_errors import reason

_HEAD = 4096  # characters that say what the file is


class _KnownCell(BaseModel):
    """Which column a cell stands in."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    ledger: str | None = None
    field: str | None = None


class _KnownFinding(BaseModel):
    """What of a finding says that it is the same, and whom it is about."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    fingerprint: str
    rule: str
    severity: Severity
    ledger: str
    county: str
    town: str
    village: str
    household: str
    person_id: str = ""
    owner: str
    locations: tuple[_KnownCell, ...] = ()

    def followed(self, day: date) -> Followed:
        """What is kept of it."""
        cells = dict.fromkeys((at.ledger, at.field or "") for at in self.locations if at.ledger)
        cells |= dict.fromkeys([NUMBERED] if self.person_id else [])
        return Followed(
            self.fingerprint,
            self.rule,
            self.severity,
            self.ledger,
            tuple(cells),
            Place(self.county, self.town, self.village),
            self.household,
            self.owner,
            State.NEW,
            day,
        )


class _Report(BaseModel):
    """What of the report is looked at."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    as_of: date
    filtered: str = ""
    left_out: int = 0
    findings: tuple[_KnownFinding, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings of an earlier run.

    Attributes:
        name: the file as the user knows it.
        as_of: its as-of date.
        followed: fingerprint → what is kept of the finding, remarks on reading left out.
        fingerprints: of all its findings.
        without_remarks: it does not know the remarks on reading, so that nobody can say which are new.
    """

    name: str
    as_of: date
    followed: Mapping[str, Followed]
    fingerprints: frozenset[str]
    without_remarks: bool = False

    def new(self, result: AuditResult) -> AuditResult:
        """The findings that were not there then; the result says so itself, as after any choice."""
        left = ABOUT_READING if self.without_remarks else frozenset[str]()
        asked = [item for item in result.records if item.rule not in left]
        found = tuple(item for item in asked if item.fingerprint not in self.fingerprints)
        chosen = f"只列新增的，{self.name}（截止 {self.as_of}）里有的 {len(asked) - len(found)} 处不列"
        if remarks := len(result.records) - len(asked):
            chosen += f"，读表的提示 {remarks} 处历史里不记，也不列"
        return replace(result, records=found, filtered="；".join(filter(None, (result.filtered, chosen))))


def read_baseline(path: Path, option: str = "--baseline") -> Baseline:
    """An earlier JSON report of `check`.

    Raises:
        UsageError: it can't be read, is none, or holds only what was chosen: the rest would look new.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "不是 UTF-8 文本"
        raise UsageError(f"{option} {path}：打不开（{why}）") from error
    if not MARK.search(text[:_HEAD]):
        raise UsageError(f"{option} {path}：不是 check 写出的 JSON 报告（--output json=文件）")
    try:
        found = _Report.model_validate(json.loads(text))
    except (ValidationError, ValueError, RecursionError) as error:
        raise UsageError(f"{option} {path}：JSON 报告不完整，或被改过；请重新写出一份") from error
    if found.filtered:
        raise UsageError(
            f"{option} {path}：它是筛选过的（{found.filtered}），没有列的会当成新增；请用全部发现的报告"
        )
    if found.left_out:
        raise UsageError(
            f"{option} {path}：它用了 --max-findings，有 {found.left_out} 条没有列出，会当成新增；请用全部发现的报告"
        )
    followed = {
        item.fingerprint: item.followed(found.as_of)
        for item in found.findings
        if item.rule not in ABOUT_READING
    }
    return Baseline(
        mask_text(path.name), found.as_of, followed, frozenset(item.fingerprint for item in found.findings)
    )
