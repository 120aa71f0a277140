"""What stands in lists of offices since 2021: values as column names, heads as persons, headers two fields share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from layouts import Rows, id_number, read

from fupin_audit.delivery import Delivery

HOUSEHOLD = "9901010000000001"
HEAD = id_number("19680402", 31)


def values(delivery: Delivery, title: str, *fields: str) -> list[tuple[Any, ...]]:
    rows = delivery.tables[title].data.to_pylist()
    return [tuple(row.get(field) for field in fields) for row in rows]


def cells(delivery: Delivery, title: str, field: str) -> list[str]:
    """The cell of each row, as Excel names it."""
    table = delivery.tables[title]
    found = [table.address(row, field) for row in range(table.data.num_rows)]
    return [f"{source.letters[field]}{row}" for source, row, _ in found]


def test_each_filled_measure_is_a_row_at_its_own_cell(tmp_path: Path) -> None:
    rows: Rows = [
        ["年度", "户编号", "产业帮扶", "就业帮扶", "健康帮扶", "综合保障"],
        ["2023", HOUSEHOLD, "产业奖补", "", "是", "否"],
    ]
    delivery = read(tmp_path, rows)
    assert values(delivery, "帮扶措施", "户编号", "措施类别", "措施内容") == [
        (HOUSEHOLD, "产业帮扶", "产业奖补"),
        (HOUSEHOLD, "健康帮扶", None),
    ]
    assert cells(delivery, "帮扶措施", "措施类别") == ["C2", "E2"]


def test_a_part_of_a_measure_says_the_measure(tmp_path: Path) -> None:
    rows: Rows = [
        ["户编号", "姓名", "身份证", "雨露计划", "助学贷款", "助学金", "免保教费", "年份"],
        [HOUSEHOLD, "周长河", HEAD, "√", "", "1500", "无", "2022"],
    ]
    delivery = read(tmp_path, rows)
    assert values(delivery, "帮扶措施", "措施类别", "措施内容", "证件号码", "年度") == [
        ("教育帮扶", "雨露计划", HEAD, 2022),
        ("教育帮扶", "助学金", HEAD, 2022),
    ]


def test_animals_as_columns_are_rows_with_their_number(tmp_path: Path) -> None:
    rows: Rows = [
        ["村", "户主姓名", "身份证号", "猪", "牛", "羊", "鸡"],
        ["东沟村", "周长河", HEAD, "2", "", "0", "30"],
    ]
    delivery = read(tmp_path, rows)
    assert values(delivery, "产业项目", "户主证件号码", "项目名称", "数量") == [
        (HEAD, "猪", 2.0),
        (HEAD, "鸡", 30.0),
    ]


def test_on_a_list_of_households_name_and_number_are_the_heads(tmp_path: Path) -> None:
    rows: Rows = [
        ["户号", "姓名", "身份证号", "联系方式", "户类型", "自然组", "识别标准"],
        [HOUSEHOLD, "周长河", HEAD, "19910000000", "脱贫户", "一组", "国家标准"],
    ]
    delivery = read(tmp_path, rows)
    assert values(delivery, "户", "户编号", "户主姓名", "户主证件号码") == [(HOUSEHOLD, "周长河", HEAD)]


@pytest.mark.parametrize(
    ("written", "class_", "status"),
    [
        ("脱贫户", "脱贫户", "已脱贫"),
        ("脱贫不享受政策户", "脱贫不享受政策户", "已脱贫不享受政策"),
        ("一般农户", "普通农户", None),
    ],
)
def test_the_class_of_a_household_says_whether_it_left_poverty(
    tmp_path: Path, written: str, class_: str, status: str | None
) -> None:
    rows: Rows = [
        ["县", "乡镇", "村", "户编号", "户主姓名", "户主证件号码", "户类型", "识别标准"],
        ["清河县", "柳林镇", "东沟村", HOUSEHOLD, "周长河", HEAD, written, "国家标准"],
    ]
    delivery = read(tmp_path, rows)
    assert values(delivery, "户", "户类型", "脱贫属性", "户属性") == [(class_, status, None)]
    assert cells(delivery, "户", "脱贫属性") == ["G2"]


def test_the_old_class_under_the_new_header_is_told_by_its_values(tmp_path: Path) -> None:
    rows: Rows = [
        ["县", "乡镇", "村", "户编号", "户主姓名", "户主证件号码", "户类型", "脱贫属性"],
        ["清河县", "柳林镇", "东沟村", HOUSEHOLD, "周长河", HEAD, "低保贫困户", "未脱贫"],
    ]
    assert values(read(tmp_path, rows), "户", "户属性", "户类型", "脱贫属性") == [
        ("低保贫困户", None, "未脱贫")
    ]


def test_known_columns_are_kept_without_a_remark(tmp_path: Path) -> None:
    rows: Rows = [
        ["户主姓名", "户主身份证号", "低保证号", "保障人口", "申请原因", "年龄", "怪列"],
        ["周长河", HEAD, "D1", "2", "因病", "55", "x"],
    ]
    sheet = read(tmp_path, rows).inputs[0]
    assert sheet.ledgers == ("低保",)
    assert [unknown.header for unknown in sheet.unrecognised] == ["怪列"]
    assert sheet.columns["E"] == "申请原因"


def test_what_is_unsure_is_not_read_and_says_how_to_confirm(tmp_path: Path) -> None:
    sheet = read(
        tmp_path, [["姓名", "身份证号", "单位名称", "余额"], ["周长河", HEAD, "县医院", "1"]]
    ).inputs[0]
    assert (sheet.ledgers, sheet.rows) == ((), 0)
    assert f"--as {sheet.likeness}={sheet.place}" in sheet.doubt
