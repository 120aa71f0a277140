"""What must not matter does not, what is changed is found, and left and right are mirrors."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from comparing.sheets import HEADER, compared, household, households
from fupin_audit.results.comparison import Comparison

KEY_COLUMNS = {"户编号"}
WIDE = {ord(character): ord(character) + 0xFEE0 for character in "0123456789"}


def edited(rows: list[list[str]], seed: int) -> tuple[list[list[str]], dict[str, str]]:
    """The table with one cell of every row changed, and household → the column that was."""
    chosen = random.Random(seed)
    changed, where = [list(row) for row in rows], {}
    for number, row in enumerate(changed[1:]):
        column = chosen.choice([name for name in HEADER if name not in KEY_COLUMNS])
        at = HEADER.index(column)
        others = (household(number + step)[at] for step in range(1, 60))
        row[at] = next(value for value in others if value != row[at])
        where[row[0]] = column
    return changed, where


def test_a_thousand_edits_are_a_thousand_differences(tmp_path: Path) -> None:
    rows = households(1000)
    changed, where = edited(rows, seed=5)
    found = compared(tmp_path, rows, changed)
    assert found.key.columns == ("户编号",)
    assert [(item.record.key[0], item.column) for item in found.differences] == list(where.items())
    assert (found.paired, found.differing, found.only_left, found.only_right) == (1000, 1000, (), ())
    left, right = found.differences[0].left, found.differences[0].right
    assert left.cell == right.cell
    assert left.cell.endswith("2")


@pytest.mark.parametrize("seed", range(5))
def test_a_single_edit_is_one_difference(tmp_path: Path, seed: int) -> None:
    rows = households(60)
    changed, where = edited(rows, seed)
    row = random.Random(seed).randrange(1, 61)
    single = [*rows[:row], changed[row], *rows[row + 1 :]]
    (difference,) = compared(tmp_path, rows, single).differences
    assert (difference.column, difference.left.cell[1:]) == (where[changed[row][0]], str(row + 1))


def test_left_and_right_are_mirrors(tmp_path: Path) -> None:
    rows = households(80)
    left, right = [*rows, household(90), household(91), household(91)], edited(rows, 3)[0][:-2]
    one, other = compared(tmp_path, left, right), compared(tmp_path, right, left)
    assert [(d.record.key, d.column, d.left.value, d.left.cell) for d in one.differences] == [
        (d.record.key, d.column, d.right.value, d.right.cell) for d in other.differences
    ]
    assert [row.record.key for row in one.only_left] == [row.record.key for row in other.only_right]
    assert [(item.left, item.right) for item in one.repeated] != []
    assert [len(item.left) for item in one.repeated] == [len(item.right) for item in other.repeated]
    assert [d.cause and d.cause.kind for d in one.differences] == [
        d.cause and d.cause.kind for d in other.differences
    ]


def shuffled_rows(rows: list[list[str]]) -> list[list[str]]:
    body = rows[1:]
    random.Random(1).shuffle(body)
    return [rows[0], *body]


def shuffled_columns(rows: list[list[str]]) -> list[list[str]]:
    order = random.Random(2).sample(range(len(rows[0])), len(rows[0]))
    return [[row[at] for at in order] for row in rows]


def spaced(rows: list[list[str]]) -> list[list[str]]:
    return [
        [f" {text[:1]}　{text[1:]} " if text[0] > "一" else f" {text}\u200b" for text in row] for row in rows
    ]


def widened(rows: list[list[str]]) -> list[list[str]]:
    return [rows[0], *([text.translate(WIDE) for text in row] for row in rows[1:])]


def titled(rows: list[list[str]]) -> list[list[str]]:
    return [["清河县台账", *[""] * (len(rows[0]) - 1)], [""] * len(rows[0]), *rows]


def respelled(rows: list[list[str]]) -> list[list[str]]:
    spellings = {"户编号": "户编码", "户主证件号码": "户主身份证号", "家庭人口": "家庭人口数", "人均纯收入": "人均纯收入（元）",
                 "危房户": "是否危房户", "物资名称": "物资 名称", "物资数量": "物资数量（份）"}  # fmt: skip
    return [[spellings.get(name, name) for name in rows[0]], *rows[1:]]


@pytest.mark.parametrize("change", [shuffled_rows, shuffled_columns, spaced, widened, titled, respelled])
def test_what_means_the_same_changes_nothing(
    tmp_path: Path, change: Callable[[list[list[str]]], list[list[str]]]
) -> None:
    rows = households(50)
    changed, _ = edited(rows, 7)
    assert compared(tmp_path, rows, change(rows)).same
    assert told(compared(tmp_path, change(rows), changed)) == told(compared(tmp_path, rows, changed))


def told(found: Comparison) -> set[tuple[str, str]]:
    """Household and column of every difference; a column no ledger knows has the name its left header gives it."""
    return {
        (difference.record.key[0], difference.column.partition("（")[0]) for difference in found.differences
    }
