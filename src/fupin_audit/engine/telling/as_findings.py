"""From a rule's failed rows to findings: values, addresses, sentence, fingerprint (D8)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from fupin_audit.engine.judging.failures import DAY, Failure
from fupin_audit.engine.judging.verdicts import Verdicts
from fupin_audit.engine.loaded.subjects import Subject, Subjects, fingerprint
from fupin_audit.engine.telling.basis import Citations
from fupin_audit.engine.telling.likely_causes import likely_causes
from fupin_audit.ledgers.types.text import is_blank
from fupin_audit.masking import told_apart
from fupin_audit.results.finding import ABOUT_READING, Finding, Responsible
from fupin_audit.results.place import Location
from fupin_audit.rulepack.declared.reconciliation import ComparingRule
from fupin_audit.rulepack.declared.reserved_words import THIS_COLUMN
from fupin_audit.rulepack.declared.rule import CROWD, JUDGED, CellRule, Rule, ScreenRule
from fupin_audit.rulepack.language.expression import placeholders
from fupin_audit.rulepack.language.targets import RuleTarget
from fupin_audit.rulepack.reconciliations.expanding import BEFORE
from fupin_audit.rulepack.reconciliations.near_records import RECORDED, SEEN

BLANK = "空白"
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def finding_about(rule: Rule | CellRule | ScreenRule, ledger: str, subject: Subject) -> partial[Finding]:
    """A finding of the rule about somebody; what it says of them is still to be said."""
    return partial(
        Finding,
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        ledger=ledger,
        place=subject.place,
        household=subject.household,
        head=subject.head,
        person=subject.person,
        person_id=subject.person_id,
        why=rule.why,
        fix=rule.fix,
        owner=rule.owner,
        responsible=tuple(map(Responsible, rule.owner.split("；"))),
    )


def findings(
    target: RuleTarget,
    verdicts: Verdicts,
    subjects: Subjects,
    citations: Citations,
    private: frozenset[str],
) -> Iterator[Finding]:
    """One finding a failure.

    Args:
        target: the rule and its ledger.
        verdicts: what it said.
        subjects: looks rows up.
        citations: what the rule rests on at a place.
        private: names whose values are personal data, masked in the sentence.
    """
    causes = likely_causes(target, verdicts, subjects)
    for failure in verdicts.failures:
        spoken = _spoken(target, failure, subjects, private)
        apart, cause = told_apart(_masks(target, failure, spoken)), causes.get(failure.row)
        subject, say = subjects.of(target.ledger, failure.row), target.rule.say
        if target.rule.about:
            subject = subject.at(target.rule.about)
        if failure.crowd and target.rule.mostly:
            county, say = subject.at("县"), target.rule.mostly.say
            subject = replace(county, key=(county.place.county,))
            spoken |= {CROWD: str(failure.crowd.failed), JUDGED: str(failure.crowd.judged)}
        rested = citations.of(subject.place.county, failure.values.get(DAY))
        yield finding_about(target.rule, target.ledger, subject)(
            fields={**_cited(failure, subjects), **_shown(target, spoken)},
            locations=_locations(target.ledger, failure, subjects),
            message=with_apart(_sentence(say, spoken), "" if cause else apart),
            basis=rested.basis,
            basis_kind=rested.kind,
            fingerprint=fingerprint(target.rule.id, target.ledger, subject.key, aspect(target, failure.mend)),
            cause=cause,
            apart=apart,
            responsible=subjects.responsible.of(target.rule.owner, subject.home, rested.basis),
        )


def of_its_kind(rule: Rule | ComparingRule, verdicts: Verdicts, subjects: Subjects) -> Verdicts:
    """The verdicts with the failures the rule speaks of: where it speaks of blanks, not those of other cells."""
    if not rule.of_blanks:
        return verdicts
    return replace(verdicts, failures=tuple(item for item in verdicts.failures if _is_blank(item, subjects)))


def _is_blank(failure: Failure, subjects: Subjects) -> bool:
    """Whether the cell to mend is there and nothing stands in it."""
    cell = failure.cells[0]
    return subjects.stands(cell.at, cell.value) and is_blank(subjects.written(*cell.at))


def with_apart(message: str, apart: str) -> str:
    """The sentence, and where its numbers differ though they look alike."""
    return f"{message}（{apart}）" if apart else message


def _masks(
    target: RuleTarget, failure: Failure, spoken: Mapping[str, str | None]
) -> Iterator[tuple[str, str]]:
    """What is shown of the values the sentence sets against each other, with what they are."""
    for name in (*placeholders(target.rule.say), SEEN, RECORDED):
        value = failure.values.get(name)
        if isinstance(value, str) and (shown := spoken[name]):
            yield shown, value


def _cited(failure: Failure, subjects: Subjects) -> dict[str, str | None]:
    """The implicated cells' values, as far as findings name them."""
    return {cell.name: subjects.shown_as(cell.at, cell.value) for cell in failure.cells if cell.name}


def _shown(target: RuleTarget, spoken: Mapping[str, str | None]) -> dict[str, str | None]:
    """What the rule shows besides cells; a year before that is not known is not shown."""
    values = {name: spoken[name] for name in target.rule.show if spoken[name] != ""}
    return {name: value for name, value in values.items() if value is not None or name != BEFORE}


def aspect(target: RuleTarget, mend: str) -> str:
    """What of the subject the rule speaks of: a reconciliation says, else the field to mend."""
    return target.rule.aspect if isinstance(target.rule, ComparingRule) else mend


def _sentence(say: str, spoken: Mapping[str, str | None]) -> str:
    return _PLACEHOLDER.sub(lambda found: BLANK if (text := spoken.get(found[1])) is None else text, say)


def _locations(ledger: str, failure: Failure, subjects: Subjects) -> tuple[Location, ...]:
    standing = [cell for cell in failure.cells if subjects.stands(cell.at, cell.value)]
    cells = [subjects.located(cell.at, cell.value) for cell in standing]
    return tuple(dict.fromkeys(cells)) or (subjects.anchor(ledger, failure.row),)


def _spoken(
    target: RuleTarget, failure: Failure, subjects: Subjects, private: frozenset[str]
) -> dict[str, str | None]:
    spoken: dict[str, str | None] = {"列名": target.column, "台账": target.ledger}
    for name, value in failure.values.items():
        column = subjects.column(target.ledger, target.column if name == THIS_COLUMN else name)
        if column is not None and value is not None:
            spoken[name] = subjects.print(column, value)
        else:
            spoken[name] = subjects.hide(plain(value), private=name in private)
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
    """Findings by place, household, severity, rule, those about the reading last; whatever the order of rows."""
    place = finding.place
    return (
        finding.rule in ABOUT_READING, place.county, place.town, place.village, finding.household, finding.severity.rank, finding.rule,
        finding.person_id, finding.person, finding.fingerprint, finding.message,
    )  # fmt: skip


def numbered(found: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of a rule in order; the same fingerprint twice gets a number.

    A cell that feeds two ledgers (the head's ID is also 户主证件号码) is reported once, as the person's.
    """
    listed = sorted(found, key=order)
    cells = {_first_cell(finding) for finding in listed if finding.ledger != "户"}
    times = Counter[str]()
    for finding in listed:
        if finding.ledger == "户" and _first_cell(finding) in cells:
            continue
        times[finding.fingerprint] += 1
        number = times[finding.fingerprint]
        yield finding if number == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{number}")


def _first_cell(finding: Finding) -> tuple[str, str, str]:
    first = finding.locations[0] if finding.locations else Location("", "", finding.fingerprint, None)
    return first.file, first.sheet, first.cell
