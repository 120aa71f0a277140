"""Layouts of offices' sheets: read right, every cell cited where openpyxl finds it, or said not to be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from layouts import L26, Rows, id_number, people, read, row, write

from fupin_audit.delivery import Delivery, LedgerTable
from fupin_audit.errors import UsageError
from fupin_audit.reports.findings.notice import write_notice
from fupin_audit.reports.registry import REPORTS, write_report
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.place import Place
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation
from fupin_audit.workbook.recognising.roles import parse_roles

HEADER = ["县", "乡(镇)", "行政村", "户编号", "人编号", "姓名", "性别", "证件号码", "与户主关系", "危房户"]
PEOPLE = people()
NAMES = [person["姓名"] for person in PEOPLE]
_SEX = ["男", "女"]


def member(person: dict[str, object]) -> list[object]:
    given = {**person, "县": "清河县", "性别": "男"}
    return [given.get(name) for name in HEADER]


MEMBERS = [member(person) for person in PEOPLE]


def column(delivery: Delivery, title: str, field: str) -> list[object]:
    return list(delivery.tables[title].data.column(field).to_pylist())


def cited(table: LedgerTable) -> Iterator[tuple[str, int, str]]:
    """Column letter, row and text of every value."""
    for name in table.fields:
        for at, value in enumerate(table.data.column(name).to_pylist()):
            source, excel_row, text = table.address(at, name)
            if value is not None and source.has(name):
                shown = table.ledger.columns()[name].type.show(value) if text is None else text
                yield source.letters[name], excel_row, shown


def cells_of(delivery: Delivery, title: str, field: str) -> list[str]:
    return [
        f"{letter}{at}"
        for letter, at, _ in cited(delivery.tables[title])
        if letter == letter_of(delivery, title, field)
    ]


def letter_of(delivery: Delivery, title: str, field: str) -> str:
    return delivery.tables[title].cells.sources[0].letters[field]


def assert_cited_as_they_stand(path: Path, delivery: Delivery) -> None:
    """A value stands in its cell; where that is blank, in the nearest one above or left, as in a merged range."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    for table in delivery.tables.values():
        for letter, excel_row, text in cited(table):
            above = (sheet[f"{letter}{at}"].value for at in range(excel_row, 0, -1))
            assert next(str(value) for value in above if value is not None) == text, f"{letter}{excel_row}"


def test_group_of_the_head_is_not_the_members(tmp_path: Path) -> None:
    rows: Rows = [
        ["户编号", "户主信息", None, "家庭成员信息", None, None, None],
        [None, "姓名", "身份证号", "人编号", "姓名", "身份证号", "与户主关系"],
        *(
            [
                person["户编号"], PEOPLE[0]["姓名"], PEOPLE[0]["证件号码"],
                person["人编号"], person["姓名"], person["证件号码"], person["与户主关系"],
            ]
            for person in PEOPLE[:3]
        ),
    ]  # fmt: skip
    delivery = read(tmp_path, rows, merged=["A1:A2", "B1:C1", "D1:G1"])
    assert column(delivery, "人口", "姓名") == NAMES[:3]
    assert column(delivery, "人口", "证件号码") == [person["证件号码"] for person in PEOPLE[:3]]
    assert column(delivery, "户", "户主姓名") == NAMES[:1]
    assert_cited_as_they_stand(tmp_path / "表.xlsx", delivery)


@pytest.mark.parametrize("group", ["帮扶责任人", "监护人信息", "户主情况"])
def test_group_of_somebody_else_is_never_the_person(tmp_path: Path, group: str) -> None:
    rows: Rows = [
        [*HEADER, group, None],
        [*[None] * len(HEADER), "姓名", "身份证号"],
        *([*values, "何不同", id_number("19700101", 5)] for values in MEMBERS),
    ]
    merged = [f"{letter}1:{letter}2" for letter in "ABCDEFGHIJ"]
    assert column(read(tmp_path, rows, merged=[*merged, "K1:L1"]), "人口", "姓名") == NAMES


@pytest.mark.parametrize(
    "line",
    [
        ["东沟村脱贫人口花名册（续）"],
        ["第2页"],
        [None, None, None, None, "第 2 页 共 9 页"],
        ["本页合计", None, None, None, "6人"],
        ["清河镇小计", None, None, None, None, "3户9人"],
        HEADER,
    ],
)
def test_lines_between_the_rows_are_no_people(tmp_path: Path, line: list[object]) -> None:
    rows: Rows = [["东沟村脱贫人口花名册"], HEADER, *MEMBERS[:4], line, *MEMBERS[4:]]
    delivery = read(tmp_path, rows)
    assert column(delivery, "人口", "姓名") == NAMES
    assert_cited_as_they_stand(tmp_path / "表.xlsx", delivery)


def test_a_merged_title_between_the_rows_is_nobody(tmp_path: Path) -> None:
    rows: Rows = [HEADER, *MEMBERS[:4], ["西沟村，后半部分"], *MEMBERS[4:]]
    delivery = read(tmp_path, rows, merged=["A6:J6"])
    assert column(delivery, "人口", "姓名") == NAMES


def test_what_only_heads_have_is_carried_down_and_said(tmp_path: Path) -> None:
    rows: Rows = [HEADER, *(v if v[8] == "户主" else [*[None] * 4, *v[4:]] for v in MEMBERS)]
    delivery = read(tmp_path, rows)
    assert column(delivery, "人口", "户编号") == [person["户编号"] for person in PEOPLE]
    assert column(delivery, "户", "村") == list(dict.fromkeys(person["行政村"] for person in PEOPLE))
    assert "户编号只写在每户第一行" in "".join(delivery.inputs[0].caveats)
    assert_cited_as_they_stand(tmp_path / "表.xlsx", delivery)


def test_a_number_somebody_forgot_is_not_carried_down(tmp_path: Path) -> None:
    rows: Rows = [HEADER, *MEMBERS[:4], [*MEMBERS[4][:3], None, *MEMBERS[4][4:]], *MEMBERS[5:]]
    delivery = read(tmp_path, rows)
    assert column(delivery, "人口", "户编号")[4] is None
    assert not delivery.inputs[0].caveats


@pytest.mark.parametrize(
    "header",
    [
        "与户主关系【必填】",
        "与户主关系[下拉选择]",
        "9.与户主关系",
        "（9）与户主关系",
        "与户主关系①",
        "与户主关系？",
        "九、与户主关系",
    ],
)
def test_marks_of_a_header_are_taken_off(tmp_path: Path, header: str) -> None:
    rows: Rows = [[*HEADER[:8], header, HEADER[9]], *MEMBERS]
    assert "与户主关系" in read(tmp_path, rows).tables["人口"].fields


def test_a_formula_without_result_is_told_once(tmp_path: Path) -> None:
    header = ["户编号", "户主姓名", "户主证件号码", "年度", "工资性收入", "纯收入", "人均纯收入"]
    rows: Rows = [
        header,
        *(
            [f"99010100000{n}", "赵甲", id_number("19700101", n), 2020, 9000, 9000, f"=F{n + 2}/3"]
            for n in range(3)
        ),
    ]
    table = read(tmp_path, rows).tables["户年度"]
    told = [problem for problem in table.problems if problem.rule]
    assert [(problem.rule, problem.row, problem.field) for problem in told] == [("CEL-09", 0, "人均纯收入")]
    assert "3个单元格的公式没有算出结果" in told[0].message
    assert {problem.row for problem in table.problems} == {0, 1, 2}


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("导出时间：2021-01-05", None),
        ("打印日期：2021年1月5日", None),
        ("填表日期:2021年1月", None),
        ("制表 2021/1/5", None),
        ("数据截止2020-12-31", 2020),
        ("2020年度 导出时间：2021-01-05", 2020),
    ],
)
def test_the_day_of_printing_is_no_year(tmp_path: Path, title: str, year: int | None) -> None:
    delivery = load(
        [write(tmp_path / "表.xlsx", {"Sheet1": [[title], L26, *(row(L26, **p) for p in PEOPLE)]})]
    )
    assert ("按标题或文件名取" in "".join(delivery.inputs[0].notes)) == (year is not None)


def test_a_roster_in_two_halves_is_read_whole(tmp_path: Path) -> None:
    half = len(MEMBERS) // 2
    rows: Rows = [
        [*HEADER, None, *HEADER],
        *([*left, None, *right] for left, right in zip(MEMBERS[:half], MEMBERS[half:-1], strict=True)),
        [*[None] * (len(HEADER) + 1), *MEMBERS[-1]],
    ]
    delivery = read(tmp_path, rows)
    assert set(column(delivery, "人口", "姓名")) == set(NAMES)
    assert_cited_as_they_stand(tmp_path / "表.xlsx", delivery)


ROLL = [["低保对象名册"], ["姓名", "身份证号", "低保证号", "保障类别", "月保障金"]]
INSURED = ["赵丙丁", id_number("19700101", 7), "DB01", "农村低保", "300"]


@pytest.mark.parametrize("gap", [[], [[]], [[], []]])
def test_a_second_table_below_is_read_under_its_own_header(tmp_path: Path, gap: Rows) -> None:
    delivery = read(tmp_path, [HEADER, *MEMBERS, *gap, *ROLL, INSURED])
    assert column(delivery, "人口", "姓名") == NAMES
    assert column(delivery, "低保", "姓名") == ["赵丙丁"]
    assert cells_of(delivery, "低保", "姓名") == [f"A{len(MEMBERS) + len(gap) + 4}"]


@pytest.mark.parametrize(
    "order",
    [
        (*range(5), 6, 5, *range(7, len(HEADER))),
        (*range(1, len(HEADER)), 0),
        tuple(reversed(range(len(HEADER)))),
    ],
    ids=["two swapped", "moved on", "reversed"],
)
@pytest.mark.parametrize("gap", [[], [[]], [["续表"]]])
def test_a_second_table_of_the_same_names_in_another_order_is_read_under_its_own_header(
    tmp_path: Path, gap: Rows, order: tuple[int, ...]
) -> None:
    half = len(MEMBERS) // 2
    lines: list[list[object]] = [[*HEADER], *MEMBERS[half:]]
    below: Rows = [[line[at] for at in order] for line in lines]
    delivery = read(tmp_path, [HEADER, *MEMBERS[:half], *gap, *below])
    assert column(delivery, "人口", "姓名") == NAMES
    assert_cited_as_they_stand(tmp_path / "表.xlsx", delivery)


def test_a_header_said_again_begins_no_table(tmp_path: Path) -> None:
    half = len(MEMBERS) // 2
    delivery = read(tmp_path, [HEADER, *MEMBERS[:half], HEADER, *MEMBERS[half:]])
    assert column(delivery, "人口", "姓名") == NAMES
    assert len(delivery.inputs) == 1


def test_a_second_table_nobody_knows_is_said_not_to_be_read(tmp_path: Path) -> None:
    header = ["姓名", "证件号码", "村", "得票数"]
    delivery = read(
        tmp_path, [HEADER, *MEMBERS, [], header, ["何不同", id_number("19700101", 7), "东村", "12"]]
    )
    assert column(delivery, "人口", "姓名") == NAMES
    assert [(sheet.header_row, bool(sheet.ledgers)) for sheet in delivery.inputs] == [(1, True), (12, False)]


HEAD = ["户编号", "户主姓名", "户主证件号码", "低保证号", "保障类别", "户月保障金"]
FIRST = ["990101000001", NAMES[0], PEOPLE[0]["证件号码"], "DB01", "农村低保", "900"]
SECOND = ["990101000002", NAMES[3], PEOPLE[3]["证件号码"], "DB02", "农村低保", "300"]
WIFE, SON = (str(PEOPLE[place]["证件号码"]) for place in (1, 2))


@pytest.mark.parametrize(
    "header",
    [
        ["姓名1", "身份证号1", "姓名2", "身份证号2"],
        ["成员1姓名", "成员1身份证号", "成员2姓名", "成员2身份证号"],
        ["其他家庭成员姓名1", "其他家庭成员身份证号1", "其他家庭成员姓名2", "其他家庭成员身份证号2"],
    ],
)
def test_members_in_further_columns_are_a_row_each(tmp_path: Path, header: list[object]) -> None:
    rows: Rows = [["低保家庭名册"], [*HEAD, *header], [*FIRST, NAMES[1], WIFE, NAMES[2], SON], [*SECOND]]
    delivery = read(tmp_path, rows)
    assert column(delivery, "低保", "姓名") == [NAMES[0], NAMES[3], NAMES[1], NAMES[2]]
    assert column(delivery, "低保", "户月保障金") == [900, 300, None, None]
    addresses = [delivery.tables["低保"].address(at, "姓名") for at in range(4)]
    assert [f"{source.letters['姓名']}{at}" for source, at, _ in addresses] == ["B3", "B4", "G3", "I3"]
    assert_cited_as_they_stand(tmp_path / "表.xlsx", delivery)


def test_members_beside_the_head_of_a_household_list_are_people(tmp_path: Path) -> None:
    header = [
        "县",
        "乡镇",
        "村",
        "户编号",
        "户主姓名",
        "户主证件号码",
        "家庭人口",
        "脱贫属性",
        "成员1姓名",
        "成员1身份证号",
    ]
    values = [
        "清河县",
        "清河镇",
        "东村",
        "990101000001",
        NAMES[0],
        PEOPLE[0]["证件号码"],
        "2",
        "已脱贫",
        NAMES[1],
        WIFE,
    ]
    delivery = read(tmp_path, [["脱贫户信息"], header, values])
    assert column(delivery, "户", "户主姓名") == [NAMES[0]]
    assert column(delivery, "人口", "证件号码") == [WIFE]
    assert column(delivery, "人口", "户编号") == ["990101000001"]


def test_members_in_one_cell_are_split_where_names_and_numbers_agree(tmp_path: Path) -> None:
    rows: Rows = [
        ["低保家庭名册"],
        [*HEAD, "其他家庭成员姓名", "其他家庭成员身份证号"],
        [*FIRST, f"{NAMES[1]}、{NAMES[2]}", f"{WIFE}，{SON}"],
        [*SECOND, f"{NAMES[4]}、{NAMES[5]}", f"{PEOPLE[4]['证件号码']}"],
    ]
    delivery = read(tmp_path, rows)
    assert column(delivery, "低保", "姓名") == NAMES[:3]
    assert column(delivery, "低保", "证件号码")[1:] == [WIFE, SON]
    assert "第4行一格写了几个人，姓名和证件号码的个数对不上，这1行没有读入" in delivery.inputs[0].caveats
    assert_cited_as_they_stand(tmp_path / "表.xlsx", delivery)


def test_on_a_list_of_persons_others_are_attributes(tmp_path: Path) -> None:
    header = [
        "户主姓名",
        "姓名",
        "身份证号",
        "与户主关系",
        "低保证号",
        "成员1姓名",
        "成员1身份证号",
        "监护人姓名",
    ]
    values = [NAMES[0], NAMES[2], SON, "之子", "DB01", NAMES[1], WIFE, "何不同"]
    assert column(read(tmp_path, [["低保对象名册"], header, values]), "低保", "姓名") == [NAMES[2]]


PAID = [["一卡通发放"], ["姓名", "身份证号", "补贴项目", "金额", "发放日期"]]
PAYMENTS = [[NAMES[n], PEOPLE[n]["证件号码"], "耕地地力补贴", str(100 + n), "2020-05-01"] for n in range(4)]


def test_a_copy_of_a_list_counts_once_and_says_which_rows_differ(tmp_path: Path) -> None:
    write(
        tmp_path / "低保.xlsx",
        {"低保": [*ROLL, *([*INSURED[:1], id_number("19700101", n), *INSURED[2:]] for n in range(5))]},
    )
    write(tmp_path / "发放.xlsx", {"发放": [*PAID, *PAYMENTS]})
    write(tmp_path / "发放（副本）.xlsx", {"发放": [*PAID, *PAYMENTS]})
    delivery = load([tmp_path])
    assert column(delivery, "一卡通发放", "金额") == [100, 101, 102, 103]
    assert [sheet.caveats for sheet in delivery.inputs if sheet.caveats] == [
        (
            "“一卡通发放”有4行与 发放.xlsx › 发放 重复，像是同一份表的两个副本，内容相同，以 发放.xlsx › 发放 为准",
        )
    ]


def test_payments_of_two_months_are_no_copies(tmp_path: Path) -> None:
    later = [[*payment[:4], "2020-06-01"] for payment in PAYMENTS]
    write(tmp_path / "五月.xlsx", {"一卡通发放": [*PAID, *PAYMENTS]})
    write(tmp_path / "六月.xlsx", {"一卡通发放": [*PAID, *later]})
    assert len(column(load([tmp_path]), "一卡通发放", "金额")) == 2 * len(PAYMENTS)


def test_own_reports_in_a_folder_are_no_ledgers(tmp_path: Path, county: AuditResult) -> None:
    write(tmp_path / "人口.xlsx", {"人口": [HEADER, *MEMBERS]})
    write_report(county, REPORTS["xlsx"], tmp_path / "整改台账.xlsx")
    write_report(county, REPORTS["csv"], tmp_path / "发现.csv")
    with (tmp_path / "整改通知.xlsx").open("wb") as sink:
        write_notice(sink, county, Place("清河县", "清河镇", "东关村"))
    delivery = load([tmp_path])
    assert [sheet.file for sheet in delivery.inputs] == ["人口.xlsx"]
    assert delivery.not_read == (
        "发现.csv（本工具写出的报告，不是台账）",
        "整改台账.xlsx（本工具写出的报告，不是台账）",
        "整改通知.xlsx（本工具写出的报告，不是台账）",
    )


CARD: Rows = [
    ["脱贫户登记卡"],
    ["户主姓名", NAMES[0], "证件号码", PEOPLE[0]["证件号码"]],
    ["户编号", "990101000001", "家庭人口", "3"],
    ["联系电话", "13900000000", "户类型", "脱贫户"],
    ["识别标准", "国家标准", "主要致贫原因", "因病"],
]


def test_a_card_is_no_table_and_says_so(tmp_path: Path) -> None:
    delivery = read(tmp_path, CARD)
    assert not delivery.tables
    assert ["像是登记卡" in text for text in delivery.inputs[0].caveats] == [True]


def test_a_table_with_a_column_of_field_names_is_no_card(tmp_path: Path) -> None:
    parts = ("工资性收入", "生产经营性收入", "转移性收入", "养老保险金", "低保金")
    lines = [["990101000001", part, f"ZM{at}", "凭据"] for at, part in enumerate(sorted(parts * 3))]
    delivery = read(tmp_path, [["户编号", "字段", "佐证编号", "佐证材料"], *lines])
    assert column(delivery, "佐证", "佐证编号") == [line[2] for line in lines]


@pytest.mark.parametrize("names", [["残疾人补贴", "残疾人补贴"], ["人均纯收入", "人均纯收入"]])
def test_one_header_for_two_things_is_asked_about(tmp_path: Path, names: list[str]) -> None:
    rows: Rows = [[*HEADER, *names], *([*values, "4000", "5000"] for values in MEMBERS)]
    delivery = read(tmp_path, rows)
    assert not set(names) & set(delivery.tables["人口"].fields)
    assert all("人均纯收入" not in table.fields for table in delivery.tables.values())


def test_the_same_column_twice_is_one(tmp_path: Path) -> None:
    rows: Rows = [[*HEADER, "民族", "民族"], *([*values, "汉族", "汉族"] for values in MEMBERS)]
    assert set(column(read(tmp_path, rows), "人口", "民族")) == {"汉族"}


def test_columns_in_pinyin_beside_others_do_no_harm(tmp_path: Path) -> None:
    rows: Rows = [[*HEADER, "xm", "sfzhm"], *([*values, "1", "2"] for values in MEMBERS)]
    assert column(read(tmp_path, rows), "人口", "姓名") == NAMES


def test_measures_as_columns_are_a_row_for_each_filled_cell(tmp_path: Path) -> None:
    header = ["户编号", "户主姓名", "产业帮扶", "就业帮扶", "健康帮扶", "综合保障"]
    delivery = read(tmp_path, [["帮扶措施"], header, ["990101000001", NAMES[0], "养鸡", None, "是", "否"]])
    assert column(delivery, "帮扶措施", "措施类别") == ["产业帮扶", "健康帮扶"]


def test_a_header_of_three_levels_below_a_title_over_part_of_the_columns(tmp_path: Path) -> None:
    rows: Rows = [
        [None, None, "脱贫户收入情况"],
        ["户编号", "年度", "收入情况"],
        [None, None, "收入（元）", None, None, None, "纯收入", "人均纯收入"],
        [None, None, "工资性收入①", "生产经营性收入②", "财产性收入③", "年收入④=①+②+③"],
        ["990101000001", "2020", "9000", "100", "50", "9150", "9150", "3050"],
    ]
    merged = ["C1:H1", "A2:A4", "B2:B4", "C2:H2", "C3:F3", "G3:G4", "H3:H4"]
    delivery = read(tmp_path, rows, merged=merged)
    assert column(delivery, "户年度", "工资性收入") == [9000]
    assert column(delivery, "户年度", "人均纯收入") == [3050]
    assert column(delivery, "户年度", "年收入") == [9150]


def test_a_list_without_a_header_is_not_read_and_says_so(tmp_path: Path) -> None:
    delivery = read(tmp_path, MEMBERS)
    assert not delivery.tables
    assert "找不到认得出的表头" in "".join(delivery.inputs[0].notes)
    assert "--columns" in "".join(delivery.inputs[0].notes)


BY_LETTER = "姓名=F,证件号码=H,户编号=D,人编号=E,与户主关系=I"


@pytest.mark.parametrize(
    "above",
    [[], [["低收入家庭成员名单"]], [["名单"], [], ["xian", "xiang", "cun", "hbh", "rbh", "xm", "xb", "sfz"]]],
)
def test_a_list_without_a_header_is_read_by_the_letters_that_are_told(tmp_path: Path, above: Rows) -> None:
    path = write(tmp_path / "名单.xlsx", {"Sheet1": [*above, *MEMBERS]})
    told = Designation("人口", "名单.xlsx", roles=parse_roles(BY_LETTER))
    delivery = load([tmp_path], designations=[told])
    assert column(delivery, "人口", "姓名") == NAMES
    assert delivery.inputs[0].columns["H"] == "证件号码"
    assert_cited_as_they_stand(path, delivery)


@pytest.mark.parametrize("text", ["姓名", "姓名=", "姓名=二", "姓名=B,证件号码=B", "姓名=B,姓名=C", ""])
def test_letters_are_refused_that_say_nothing(text: str) -> None:
    with pytest.raises(UsageError):
        parse_roles(text)


def test_letters_of_a_field_that_the_ledger_lacks_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "名单.xlsx", {"Sheet1": MEMBERS})
    told = Designation("人口", "名单.xlsx", roles=parse_roles("名字=F,证件号码=H"))
    with pytest.raises(UsageError, match="没有字段“名字”"):
        load([tmp_path], designations=[told])


def test_measures_on_a_list_of_monitored_persons_are_those_of_the_household(tmp_path: Path) -> None:
    measures = ["产业帮扶", "就业帮扶", "金融帮扶", "健康帮扶", "综合保障"]
    monitored = ["户主姓名", "监测对象类别", "致贫/返贫风险1", "识别监测时间", "风险是否已消除", "健康状况"]
    said = [NAMES[0], "边缘易致贫户", "因病", "202102", "否", "健康", "种植业,养殖业", None, None, "是", "否"]
    rows: Rows = [[*HEADER, *monitored, *measures], *([*values, *said] for values in MEMBERS[:2])]
    delivery = read(tmp_path, rows)
    assert {"监测对象", "人口", "帮扶措施"} <= set(delivery.inputs[0].ledgers)
    assert column(delivery, "帮扶措施", "措施类别") == ["产业帮扶", "健康帮扶"]
    assert column(delivery, "帮扶措施", "措施内容") == ["种植业,养殖业", None]
    assert set(cells_of(delivery, "帮扶措施", "措施内容")) == {"Q2"}
    assert "证件号码" not in delivery.tables["帮扶措施"].fields
