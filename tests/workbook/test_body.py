"""Which rows are data."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pytest

from fupin_audit.workbook.converting.data_rows import DataRows, data_rows
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.recognising.headers import Header, HeaderCell

HEADER = ("序号", "村", "户编号", "家庭人口")
ONE = ("1", "东村", "990101000001", "3")
TWO = ("2", "西村", "990101000002", "4")
Row = Sequence[str | None]


def body(
    rows: Sequence[Row], merged: Sequence[tuple[int, int, int, int]] = (), hidden: Sequence[int] = ()
) -> DataRows:
    columns = tuple(pa.array(column, pa.string()) for column in zip(HEADER, *rows, strict=True))
    grid = Grid("表", columns, merged=tuple(merged), hidden_rows=frozenset(hidden))
    header = Header(0, 0, tuple(HeaderCell(place, (text,)) for place, text in enumerate(HEADER)))
    return data_rows(grid, header, (1, 2, 3))


@pytest.mark.parametrize(
    ("row", "note"),
    [
        (("合计", None, None, "7"), "合计"),
        ((None, "小 计", None, "7"), "合计"),
        (("3", "总计：", None, "7"), "合计"),
        (("填表人：张三", None, "审核人：李四", None), "表尾"),
        ((None, "备注: 数据截至年底", None, None), "表尾"),
        (("说明：1.…", "说明：1.…", "说明：1.…", "说明：1.…"), "表尾"),
        (HEADER, "重复的表头"),
        ((None, None, None, None), ""),
        (("3", None, None, None), ""),
    ],
)
def test_row_is_left_out(row: Row, note: str) -> None:
    found = body([ONE, row, TWO])
    assert found.rows.tolist() == [1, 3]
    assert found.columns[2].to_pylist() == [ONE[2], TWO[2]]
    assert [note in text for text in found.notes] == ([True] if note else [])


@pytest.mark.parametrize(
    "row",
    [
        ("3", "合计村", "990101000003", "1"),
        ("3", "东村", "990101000003", None),
        (None, None, "990101000003", None),
    ],
)
def test_row_is_data(row: Row) -> None:
    assert body([ONE, row]).rows.tolist() == [1, 2]


def test_row_that_numbers_the_columns_is_left_out() -> None:
    assert body([("1", "2", "3", "4"), ONE]).rows.tolist() == [2]


def test_merged_cells_have_the_text_of_their_range() -> None:
    rows = [ONE, ("2", None, "990101000002", "4"), ("3", "西村", None, None)]
    found = body(rows, merged=[(1, 1, 2, 1), (3, 1, 3, 3)])
    assert found.columns[1].to_pylist() == ["东村", "东村", "西村"]
    assert found.columns[3].to_pylist() == ["3", "4", "西村"]


def test_hidden_rows_are_read_and_told() -> None:
    found = body([ONE, TWO], hidden=[2])
    assert (found.rows.tolist(), found.notes) == ([1, 2], ("有1行隐藏行，已照常读入",))


@pytest.mark.parametrize(
    "rows",
    [
        [(None, "必填，全称", "必填，16位", "填数字")],
        [("示例", "请选择", "例如：9901010000000001", None), (None, "下拉选择", "格式：16位", None)],
    ],
)
def test_what_a_form_says_of_its_columns_is_left_out(rows: list[Row]) -> None:
    found = body([*rows, ONE, TWO])
    assert found.columns[2].to_pylist() == [ONE[2], TWO[2]]
    assert found.notes[0].startswith(f"未读入填写说明{len(rows)}行")


def test_such_words_further_down_or_in_one_cell_are_data() -> None:
    assert body([ONE, TWO, ("3", "必填村", "18位", "以内")]).rows.tolist() == [1, 2, 3]
    assert body([("1", "格式村", "990101000003", "1"), TWO]).rows.tolist() == [1, 2]
