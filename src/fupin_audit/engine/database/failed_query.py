"""Queries the database could not finish because of what a rule asks."""

from __future__ import annotations

import duckdb

from fupin_audit.engine.database.rule_limits import Deadline
from fupin_audit.errors import FupinAuditError

_TOO_DEEP = "嵌套太深"
# DuckDB's own words may quote cells: they are left to the traceback.
_REASONS: dict[type[duckdb.Error], str] = {
    duckdb.OutOfRangeException: "数太大，超出能算的范围",
    duckdb.ConversionException: "算出的值超出类型的范围",
    duckdb.InvalidInputException: "函数不接受给它的值（如正则表达式的重复次数太大）",
    duckdb.BinderException: "函数或运算不接受这样的值（如位置、位数要整数，且不能太大）",
    duckdb.OutOfMemoryException: "要用的内存超过上限",
}


class QueryError(FupinAuditError):
    """A query that can't be finished, through no fault of this program; the message says why, in Chinese."""


def too_deep() -> QueryError:
    """Expressions nested deeper than can be written out as SQL."""
    return QueryError(_TOO_DEEP)


def too_late(deadline: Deadline) -> QueryError:
    """A rule that takes longer than it may."""
    return QueryError(f"运行超过 {deadline.seconds:g} 秒，已停下")


def failed_query(error: duckdb.Error, deadline: Deadline | None) -> QueryError | None:
    """What a rule must answer for; None where the error is this program's own."""
    if isinstance(error, duckdb.InterruptException) and deadline and deadline.over:
        return too_late(deadline)
    if isinstance(error, duckdb.ParserException) and "expression depth" in str(error):
        return too_deep()
    reason = next((reason for kind, reason in _REASONS.items() if isinstance(error, kind)), "")
    return QueryError(reason) if reason else None
