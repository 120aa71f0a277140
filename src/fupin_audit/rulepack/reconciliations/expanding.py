"""A reconciliation (D7) as the rules that say the same: what differs, what one side lacks, what stands twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from fupin_audit.ledgers.relations import Pairing, counterpart, counterparts, likely_record
from fupin_audit.rulepack.declared.reconciliation import ComparingRule, ReconciledField, Reconciliation
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.expression import names_in, through
from fupin_audit.rulepack.language.pairing_keys import pairing_of
from fupin_audit.rulepack.language.vocabulary import Vocabulary
from fupin_audit.rulepack.reconciliations.books import (
    book,
    cells,
    comparison,
    conjunction,
    doubt,
    fields_of,
    key_fields,
    subject,
)
from fupin_audit.rulepack.reconciliations.near_records import RECORDED, SEEN, likely_ones, likenesses

# Names under which a comparison's rule shows what else it looked at.
BEFORE, PAIRED_BY = "上年所记", "配对"


# Vocabulary → number of a reconciliation, which is kept with its rules so that the number stays its own.
_known: WeakKeyDictionary[Vocabulary, dict[int, tuple[Reconciliation, Sequence[ComparingRule]]]]
_known = WeakKeyDictionary()


def expand(reconciliation: Reconciliation, vocabulary: Vocabulary) -> Sequence[ComparingRule]:
    """The rules that say the same; written once, for neither reconciliations nor vocabularies change."""
    known, number = _known.setdefault(vocabulary, {}), id(reconciliation)
    if number not in known:
        known[number] = reconciliation, tuple(_expanded(reconciliation, vocabulary))
    return known[number][1]


def _expanded(reconciliation: Reconciliation, vocabulary: Vocabulary) -> Iterator[ComparingRule]:
    for right in reconciliation.right:
        pairing = pairing_of(reconciliation, right, vocabulary.ledgers)
        if reconciliation.near:
            yield from likenesses(reconciliation, pairing, vocabulary)
            if vocabulary.relation(pairing.left, likely_record(right)):
                yield from likely_ones(reconciliation, pairing)
        else:
            yield from _agreements(reconciliation, pairing, vocabulary)


def _agreements(
    reconciliation: Reconciliation, pairing: Pairing, vocabulary: Vocabulary
) -> Iterator[ComparingRule]:
    """The rules for one pair of ledgers that must agree."""
    for field in reconciliation.fields:
        yield _difference(reconciliation, field, pairing, vocabulary)
    if reconciliation.only_left:
        yield _only(reconciliation, pairing, vocabulary, left=True)
    if reconciliation.only_right:
        yield _only(reconciliation, pairing, vocabulary, left=False)
    for left in (True, False) if reconciliation.repeats else ():
        if (left or not reconciliation.totals) and _may_repeat(vocabulary, pairing, left=left):
            yield _repeated(reconciliation, pairing, vocabulary, left=left)


def _difference(
    reconciliation: Reconciliation, field: ReconciledField, pairing: Pairing, vocabulary: Vocabulary
) -> ComparingRule:
    """One field of the left record against the same of the right one."""
    left, right = pairing.left, pairing.right
    recorded = field.left or field.field
    towards = counterparts(right) if reconciliation.totals else counterpart(right)
    seen = through(towards, field.right or field.field)
    shown = {SEEN: seen, RECORDED: recorded}
    shown |= {BEFORE: field.before} if field.before else {}
    shown |= {PAIRED_BY: doubt(pairing)} if pairing.weak else {}
    binder = Binder.checking(vocabulary, left)
    recorded_in, seen_in = cells(binder, recorded), cells(binder, seen)
    # Lines that were added up are many: the sum they should give is the cell to mend.
    left_first = reconciliation.totals or reconciliation.mend == "left"
    lines = [f"{towards}.{name}" for name in _added_up(field)] if reconciliation.totals else []
    return comparison(
        reconciliation,
        left,
        aspect=field.field,
        against=right,
        compared=next(iter(recorded_in), ""),
        opposed=next(iter(seen_in), ""),
        when=conjunction([f"EXISTS({towards})", reconciliation.when_left]),
        require=_same(field, recorded, seen, binder.bind(recorded).kind.family),
        say=f"{field.field}：{book(right)}{_amounts(reconciliation)}为“{{{SEEN}}}”，{book(left)}为“{{{RECORDED}}}”"
        + (f"{{{PAIRED_BY}}}" if pairing.weak else ""),
        show=shown,
        cite=(*recorded_in, *lines, *seen_in) if left_first else (*seen_in, *recorded_in),
    )


def _added_up(field: ReconciledField) -> list[str]:
    """The field of the lines that is added up."""
    return list(names_in(field.right or field.field))[:1]


def _amounts(reconciliation: Reconciliation) -> str:
    return "合计" if reconciliation.totals else ""


def _only(
    reconciliation: Reconciliation, pairing: Pairing, vocabulary: Vocabulary, *, left: bool
) -> ComparingRule:
    """A record of one ledger that the other lacks."""
    here, there = (pairing.left, pairing.right) if left else (pairing.right, pairing.left)
    reported = reconciliation.only_left if left else reconciliation.only_right
    called = reconciliation.called or subject(vocabulary.ledgers[here], pairing)
    return comparison(
        reconciliation,
        here,
        aspect=f"{there}没有",
        against=there,
        when=conjunction([_where(reconciliation, left=left), reported if isinstance(reported, str) else ""]),
        require=f"EXISTS({counterparts(there) if reconciliation.totals else counterpart(there)})",
        say=f"{book(here)}有{called}，{book(there)}里没有",
        cite=key_fields(pairing, left=left),
        once_per=fields_of(pairing.keys[0], left=False) if reconciliation.totals and not left else (),
    )


def _may_repeat(vocabulary: Vocabulary, pairing: Pairing, *, left: bool) -> bool:
    """Whether no other rule speaks of a record that stands twice on this side."""
    model = vocabulary.ledgers[pairing.left if left else pairing.right]
    keys = [set(fields_of(key, left=left)) for key in pairing.keys[: len(pairing.keys) - pairing.weak]]
    own = [set(key) for key in (model.key, model.alternative_key) if key]
    return not any(key <= names for key in own for names in keys)


def _repeated(
    reconciliation: Reconciliation, pairing: Pairing, vocabulary: Vocabulary, *, left: bool
) -> ComparingRule:
    """Several records of one side for one of the other: the first of them is compared, all are named."""
    several, one = (pairing.left, pairing.right) if left else (pairing.right, pairing.left)
    which = "最近的" if pairing.latest and not left else "其中"
    called = subject(vocabulary.ledgers[one], pairing)
    return comparison(
        reconciliation,
        one,
        aspect=f"{several}重复",
        against=several,
        when=conjunction([f"EXISTS({counterpart(several)})", _where(reconciliation, left=not left)]),
        require=f"COUNT({counterparts(several)}) <= 1",
        say=f"{book(several)}里{called}有{{行数}}行，只核对了{which}一行",
        show={"行数": f"COUNT({counterparts(several)})"},
        cite=tuple(f"{counterparts(several)}.{name}" for name in key_fields(pairing, left=left)),
    )


def _where(reconciliation: Reconciliation, *, left: bool) -> str:
    return reconciliation.when_left if left else reconciliation.when_right


def _same(field: ReconciledField, recorded: str, seen: str, family: str | None) -> str:
    """The condition that both sides say the same."""
    same = _alike(field, recorded, seen, family)
    if field.blank == "undecided":
        return same
    return f"(({seen}) IS NULL) = (({recorded}) IS NULL) AND COALESCE({same}, TRUE)"


def _alike(field: ReconciledField, recorded: str, seen: str, family: str | None) -> str:
    """The condition that two values say the same."""
    if family == "number":
        return f"WITHIN({seen}, {recorded}, {field.tolerance})"
    return f"HAS_ANY({seen}, {recorded})" if field.several else f"({seen}) = ({recorded})"
