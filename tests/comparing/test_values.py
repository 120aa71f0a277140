"""When two cells say the same."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from comparing.sheets import compared

CASES = yaml.safe_load((Path(__file__).parent / "values.yaml").read_text(encoding="utf-8"))


def count(folder: Path, column: str, left: str, right: str, *, unread: int = 0) -> int:
    """Differences found between two tables whose first rows have these cells and whose other rows are the same."""
    name = "编号" if column != "编号" else "序列"
    rest = [[str(number), left] for number in range(2, 12)]
    found = compared(folder, [[name, column], ["1", left], *rest], [[name, column], ["1", right], *rest])
    assert (found.paired, len(found.unread)) == (11, unread)
    return len(found.differences)


@pytest.mark.parametrize(("column", "left", "right"), CASES["same"])
def test_ways_of_writing_are_no_difference(tmp_path: Path, column: str, left: str, right: str) -> None:
    assert count(tmp_path, column, left, right) == 0
    assert count(tmp_path, column, right, left) == 0


@pytest.mark.parametrize(("column", "left", "right"), CASES["different"])
def test_another_value_is_a_difference(tmp_path: Path, column: str, left: str, right: str) -> None:
    assert count(tmp_path, column, left, right) == 1
    assert count(tmp_path, column, right, left) == 1


@pytest.mark.parametrize(("column", "left", "right"), CASES["unread"])
def test_what_one_side_cannot_be_read_as_is_not_compared(
    tmp_path: Path, column: str, left: str, right: str
) -> None:
    assert count(tmp_path, column, left, right, unread=1) == 0


@pytest.mark.parametrize(
    ("left", "right", "differences"),
    [("约三千", "约四千", 1), ("约三千", "", 1), ("", "约三千", 1), ("约三千", "约三千", 0)],
)
def test_what_neither_side_can_be_read_as_is_compared_as_it_is_written(
    tmp_path: Path, left: str, right: str, differences: int
) -> None:
    rest = [[str(number), "3456"] for number in range(2, 12)]
    ours, theirs = ([["编号", "人均纯收入"], ["1", cell], *rest] for cell in (left, right))
    found = compared(tmp_path, ours, theirs)
    assert (len(found.differences), found.unread) == (differences, ())
