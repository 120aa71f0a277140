"""Rows of a ledger as queries ask for them: with what was bound on them, and with the keys they are joined by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlglot import exp

from fupin_audit.engine.database import selects
from fupin_audit.engine.database.duckdb import DIGEST, ROW
from fupin_audit.engine.database.selects import column, named
from fupin_audit.engine.loaded.session import Session
from fupin_audit.rulepack.declared.reserved_words import THIS_ROW
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.needs import Needs

CROWD = 1000  # rows of one ledger that share a value and still mean it


def rows_of(session: Session, frame: Needs, columns: Mapping[str, exp.Expr], *, only: str = "") -> exp.Select:
    """SELECT expressions that were bound in a frame, each row with the parameters of its year."""
    if session.judged_by_own_year(frame.ledger):
        year: exp.Expr = column("年度", THIS_ROW)
    else:
        year = exp.Literal.number(session.as_of.year)
    return selects.select(frame, columns, year=year, only=only)


def keyed(
    session: Session,
    binder: Binder,
    keys: Sequence[exp.Expr],
    where: str = "",
    also: Mapping[str, str] = MappingProxyType({}),
) -> exp.Select:
    """The rows that have a key, their keys as k0, k1 …, and what else is asked for, name → expression."""
    condition = binder.condition(where) if where else None
    more = {name: binder.bind(text).tree for name, text in also.items()}
    alias = binder.frame.alias
    columns: dict[str, exp.Expr] = {ROW: column(ROW, alias), DIGEST: column(DIGEST, alias)}
    columns |= {f"k{i}": key for i, key in enumerate(keys)}
    columns |= more
    selected = rows_of(session, binder.frame, columns)
    if condition is not None:
        selected = selected.where(condition, copy=False)
    present = (exp.column(f"k{i}", quoted=True).is_(exp.null()).not_() for i in range(len(keys)))
    return selects.over(selected, "有键").where(*present, copy=False)


def without_crowds(rows: exp.Select, keys: range) -> exp.Select:
    """Leave out keys so common that they are no value but a placeholder (phone 0): their pairs would have no end."""
    names = [exp.column(f"k{i}", quoted=True) for i in keys]
    many = exp.GT(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(CROWD))
    crowded = selects.over(rows.copy(), "全部", *names).group_by(*(name.copy() for name in names), copy=False)
    crowded = crowded.having(many, copy=False)
    on = exp.and_(*(column(f"k{i}", "有键").eq(column(f"k{i}", "拥挤")) for i in keys), copy=False)
    crowd = crowded.subquery(named("拥挤"), copy=False)
    return rows.join(exp.Join(this=crowd, kind="ANTI", on=on), copy=False)
