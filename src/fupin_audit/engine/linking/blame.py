"""Whose fault it is when a query can't be finished: the rule's, field's or indicator's it was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fupin_audit.engine.database.failed_query import QueryError
from fupin_audit.errors import RuleError
from fupin_audit.rulepack.declared.rule import Origin


@contextmanager
def blamed_on(name: str, origin: Origin, key: str) -> Iterator[None]:
    """What can't be finished meanwhile is a fault of what is declared there.

    Args:
        name: the rule's id, or the field's or indicator's.
        origin: where it is declared.
        key: the key of its declaration that is most likely wrong.

    Raises:
        RuleError: a query failed.
    """
    try:
        yield
    except QueryError as failed:
        raise RuleError(f"{name} 运行出错：{failed}", origin.file, origin.line(key)) from failed
