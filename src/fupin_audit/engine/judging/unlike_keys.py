"""Two ledgers of which no row pairs with any: their keys are blank, or not of the same kind."""

from __future__ import annotations

from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.linking.pairings import rows_tables
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.ledgers.relations import Pairing, counterpart
from fupin_audit.rulepack.reconciliations.books import book, key_fields

# With fewer rows a side, none that pairs may be as it is.
_ENOUGH = 10


def mismatch(linked: Linked, subjects: Subjects, pairing: Pairing) -> str:
    """Why a reconciliation of the two ledgers would say nothing but that everything is missing; mostly empty."""
    session = linked.session
    relation = session.catalogue.vocabulary.relation(pairing.left, counterpart(pairing.right))
    if relation is None or session.columns(pairing.left) is None:
        return ""
    if not session.binder(pairing.left).leads_somewhere(relation):
        return ""
    for ledger, left in ((pairing.left, True), (pairing.right, False)):
        if _blank(session, ledger, key_fields(pairing, left=left)):
            return f"{ledger}的{'、'.join(key_fields(pairing, left=left))}全是空白，与{_other(pairing, ledger)}配不上"
    linked.pair(pairing)
    if min(map(session.database.size, rows_tables(pairing))) < _ENOUGH or session.database.size(pairing.name):
        return ""
    looks = "，".join(_look(session, subjects, pairing, left=left) for left in (True, False))
    return f"{pairing.left}与{pairing.right}一行也没有配上：{looks}；请核对两边是不是同一种编号、是不是同一个地方的"


def _other(pairing: Pairing, ledger: str) -> str:
    return pairing.right if ledger == pairing.left else pairing.left


def _blank(session: Session, ledger: str, fields: tuple[str, ...]) -> bool:
    """Whether a ledger has rows, and nothing in any column it could be paired by."""
    rows = session.delivery.tables[ledger]
    delivered = [rows.data.column(name) for name in fields if name in rows.fields]
    return bool(rows.data.num_rows) and all(column.null_count == len(column) for column in delivered)


def _look(session: Session, subjects: Subjects, pairing: Pairing, *, left: bool) -> str:
    """`明白卡的户编号如“12”`, of the first row that has one."""
    ledger = pairing.left if left else pairing.right
    rows = session.delivery.tables[ledger]
    name = next(item for item in key_fields(pairing, left=left) if item in rows.fields)
    first = rows.data.column(name).is_valid().index(True).as_py()
    return f"{book(ledger)}的{name}如“{subjects.shown(ledger, max(first, 0), name) or ''}”"
