"""One wrong cell a household, planted in the clean county: it is the one that is named (最可能有误)."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from books import IDS, catalogue
from fupin_audit.delivery import Delivery
from fupin_audit.engine.loaded.subjects import Cell
from fupin_audit.engine.run import judge_delivery
from fupin_audit.engine.telling.covers import lightest_covers
from fupin_audit.engine.telling.suspects import COUNTED, Grounds, Weighing, suspects
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.place import Place
from fupin_audit.workbook.loading import load

CLEAN = Path(__file__).parents[2] / "samples" / "清河县-无误"
SEED = 20201231
AT_LEAST, AT_MOST, ENOUGH = 0.9, 0.05, 40
Change = Callable[[Any], Any]


def other(*labels: str) -> Change:
    """Another label of the list than the one that stands there."""
    return lambda value: next(label for label in labels if label != value)


def scaled(value: float) -> float:
    return round(value * 1.37 + 500, 2)


def more(value: int) -> int:
    return value + 2


def contrary(value: bool) -> bool:
    return not value


def stranger(_: str) -> str:
    return IDS[3]


CHANGES: Mapping[tuple[str, str], Change] = {
    ("户", "家庭人口"): more,
    ("户", "饮水安全"): contrary,
    ("户", "危房户"): contrary,
    ("户", "户主姓名"): lambda name: name[0] + "改名",
    ("户", "户主证件号码"): stranger,
    ("户年度", "纯收入"): scaled,
    ("户年度", "人均纯收入"): scaled,
    ("户年度", "转移性收入"): scaled,
    ("户年度", "住房安全等级"): other("D", "C"),
    ("人口", "出生日期"): lambda day: day + timedelta(days=4000),
    ("人口", "性别"): other("男", "女"),
    ("人口", "证件号码"): stranger,
    ("人口", "在校生状况"): other("本科一年级", "小学"),
    ("人口", "参加城乡居民医保"): contrary,
    ("住房标识牌", "住房安全等级"): other("D", "C"),
    ("住房鉴定", "住房安全等级"): other("D", "C"),
    ("饮水标识牌", "饮水安全"): contrary,
    ("明白卡", "家庭人口"): more,
    ("明白卡", "住房安全等级"): other("D", "C"),
    ("明白卡", "饮水安全"): contrary,
    ("明白卡", "户主姓名"): lambda name: name[0] + "改名",
}


@dataclass(frozen=True, slots=True)
class Planted:
    """A cell with a wrong value: whose, where."""

    household: str
    ledger: str
    field: str


@cache
def clean() -> Delivery:
    return load([CLEAN])


def plant() -> tuple[Delivery, list[Planted]]:
    """The clean county with one wrong cell a household."""
    draw, tables, planted = random.Random(SEED), dict(clean().tables), []
    kinds = [(ledger, field) for ledger, field in CHANGES if field in tables[ledger].fields]
    households: Sequence[str] = tables["户"].data.column("户编号").to_pylist()
    for at, household in enumerate(draw.sample(households, len(households))):
        ledger, field = kinds[at % len(kinds)]
        data = tables[ledger].data
        rows = [row for row, own in enumerate(owners(data, tables["户"].data)) if own == household]
        values = data.column(field).to_pylist()
        filled = [row for row in rows if values[row] is not None]
        if filled:
            row = draw.choice(filled)
            values[row] = CHANGES[ledger, field](values[row])
            column = pa.array(values, data.schema.field(field).type)
            changed = data.set_column(data.column_names.index(field), field, column)
            tables[ledger] = replace(tables[ledger], data=changed)
            planted.append(Planted(household, ledger, field))
    return replace(clean(), tables=tables), planted


def owners(data: pa.Table, households: pa.Table) -> Iterator[str | None]:
    """Each row's household, by its number or by its head's ID."""
    numbers = dict(zip(*(households.column(n).to_pylist() for n in ("户主证件号码", "户编号")), strict=True))
    if "户编号" in data.column_names:
        yield from data.column("户编号").to_pylist()
    else:
        yield from (numbers.get(number) for number in data.column("户主证件号码").to_pylist())


@pytest.fixture(scope="module")
def judged() -> tuple[list[Planted], Mapping[str, list[Finding]]]:
    delivery, planted = plant()
    by_household: dict[str, list[Finding]] = defaultdict(list)
    for finding in judge_delivery(delivery, catalogue(), date(2020, 12, 31)).findings:
        by_household[finding.household].append(finding)
    return planted, by_household


Judged = tuple[list[Planted], Mapping[str, list[Finding]]]


def broken(findings: Sequence[Finding]) -> set[str]:
    return {finding.rule for finding in findings if finding.severity is not Severity.INFO}


def told(findings: Sequence[Finding]) -> set[tuple[str, str]]:
    return {(at.ledger, at.field) for finding in findings for at in finding.likely_wrong}


def test_the_planted_cell_is_named(judged: Judged) -> None:
    planted, found = judged
    several = [one for one in planted if len(broken(found[one.household])) > 1]
    missed = [one for one in several if (one.ledger, one.field) not in told(found[one.household])]
    assert len(several) >= ENOUGH
    assert len(missed) <= (1 - AT_LEAST) * len(several), missed


def test_no_other_cell_is_named_instead(judged: Judged) -> None:
    planted, found = judged
    named = {one: told(found[one.household]) for one in planted if told(found[one.household])}
    wrong = [one for one, cells in named.items() if (one.ledger, one.field) not in cells]
    assert len(named) >= ENOUGH
    assert len(wrong) <= AT_MOST * len(named), [(one, named[one]) for one in wrong]


def test_one_broken_rule_names_nothing(judged: Judged) -> None:
    planted, found = judged
    single = [one for one in planted if len(broken(found[one.household])) == 1]
    assert len(single) >= ENOUGH
    assert [one for one in single if told(found[one.household])] == []


def test_what_is_named_stands_in_a_sheet_and_is_one_of_two_at_most(judged: Judged) -> None:
    _, found = judged
    named = [finding.likely_wrong for findings in found.values() for finding in findings]
    assert max(map(len, named)) <= 2
    assert all(at.file and at.sheet and at.cell for cells in named for at in cells)


def finding(rule: str, *, household: str = "1", severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        rule, "", severity, "户", Place(), household, "", "", "", {}, (), "", "", "", "", (), fingerprint=rule + household
    )  # fmt: skip


def cell(field: str, row: int = 0) -> Cell:
    return Cell("户", row, field)


def named(
    grounds: Mapping[str, str], *, heavy: str = "", held: Mapping[str, int] | None = None, compared: str = ""
) -> Mapping[str, str]:
    """Rule → what is named, for one household; cells are letters that weigh 3, the heavy ones 10."""
    cells = {rule + "1": frozenset(map(cell, letters)) for rule, letters in grounds.items()}
    weighing = Weighing(
        lambda at: 10 if at[2] in heavy else 3,
        lambda asked: {at: (held or {}).get(at[2], 0) for at in asked},
    )
    found = suspects([finding(rule) for rule in grounds], Grounds(cells, {compared + "1"}), weighing)
    return {fingerprint[:-1]: "".join(field for _, _, field in at) for fingerprint, at in found.items()}


@pytest.mark.parametrize(
    ("grounds", "more", "expected"),
    [
        ({"A": "xy", "B": "xz"}, {}, {"A": "x", "B": "x"}),
        ({"A": "xyz", "B": "xyw"}, {}, {"A": "xy", "B": "xy"}),
        ({"A": "xyzw", "B": "xyzv"}, {}, {}),
        ({"A": "xy", "B": "xz"}, {"heavy": "x"}, {"A": "y", "B": "z"}),
        ({"A": "xyz", "B": "xyw"}, {"held": {"x": 2, "y": 1}}, {"A": "y", "B": "y"}),
        ({"A": "xy", "B": "xyz"}, {}, {}),
        ({"A": "xy", "B": "xy"}, {}, {}),
        ({"A": "xy", "B": "xy"}, {"compared": "A"}, {"A": "xy", "B": "xy"}),
        ({"A": "xy", "B": "xy"}, {"compared": "A", "held": {"y": 1}}, {"A": "x", "B": "x"}),
        ({"A": "xy"}, {}, {}),
        ({"A": "xy", "B": "zw"}, {}, {}),
        ({"A": "x", "B": "xy"}, {}, {"A": "x", "B": "x"}),
        ({"A": "x"}, {}, {}),
    ],
)
def test_the_lightest_explanation_is_named(
    grounds: dict[str, str], more: dict[str, Any], expected: dict[str, str]
) -> None:
    assert named(grounds, **more) == expected


def test_rows_that_were_counted_are_never_named() -> None:
    cells = {
        "A1": frozenset([cell("x"), cell("", COUNTED)]),
        "B1": frozenset([cell("y"), cell("", COUNTED)]),
    }
    weighing = Weighing(lambda _: 3, lambda _: {})
    assert suspects([finding("A"), finding("B")], Grounds(cells), weighing) == {}


def test_hints_and_other_households_are_no_evidence() -> None:
    cells = {name: frozenset([cell("x"), cell(name)]) for name in ("A1", "B1", "A2", "C1")}
    weighing = Weighing(lambda _: 3, lambda _: {})
    told_of = [finding("A"), finding("B", severity=Severity.INFO), finding("A", household="2")]
    assert suspects(told_of, Grounds(cells), weighing) == {}
    assert suspects([*told_of, finding("C")], Grounds(cells), weighing) == {
        "A1": (cell("x"),),
        "C1": (cell("x"),),
    }


GROUPS = st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=5)
WEIGHTS = st.fixed_dictionaries({letter: st.integers(1, 9) for letter in "abcdef"})


@given(groups=GROUPS, weights=WEIGHTS)
def test_covers_are_the_lightest_there_are(groups: list[frozenset[str]], weights: dict[str, float]) -> None:
    everything = [frozenset(some) for size in range(7) for some in combinations("abcdef", size)]
    covering = [some for some in everything if all(group & some for group in groups)]
    lightest = min(sum(weights[item] for item in some) for some in covering)
    expected = {some for some in covering if sum(weights[item] for item in some) == lightest}
    assert set(lightest_covers(groups, weights, most=6)) == expected
