"""Households out of their members' rows, one person out of two exports."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from layouts import L26, L47, MONITORED, Rows, id_number, people, person_rows, read, records, row, write

from fupin_audit.delivery import Delivery, LedgerTable, OtherCell, Problem
from fupin_audit.workbook.formats.grid import letter
from fupin_audit.workbook.loading import load

HOUSEHOLD = "99010100{:04d}"


def households(delivery: Delivery) -> Mapping[str, dict[str, object]]:
    return {item["户编号"]: item for item in delivery.tables["户"].data.to_pylist()}


def problems(table: LedgerTable, rule: str) -> list[Problem]:
    return [problem for problem in table.problems if problem.rule == rule]


def cell(table: LedgerTable, at: int, name: str) -> tuple[str, str | None]:
    source, excel_row, text = table.address(at, name)
    return f"{source.letters[name]}{excel_row}", text


def at(header: list[str], name: str, excel_row: int) -> str:
    return f"{letter(header.index(name))}{excel_row}"


def test_one_row_a_household_with_the_head_of_its_members(tmp_path: Path) -> None:
    table = read(tmp_path, person_rows(*people(2))).tables["户"]
    assert table.data.num_rows == 2
    first = table.data.to_pylist()[0]
    assert (first["户编号"], first["户主姓名"], first["家庭人口"], first["人均纯收入"]) == (
        HOUSEHOLD.format(0), "赵甲", 3, 4000.5,
    )  # fmt: skip
    assert cell(table, 1, "户主姓名") == (at(L26, "姓名", 5), None)
    assert cell(table, 1, "户主证件号码") == (at(L26, "证件号码", 5), None)
    assert cell(table, 1, "脱贫属性") == (at(L26, "脱贫属性", 5), None)
    assert table.problems == ()


def test_household_columns_on_the_heads_row_only(tmp_path: Path) -> None:
    members = people(1)
    for member in members[1:]:
        for name in ("人数", "脱贫属性", "主要致贫原因", "危房户", "人均纯收入", "联系电话"):
            del member[name]
    table = read(tmp_path, person_rows(*members)).tables["户"]
    assert (table.data.num_rows, table.problems) == (1, ())
    assert table.data.to_pylist()[0]["家庭人口"] == 3


def test_heads_row_counts_and_the_others_disagree(tmp_path: Path) -> None:
    members = people(1)
    members[1]["人数"] = members[2]["人数"] = "4"
    table = read(tmp_path, person_rows(*members)).tables["户"]
    (problem,) = problems(table, "KEY-12")
    assert (table.data.to_pylist()[0]["家庭人口"], problem.row, problem.field) == (3, 0, "家庭人口")
    assert problem.others == (
        OtherCell(0, 3, "家庭人口", "4"), OtherCell(0, 4, "家庭人口", "4"),
    )  # fmt: skip
    assert cell(table, 0, "家庭人口") == (at(L26, "人数", 2), None)


@pytest.mark.parametrize(("said", "taken"), [(("4", "5", "5"), 5), (("5", "4", None), 4)])
def test_without_a_head_the_most_frequent_then_the_smallest(
    tmp_path: Path, said: tuple[str | None, ...], taken: int
) -> None:
    members = people(1)
    for member, text in zip(members, said, strict=True):
        member |= {"人数": text, "与户主关系": "其他"}
    assert households(read(tmp_path, person_rows(*members)))[HOUSEHOLD.format(0)]["家庭人口"] == taken


def test_unreadable_repeats_are_one_problem(tmp_path: Path) -> None:
    members = people(1)
    for member in members:
        member["脱贫属性"] = "以脱贫"
    table = read(tmp_path, person_rows(*members)).tables["户"]
    (problem,) = table.problems
    assert (problem.rule, problem.hint, len(problem.others)) == ("CEL-04", "已脱贫", 2)
    assert cell(table, 0, "脱贫属性") == (at(L26, "脱贫属性", 2), "以脱贫")


def test_unreadable_repeat_of_a_readable_value_disagrees_with_it(tmp_path: Path) -> None:
    members = people(1)
    members[2]["脱贫属性"] = "以脱贫"
    table = read(tmp_path, person_rows(*members)).tables["户"]
    (problem,) = table.problems
    assert (problem.rule, problem.others) == ("KEY-12", (OtherCell(0, 4, "脱贫属性", "以脱贫"),))
    assert table.data.to_pylist()[0]["脱贫属性"] == "已脱贫"


def test_normalised_cell_is_the_one_quoted(tmp_path: Path) -> None:
    members = people(1)
    members[1]["联系电话"] = " 13900000000"
    table = read(tmp_path, person_rows(*members)).tables["户"]
    (problem,) = problems(table, "CEL-06")
    assert cell(table, problem.row, problem.field) == (at(L26, "联系电话", 3), " 13900000000")


def test_cells_of_columns_two_ledgers_share_are_told_once(tmp_path: Path) -> None:
    members = people(1)
    members[0]["户编号"] = "９９０１０１０００００００"
    tables = read(tmp_path, person_rows(*members)).tables
    told = [problem for table in tables.values() for problem in table.problems if problem.field == "户编号"]
    assert [problem.rule for problem in told] == ["CEL-06"]


def test_row_order_splitting_and_file_names_do_not_matter(tmp_path: Path) -> None:
    members = people(6)
    members[4]["人数"] = "4"
    members[7]["脱贫属性"] = "未脱贫"
    whole = read(tmp_path / "a", person_rows(*members))
    mixed = random.Random(3).sample(members, len(members))
    write(tmp_path / "b" / "1.xlsx", {"甲": person_rows(*mixed[:7]), "乙": person_rows(*mixed[7:9])})
    write(tmp_path / "b" / "z" / "0.xlsx", {"丙": person_rows(*mixed[9:])})
    split = load([tmp_path / "b"])
    for title in ("户", "人口"):
        assert records(split.tables[title]) == records(whole.tables[title])
    counted = [(p.rule, p.field, len(p.others)) for p in whole.tables["户"].problems]
    assert sorted(counted) == sorted((p.rule, p.field, len(p.others)) for p in split.tables["户"].problems)


LIST = ["户编号", "户主姓名", "户主证件号码", "家庭人口", "脱贫属性", "主要致贫原因", "人均纯收入"]


def listed(number: int, **values: object) -> list[object]:
    usual = {"户编号": HOUSEHOLD.format(number), "户主姓名": "赵甲", "脱贫属性": "已脱贫", "家庭人口": "3"}
    return row(LIST, **(usual | values))


def test_household_twice_in_one_sheet_stays_twice(tmp_path: Path) -> None:
    table = read(tmp_path, [LIST, listed(0), listed(0, 家庭人口="4"), listed(1)]).tables["户"]
    assert [item["户编号"] for item in table.data.to_pylist()] == [HOUSEHOLD.format(n) for n in (0, 0, 1)]
    assert table.problems == ()


def test_household_in_two_sheets_is_one(tmp_path: Path) -> None:
    path = write(
        tmp_path / "户.xlsx",
        {
            "一": [LIST, listed(0, 主要致贫原因="因病"), listed(1)],
            "二": [LIST, listed(0, 人均纯收入="5000", 家庭人口="4")],
        },
    )
    table = load([path]).tables["户"]
    first = table.data.to_pylist()[0]
    assert table.data.num_rows == 2
    assert (first["主要致贫原因"], first["人均纯收入"], first["家庭人口"]) == ("因病", 5000, 3)
    (problem,) = table.problems
    assert (problem.rule, problem.field, problem.others) == (
        "KEY-12",
        "家庭人口",
        (OtherCell(1, 2, "家庭人口", "4"),),
    )


def test_list_of_households_counts_before_the_members_rows(tmp_path: Path) -> None:
    path = write(
        tmp_path / "县.xlsx", {"人口": person_rows(*people(1)), "户": [LIST, listed(0, 家庭人口="5")]}
    )
    table = load([path]).tables["户"]
    (first,) = table.data.to_pylist()
    assert (first["家庭人口"], first["村"]) == (5, "东村")
    assert [(p.rule, p.field, len(p.others)) for p in table.problems] == [("KEY-12", "家庭人口", 3)]


def test_head_among_the_members_never_contradicts_the_list(tmp_path: Path) -> None:
    path = write(
        tmp_path / "县.xlsx", {"人口": person_rows(*people(1)), "户": [LIST, listed(0, 户主姓名="钱乙")]}
    )
    table = load([path]).tables["户"]
    assert (table.data.to_pylist()[0]["户主姓名"], table.problems) == ("钱乙", ())


def test_person_in_two_exports_is_one(tmp_path: Path) -> None:
    old, new = people(1), people(1)
    new[1]["文化程度"] = "初中"
    del new[2]["文化程度"]
    write(tmp_path / "一.xlsx", {"一": person_rows(*old)})
    write(tmp_path / "二.xlsx", {"二": person_rows(*new)})
    delivery = load([tmp_path])
    table = delivery.tables["人口"]
    assert table.data.num_rows == 3
    assert [(p.field, len(p.others)) for p in problems(table, "KEY-12")] == [("文化程度", 1)]
    assert any(
        "3行与 一.xlsx › 一 重复，像是同一份表的两个副本，其中2行内容不同（第3、4行）" in note
        for note in delivery.inputs[1].caveats
    )


def test_person_without_number_is_known_by_the_id(tmp_path: Path) -> None:
    members = people(1)
    without = [{name: value for name, value in member.items() if name != "人编号"} for member in members]
    header = [name for name in L26 if name != "人编号"]
    write(tmp_path / "一.xlsx", {"一": person_rows(*members)})
    write(tmp_path / "二.xlsx", {"二": [header, *(row(header, **member) for member in without)]})
    assert load([tmp_path]).tables["人口"].data.num_rows == 3


def test_person_twice_in_one_sheet_stays_twice(tmp_path: Path) -> None:
    members = people(1)
    assert read(tmp_path, person_rows(*members, members[0])).tables["人口"].data.num_rows == 4


def recent(year: str, **values: object) -> list[object]:
    usual = {
        "县": "清河县", "乡": "清河镇", "村": "东村", "户编号": HOUSEHOLD.format(0), "人口编号": "1", "姓名": "赵甲",
        "证件号码": id_number("19600305", 1), "与户主关系": "户主", "户主姓名": "赵甲", "年度": year,
    }  # fmt: skip
    return row(L47, **(usual | values))


def test_latest_year_of_a_person_counts(tmp_path: Path) -> None:
    rows: Rows = [L47, recent("2021", 文化程度="小学", 健康状况="健康"), recent("2022", 文化程度="初中")]
    delivery = read(tmp_path, rows)
    (person,) = delivery.tables["人口"].data.to_pylist()
    assert (person["文化程度"], person["健康状况"]) == ("初中", "健康")
    assert delivery.tables["人口"].problems == ()
    assert delivery.export_years == {2021: 1, 2022: 1}


YEARLY = [
    "户编号",
    "年度",
    "户主姓名",
    "家庭人口",
    "识别标准",
    "主要致贫原因",
    "工资性收入",
    "生产经营性收入",
    "财产性收入",
    "转移性收入",
    "生产经营性支出",
    "纯收入",
    "人均纯收入",
]


def test_yearly_figures_of_a_household_are_those_of_the_latest_year(tmp_path: Path) -> None:
    one = {"户编号": HOUSEHOLD.format(0), "户主姓名": "赵甲", "识别标准": "国家标准"}
    delivery = read(
        tmp_path,
        [
            YEARLY,
            row(YEARLY, **one, 年度="2020", 家庭人口="4", 人均纯收入="6000"),
            row(YEARLY, **one, 年度="2019", 家庭人口="3", 人均纯收入="5000", 主要致贫原因="因病"),
            row(YEARLY, **(one | {"户编号": HOUSEHOLD.format(1)}), 年度="2019", 家庭人口="2"),
        ],
    )
    first, second = delivery.tables["户"].data.to_pylist()
    assert (first["家庭人口"], first["人均纯收入"], first["主要致贫原因"]) == (4, 6000, "因病")
    assert (second["家庭人口"], second["人均纯收入"]) == (2, None)
    assert delivery.tables["户"].problems == ()
    assert delivery.tables["户年度"].data.num_rows == 3


def test_yearly_figures_do_not_contradict_those_without_a_year(tmp_path: Path) -> None:
    yearly = row(
        YEARLY,
        户编号=HOUSEHOLD.format(0),
        年度="2020",
        家庭人口="4",
        识别标准="国家标准",
        主要致贫原因="因残",
    )
    path = write(
        tmp_path / "县.xlsx", {"户": [LIST, listed(0, 主要致贫原因="因病")], "收入": [YEARLY, yearly]}
    )
    table = load([path]).tables["户"]
    assert table.data.to_pylist()[0]["家庭人口"] == 3
    assert [problem.field for problem in table.problems] == ["主要致贫原因"]


def test_unmonitored_households_of_an_export_are_no_monitored_ones(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [
            *recent("2021", 户编号=HOUSEHOLD.format(number), 人口编号=str(number)),
            *([None] * (len(MONITORED) - len(L47))),
        ]
        for number in range(2)
    ]
    for name, text in {
        "监测对象类别": "脱贫不稳定户",
        "致贫/返贫风险1": "因病",
        "致贫/返贫风险3": "因学",
    }.items():
        rows[1][MONITORED.index(name)] = text
    delivery = read(tmp_path, [MONITORED, *rows])
    (monitored,) = delivery.tables["监测对象"].data.to_pylist()
    assert (monitored["户编号"], monitored["风险"]) == (HOUSEHOLD.format(1), "因病、因学")
    assert delivery.tables["户"].data.num_rows == 2
