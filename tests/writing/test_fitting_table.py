"""Tables that give up their columns before these are too narrow to be read."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from rich.cells import cell_len

from fupin_audit.writing.console import Screen, Text
from fupin_audit.writing.fitting_table import FittingTable

ROWS = (
    ("石桥镇", "12", "3/40", "已脱贫的户不应还有短板，KEY-05与990101************都要核实"),
    ("柳河乡", "0", "", "无"),
)


def printed(width: int, rows: Sequence[Sequence[str]] = ROWS) -> list[str]:
    table = FittingTable(("乡镇", "名称"), ["乡镇", "发现", "不符/已判", "名称"])
    for row in rows:
        table.add(list(map(Text, row)))
    sink = io.StringIO()
    Screen(file=sink, width=width, color_system=None).print(table)
    return [line.rstrip() for line in sink.getvalue().splitlines()]


@pytest.mark.parametrize("width", range(24, 120, 6))
def test_no_line_is_too_wide_and_no_number_torn(width: int) -> None:
    lines = printed(width)
    assert max(map(cell_len, lines)) <= width
    for whole in ("KEY-05", "990101************", "3/40"):
        assert any(whole in line for line in lines)


def test_where_there_is_room_it_is_a_table() -> None:
    head, first, *_ = printed(100)
    assert head.split() == ["乡镇", "发现", "不符/已判", "名称"]
    assert first.split() == list(ROWS[0])


def test_a_text_folds_as_long_as_it_can_be_read() -> None:
    lines = printed(50)
    assert lines[0].split() == ["乡镇", "发现", "不符/已判", "名称"]
    assert len(lines) > 3


def test_where_there_is_none_each_row_stands_by_itself() -> None:
    assert printed(26, [("柳河乡", "0", "", "无此情形的户数"), ("石桥镇", "12", "3/40", "短板")]) == [
        "柳河乡  无此情形的户数",
        "  发现 0",
        "石桥镇  短板",
        "  发现 12  不符/已判 3/40",
    ]
