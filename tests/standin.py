"""An audit that does nothing but remember how it was called, for tests of the command line."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fupin_audit import Options
from fupin_audit.results.audit_result import AuditResult
from scored import scorecard


@dataclass(frozen=True)
class Seen:
    """What `examine` gives, as far as commands that only report look at it."""

    result: AuditResult


class Auditor:
    """Stands in for the audit: remembers how it was called, answers what the test wants."""

    def __init__(self, result: AuditResult) -> None:
        self.result = result
        self.failure: BaseException | None = None
        self.paths: tuple[Path, ...] = ()
        self.given: dict[str, Any] = {}

    def __call__(self, paths: tuple[Path, ...], **given: Any) -> Seen:
        self.paths, self.given = paths, given
        if self.failure:
            raise self.failure
        return Seen(self.result)

    @property
    def options(self) -> Options:
        """The options it was called with."""
        options: Options = self.given["options"]
        return options


def readable(result: AuditResult) -> AuditResult:
    """The result, had every file been read."""
    return replace(result, inputs=tuple(sheet for sheet in result.inputs if not sheet.error))


def stand_in(monkeypatch: pytest.MonkeyPatch, result: AuditResult) -> Auditor:
    """Put an auditor in the place of the real one."""
    auditor = Auditor(result)
    module = ModuleType("fupin_audit.audit")
    module.__dict__.update(examine=auditor)
    monkeypatch.setitem(sys.modules, "fupin_audit.audit", module)
    scoring = ModuleType("fupin_audit.tasks.scoring")
    scoring.__dict__.update(scorecard_of=lambda *_: scorecard())
    monkeypatch.setitem(sys.modules, "fupin_audit.tasks.scoring", scoring)
    rows = ModuleType("fupin_audit.viewing.rows_of_findings")
    rows.__dict__.update(with_rows=lambda found: found.result)
    monkeypatch.setitem(sys.modules, "fupin_audit.viewing.rows_of_findings", rows)
    return auditor
