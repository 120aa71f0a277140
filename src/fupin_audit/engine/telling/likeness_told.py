"""Of findings that rest on rows which no number pairs: what speaks for and against their being one person's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fupin_audit.engine.judging.failures import Failure
from fupin_audit.engine.judging.verdicts import Verdicts
from fupin_audit.engine.linking.likely_people import WeighedPair
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.ledgers.relations import Pairing
from fupin_audit.linkage.fields import BIRTH, BLANK, FIELDS, NAME, PLACE, ComparedField
from fupin_audit.results.finding import Finding
from fupin_audit.results.pair_evidence import EvidenceLine, PairEvidence
from fupin_audit.rulepack.language.targets import RuleTarget
from fupin_audit.rulepack.reconciliations.books import book

_EITHER_BLANK = "有一边空白，不计"


def with_evidence(
    linked: Linked, target: RuleTarget, verdicts: Verdicts, subjects: Subjects, found: Iterable[Finding]
) -> Iterator[Finding]:
    """The findings of a rule, one a failure, each with the evidence it rests on."""
    for failure, finding in zip(verdicts.failures, found, strict=True):
        evidence = _evidence(linked, target, failure, subjects)
        yield replace(finding, pair=evidence) if evidence else finding


def _evidence(
    linked: Linked, target: RuleTarget, failure: Failure, subjects: Subjects
) -> PairEvidence | None:
    """The evidence for the first row a failure names that was found by looks."""
    for cell in failure.cells:
        pairing = _likely(linked, target.ledger, cell.name.split(".")[0])
        if pairing is not None and (pair := linked.weighed(pairing).of(failure.row, cell.at.row)):
            return _told(pairing, pair, subjects)
    return None


def _likely(linked: Linked, ledger: str, name: str) -> Pairing | None:
    """The pairing of likely records of the two ledgers between which a relation finds near or likely ones."""
    vocabulary = linked.session.catalogue.vocabulary
    relation = vocabulary.relation(ledger, name)
    by = relation.pairing if relation else None
    if by is None or by.equal or by.left != ledger:
        return None
    return next((item for item in vocabulary.pairings if item.likely and item.right == by.right), None)


def _told(pairing: Pairing, pair: WeighedPair, subjects: Subjects) -> PairEvidence:
    lines = (
        EvidenceLine(
            field.name,
            _shown(field, pair.ours, subjects),
            _shown(field, pair.theirs, subjects),
            _EITHER_BLANK if level == BLANK else field.levels[level],
            round(bits, 2),
        )
        for field, level, bits in zip(FIELDS, pair.levels, pair.bits, strict=True)
    )
    ours, theirs = book(pairing.left), book(pairing.right)
    return PairEvidence(ours, theirs, tuple(lines), round(pair.start, 2), pair.odds)


def _shown(field: ComparedField, row: dict[str, str | None], subjects: Subjects) -> str:
    """What a row says of a field, masked."""
    if field == BIRTH:
        return subjects.born(row[field.name] or "")
    if field == PLACE:
        return subjects.quoted("".join(filter(None, (row["乡镇"], row["村"]))))
    text = row[field.name] or ""
    return subjects.quoted(text) if field == NAME else text
