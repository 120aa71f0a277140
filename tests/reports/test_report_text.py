"""Text as reports show it: on one line, harmless, in columns."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from fupin_audit.writing.one_line import BLANK, one_line, shorten
from fupin_audit.writing.sheet_names import SheetNames
from fupin_audit.writing.wrapping import pad, wrap


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("东关村", "东关村"),
        ("[red]x[/]", "[red]x[/]"),
        ("甲\r\n乙\n丙", "甲↵乙↵丙"),
        ("红\x1b[31m字\x07", "红�[31m字�"),
        ("\u202e1+1=", "�1+1="),
        ("\udcb4坏名", "�坏名"),
        ("", BLANK),
        (None, BLANK),
    ],
)
def test_one_line_shows_what_could_do_harm(text: str | None, shown: str) -> None:
    assert one_line(text) == shown


def test_shorten_tells_the_true_length() -> None:
    assert shorten("甲" * 100, 10) == "甲" * 10 + "…（共100字）"
    assert shorten("甲" * 10, 10) == "甲" * 10


@pytest.mark.parametrize("width", [8, 20, 33, 80])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "户编号 990101 的家庭人口为5，在册成员4人（见“人口”）。",
        "a" * 200,
        "长" * 200,
        "D:/台账/2020年/清河县脱贫户信息表（最终版）.xlsx › 人口 › AB1234",
    ],
)
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_no_line_begins_with_closing_punctuation() -> None:
    text = "一二三四，五六七八。（九十）一二、三四；五六：七八！"
    for width in range(8, 40):
        assert not any(line[0] in "，。、；：！）" for line in wrap(text, width))
        assert not any(line[-1] == "（" for line in wrap(text, width))


def test_a_number_is_not_torn_apart() -> None:
    assert wrap("人均纯收入5250.00元", 12) == ["人均纯收入", "5250.00元"]


def test_pad_counts_columns() -> None:
    assert cell_len(pad("东关村", 10)) == 10


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("东关村", "东关村"),
        ("上[湾]村", "上_湾_村"),
        ("a/b\\c:d*e?f", "a_b_c_d_e_f"),
        ("'引号'", "引号"),
        ("", "（空白）"),
        ("History", "History(2)"),
        ("村" * 40, "村" * 31),
        ("𠮷" * 40, "𠮷" * 15),
    ],
)
def test_sheet_names_are_legal(wanted: str, given: str) -> None:
    assert SheetNames().new(wanted) == given


def test_sheet_names_do_not_collide() -> None:
    names = SheetNames()
    assert [names.new(name) for name in ("Abc", "ABC", "a[b]c", "a_b_c", "村" * 40, "村" * 50)] == [
        "Abc",
        "ABC(2)",
        "a_b_c",
        "a_b_c(2)",
        "村" * 31,
        "村" * 28 + "(2)",
    ]
