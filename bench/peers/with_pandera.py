"""The rules as pandera schemas on pandas, all failures gathered (`lazy=True`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from math import inf

import pandas as pd
import pandera.pandas as pa

from fupin_audit.delivery import Delivery
from peers.columns import Frames, work_out
from peers.frames import to_frames
from peers.rules import CHECKS, Between, Check, Found, Is, Like, Same, Unique, gather


@contextmanager
def opened(delivery: Delivery, as_of: date) -> Iterator[Callable[[], Found]]:
    """Frames and schemas; call what is yielded to work out columns and judge the rules."""
    ledgers = to_frames(delivery)
    schemas = {name: _schema(name) for name in dict.fromkeys(check.frame for check in CHECKS)}
    yield lambda: _judge(schemas, work_out(ledgers, as_of))


def _schema(frame: str) -> pa.DataFrameSchema:
    columns: dict[str, list[pa.Check]] = {}
    wide = []
    for number, check in enumerate(CHECKS):
        if check.frame != frame:
            continue
        if isinstance(check.kind, Same):
            wide.append(_same(str(number), check.column, check.kind.other))
        else:
            columns.setdefault(check.column, []).append(_check(str(number), check.kind))
    return pa.DataFrameSchema(
        {name: pa.Column(checks=checks, nullable=True) for name, checks in columns.items()}, checks=wide
    )


def _check(name: str, kind: Like | Between | Is | Unique) -> pa.Check:
    """A check on one column; failures are told apart by the name."""
    match kind:
        case Like(pattern, never=False):
            return pa.Check(lambda texts: texts.str.fullmatch(pattern), error=name)
        case Like(pattern):
            return pa.Check(lambda texts: ~texts.str.fullmatch(pattern), error=name)
        case Between(low, high, above):
            ends = (-inf if low is None else low), (inf if high is None else high)
            return pa.Check.in_range(*ends, include_min=not above, error=name)
        case Is(value):
            return pa.Check.isin([value], error=name)
        case Unique():
            return pa.Check(lambda values: ~values.duplicated(keep=False), error=name)


def _same(name: str, one: str, other: str) -> pa.Check:
    """A check that two columns are equal wherever both are filled in."""

    def same(frame: pd.DataFrame) -> pd.Series:
        blank = frame[one].isna() | frame[other].isna()
        return blank | (frame[one] == frame[other]).astype("boolean").fillna(value=True)

    return pa.Check(same, error=name)


def _judge(schemas: dict[str, pa.DataFrameSchema], frames: Frames) -> Found:
    broken: dict[Check, frozenset[int]] = {}
    for name, schema in schemas.items():
        try:
            schema.validate(frames[name], lazy=True)
        except pa.errors.SchemaErrors as errors:
            cases = errors.failure_cases
            for number, rows in cases.groupby("check")["index"]:
                broken[CHECKS[int(number)]] = frozenset(rows.astype("int64"))
    return gather(broken)
