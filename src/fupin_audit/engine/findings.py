"""From a rule's failed rows to findings: values, addresses, sentence, fingerprint (D8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from fupin_audit.engine.judging import Cited, Failure, Verdicts
from fupin_audit.engine.subjects import Subjects, fingerprint
from fupin_audit.finding import Finding, Location
from fupin_audit.rulepack.expansion import Target

BLANK = "空白"
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def findings(
    target: Target,
    verdicts: Verdicts,
    subjects: Subjects,
    citations: tuple[str, ...],
    private: frozenset[str],
) -> Iterator[Finding]:
    """One finding a failure.

    Args:
        target: the rule and its ledger.
        verdicts: what it said.
        subjects: looks rows up.
        citations: the rule's basis as text.
        private: names whose values are personal data, masked in the sentence.
    """
    for failure in verdicts.failures:
        cells = _cells(verdicts.cited, failure, subjects)
        fields = {name: subjects.shown(*cell) for name, cell in cells.items()}
        spoken = _spoken(target, failure, cells, subjects, private)
        fields.update({name: spoken[name] for name in target.rule.show})
        subject = subjects.of(target.ledger, failure.row)
        first = next((item.field for item in verdicts.cited), "")
        yield Finding(
            rule=target.rule.id,
            title=target.rule.title,
            severity=target.rule.severity,
            ledger=target.ledger,
            place=subject.place,
            household=subject.household,
            head=subject.head,
            person=subject.person,
            person_id=subject.person_id,
            fields=fields,
            locations=_locations(target.ledger, cells, failure, subjects),
            message=_PLACEHOLDER.sub(lambda found: spoken.get(found[1]) or BLANK, target.rule.say),
            why=target.rule.why,
            fix=target.rule.fix,
            owner=target.rule.owner,
            basis=citations,
            fingerprint=fingerprint(target.rule.id, target.ledger, subject.key, first),
        )


Cell = tuple[str, int, str]


def _cells(cited: tuple[Cited, ...], failure: Failure, subjects: Subjects) -> dict[str, Cell]:
    """Name → (ledger, row, field) of the implicated cells that exist."""
    found: dict[str, Cell] = {}
    for item in cited:
        row = failure.rows.get(item.path)
        if row is not None:
            found[item.name] = (item.ledger, row, item.field)
    return found


def _locations(
    ledger: str, cells: Mapping[str, Cell], failure: Failure, subjects: Subjects
) -> tuple[Location, ...]:
    here = [subjects.location(*cell) for cell in cells.values()] or [subjects.anchor(ledger, failure.row)]
    there = [subjects.location(*cell) for cell in failure.related]
    return tuple(dict.fromkeys([*here, *there]))


def _spoken(
    target: Target, failure: Failure, cells: Mapping[str, Cell], subjects: Subjects, private: frozenset[str]
) -> dict[str, str | None]:
    spoken = {"列名": target.column, "台账": target.ledger}
    for name, value in failure.values.items():
        field = target.column if name == "该列" else name
        column = subjects.column(target.ledger, field)
        if column is not None and value is not None:
            spoken[name] = subjects.print(column, value)
        else:
            spoken[name] = subjects.hide(plain(value), name in private)
    return spoken


def plain(value: Any) -> str | None:
    """A computed value as a clerk writes it.

    >>> plain(True), plain(3.0), plain(0.1 + 0.2), plain(None)
    ('是', '3', '0.3', None)
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def order(finding: Finding) -> tuple[Any, ...]:
    """Findings by place, household, severity, rule; the same whatever the order of rows."""
    place = finding.place
    return (
        place.county, place.town, place.village, finding.household, finding.severity.rank, finding.rule,
        finding.person_id, finding.person, finding.fingerprint, finding.message,
    )  # fmt: skip
