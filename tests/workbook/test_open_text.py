"""Delimited text as it should not be: marks never closed, encodings mixed, bytes lost; no row goes in silence."""

from __future__ import annotations

import codecs
import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from fupin_audit.errors import DamagedFileError, InputError, NotASpreadsheetError, OverLimitError
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.open_grids import open_grids
from fupin_audit.workbook.formats.plain_text.delimited import read_text

Rows = list[list[str | None]]
HEADER = "姓名,村,人口"
PEOPLE = [f"张{number},东沟村,{number % 7}" for number in range(400)]


def grid_of(content: str | bytes) -> Grid:
    (grid,) = read_text(content.encode() if isinstance(content, str) else content)
    return grid


def rows(grid: Grid) -> Rows:
    return [grid.row(index) for index in range(grid.height)]


@pytest.mark.parametrize(
    ("text", "expected", "says"),
    [
        (
            'a,b,c\n"x,1,2\ny,3,4\n',
            [["a", "b", "c"], ['"x', "1", "2"], ["y", "3", "4"]],
            "第2行有引号没有成对",
        ),
        (
            'a,b,c\n"x,1,2\ny,3,4\n"z,5,6\n',
            [["a", "b", "c"], ['"x', "1", "2"], ["y", "3", "4"], ['"z', "5", "6"]],
            "第2、4行有引号",
        ),
        (
            'a,b,c\n"x,1,2\ny,3,4\nz",5,6\n',
            [["a", "b", "c"], ['"x', "1", "2"], ["y", "3", "4"], ['z"', "5", "6"]],
            "第2行有引号",
        ),
        ('a,b,c\nx,"1,2\ny",3,4\n', [["a", "b", "c"], ["x", '"1', "2"], ['y"', "3", "4"]], "第2行有引号"),
        ('a,b\n"x"y,1\n', [["a", "b"], ['"x"y', "1"]], "第2行有引号"),
        ('a,b\n"x"y",1\n', [["a", "b"], ['"x"y"', "1"]], "第2行有引号"),
        ('sep=;\na;b\n"x;1\n', [["a", "b"], ['"x', "1"]], "第3行有引号"),
        ('a,b\n"x","1\n', [["a", "b"], ["x", '"1']], "第2行有引号"),
    ],
)
def test_a_quotation_mark_without_its_pair_is_read_as_it_stands(text: str, expected: Rows, says: str) -> None:
    grid = grid_of(text)
    assert rows(grid) == expected
    assert says in "".join(grid.caveats)


@pytest.mark.parametrize(
    "text",
    [
        'a,b,c\nx,"1\n1",2\ny,"3\n3,4",4\n',
        'a,b,c\n"x\ny",1,2\nz,"",""\n',
        'a,b\n="001",x\n12" 彩电,y\n',
        'a,b\n"说""好""",x\n"""",y\n',
        "a,b\r1,2\r3,4",
        "a,b\n1,2\r3,4\r\n5,6",
        'a,b\r\n"1\r\n2",3\r\n',
        'a,b\n"' + "甲\n" * 200 + '",x\n1,2\n',
        'a,b\n"' + "x" * 3_000_000 + '",y\n1,2\n',
    ],
)
def test_regular_text_is_read_as_by_the_csv_module(text: str) -> None:
    csv.field_size_limit(1 << 24)
    try:
        expected = [
            [field.replace("\r\n", "\n") or None for field in row]
            for row in csv.reader(StringIO(text, newline=""))
        ]
    finally:
        csv.field_size_limit(1 << 17)
    grid = grid_of(text)
    assert [[cell and cell.replace("\r\n", "\n") for cell in row] for row in rows(grid)] == expected
    assert grid.caveats == ()


@pytest.mark.parametrize("far", [2, 30, 253, 254, 300, 399])
@pytest.mark.parametrize("closed", ['"', '",'])
def test_no_row_is_swallowed_however_far_the_next_mark(far: int, closed: str) -> None:
    lines = [HEADER, *PEOPLE]
    lines[1] = '"' + lines[1]
    lines[far] = lines[far].replace(",", closed, 1)
    grid = grid_of("\n".join(lines))
    assert grid.height == len(lines)
    assert "第2行" in grid.caveats[0]


@pytest.mark.parametrize(
    ("first", "width"),
    [("sep=;", 2), ("sep=|", 2), ("sep=\t", 2), ("SEP=;", 2), ('"sep=;"', 2), ("sep=ab", 2), ("sep=", 2), ('sep="', 2),
     ("sep=;;", 2), ("sep=，", 2), ("sep=\x1f", 2), ("sep=" + "x" * 200_000, 2)],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_line_that_names_the_delimiter_is_no_row(first: str, width: int, delimiter: str) -> None:
    grid = grid_of(f"{first}\n姓名{delimiter}村\n张三{delimiter}东村\n李四{delimiter}西村\n")
    assert rows(grid) == [["姓名", "村"], ["张三", "东村"], ["李四", "西村"]]


@pytest.mark.parametrize("delimiter", "，:#~")
def test_a_delimiter_may_be_any_that_is_named(delimiter: str) -> None:
    assert rows(grid_of(f"sep={delimiter}\na{delimiter}b\n1{delimiter}2")) == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize("text", ["sep=,\n", "sep=;", "sep=\n\n", "\ufeffsep=,\r\n", "\x1a\x1a", "\x1a,"])
def test_a_file_of_nothing_is_refused(text: str) -> None:
    with pytest.raises(NotASpreadsheetError):
        grid_of(text)


UTF8, GB = "第{}行起有{}行的编码是 UTF-8", "第{}行起有{}行的编码是 GB18030"


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("utf-8", "gb18030", GB.format(12, 2)),
        ("utf-8-sig", "gb18030", GB.format(12, 2)),
        ("gb18030", "utf-8", UTF8.format(12, 2)),
        ("gb18030", "utf-8-sig", UTF8.format(12, 2)),
    ],
)
def test_each_line_is_read_in_its_own_encoding(first: str, second: str, says: str) -> None:
    above, below = [HEADER, *PEOPLE[:10]], ["李四,西沟村,2", "王小五,南沟村,3"]
    content = ("\n".join(above) + "\n").encode(first) + ("\n".join(below) + "\n").encode(second)
    grid = grid_of(content)
    assert rows(grid) == [line.split(",") for line in (*above, *below)]
    assert says in grid.caveats[0]


@pytest.mark.parametrize("wide", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("narrow", ["utf-8", "gb18030"])
@pytest.mark.parametrize("wide_first", [True, False])
def test_text_half_in_two_bytes_is_refused(wide: str, narrow: str, wide_first: bool) -> None:
    text = "".join(f"张三,99010119900101{number:04}\n" for number in range(300))
    parts = (text.encode(wide), text.encode(narrow))
    with pytest.raises(DamagedFileError, match="另一种编码"):
        grid_of(b"".join(parts if wide_first else parts[::-1]))


def test_a_block_of_zeros_is_lost_text() -> None:
    lines = "\n".join([HEADER, *PEOPLE]).encode()
    with pytest.raises(DamagedFileError, match="第101行起有一段是空字节"):
        grid_of(
            lines[: lines.index(b"\n", lines.index(PEOPLE[98].encode())) + 1] + bytes(4096) + lines[-500:]
        )


def test_what_is_no_content_is_left_out_and_said() -> None:
    text = f"{HEADER}\n张三\0\0\0,东沟村,1\n\x1a李四,西沟村,2\n\ufeff王五,南沟村,3\n\x1a\x1a"
    grid = grid_of(text)
    assert rows(grid) == [
        ["姓名", "村", "人口"],
        ["张三", "东沟村", "1"],
        ["李四", "西沟村", "2"],
        ["王五", "南沟村", "3"],
    ]
    assert [caveat[:6] for caveat in grid.caveats] == ["第2行等处有", "第3行有文件"]


def test_marks_of_encoding_within_cells_are_kept() -> None:
    assert rows(grid_of("a,b\nx\ufeffy,1\n"))[1] == ["x\ufeffy", "1"]


def test_lines_split_by_another_delimiter_are_split_all_the_same() -> None:
    grid = grid_of("姓名,村,人口\n张三,东沟村,1\n李四\t西沟村\t2\n王五\t南沟村\t3\n")
    assert rows(grid)[2:] == [["李四", "西沟村", "2"], ["王五", "南沟村", "3"]]
    assert "第3、4行是用制表符分列的" in grid.caveats[0]


@pytest.mark.parametrize("wide", [0, 1, 400])
def test_a_line_of_200_000_columns_is_refused_at_its_line(wide: int) -> None:
    lines = [HEADER, *PEOPLE]
    lines[wide] = ",".join("x" * 200_000)
    with pytest.raises(OverLimitError, match=f"第{wide + 1}行有 200000 列"):
        grid_of("\n".join(lines))


def test_a_cell_far_beside_the_table_is_named_and_the_table_read() -> None:
    lines = [HEADER, *PEOPLE]
    lines[7] += "," * 12_000 + "x"
    grid = grid_of("\n".join(lines))
    assert (grid.height, len(grid.columns)) == (len(lines), 3)
    assert "QSQ8 离表格太远" in grid.caveats[0]


def test_text_may_be_longer_than_a_sheet() -> None:
    assert grid_of("a,b\n" + "1,2\n" * 1_100_000).height == 1_100_001


DELIMITED = st.text("ab甲乙12,;\t|\"'\n\r\0\x1a \ufeff=", max_size=200)


@given(
    text=DELIMITED,
    encoding=st.sampled_from(["utf-8", "gb18030", "utf-16"]),
    head=st.sampled_from(["", "sep=;\n", "a,b\n"]),
)
@examples(300)
def test_any_text_is_read_or_refused(text: str, encoding: str, head: str) -> None:
    read_or_refuse((head + text).encode(encoding))


@given(
    content=st.binary(max_size=400),
    head=st.sampled_from([b"", b"a,b,c\n1,2,3\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE]),
)
@examples(300)
def test_any_bytes_are_read_or_refused(content: bytes, head: bytes) -> None:
    read_or_refuse(head + content)


def read_or_refuse(content: bytes) -> None:
    try:
        for grid in read_text(content):
            assert len({len(column) for column in grid.columns}) <= 1
    except InputError:
        return


FIELDS = st.text("ab甲,\"\n' 1", max_size=6)


@given(
    table=st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(FIELDS, min_size=width, max_size=width), min_size=2, max_size=8)
    )
)
@examples(200)
def test_what_a_writer_of_csv_writes_comes_back(table: list[list[str]]) -> None:
    """Except where a field over several lines could as well be records; then no row is lost."""
    file = StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(table)
    try:
        grid = grid_of(file.getvalue())
    except NotASpreadsheetError:
        assert sum(any(row) for row in table) < 2
        return
    if grid.caveats:
        assert grid.height >= sum(any(row) for row in table)
    else:
        assert filled(rows(grid)) == filled([[cell or None for cell in row] for row in table])


def filled(table: Rows) -> dict[tuple[int, int], str]:
    return {
        (at, place): cell.replace("\r\n", "\n")
        for at, row in enumerate(table)
        for place, cell in enumerate(row)
        if cell
    }


def test_the_report_says_what_was_doubtful(tmp_path: Path) -> None:
    path = tmp_path / "人口.csv"
    path.write_text("\n".join([HEADER, '"张三,东沟村,1', "李四,西沟村,2"]), encoding="utf-8")
    (grid,) = open_grids(path)
    assert grid.height == 3
    assert "第2行有引号没有成对" in grid.caveats[0]
