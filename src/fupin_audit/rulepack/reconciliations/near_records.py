"""Records that are nearly the same and have no equal, as rules that ask whether they are the same subject's."""

from __future__ import annotations

from collections.abc import Iterator

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.relations import Pairing, likely_record, near_record
from fupin_audit.rulepack.declared.reconciliation import ComparingRule, ReconciledField, Reconciliation
from fupin_audit.rulepack.language.vocabulary import Vocabulary
from fupin_audit.rulepack.reconciliations.books import book, comparison, conjunction

# Names under which a rule shows what it compared.
SEEN, RECORDED = "所见", "所记"
_NAME, _EVIDENCE = "对方姓名", "旁证"
_OLD_NUMBER = 15  # digits


def likenesses(source: Reconciliation, pairing: Pairing, vocabulary: Vocabulary) -> Iterator[ComparingRule]:
    """The rules for one pair of ledgers: where the left number is valid and no old one, the right is to be mended."""
    ((number, other_number), (name, other_name)) = pairing.keys[0]
    near = near_record(pairing.right)
    here, there = (number, name), (f"{near}.{other_number}", f"{near}.{other_name}")
    sound = f"ID_VALID({number}) AND LENGTH({number}) <> {_OLD_NUMBER}"
    for judged, cite in ((sound, (*there, *here)), (f"NOT ({sound})", (*here, *there))):
        yield comparison(
            source,
            pairing.left,
            aspect=f"{pairing.right}近号",
            against=pairing.right,
            compared=number,
            opposed=there[0],
            when=conjunction([judged, source.when_left]),
            require=f"NOT EXISTS({near})",
            say=f"系统的{{{name}}}与{book(pairing.right)}的{{{_NAME}}}证件号码只差一点，很可能是同一人（{{{_EVIDENCE}}}）",
            show={
                SEEN: there[0],
                RECORDED: number,
                _NAME: there[1],
                _EVIDENCE: _evidence(source, pairing, vocabulary.ledgers[pairing.right]),
            },
            cite=cite,
        )


def likely_ones(source: Reconciliation, pairing: Pairing) -> Iterator[ComparingRule]:
    """The rules on what no number pairs, for one pair of ledgers: who lacks a number is to be given it."""
    ((number, other_number), (name, other_name)) = pairing.keys[0]
    likely, near = likely_record(pairing.right), near_record(pairing.right)
    here, there = (number, name), (f"{likely}.{other_number}", f"{likely}.{other_name}")
    sound = f"ID_VALID({number})"
    for judged, cite in ((f"{sound} IS TRUE", (*there, *here)), (f"{sound} IS NOT TRUE", (*here, *there))):
        yield comparison(
            source,
            pairing.left,
            aspect=f"{pairing.right}相像",
            against=pairing.right,
            when=conjunction([judged, f"EXISTS({near}) IS NOT TRUE", source.when_left]),
            require=f"NOT EXISTS({likely})",
            say=f"系统的{{{name}}}与{book(pairing.right)}的{{{_NAME}}}很可能是同一人，号码对不上或没有有效号码",
            show={_NAME: there[1]},
            cite=cite,
        )


def _evidence(source: Reconciliation, pairing: Pairing, right: type[Ledger]) -> str:
    """Says what else the two records have in common."""
    near = near_record(pairing.right)
    _, (name, other_name) = pairing.keys[0]
    names = f"CASE WHEN {name} = {near}.{other_name} THEN '姓名相同' ELSE '姓名相近' END"
    said = [
        _agreement(near, field) for field in source.fields if (field.right or field.field) in right.columns()
    ]
    return f"CONCAT_WS('、', {', '.join((names, *said))})"


def _agreement(near: str, field: ReconciledField) -> str:
    same = f"({field.left or field.field}) = {near}.{field.right or field.field}"
    return f"CASE WHEN {same} THEN '{field.field}相同' END"
