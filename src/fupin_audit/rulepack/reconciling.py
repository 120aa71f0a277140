"""A reconciliation (D7) as the rules that say the same: what differs, what one side lacks, what stands twice."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.relations import Pairing, Pairs, counterpart, counterparts
from fupin_audit.rulepack.binding import PARAMETER, Binder
from fupin_audit.rulepack.expression import names_in, parse, parts
from fupin_audit.rulepack.frame import Frame
from fupin_audit.rulepack.pairs import pairing_of
from fupin_audit.rulepack.rule import Comparison, ReconciledField, Reconciliation
from fupin_audit.rulepack.vocabulary import Everything, Vocabulary

# Names under which a comparison's rule shows what it compared.
SEEN, RECORDED, BEFORE, PAIRED_BY = "所见", "所记", "上年所记", "配对"
_SYSTEM = frozenset({"户", "人口", "户年度", "帮扶责任人"})

_SHARED = (
    "id",
    "title",
    "severity",
    "why",
    "fix",
    "owner",
    "basis",
    "since",
    "optional",
    "examples",
    "origin",
)


def expand(reconciliation: Reconciliation, vocabulary: Vocabulary) -> Iterator[Comparison]:
    """The rules that say the same."""
    pairing = pairing_of(reconciliation, vocabulary.ledgers)
    for field in reconciliation.fields:
        yield _difference(reconciliation, field, pairing, vocabulary)
    if reconciliation.only_left:
        yield _only(reconciliation, pairing, vocabulary, left=True)
    if reconciliation.only_right:
        yield _only(reconciliation, pairing, vocabulary, left=False)
    for left in (True, False) if reconciliation.repeats else ():
        if _may_repeat(vocabulary, pairing, left=left):
            yield _repeated(reconciliation, pairing, vocabulary, left=left)


def _difference(
    reconciliation: Reconciliation, field: ReconciledField, pairing: Pairing, vocabulary: Vocabulary
) -> Comparison:
    """One field of the left record against the same of the right one."""
    left, right = pairing.left, pairing.right
    recorded = field.left or field.field
    seen = through(counterpart(right), field.right or field.field)
    shown = {SEEN: seen, RECORDED: recorded}
    shown |= {BEFORE: field.before} if field.before else {}
    shown |= {PAIRED_BY: _doubt(pairing)} if pairing.weak else {}
    binder = Binder(vocabulary, Everything(vocabulary), Frame(left))
    cells = _cells(binder, recorded)
    sides = [_cells(binder, seen), cells]
    if reconciliation.mend == "left":
        sides.reverse()
    return _rule(
        reconciliation,
        left,
        aspect=field.field,
        against=right,
        compared=next(iter(cells), ""),
        when=_and(f"EXISTS({counterpart(right)})", reconciliation.when_left),
        require=_same(field, recorded, seen, binder.bind(recorded).kind.family),
        say=f"{field.field}：{book(right)}为“{{{SEEN}}}”，{book(left)}为“{{{RECORDED}}}”"
        + (f"{{{PAIRED_BY}}}" if pairing.weak else ""),
        show=shown,
        cite=tuple(name for side in sides for name in side),
    )


def _only(
    reconciliation: Reconciliation, pairing: Pairing, vocabulary: Vocabulary, *, left: bool
) -> Comparison:
    """A record of one ledger that the other lacks."""
    here, there = (pairing.left, pairing.right) if left else (pairing.right, pairing.left)
    return _rule(
        reconciliation,
        here,
        aspect=f"{there}没有",
        against=there,
        when=reconciliation.when_left if left else reconciliation.when_right,
        require=f"EXISTS({counterpart(there)})",
        say=f"{book(here)}有{_subject(vocabulary.ledgers[here], pairing)}，{book(there)}里没有",
        cite=_key_fields(pairing, left=left),
    )


def _may_repeat(vocabulary: Vocabulary, pairing: Pairing, *, left: bool) -> bool:
    """Whether no other rule speaks of a record that stands twice on this side."""
    model = vocabulary.ledgers[pairing.left if left else pairing.right]
    keys = [set(_fields(key, left=left)) for key in pairing.keys[: len(pairing.keys) - pairing.weak]]
    own = [set(key) for key in (model.key, model.alternative_key) if key]
    return not any(key <= names for key in own for names in keys)


def _repeated(
    reconciliation: Reconciliation, pairing: Pairing, vocabulary: Vocabulary, *, left: bool
) -> Comparison:
    """Several records of one side for one of the other: the first of them is compared, all are named."""
    several, one = (pairing.left, pairing.right) if left else (pairing.right, pairing.left)
    which = "最近的" if pairing.latest and not left else "其中"
    subject = _subject(vocabulary.ledgers[one], pairing)
    return _rule(
        reconciliation,
        one,
        aspect=f"{several}重复",
        against=several,
        when=_and(f"EXISTS({counterpart(several)})", _where(reconciliation, left=not left)),
        require=f"COUNT({counterparts(several)}) <= 1",
        say=f"{book(several)}里{subject}有{{行数}}行，只核对了{which}一行",
        show={"行数": f"COUNT({counterparts(several)})"},
        cite=tuple(f"{counterparts(several)}.{name}" for name in _key_fields(pairing, left=left)),
    )


def _where(reconciliation: Reconciliation, *, left: bool) -> str:
    return reconciliation.when_left if left else reconciliation.when_right


def _rule(source: Reconciliation, ledger: str, **own: object) -> Comparison:
    """A rule that says of itself what the reconciliation says, and judges what is its own."""
    shared = {name: getattr(source, name) for name in _SHARED}
    return Comparison.model_validate({**shared, "ledger": ledger, "scope": "全部", **own})


def _same(field: ReconciledField, recorded: str, seen: str, family: str | None) -> str:
    """The condition that both sides say the same."""
    same = (
        f"WITHIN({seen}, {recorded}, {field.tolerance})" if family == "number" else f"({seen}) = ({recorded})"
    )
    if field.blank == "undecided":
        return same
    return f"(({seen}) IS NULL) = (({recorded}) IS NULL) AND COALESCE({same}, TRUE)"


def _doubt(pairing: Pairing) -> str:
    """Says of two records paired by a weak key alone that they may not be the same subject's."""
    right = counterpart(pairing.right)
    strong = [
        " AND ".join(f"({one}) = ({through(right, other)})" for one, other in key)
        for key in pairing.keys[: len(pairing.keys) - pairing.weak]
    ]
    weak = "、".join(_fields(pairing.keys[-1], left=True))
    return f"CASE WHEN ANY_OF({', '.join(strong)}) THEN '' ELSE '（只按{weak}配上，先核对是不是同一个）' END"


def _subject(model: type[Ledger], pairing: Pairing) -> str:
    if "姓名" in model.columns():
        return "{姓名}"
    return "这一户{年度}年的记录" if "年度" in _fields(pairing.keys[0], left=True) else "这一户"


def _key_fields(pairing: Pairing, *, left: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for key in pairing.keys for name in _fields(key, left=left)))


def _fields(key: Pairs, *, left: bool) -> tuple[str, ...]:
    return tuple(name for pair in key for name in names_in(pair[0 if left else 1]))


def through(relation: str, text: str) -> str:
    """The expression with every name reached along the relation."""

    def prefixed(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Column) or parts(node)[0] == PARAMETER:
            return node
        return exp.column(
            *(exp.to_identifier(part, quoted=True) for part in reversed((relation, *parts(node))))
        )

    return parse(text).transform(prefixed).sql(dialect="duckdb")


def _cells(binder: Binder, text: str) -> tuple[str, ...]:
    """The cells an expression rests on, also by way of derived fields."""
    before = len(binder.frame.mentioned)
    binder.bind(text)
    return tuple(dict.fromkeys(".".join((*path, name)) for path, name in binder.frame.mentioned[before:]))


def book(ledger: str) -> str:
    """What people call a ledger; those of the national system are one book to them."""
    return "系统" if ledger in _SYSTEM else ledger


def _and(*conditions: str) -> str:
    return " AND ".join(f"({condition})" for condition in conditions if condition)
