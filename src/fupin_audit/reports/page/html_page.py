"""One self-contained HTML file: headline, villages and rules, every finding to be searched and filtered.

It asks no network for anything: style, program and data stand in it, and a policy of its own forbids all else. What
is chosen stands in the address after `#`, so that a view can be sent to somebody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from fupin_audit.reports.findings.next_steps import next_steps
from fupin_audit.reports.findings.unchecked import gaps
from fupin_audit.reports.findings.verdict import circumstances, verdict
from fupin_audit.reports.findings.village_tally import UNPLACED, TownTally, VillageTally, tallies, towns
from fupin_audit.reports.page.heat import heat
from fupin_audit.reports.page.page_data import page_data
from fupin_audit.reports.page.rendering import plain, write_page
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from fupin_audit.results.household import MOST_BOOKS
from fupin_audit.results.place import Place

TITLE = "脱贫攻坚数据审计报告"
_SEVERAL = 2
_MARK = "fupin-audit"
MARK = re.compile(rf'\A<!doctype html>\n<html lang="zh-CN">\n<!-- {_MARK} -->')


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes the page."""
    counted = tallies(result)
    rules = counted.rules
    values = {
        "mark": _MARK,
        "title": TITLE,
        "verdict": verdict(result),
        "circumstances": circumstances(result),
        "revealed": result.revealed,
        "severities": [(severity.value, severity.label, result.count(severity)) for severity in Severity],
        "heat": heat(result),
        "towns": _towns(counted.villages),
        "rules": rules,
        "clauses": {item.rule: "；".join(item.basis) for item in reversed(result.records)},
        "docs": {run.id: run.doc for run in result.rules_run},
        "steps": list(next_steps(result, rules)) if result.asked else [],  # not for whoever is handed it
        "gaps": gaps(result),
        "bookless": _bookless(result),
        "books": MOST_BOOKS,
        "bare": _bare(result),
        "data": plain(page_data(result)),
        "version": result.version,
    }
    write_page(sink, "page.html", values, program="page.js")


def _towns(villages: Sequence[VillageTally]) -> list[tuple[TownTally, list[VillageTally]]]:
    """Every town with its villages, the worst first; none where there is but one village."""
    placed = [tally for tally in villages if tally.place != UNPLACED]
    if len(placed) < _SEVERAL:
        return []
    within: dict[Place, list[VillageTally]] = {}
    for tally in placed:
        within.setdefault(replace(tally.place, village=""), []).append(tally)
    return [(town, within[town.place]) for town in towns(placed)]


def _bookless(result: AuditResult) -> int:
    """Households whose books were left out, where those of others are shown."""
    homes = {(finding.place, finding.home) for finding in result.listed if finding.household}
    return sum(home not in result.books for _, home in homes) if result.books else 0


def _bare(result: AuditResult) -> int:
    """Findings shown without the cells beside the one to mend, where others have them."""
    wrong = (finding.locations[0] for finding in result.listed if finding.locations)
    return sum(at not in result.beside for at in wrong) if result.beside else 0
