"""Everything a comparison says, word for word; to be looked at after `pytest tests/comparing --update-golden`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from enum import Enum
from pathlib import Path

import openpyxl
import pytest

from comparing.sheets import HEADER, Rows, compared, households, write
from comparing.test_keys import REFUSALS
from fupin_audit.comparing import two_folders
from fupin_audit.comparing.column_pairs import Pair, is_called, pair_columns
from fupin_audit.comparing.compare_options import EVERY_NUMBER, CompareOptions
from fupin_audit.comparing.two_folders import compare_folders
from fupin_audit.errors import UsageError
from fupin_audit.results.comparison import Comparison
from fupin_audit.version import __version__
from fupin_audit.workbook.any_tables import Tables
from fupin_audit.workbook.files.discovery import InputFile
from fupin_audit.workbook.recognising.any_table_columns import TableColumn
from fupin_audit.workbook.recognising.headers import HeaderCell

ID = "990101197003050015"


def edited() -> tuple[Rows, Rows]:
    """Two lists of households with every kind of difference, columns in another order, and rows that do not pair."""
    left, right = households(24), households(24)
    for row, name, text in (
        (3, "户主姓名", "欧阳明"), (4, "户主证件号码", left[4][2][:-2] + "11"), (5, "人均纯收入", "40355"), (6, "人均纯收入", ""),
        (7, "识别年月", "不详"), (8, "村", "东沟"), (9, "危房户", "是"), (10, "物资数量", "约十份"), (11, "家庭人口", "99"),
    ):  # fmt: skip
        right[row][HEADER.index(name)] = text
    for row in range(12, 18):
        left[row][HEADER.index("村")], right[row][HEADER.index("村")] = "柳林村", "新华村"
    left[19] = ["", *left[19][1:]]
    left += [list(left[2]), ["99010000019999", *left[2][1:]]]
    right += [["", *right[20][1:]], ["", *right[21][1:]]]
    shuffled = [[row[at] for at in (0, 2, 1, 3, 5, 4, 6, 7, 8, 9)] for row in right]
    for rows, header in ((left, "备注甲"), (shuffled, "说明乙")):
        rows[0].append(header)
        for cells in rows[1:]:
            cells.append("")
    shuffled[0][HEADER.index("物资数量")] = "物资数量（份）"
    return left, shuffled


CASES = {
    "masked": CompareOptions(),
    "revealed": CompareOptions(reveal=True, keys=[("户编号", "户编号")], ignore=["物资名称"]),
    "some": CompareOptions(only=["人均纯收入", "家庭人口", "村"], tolerance={"人均纯收入": 2.5, EVERY_NUMBER: 100}, skip_blanks=True),
    "two columns": CompareOptions(keys=[("户主姓名", "户主姓名"), ("村", "村")]),
}  # fmt: skip


def written(found: Comparison) -> str:
    return as_json(asdict(found) | {"version": ""})


def as_json(told: object) -> str:
    return json.dumps(
        told,
        ensure_ascii=False,
        indent=1,
        default=lambda value: value.value if isinstance(value, Enum) else str(value),
    )


@pytest.mark.parametrize("name", CASES)
def test_all_that_is_said(name: str, golden: Callable[[str, str], None], tmp_path: Path) -> None:
    golden(f"comparing/{name}.json", written(compared(tmp_path, *edited(), CASES[name])) + "\n")


@pytest.mark.parametrize(("reveal", "told"), [(False, "990101************"), (True, ID)])
def test_numbers_in_headers_and_notes_are_masked(reveal: bool, told: str, tmp_path: Path) -> None:
    rows = [["编号", f"补发{ID}", "合计"], *([f"甲{number}", "1", "2"] for number in range(6))]
    left = [[*row, ""] for row in rows]
    left[3][-1] = "多"
    found = compared(tmp_path, left, rows, CompareOptions(reveal=reveal, ignore=[f"补发{ID}"]))
    assert (found.version, found.revealed) == (__version__, reveal)
    assert [column.left for column in found.columns] == ["编号", f"补发{told}", "合计"]
    assert found.settings == (f"不比较补发{told}",)
    assert found.left.notes == ("D列没有表头，没有比较",)


def test_where_only_the_key_is_compared_nothing_differs(tmp_path: Path) -> None:
    left, right = [["编号", "数"], ["甲", "1"], ["乙", "2"]], [["编号", "数"], ["乙", "3"], ["丙", "4"]]
    found = compared(tmp_path, left, right, CompareOptions(ignore=["数"]))
    assert (found.paired, found.differing, len(found.only_left)) == (1, 0, 1)


@pytest.mark.parametrize(
    ("column", "left", "right", "why"),
    [
        ("人均纯收入", "1", "10000", "可能是单位不同：左边的1×10000＝右边的10000，像是万元与元"),
        ("证件号码", "990101197003050015", "99010119700305001", "可能是丢失数位：少了末尾的1位，其余相同"),
        ("证件号码", "990101197003050015", "9.90101E+17", "可能是科学计数法：一边成了科学计数法，剩下的6位数字与另一边相同"),
        # as the cells have them, not as they are compared
        ("证件号码", "990101700305001", "990101197003050012", "可能是15位与18位：15位旧号补上世纪“19”和校验码就是另一边的18位号"),
        ("村", "东沟村", "", "None"),
        ("村", "东沟村", "东勾村", "可能是同音字：“沟”“勾”都读gou"),
    ],
)  # fmt: skip
def test_why_two_cells_may_differ(column: str, left: str, right: str, why: str, tmp_path: Path) -> None:
    rest = [[str(number), left] for number in range(2, 6)]
    ours, theirs = ([["编号", column], ["1", cell], *rest] for cell in (left, right))
    (difference,) = compared(tmp_path, ours, theirs).differences
    assert str(difference.cause) == why


# Folders.


def folders(place: Path) -> None:
    """Two months: files renamed, of another kind on one side alone, not comparable, encrypted, with a number in the name."""
    for month, extra in (("一月", "甲"), ("二月", "乙")):
        folder = place / month
        folder.mkdir()
        rows = households(12)
        rows[2][4] = "9" if month == "二月" else rows[2][4]
        write(folder / f"户{month}{ID}.csv", rows)
        write(folder / "说明.csv", [["物品", "数量"], *([f"物{n}", str(n)] for n in range(6))])
        write(
            folder / f"没有键{month}.csv",
            [["说法", "数目"], ["好", "1"], ["好", "2" if month == "一月" else "3"]],
        )
        write(folder / f"{extra}独有.csv", [[f"{extra}一", f"{extra}二"], ["1", "2"], ["3", "4"]])
        (folder / f"坏{extra}.xlsx").write_bytes(b"PK no workbook")
        book = openpyxl.Workbook()
        sheets: dict[str, Rows] = {"东沟村1月": households(5), "封面": [[f"{month}{ID}"]]}
        sheets[f"物资{month}"] = [["货品", "批次"], *([f"货{n}", str(n)] for n in range(6))]
        sheets[f"{extra}表"] = [[f"{extra}三", f"{extra}四"], ["1", "2"], ["3", "4"]]
        for name, sheet in sheets.items():
            told = book.create_sheet(name)
            for row in sheet:
                told.append(row)
        book.remove(book.worksheets[0])
        book.save(folder / f"{month}各村.xlsx")


@pytest.mark.parametrize("reveal", [False, True], ids=["masked", "revealed"])
def test_all_that_is_said_of_folders(
    reveal: bool, golden: Callable[[str, str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folders(tmp_path)
    found = compare_folders(Path("一月"), Path("二月"), CompareOptions(reveal=reveal))
    told = asdict(found) | {"version": ""}
    for pair in told["pairs"]:
        pair["found"] = pair["found"] and len(pair["found"]["differences"])
    golden(f"comparing/folders {'revealed' if reveal else 'masked'}.json", as_json(told) + "\n")


def test_a_password_opens_the_workbooks_of_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str | None] = []

    def opened(_: InputFile, password: str | None) -> Tables:
        asked.append(password)
        return Tables([], [], None)

    monkeypatch.setattr(two_folders, "open_tables", opened)
    folders(tmp_path)
    compare_folders(tmp_path / "一月", tmp_path / "二月", CompareOptions(password="口令"))
    assert set(asked) == {"口令"}


def test_refusals_word_for_word(golden: Callable[[str, str], None], tmp_path: Path) -> None:
    said = []
    for name, (left, right, key, _) in MORE_REFUSALS.items():
        options = CompareOptions(keys=[(each, each) for each in key.split(",") if each])
        with pytest.raises(UsageError) as refusal:
            compared(tmp_path, left, right, options)
        said.append(f"{name}：{refusal.value}\n")
    golden("comparing/refusals.txt", "".join(said))


def test_one_value_on_both_sides_is_enough_for_a_key_that_is_named(tmp_path: Path) -> None:
    left, right = [["编号", "数"], ["甲", "1"], ["乙", "2"]], [["编号", "数"], ["甲", "3"], ["丙", "2"]]
    found = compared(tmp_path, left, right, CompareOptions(keys=[("编号", "编号")]))
    assert (found.paired, len(found.differences), len(found.only_left), len(found.only_right)) == (1, 1, 1, 1)


MORE_REFUSALS = REFUSALS | {
    "右边全是空白": ([["编号", "数"], ["1", "1"]], [["编号", "数"], ["", "1"], ["", "2"]], "编号", ""),
    "只有一个相同的值": (
        [["编号", "名"], ["1", "甲"], ["2", "乙"]], [["编号", "名"], ["1", "乙"], ["3", "丙"]], "编号,名", ""
    ),
    "键只配上几行": (
        [["名称", "数量"], *([f"物{n}", "1"] for n in range(30))],
        [["名称", "数量"], *([f"品{n}", "1"] for n in range(29)), ["物3", "1"]], "", "",
    ),
    "没有一行配上": ([["名称", "数量"], ["甲", "1"], ["乙", "2"]], [["名称", "数量"], ["丙", "1"], ["丁", "3"]], "", ""),
}  # fmt: skip


# Which columns are the same.


def columns(*headers: str | tuple[str, str]) -> list[TableColumn]:
    """Columns of these headers; a pair is a header and the field it is known as."""
    told = [(each, "") if isinstance(each, str) else each for each in headers]
    return [
        TableColumn(HeaderCell(at, tuple(text.split("/"))), field) for at, (text, field) in enumerate(told)
    ]


def shown(pairs: tuple[Pair, ...]) -> list[str]:
    return [f"{pair.left.text}｜{pair.right.text} {pair.why}" for pair in pairs]


@pytest.mark.parametrize(
    ("left", "right", "paired"),
    [
        (columns("甲", "乙"), columns("乙", "甲"), ["甲｜甲 同名", "乙｜乙 同名"]),
        (columns("甲", "甲"), columns("甲", "甲", "甲"), ["甲｜甲 同名", "甲｜甲 同名"]),
        (columns(("户号", "户编号")), columns(("编码", "户编号")), ["户号｜编码 同义"]),
        (columns(("户 号", "户编号")), columns(("户号", "户编号")), ["户号｜户号 同名"]),
        # the field counts before the header
        (columns(("编码", "户编号"), "户号"), columns(("户号", "户编号"), "编码"), ["编码｜户号 同义"]),
        (columns("基本/面积"), columns("住房/面积"), ["基本›面积｜住房›面积 同义"]),
        (columns("基本/面积", "面积"), columns("面积", "基本/面积"), ["基本›面积｜基本›面积 同名", "面积｜面积 同名"]),
        (columns("集中采购价格"), columns("集中采购的价格"), ["集中采购价格｜集中采购的价格 近似"]),
        (columns(("帮扶措施内容", "帮扶内容")), columns("帮扶措施的内容"), ["帮扶措施内容｜帮扶措施的内容 近似"]),
        (columns("帮扶措施的内容"), columns(("帮扶措施内容", "帮扶内容")), ["帮扶措施的内容｜帮扶措施内容 近似"]),
        (columns("…"), columns("——"), []),
        (columns("。"), columns("甲"), []),
        (columns("甲"), columns("。"), []),
        # the nearest first, each once
        (columns("发放物资的数量", "发放物资数量甲"), columns("发放物资数量"), ["发放物资的数量｜发放物资数量 近似"]),
        (columns("发放物资数量"), columns("发放物资数量甲乙", "发放物资的数量"), ["发放物资数量｜发放物资的数量 近似"]),
        # three characters of four, and fewer
        (columns("采购价格"), columns("采购价钱"), ["采购价格｜采购价钱 近似"]),
        (columns("采购价格甲"), columns("采购价钱"), []),
        (columns("采购价格"), columns("验收日期"), []),
        (columns("2019年发放数"), columns("2020年发放数"), []),
        (columns(("家庭人口", "家庭人口")), columns(("家庭人口数", "人口")), []),
        (columns(), columns("甲"), []),
    ],
)  # fmt: skip
def test_columns_are_the_same(left: list[TableColumn], right: list[TableColumn], paired: list[str]) -> None:
    assert shown(pair_columns(left, right)) == paired


def test_the_user_may_say_which_are_the_same() -> None:
    left, right = columns("甲", "乙", "丙"), columns("子", "丙", "乙")
    assert shown(pair_columns(left, right, [("甲", "丙"), ("丙", "子")])) == [
        "甲｜丙 同义",
        "乙｜乙 同名",
        "丙｜子 同义",
    ]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("编好", "子"), "左边没有“编好”这一列，最接近的是“编号”"),
        (("编号", "丑丑"), "右边没有“丑丑”这一列，有的是：子、寅、卯、辰、巳、午、未、申"),
    ],
)
def test_a_name_that_is_no_column_is_refused(given: tuple[str, str], says: str) -> None:
    with pytest.raises(UsageError) as refusal:
        pair_columns(columns("编号", "乙"), columns(*"子寅卯辰巳午未申酉"), [given])
    assert str(refusal.value) == says


def test_the_nearest_name_is_like_the_whole_of_what_was_given() -> None:
    with pytest.raises(UsageError, match="最接近的是“收人”"):
        pair_columns(columns("家庭人均可支配纯收入总额", "收人"), columns("甲"), [("收入", "甲")])


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("户编号", True),
        ("户 号", True),
        ("基本›户号", True),
        ("户号（必填）", True),
        ("户主", False),
        ("", False),
    ],
)
def test_a_column_is_called_by_its_field_its_header_or_its_lowest_text(name: str, called: bool) -> None:
    assert is_called(columns(("基本/户号", "户编号"))[0], name) is called
