"""Whatever a cell can hold once it is read, in any column of any ledger: every rule is judged, and none stops the run."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from books import AS_OF, IDS, catalogue, only
from effort import is_night
from fupin_audit.delivery import ARROW, CellRows, Delivery, LedgerTable, Source
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.engine.run import judge_delivery
from fupin_audit.engine.scoring.indicators import score_indicators
from fupin_audit.ledgers.base import Column, Ledger

# For a change every fifth rule, at night all of them on more rows.
ROWS, SEEDS, STEP = (120, range(3), 1) if is_night() else (25, range(1), 5)
LARGEST = 10**15 - 1  # of the numbers that are read (ledgers.types.numbers)
TEXTS = [
    *IDS[:3], IDS[0][:-1] + "Х", IDS[1][:9] + "〇" + IDS[1][10:], "990101700305001", "零", "叉。", "×", "", "\0", "\u202e",
    "\U0001f468\u200d\U0001f469", "é" * 300, "1" * 400, "9" * 18, "-" + "9" * 17, "0.9999", "25:61", "下午99点半", "、、、",
    "'); DROP TABLE 户; --", "(((((", "[", "\\", "%_", "1e308", "NaN", "NULL", "2020", "A级", "是", "户主", "1,2;3/4 5　6",
]  # fmt: skip
EXTREMES: dict[str, list[Any]] = {
    "VARCHAR": TEXTS,
    "BIGINT": [0, 1, -1, 12, 2020, LARGEST, -LARGEST],
    "DOUBLE": [0.0, -0.0, 0.1, 4000.0, float(LARGEST), -float(LARGEST), 1e-300, 5e-324],
    "DATE": [date(1900, 1, 1), date(2020, 2, 29), AS_OF, date(2100, 12, 31)],
    "BOOLEAN": [True, False],
}
YEARS = [1900, 2019, 2020, 2100]


def values(column: Column) -> list[Any]:
    """What a cell of the column may hold; a label of its list more often than not."""
    if column.type.name == "年":
        return [*YEARS, None]
    labels = column.type.codes.labels if column.type.codes else ()
    return [*labels, *EXTREMES[column.type.sql], None]


def table(ledger: type[Ledger], seed: int) -> LedgerTable:
    """The ledger with all its columns, every cell drawn."""
    draw = np.random.default_rng(seed)
    data = {
        name: pa.array([held[at] for at in draw.integers(0, len(held), ROWS)], ARROW[column.type.sql])
        for name, column in ledger.columns().items()
        for held in [values(column)]
    }
    numbers = np.arange(ROWS, dtype=np.int32)
    cells = CellRows((Source("极端.csv", "", {}),), np.zeros(ROWS, dtype=np.int16), numbers + 2, {})
    return LedgerTable(ledger, pa.table(data), cells)


def delivery(seed: int) -> Delivery:
    ledgers = enumerate(catalogue().ledgers)
    return Delivery({ledger.title: table(ledger, seed * 1000 + at) for at, ledger in ledgers}, ())


@pytest.mark.parametrize("seed", SEEDS)
def test_every_rule_is_judged(seed: int) -> None:
    rules = list(catalogue().rules)[::STEP]
    judgement = judge_delivery(delivery(seed), only(rules), AS_OF)
    assert [run.id for run in judgement.rules] == rules
    ran = [run for run in judgement.rules if run.status == "ran"]
    assert len(ran) > len(judgement.rules) / 2
    assert {finding.rule for finding in judgement.findings} <= {run.id for run in ran}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_indicator_is_scored(seed: int) -> None:
    with open_database() as database:
        scores = score_indicators(open_delivery(database, delivery(seed), catalogue(), AS_OF))
    named = (
        delivery(seed).tables["目标任务"].data.column("指标").to_pylist()
    )  # scored by what is reported of them
    assert {item.id for item in scores.indicators} <= {*catalogue().indicators, *named}
    assert any(item.scores for item in scores.indicators)
