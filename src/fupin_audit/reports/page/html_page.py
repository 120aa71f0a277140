"""One self-contained HTML file: headline, villages and rules, every finding to be searched and filtered.

It asks no network for anything: style, program and data stand in it, and a policy of its own forbids all else. What
is chosen stands in the address after `#`, so that a view can be sent to somebody.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from fupin_audit.reports.findings.unchecked import gaps
from fupin_audit.reports.findings.verdict import circumstances, verdict
from fupin_audit.reports.findings.village_tally import tallies
from fupin_audit.reports.page.heat import heat
from fupin_audit.reports.page.page_data import page_data
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity

TITLE = "脱贫攻坚数据审计报告"
MARK = re.compile(r'\A<!doctype html>\n<html lang="zh-CN">\n<!-- fupin-audit -->')
_OWN = "fupin_audit.reports.page"


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes the page."""
    style, program = _own("page.css"), _own("page.js")
    counted = tallies(result)
    text = _template().render(
        title=TITLE,
        verdict=verdict(result),
        circumstances=circumstances(result),
        revealed=result.revealed,
        severities=[(severity.value, severity.label, result.count(severity)) for severity in Severity],
        heat=heat(result),
        rules=counted.rules,
        gaps=gaps(result),
        style=Markup(style),
        program=Markup(program),
        data=Markup(page_data(result)),
        policy=_policy(style, program),
        version=result.version,
    )
    sink.write(text.encode("utf-8"))


def _own(name: str) -> str:
    return files(_OWN).joinpath(name).read_text(encoding="utf-8")


def _template() -> Template:
    """The page's template; every value is escaped."""
    environment = Environment(
        loader=PackageLoader(_OWN, "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("page.html")


def _policy(style: str, program: str) -> str:
    """What the page may do: this style and this program, and no connection at all."""
    allowed: Mapping[str, str] = {"style-src": style, "script-src": program}
    rules = [f"{kind} 'sha256-{_digest(text)}'" for kind, text in allowed.items()]
    return "; ".join(["default-src 'none'", *rules, "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
