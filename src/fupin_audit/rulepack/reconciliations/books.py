"""What the two records of a pairing are called, and how the one is reached from the other."""

from __future__ import annotations

from collections.abc import Sequence

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.relations import Pairing, Pairs, counterpart
from fupin_audit.rulepack.declared.reconciliation import ComparingRule, Reconciliation
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.expression import names_in, through

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


def comparison(source: Reconciliation, ledger: str, **own: object) -> ComparingRule:
    """A rule that says of itself what the reconciliation says, and judges what is its own."""
    shared = {name: getattr(source, name) for name in _SHARED}
    return ComparingRule.model_validate({**shared, "ledger": ledger, "scope": "全部", **own})


def book(ledger: str) -> str:
    """What people call a ledger; those of the national system are one book to them."""
    return "系统" if ledger in _SYSTEM else ledger


def subject(model: type[Ledger], pairing: Pairing) -> str:
    """What people call a record of the ledger, as part of a sentence."""
    if "姓名" in model.columns():
        return "{姓名}"
    return "这一户{年度}年的记录" if "年度" in fields_of(pairing.keys[0], left=True) else "这一户"


def doubt(pairing: Pairing) -> str:
    """Says of two records paired by a weak key alone that they may not be the same subject's."""
    right = counterpart(pairing.right)
    strong = [
        " AND ".join(f"({one}) = ({through(right, other)})" for one, other in key)
        for key in pairing.keys[: len(pairing.keys) - pairing.weak]
    ]
    weak = "、".join(fields_of(pairing.keys[-1], left=True))
    return f"CASE WHEN ANY_OF({', '.join(strong)}) THEN '' ELSE '（只按{weak}配上，先核对是不是同一个）' END"


def key_fields(pairing: Pairing, *, left: bool) -> tuple[str, ...]:
    """The fields of one side that its keys are made of."""
    return tuple(dict.fromkeys(name for key in pairing.keys for name in fields_of(key, left=left)))


def fields_of(key: Pairs, *, left: bool) -> tuple[str, ...]:
    """The fields of one side that one key is made of."""
    return tuple(name for pair in key for name in names_in(pair[0 if left else 1]))


def cells(binder: Binder, text: str) -> tuple[str, ...]:
    """The cells an expression rests on, also by way of derived fields."""
    before = len(binder.frame.mentioned)
    binder.bind(text)
    return tuple(dict.fromkeys(".".join((*path, name)) for path, name in binder.frame.mentioned[before:]))


def conjunction(conditions: Sequence[str]) -> str:
    """All of the conditions; empty ones don't count."""
    return " AND ".join(f"({condition})" for condition in conditions if condition)
