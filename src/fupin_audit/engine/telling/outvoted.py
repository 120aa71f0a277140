"""A book is not 未更新 where another book says the same: then it is rather the one they differ from that is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from fupin_audit.results.finding import CauseKind, Finding
from fupin_audit.rulepack.declared.reconciliation import ComparingRule
from fupin_audit.rulepack.language.targets import RuleTarget
from fupin_audit.rulepack.reconciliations.near_records import SEEN

Books = Mapping[str, frozenset[str]]


def books_of(targets: Iterable[RuleTarget]) -> Books:
    """Rule → the books it compares with the record."""
    found: dict[str, set[str]] = defaultdict(set)
    for target in targets:
        if isinstance(target.rule, ComparingRule):
            found[target.rule.id].add(target.rule.against)
    return {rule: frozenset(ledgers) for rule, ledgers in found.items()}


def without_outvoted(findings: Sequence[Finding], books: Books) -> Iterator[Finding]:
    """The findings; 未更新 is not said of a value that two books have.

    Args:
        findings: of a whole run.
        books: rule → the books it compares with the record.
    """
    saying: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for finding in findings:
        for ledger, value in _seen(finding, books):
            saying[finding.home, finding.place, *value].add(ledger)
    for finding in findings:
        stale = finding.cause is not None and finding.cause.kind is CauseKind.STALE
        alike = (saying[finding.home, finding.place, *value] for _, value in _seen(finding, books))
        yield (
            replace(finding, cause=None) if stale and any(len(ledgers) > 1 for ledgers in alike) else finding
        )


def _seen(finding: Finding, books: Books) -> Iterator[tuple[str, tuple[str, str]]]:
    """The books a finding sets against the record, with the field and what they say."""
    value = finding.fields.get(SEEN)
    if value is not None and finding.household:
        for at in finding.locations:
            if at.ledger in books.get(finding.rule, ()):
                yield at.ledger, (at.field, value)
