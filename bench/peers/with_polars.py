"""The rules by hand in polars: one lazy query a frame, whole columns at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import polars as pl

from fupin_audit.delivery import Delivery
from peers.polars_columns import ROW, Frames, to_frames, work_out
from peers.rules import CHECKS, Between, Check, Found, Is, Like, Same, Unique, gather


@contextmanager
def opened(delivery: Delivery, as_of: date) -> Iterator[Callable[[], Found]]:
    """Frames; call what is yielded to work out columns and judge the rules."""
    ledgers = to_frames(delivery)
    yield lambda: _judge(work_out(ledgers, as_of))


def holds(check: Check) -> pl.Expr:
    """Whether a row passes; null where a blank leaves it open, which passes."""
    column = pl.col(check.column)
    match check.kind:
        case Like(pattern, never):
            found = column.str.contains(f"^(?:{pattern})$")
            return ~found if never else found
        case Between(low, high, above):
            lowest = pl.lit(value=True) if low is None else column > low if above else column >= low
            return lowest & (pl.lit(value=True) if high is None else column <= high)
        case Is(value):
            return column == value
        case Same(other):
            return column == pl.col(other)
        case Unique():
            return ~column.is_duplicated() | column.is_null()


def _judge(frames: Frames) -> Found:
    wanted = {check: frames[check.frame].lazy().filter(~holds(check)).select(ROW) for check in CHECKS}
    found = pl.collect_all(wanted.values())
    return gather({check: frozenset(rows[ROW].to_list()) for check, rows in zip(wanted, found, strict=True)})
