"""The report other programs read: UTF-8 JSON described by `schema/check.schema.json`, same input same bytes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from fupin_audit.reports.findings.about_reading import ReadingRemark, remarks
from fupin_audit.reports.findings.village_tally import not_demanded, ran, stopped, villages
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.pair_evidence import PairEvidence
from fupin_audit.results.place import Location, Place
from fupin_audit.results.rule_run import RuleRun
from fupin_audit.results.tolerance import Tolerance
from fupin_audit.writing.json_text import dump_object
from fupin_audit.writing.marks import json_mark

SCHEMA = Path(__file__).parents[1] / "schema" / "check.schema.json"
MARK = json_mark("version", "as_of", "as_of_source")


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes the report, one input, rule or finding a line."""
    arrays: dict[str, object] = {
        "inputs": map(_input, result.inputs),
        "rules": map(_rule, result.rules_run),
        "findings": map(finding_object, result.listed),
        "reading": map(_remark, remarks(result)),
    }
    dump_object({**_head(result), **arrays, "summary": _summary(result)}, sink)


def _head(result: AuditResult) -> dict[str, object]:
    return {
        "version": result.version,
        "as_of": result.as_of.isoformat(),
        "as_of_source": result.as_of_source,
        "packs": result.packs,
        "settings": result.settings,
        "filtered": result.filtered,
        "revealed": result.revealed,
        **({"not_read": result.not_read} if result.not_read else {}),
        **({"doubts": result.doubts} if result.doubts else {}),
        **({"rates": list(map(_rate, result.tolerances))} if result.tolerances else {}),
        **({"left_out": result.left_out} if result.left_out else {}),
    }


def _rate(tolerance: Tolerance) -> dict[str, object]:
    return {
        "rule": tolerance.rule,
        "max_rate": tolerance.max_rate,
        "failed": tolerance.counts.failed,
        "judged": tolerance.counts.judged,
        "kept": tolerance.kept,
    }


def _input(sheet: InputSheet) -> dict[str, object]:
    return {
        "file": sheet.file,
        "sheet": sheet.sheet,
        "ledger": sheet.ledgers[0] if sheet.ledgers else None,
        "ledgers": sheet.ledgers,
        "header_row": sheet.header_row,
        "rows": sheet.rows,
        "columns": dict(sheet.columns),
        "unrecognised": [
            {"column": unknown.letter, "header": unknown.header, "nearest": unknown.nearest or None}
            for unknown in sheet.unrecognised
        ],
        "candidates": [{"ledger": ledger, "score": round(score, 4)} for ledger, score in sheet.candidates],
        "hidden": sheet.hidden,
        "notes": (*sheet.caveats, *sheet.notes),
        "error": sheet.error or None,
    }


def _rule(run: RuleRun) -> dict[str, object]:
    return {
        "id": run.id,
        "title": run.title,
        "severity": run.severity,
        "status": run.status,
        "reason": run.reason,
        "passed": run.counts.passed,
        "failed": run.counts.failed,
        "undecided": run.counts.undecided,
        "notes": run.notes,
        "doc": run.doc or None,
        "also_known_as": run.also_known_as,
        "places": [
            {**_place(place), "passed": c.passed, "failed": c.failed, "undecided": c.undecided}
            for place, c in sorted(run.by_place.items(), key=lambda item: str(item[0]))
        ],
    }


def finding_object(finding: Finding) -> dict[str, object]:
    """A finding as JSON."""
    return {
        "rule": finding.rule,
        "title": finding.title,
        "severity": finding.severity,
        "ledger": finding.ledger,
        **_place(finding.place),
        "household": finding.household,
        "head": finding.head,
        "person": finding.person,
        "person_id": finding.person_id,
        "fields": dict(finding.fields),
        "locations": [_location(at) for at in finding.locations],
        "message": finding.message,
        "why": finding.why,
        "fix": finding.fix,
        "owner": finding.owner,
        "basis": finding.basis,
        "basis_kind": finding.basis_kind or None,
        "fingerprint": finding.fingerprint,
        "cause": asdict(finding.cause) if finding.cause else None,
        "likely_wrong": [asdict(at) for at in finding.likely_wrong],
        "responsible": [asdict(who) for who in finding.responsible],
        "pair": _pair(finding.pair) if finding.pair else None,
    }


def _pair(pair: PairEvidence) -> dict[str, object]:
    """Why two rows may be one person's."""
    return {
        "books": [pair.ours, pair.theirs],
        "lines": [asdict(line) for line in pair.lines],
        "start": pair.start,
        "total": round(pair.total, 2),
        "odds": round(pair.odds, 1),
        "words": pair.words,
    }


def _remark(remark: ReadingRemark) -> dict[str, object]:
    return {
        "rule": remark.rule,
        "name": remark.name,
        "message": remark.sentence,
        "locations": [_location(at) for at in remark.locations],
    }


def _location(at: Location) -> dict[str, object]:
    return {
        "file": at.file,
        "sheet": at.sheet,
        "cell": at.cell,
        "value": at.value,
        "ledger": at.ledger or None,
        "field": at.field or None,
    }


def _summary(result: AuditResult) -> dict[str, object]:
    checked = sum(map(ran, result.rules_run))
    return {
        "findings": len(result.records),
        **{severity.value: result.count(severity) for severity in Severity},
        "troubled": result.troubled,
        "suspect_cells": result.suspect_cells,
        "households": sum(result.households.values()),
        "unreadable": len(result.unreadable),
        "rules_ran": checked,
        "rules_not_checked": sum(map(stopped, result.rules_run)),
        "rules_not_demanded": len(not_demanded(result)),
        "villages": [
            {
                **_place(tally.place),
                "households": tally.households,
                "troubled": tally.troubled,
                **{severity.value: tally.by_severity[severity] for severity in Severity},
            }
            for tally in villages(result)
        ],
    }


def _place(place: Place) -> dict[str, object]:
    return {"county": place.county, "town": place.town, "village": place.village}
