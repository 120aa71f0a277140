"""The rules as dataframely schemas on polars, all failures gathered (`filter`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import dataframely as dy
import polars as pl

from fupin_audit.delivery import Delivery
from peers.polars_columns import ROW, Frames, to_frames, work_out
from peers.rules import CHECKS, Check, Found, Same, gather
from peers.with_polars import holds


@contextmanager
def opened(delivery: Delivery, as_of: date) -> Iterator[Callable[[], Found]]:
    """Frames and schemas; call what is yielded to work out columns and judge the rules."""
    ledgers = to_frames(delivery)
    schemas = {name: _schema(name) for name in dict.fromkeys(check.frame for check in CHECKS)}
    yield lambda: _judge(schemas, work_out(ledgers, as_of))


def _schema(frame: str) -> type[dy.Schema]:
    """A schema whose rules are the checks on a frame, named by their numbers."""
    body: dict[str, object] = {ROW: dy.Any()}
    for number, check in enumerate(CHECKS):
        if check.frame == frame:
            named = [check.column, *([check.kind.other] if isinstance(check.kind, Same) else [])]
            body |= {name: dy.Any() for name in named}
            body[f"check_{number}"] = dy.rule()(_rule(check))
    return type("Ledger", (dy.Schema,), body)


def _rule(check: Check) -> Callable[[type], pl.Expr]:
    return lambda _: holds(check).fill_null(value=True)


def _judge(schemas: dict[str, type[dy.Schema]], frames: Frames) -> Found:
    broken: dict[Check, frozenset[int]] = {}
    for name, schema in schemas.items():
        failed = schema.filter(frames[name]).failure.details()
        for column in filter(lambda each: each.startswith("check_"), failed.columns):
            rows = failed.filter(pl.col(column) == "invalid")[ROW]
            broken[CHECKS[int(column.removeprefix("check_"))]] = frozenset(rows.to_list())
    return gather(broken)
