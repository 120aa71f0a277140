"""The parts of a comparison on their own: keys as numbers, rows paired, values told apart, what columns look like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from fupin_audit.comparing.cell_values import ReadPair, Values
from fupin_audit.comparing.column_kinds import common_kind, label, look_of
from fupin_audit.comparing.column_pairs import Pair
from fupin_audit.comparing.differences import Compared, compare_tables, differing
from fupin_audit.comparing.key_choice import KeyCandidate, guess_key
from fupin_audit.comparing.pairing import RowPairing, combined, key_numbers, pair
from fupin_audit.errors import UsageError
from fupin_audit.ledgers.models.households import Household
from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.ledgers.types.kinds import (
    DAY,
    HOUSEHOLD_NUMBER,
    MU,
    NUMBER,
    PHONE,
    RESIDENT_ID,
    SQUARE_METRES,
    TEXT,
    YEAR,
    YES_NO,
    YUAN,
)
from fupin_audit.results.comparison import KeyFit
from fupin_audit.workbook.recognising.any_table_columns import TableColumn
from fupin_audit.workbook.recognising.headers import HeaderCell

Keys = Sequence[str | None]


def numbers(left: Keys, right: Keys) -> list[int]:
    one, other = key_numbers(pa.array(left, pa.string()), pa.array(right, pa.string()))
    assert (len(one), len(other)) == (len(left), len(right))
    return [*one.tolist(), *other.tolist()]


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        (["甲", "乙", None], ["乙", "丙"], [0, 1, -1, 1, 2]),
        (["001", "002"], ["002", "1"], [0, 1, 1, 2]),
        (["9901", "9902"], ["9902", "9901"], [0, 1, 1, 0]),
        (["0001", "0002"], ["0002", None], [0, 1, 1, -1]),
        (["990101197003050015"] * 2, ["990101197003050016"], [0, 0, 1]),
        # too long for a number, or no digits
        (["1" * 19, "1" * 18 + "2"], ["1" * 19], [0, 1, 0]),
        (["99X1", "99X2"], ["99X2"], [0, 1, 1]),
        (["١٢", "12"], ["12"], [0, 1, 1]),
        ([], [], []),
        ([None], [None], [-1, -1]),
        (["", ""], [""], [0, 0, 0]),
    ],
)
def test_equal_keys_have_equal_numbers(left: Keys, right: Keys, alike: list[int]) -> None:
    assert numbers(left, right) == alike


def test_a_key_of_two_columns_is_trusted_less_than_either_is_on_average() -> None:
    code, name = KeyCandidate((), 1.0), KeyCandidate((), 0.8)
    assert code.joined(name).trust == pytest.approx(0.855)
    assert code.joined(name).joined(name).trust == pytest.approx(0.786125)


def read(name: str, left: Keys, right: Keys | None = None, kind: FieldType = TEXT) -> ReadPair:
    """A pair of columns of that name; the same on both sides unless told otherwise."""
    column = TableColumn(HeaderCell(0, (name,)))
    texts = [pa.array(side, pa.string()) for side in (left, left if right is None else right)]
    sides = [Values(each, pa.nulls(len(each), pa.string()), each) for each in texts]
    return ReadPair(Pair(column, column, "同名"), kind, *sides)


@pytest.mark.parametrize(
    ("name", "kind", "trust"),
    [
        ("证件", RESIDENT_ID, 1.0),
        ("户", HOUSEHOLD_NUMBER, 1.0),
        ("编码", TEXT, 1.0),
        ("补助编号", NUMBER, 1.0),
        ("电话号码", PHONE, 0.7),
        ("联系方式", PHONE, 0.7),
        ("户主姓名", TEXT, 0.8),
        ("村", TEXT, 0.9),
        ("年度", YEAR, 0.9),
    ],
)
def test_columns_are_trusted_as_keys(name: str, kind: FieldType, trust: float) -> None:
    key = guess_key([read(name, ["1", "2"], kind=kind)])
    assert (str(key), key.trust) == (name, trust)


@pytest.mark.parametrize(
    ("name", "kind"), [("序号", TEXT), ("备注", TEXT), ("数量", NUMBER), ("危房", YES_NO), ("日期", DAY)]
)
def test_some_columns_are_no_keys(name: str, kind: FieldType) -> None:
    with pytest.raises(UsageError, match=f"找不到能把两边的行配起来的列。两边都有的列：{name}。"):
        guess_key([read(name, ["1", "2"], kind=kind)])


def test_a_key_pairs_at_least_a_tenth_of_the_rows() -> None:
    left, right = ([f"{side}{number}" for number in range(10)] for side in "甲乙")
    assert guess_key([read("编码", ["同", *left[1:]], ["同", *right[1:]])]).paired == 0.1
    with pytest.raises(UsageError, match="最好的是“编码”，也只能配上9%的行"):
        guess_key([read("编码", ["同", *left], ["同", *right])])


def test_where_a_column_pairs_nearly_all_no_other_is_joined_to_it() -> None:
    numbers = [f"138{number:08}" for number in range(50)]
    phones, codes = read("电话", ["139", *numbers[1:]], numbers, PHONE), read("编码", ["1"] * 50)
    assert str(guess_key([phones, codes])) == "电话"
    fewer = read("电话", ["139", "137", *numbers[2:]], numbers, PHONE)
    assert str(guess_key([fewer, codes])) == "电话＋编码"


@pytest.mark.parametrize(("columns", "found"), [(2, "第0＋第1"), (3, "第0＋第1＋第2"), (4, "")])
def test_a_key_has_three_columns_at_most(columns: int, found: str) -> None:
    """Of rows that differ in every way two values of each column can, no part of the columns tells one from another."""
    rows = [*product("甲乙", repeat=columns)]
    pairs = [read(f"第{at}", [row[at] for row in rows]) for at in range(columns)]
    if found:
        assert str(guess_key(pairs)) == found
    else:
        with pytest.raises(UsageError, match="找不到能把两边的行配起来的列"):
            guess_key(pairs)


NOTHING = KeyFit(0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("left", "right", "fits", "paired"),
    [
        (["a", "a", "b", None], ["a", "b", "c"], (KeyFit(0.75, 1 / 3, 1.0), KeyFit(1.0, 1.0, 2 / 3)), 1 / 3),
        ([None, None], ["a"], (NOTHING, KeyFit(1.0, 1.0, 0.0)), 0.0),
        ([], ["a"], (NOTHING, KeyFit(1.0, 1.0, 0.0)), 0.0),
        (["a"], [], (KeyFit(1.0, 1.0, 0.0), NOTHING), 0.0),
    ],
)
def test_how_well_a_key_serves(left: Keys, right: Keys, fits: tuple[KeyFit, KeyFit], paired: float) -> None:
    key = KeyCandidate((read("键", left, right),), 1.0)
    assert (key.fits, key.paired, key.worth) == (fits, paired, paired)


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_keys_of_several_columns_are_one_and_blank_where_a_part_is() -> None:
    first = ints(0, 0, 1, 1, -1), ints(0, 1, -1)
    second = ints(0, 1, 0, -1, 0), ints(1, 0, 0)
    left, right = combined([first, second])
    assert (left[3], left[4], right[2]) == (-1, -1, -1)
    assert len({left[0], left[1], left[2]}) == 3
    assert (right[0], right[1]) == (left[1], left[2])
    assert [side.tolist() for side in combined([(ints(), ints())] * 2)] == [[], []]
    one, other = combined([first])
    assert (one.tolist(), other.tolist()) == (first[0].tolist(), first[1].tolist())


def test_keys_of_many_columns_of_many_values_do_not_run_into_each_other() -> None:
    columns = [
        (np.arange(3_000, dtype=np.int64) * factor % 2_999, ints()) for factor in (1, 2, 3, 5, 7, 11, 13)
    ]
    left, _ = combined(columns)
    assert len(np.unique(left)) == 2_999
    assert left[0] == left[2_999]


def told(pairing: RowPairing) -> dict[str, Any]:
    """What is not empty of a pairing."""
    found = {
        name: value if isinstance(value, int) else value.tolist() for name, value in vars(pairing).items()
    }
    return {name: value for name, value in found.items() if value}


PAIRINGS: Mapping[str, tuple[tuple[np.ndarray, np.ndarray], dict[str, Any]]] = {
    "in another order": ((ints(0, 1, 2), ints(2, 0, 1)), {"left": [0, 1, 2], "right": [1, 2, 0]}),
    "on one side": (
        (ints(0, 1), ints(1, 2)),
        {"left": [1], "right": [0], "only_left": [0], "only_right": [1]},
    ),
    "twice here": (
        (ints(0, 1, 0), ints(0, 1)),
        {"left": [1], "right": [1], "repeated_left": [0, 2], "repeated_right": [0]},
    ),
    "twice there": ((ints(0), ints(0, 0)), {"repeated_left": [0], "repeated_right": [0, 1]}),
    "twice on one side only": (
        (ints(0, 0, 1), ints(1)),
        {"left": [2], "right": [0], "repeated_left": [0, 1]},
    ),
    "blank": (
        (ints(-1, 0, -1), ints(0, -1)),
        {"left": [1], "right": [0], "keyless_left": [0, 2], "keyless_right": [1]},
    ),
    "nothing": ((ints(), ints()), {}),
    "one side empty": ((ints(0, 1), ints()), {"only_left": [0, 1]}),
}


@pytest.mark.parametrize(("keys", "found"), PAIRINGS.values(), ids=PAIRINGS)
def test_rows_are_paired_by_a_key_that_is_there_once(
    keys: tuple[np.ndarray, np.ndarray], found: dict[str, Any]
) -> None:
    assert told(pair(keys)) == found


def table(*rows: tuple[str | None, float | None, str | None]) -> pa.Table:
    keys, amounts, words = ([row[at] for row in rows] for at in range(3))
    return pa.table(
        {
            "键": pa.array(keys, pa.string()),
            "额": pa.array(amounts, pa.float64()),
            "字": pa.array(words, pa.string()),
        }
    )


def compared(
    left: pa.Table, right: pa.Table, tolerance: float = 0.0
) -> tuple[dict[str, Any], dict[str, list[int]]]:
    pairing, found = compare_tables(left, right, ["键"], [Compared("额", tolerance), Compared("字")])
    return told(pairing), {name: places.tolist() for name, places in found.items()}


def test_paired_rows_are_compared_column_by_column() -> None:
    left = table(("a", 1.0, "甲"), ("b", 2.0, None), ("c", None, "丙"), ("d", None, None), ("e", 5.0, "戊"))
    right = table(("e", 5.0, "己"), ("d", None, None), ("c", 3.0, "丙"), ("b", 2.0, "乙"), ("a", 1.5, "甲"))
    pairing, found = compared(left, right)
    assert pairing == {"left": [0, 1, 2, 3, 4], "right": [4, 3, 2, 1, 0]}
    assert found == {"额": [0, 2], "字": [1, 4]}


@pytest.mark.parametrize(
    ("left", "right", "tolerance", "differs"),
    [
        (1.0, 1.0, 0.0, False),
        (0.1 + 0.2, 0.3, 0.0, False),
        (1.0, 1.0 + 1e-7, 0.0, False),
        (1.0, 1.0 + 1e-5, 0.0, True),
        (1.0, 2.0, 1.0, False),
        (2.0, 1.0, 1.0, False),
        (1.0, 2.01, 1.0, True),
        (2.01, 1.0, 1.0, True),
        (-1.0, 1.0, 1.0, True),
        (None, 1.0, 5.0, True),
        (1.0, None, 5.0, True),
        (None, None, 0.0, False),
    ],
)
def test_numbers_may_lie_apart_so_far(
    left: float | None, right: float | None, tolerance: float, differs: bool
) -> None:
    _, found = compared(table(("a", left, "")), table(("a", right, "")), tolerance)
    assert found["额"] == [0] * differs


def test_whole_numbers_and_days_are_compared_too() -> None:
    alone = pair((ints(0, 1), ints(0, 1)))
    for kind, one, other in (
        (pa.int64(), [1, 2], [1, 4]),
        (pa.date32(), [1, 2], [1, 3]),
        (pa.bool_(), [True, True], [True, False]),
    ):
        assert differing(pa.array(one, kind), pa.array(other, kind), alone, 0.0).tolist() == [1]
    assert differing(pa.array([1, 2]), pa.array([1, 4]), alone, 2.0).tolist() == []


def test_tables_in_several_pieces_are_compared_whole() -> None:
    left = pa.concat_tables([table(("a", 1.0, "甲")), table(("b", 2.0, "乙"))])
    assert compared(left, table(("b", 3.0, "乙"), ("a", 1.0, "甲")))[1] == {"额": [1], "字": []}


TWINS = {
    "repeated on both sides": (
        [("a", 1.0, "甲"), ("a", 1.0, "甲"), ("b", 2.0, "乙")],
        [("a", 1.0, "甲"), ("b", 2.0, "乙"), ("a", 1.0, "甲")],
        {"left": [2], "right": [1], "twins": 2},
    ),
    "one of three": (
        [("a", 1.0, "甲"), ("a", 1.0, "甲"), ("a", 2.0, "甲")],
        [("a", 1.0, "甲")],
        {"repeated_left": [1, 2], "twins": 1},
    ),
    "without a key": (
        [(None, 1.0, "甲"), (None, 2.0, "乙"), ("a", 3.0, "丙")],
        [(None, 2.0, "乙"), ("a", 3.0, "丙"), (None, 4.0, "甲")],
        {"left": [2], "right": [1], "keyless_left": [0], "keyless_right": [2], "twins": 1},
    ),
    "here alone": ([(None, 1.0, "甲"), ("a", 1.0, "甲")], [("a", 1.0, "甲")], {"left": [1], "right": [0], "keyless_left": [0]}),
    "there alone": ([("a", 1.0, "甲")], [("a", 1.0, "甲"), (None, 1.0, "甲")], {"left": [0], "right": [0], "keyless_right": [1]}),
}  # fmt: skip


@pytest.mark.parametrize(("left", "right", "found"), TWINS.values(), ids=TWINS)
def test_rows_no_key_tells_apart_are_matched_where_they_are_the_very_same(
    left: list[Any], right: list[Any], found: dict[str, Any]
) -> None:
    assert compared(table(*left), table(*right))[0] == found


# What a column holds.

LOOKS: Mapping[str, tuple[list[str], FieldType]] = {
    "id numbers": (["990101197003050015", "99010119900101001x", "990101700305001"], RESIDENT_ID),
    "id numbers with a wrong month": (["990101197013050015", "990101197113050015"], HOUSEHOLD_NUMBER),
    "phones": (["13800000000", "19900000000.0"], PHONE),
    "no phones": (["12800000000", "12900000000"], HOUSEHOLD_NUMBER),
    "years": (["2019", "2020年", "2020年度", "1998"], YEAR),
    "dates": (["2020-01-05", "2020年1月5日", "2020.1", "202001", "20200105"], DAY),
    "dates and few serial numbers": (["43835", *(f"2020-01-{day}" for day in range(10, 20))], DAY),
    "serial numbers alone": (["43835", "43836"], NUMBER),
    "codes": (["0012", "0013"], HOUSEHOLD_NUMBER),
    "long codes": (["99010001", "99010002.0"], HOUSEHOLD_NUMBER),
    "numbers": (["3456.5", "3,456", "0.5", "0"], NUMBER),
    "yes and no": (["是", "否", "√"], YES_NO),
    "ones and noughts": (["1", "0", "1"], NUMBER),
    "words": (["东沟村", "西坡村"], TEXT),
    "mostly numbers": ([*map(str, range(1, 19)), "不详", "约三千"], NUMBER),
    "too few numbers": ([*map(str, range(1, 17)), "不详", "约三千"], TEXT),
    "blanks besides": (["", "无", "—", "12", "13"], NUMBER),
    "nothing": (["", "无"], TEXT),
}


@pytest.mark.parametrize(("texts", "kind"), LOOKS.values(), ids=LOOKS)
def test_a_column_looks_like(texts: list[str], kind: FieldType) -> None:
    assert look_of(pa.array([*texts, None])).name == kind.name
    assert common_kind((None, None), ("甲", "乙"), [pa.array(texts), pa.array(texts)]).name == kind.name


def test_only_so_many_different_texts_are_looked_at() -> None:
    assert look_of(pa.array([*map(str, range(500)), *(f"村{number}" for number in range(500))])) is NUMBER
    assert look_of(pa.array([*map(str, range(440)), *(f"村{number}" for number in range(500))])) is TEXT


COMMON: Mapping[
    str, tuple[tuple[FieldType | None, FieldType | None], tuple[str, str], list[str], list[str], FieldType]
] = {
    "the field's": ((YUAN, None), ("收入", "收入"), ["1", "2"], ["1.5", "2"], YUAN),
    "the other field's": ((None, MU), ("地", "地"), ["1", "2"], ["1.5", "2"], MU),
    "the first of two": ((YUAN, MU), ("地", "地"), ["1", "2"], ["1.5", "2"], YUAN),
    "not what half can't be read as": ((YUAN, None), ("收入", "收入"), ["1", "甲", "乙"], ["1", "2"], TEXT),
    "half": ((YUAN, None), ("收入", "收入"), ["1", "甲"], ["1", "2"], YUAN),
    "one side blank": ((YUAN, None), ("收入", "收入"), ["", ""], ["1", "2"], YUAN),
    "serial numbers beside dates": (
        (None, None),
        ("甲", "甲"),
        ["43835", "43836"],
        ["2020-01-05", "2020-01-06"],
        DAY,
    ),
    "numbers beside words": ((None, None), ("甲", "甲"), ["1", "2"], ["甲", "乙"], TEXT),
    "a unit": ((None, None), ("投资（万元）", "投资"), ["1", "2"], ["1", "2"], YUAN),
    "two units of money": ((None, None), ("投资（万元）", "投资（元）"), ["1", "2"], ["1", "2"], YUAN),
    "square metres": ((None, None), ("面积", "面积（平方米）"), ["1", "2"], ["1", "2"], SQUARE_METRES),
    "every unit of land": ((None, None), ("面积（亩）", "面积（公顷）"), ["1", "2"], ["1", "2"], MU),
    "units of two measures": ((None, None), ("面积（亩）", "面积（元）"), ["1", "2"], ["1", "2"], NUMBER),
    "a unit of no measure": ((None, None), ("数量（头）", "数量"), ["1", "2"], ["1", "2"], NUMBER),
    "a unit over words": ((None, None), ("投资（万元）", "投资"), ["甲", "乙"], ["1", "2"], TEXT),
}


@pytest.mark.parametrize(("known", "headers", "left", "right", "kind"), COMMON.values(), ids=COMMON)
def test_two_columns_are_compared_as(
    known: tuple[FieldType | None, FieldType | None],
    headers: tuple[str, str],
    left: list[str],
    right: list[str],
    kind: FieldType,
) -> None:
    assert common_kind(known, headers, [pa.array(left), pa.array(right)]).name == kind.name


@pytest.mark.parametrize(
    ("kind", "called"),
    [(TEXT, "文字"), (RESIDENT_ID, "证件号码"), (PHONE, "电话"), (DAY, "日期"), (YEAR, "年份"), (NUMBER, "数字"), (YUAN, "金额"),
     (MU, "面积"), (SQUARE_METRES, "面积"), (HOUSEHOLD_NUMBER, "编号"), (YES_NO, YES_NO.name),
     (Household.columns()["脱贫属性"].type, "选项")],
)  # fmt: skip
def test_kinds_have_names_in_reports(kind: FieldType, called: str) -> None:
    assert label(kind) == called
