"""The whole way from files to a delivery, through the mess of real files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from layouts import L26, L47, Rows, id_number, people, person_rows, read, records, row, write

from fupin_audit.delivery import Delivery, LedgerTable
from fupin_audit.errors import UsageError
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation

INSURANCE = ["姓名", "身份证号", "年度", "险种", "参保状态", "个人缴费（元）"]


def insured(number: int, **values: object) -> list[object]:
    usual = {"姓名": "赵甲", "身份证号": id_number("19600305", number), "年度": "2020", "参保状态": "已参保"}
    return row(INSURANCE, **(usual | values))


def only(delivery: Delivery, title: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = delivery.tables[title].data.to_pylist()
    return rows


def told(table: LedgerTable) -> list[tuple[str, str, int]]:
    return [(problem.rule, problem.field, problem.row) for problem in table.problems]


def described(delivery: Delivery, file: str = "", sheet: str = "") -> InputSheet:
    (found,) = [item for item in delivery.inputs if item.file.endswith(file) and sheet in ("", item.sheet)]
    return found


# What offices send


def test_messy_sheet(tmp_path: Path) -> None:
    header = [
        "序号",
        "姓\n名",
        "身份证号码 ",
        "参保 年度",
        "年 度",
        "险种",
        "参保状态",
        "个人缴费（万元）",
        "经办银行",
    ]
    rows: Rows = [
        [None, "清河县城乡居民医疗保险参保名册"],
        [None, "填报单位：医保局", None, None, None, None, "单位：元"],
        [],
        [None, *header],
        [None, *range(1, 10)],
        [None, 1, "赵 甲", f"'{id_number('19600305', 1)}", None, "2020年", "城乡居民", "已参保", 0.028, "甲"],
        [None, 2, "钱乙", id_number("19600305", 5).lower(), None, 2020, "居民医保", "已参保", "-", "乙"],
        [],
        [None, *header],
        [None, 3, "孙丙", 990101196003050000, None, "202012", "无", "#N/A", "0.5", None],
        [None, "合计", None, None, None, None, None, None, 1],
        [None, "填表人：李丁", None, None, None, None, "日期：2020-12-31"],
        [],
    ]
    delivery = read(tmp_path, rows)
    sheet = described(delivery)
    assert (sheet.ledgers, sheet.header_row, sheet.rows) == (("医保参保",), 4, 3)
    assert sheet.columns == {
        "C": "姓名",
        "D": "证件号码",
        "F": "年度",
        "G": "险种",
        "H": "参保状态",
        "I": "个人缴费",
    }
    assert [(unknown.letter, unknown.header) for unknown in sheet.unrecognised] == [("J", "经办银行")]
    assert [note.partition("（")[0] for note in sheet.notes] == [
        "未读入重复的表头1行", "未读入合计、小计1行", "未读入填表人、备注等表尾1行", "未读入栏次编号1行",
        "E列“参保年度”与F列同为“年度”，只用F列", "I列“个人缴费”按表头单位“万元”换算",
    ]  # fmt: skip
    first, second, third = only(delivery, "医保参保")
    assert (first["姓名"], first["证件号码"], first["年度"], first["个人缴费"]) == (
        "赵甲", id_number("19600305", 1), 2020, 280,
    )  # fmt: skip
    assert (second["证件号码"], second["个人缴费"]) == (id_number("19600305", 5), None)
    assert (third["证件号码"], third["年度"], third["参保状态"], third["个人缴费"]) == (
        None,
        2020,
        None,
        5000,
    )
    table = delivery.tables["医保参保"]
    assert table.cells.excel_row.tolist() == [6, 7, 10]
    assert {("ID-03", "证件号码", 2), ("CEL-09", "参保状态", 2)} <= set(told(table))


def test_error_cells_and_formulas_without_value(tmp_path: Path) -> None:
    # The workbook's writer makes an error cell and a formula of these, and computes nothing.
    delivery = read(tmp_path, [INSURANCE, insured(1, 险种="#REF!"), insured(2, 险种="=A1")])
    table = delivery.tables["医保参保"]
    assert told(table) == [("CEL-09", "险种", 0), ("CEL-09", "险种", 1)]
    assert table.address(0, "险种")[2] == "#REF!"
    assert table.data.column("险种").to_pylist() == [None, None]


def test_dates_and_years_in_every_form(tmp_path: Path) -> None:
    header = ["户编号", "户主姓名", "户主证件号码", "住房安全等级", "鉴定日期", "鉴定机构"]
    forms: list[object] = ["2020年6月5日", "2020-06-05", "2020/6/5", "20200605", 43987, date(2020, 6, 5), datetime(2020, 6, 5)]  # fmt: skip
    rows: Rows = [
        header,
        *(
            row(header, 户编号=str(number), 住房安全等级="A级", 鉴定日期=form)
            for number, form in enumerate(forms)
        ),
    ]
    table = read(tmp_path, rows).tables["住房鉴定"]
    assert set(table.data.column("鉴定日期").to_pylist()) == {date(2020, 6, 5)}
    assert table.problems == ()


def test_merged_household_columns(tmp_path: Path) -> None:
    members = people(2)
    for member in (members[1], members[2], members[4], members[5]):
        del member["户编号"], member["人数"]
    delivery = read(tmp_path, person_rows(*members), merged=["F2:F4", "F5:F7", "J2:J4"])
    assert [item["户编号"] for item in only(delivery, "人口")] == ["990101000000"] * 3 + ["990101000001"] * 3
    assert [item["家庭人口"] for item in only(delivery, "户")] == [3, 3]


def test_several_ledgers_in_one_workbook(tmp_path: Path) -> None:
    path = write(
        tmp_path / "县.xlsx", {"人口": person_rows(*people(1)), "医保": [INSURANCE, insured(1)], "空": []}
    )
    delivery = load([path])
    assert [(item.sheet, item.ledgers) for item in delivery.inputs] == [
        ("人口", ("人口", "户")),
        ("医保", ("医保参保",)),
    ]
    assert set(delivery.tables) == {"户", "人口", "医保参保"}
    assert delivery.missing_columns == ()


def test_recognised_sheet_without_rows_is_delivered_and_empty(tmp_path: Path) -> None:
    delivery = read(tmp_path, [L26])
    assert (delivery.tables["人口"].data.num_rows, delivery.tables["户"].data.num_rows) == (0, 0)


def test_unknown_sheet_is_told(tmp_path: Path) -> None:
    delivery = read(tmp_path, [["菜名", "价格"], ["白菜", "2"]])
    sheet = described(delivery)
    assert (sheet.ledgers, sheet.header_row, delivery.tables) == ((), None, {})


def test_missing_key_is_told_and_no_row_read(tmp_path: Path) -> None:
    header = [name for name in L26 if name not in {"户编号", "证件号码"}]
    rows: Rows = [header, *([member.get(name) for name in header] for member in people(1))]
    delivery = read(tmp_path, rows)
    assert (delivery.missing_columns, delivery.tables) == (((0, "人口", "证件号码"),), {})
    assert delivery.inputs[0].header_row == 1


def test_year_of_the_title_where_no_column_has_it(tmp_path: Path) -> None:
    header = [name for name in INSURANCE if name != "年度"]
    values = insured(1)
    del values[2]
    delivery = read(tmp_path, [["2020年度医保参保名册"], header, values])
    assert only(delivery, "医保参保")[0]["年度"] == 2020
    assert described(delivery).notes == ("没有年度列，按标题或文件名取2020年",)


def test_blank_means_something_since_2021(tmp_path: Path) -> None:
    delivery = read(
        tmp_path, [L47, row(L47, 户编号="1", 人口编号="1", 姓名="赵甲", 证件号码="1", 与户主关系="户主")]
    )
    table = delivery.tables["人口"]
    assert (only(delivery, "人口")[0]["在校生状况"], table.address(0, "在校生状况")[2]) == ("非在校生", "")
    old = read(tmp_path / "旧", person_rows(*people(1)))
    assert only(old, "人口")[0]["在校生状况"] is None


# Hidden sheets, designations, overlaps


def hide(path: Path, sheet: str) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet].sheet_state = "hidden"
    book.save(path)


def test_hidden_sheet_with_old_data_is_left_aside(tmp_path: Path) -> None:
    old = people(1)
    old[0]["文化程度"] = "文盲"
    path = write(tmp_path / "县.xlsx", {"旧": person_rows(*old), "人口": person_rows(*people(1))})
    hide(path, "旧")
    delivery = load([path])
    sheet = described(delivery, sheet="旧")
    assert (sheet.hidden, sheet.rows, sheet.ledgers) == (True, 0, ("人口", "户"))
    assert "与工作表“人口”是同一本台账，未读入" in sheet.notes[0]
    assert delivery.tables["人口"].problems == ()
    designated = load([path], designations=[Designation("人口", "县.xlsx", "旧")])
    assert described(designated, sheet="旧").rows == 3


def test_hidden_sheet_of_its_own_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "县.xlsx", {"医保": [INSURANCE, insured(1)], "人口": person_rows(*people(1))})
    hide(path, "医保")
    delivery = load([path])
    assert (described(delivery, sheet="医保").rows, len(only(delivery, "医保参保"))) == (1, 1)


def test_designation_overrules_recognition(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx", {"甲": [["姓名", "证件号码"], ["赵甲", id_number("19600305", 1)]], "乙": [["x"]]}
    )
    assert load([path]).tables == {}
    delivery = load([path], designations=[Designation("车辆", "a.xlsx", "甲")])
    assert [item.ledgers for item in delivery.inputs] == [("车辆",), ()]
    assert len(only(delivery, "车辆")) == 1


def test_a_designated_sheet_with_columns_of_others_says_what_it_lacks(tmp_path: Path) -> None:
    """Its header is found by them; too few of its own stand there."""
    rows: Rows = [
        ["户主姓名", "身份证号", "村民组", "走访时间"],
        ["周长河", id_number("19680402", 31), "一组", "2023-05-12"],
    ]
    path = write(tmp_path / "走访.xlsx", {"甲": rows})
    delivery = load([path], designations=[Designation("走访记录", "走访.xlsx")])
    assert described(delivery).header_row == 1
    assert delivery.missing_columns == ((0, "走访记录", "户编号"),)


def test_designation_that_fits_nothing_is_wrong_usage(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"甲": [INSURANCE]})
    with pytest.raises(UsageError, match=r"有的是：a\.xlsx!甲"):
        load([path], designations=[Designation("车辆", "a.xlsx", "乙")])


def test_overlapping_files_of_one_ledger_are_told(tmp_path: Path) -> None:
    write(tmp_path / "1.xlsx", {"甲": [INSURANCE, insured(1), insured(2)]})
    write(tmp_path / "2.xlsx", {"甲": [INSURANCE, insured(2), insured(3)]})
    delivery = load([tmp_path])
    assert len(only(delivery, "医保参保")) == 4
    assert delivery.inputs[0].notes == ()
    assert delivery.inputs[1].notes == (
        "“医保参保”有1行与 1.xlsx › 甲 重复，两处都已读入，请确认是否重复报送",
    )


# What can't be read


def test_unreadable_files_do_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path / "好.xlsx", {"医保": [INSURANCE, insured(1)]})
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04" + b"\x00" * 40)
    (tmp_path / "空.xlsx").write_bytes(b"")
    steps: list[tuple[str, int, int]] = []
    delivery = load([tmp_path], progress=lambda *step: steps.append(step))
    errors = {item.file: item.error for item in delivery.inputs}
    assert list(errors) == ["坏.xlsx", "好.xlsx", "空.xlsx"]
    assert (bool(errors["坏.xlsx"]), errors["好.xlsx"], bool(errors["空.xlsx"])) == (True, "", True)
    assert len(only(delivery, "医保参保")) == 1
    assert steps == [("读取", done, 3) for done in range(4)]


# Properties


def test_names_and_order_of_columns_do_not_matter(tmp_path: Path) -> None:
    members = people(4)
    one = read(tmp_path / "a", person_rows(*members))
    columns = list(reversed(L26))
    write(tmp_path / "b" / "x.xlsx", {"y": [columns, *(row(columns, **member) for member in members)]})
    other = load([tmp_path / "b"])
    for title in ("户", "人口"):
        assert records(one.tables[title]) == records(other.tables[title])


def quoted(table: LedgerTable) -> Iterator[tuple[str, str, str, str | None, object]]:
    for at in range(table.data.num_rows):
        for name in table.fields:
            source, excel_row, text = table.address(at, name)
            if name in source.letters:
                value = table.data.column(name)[at].as_py()
                shown = None if value is None else table.ledger.columns()[name].type.show(value)
                yield (
                    source.file,
                    source.sheet,
                    f"{source.letters[name]}{excel_row}",
                    text if text is not None else shown,
                    value,
                )


def in_excel(value: object) -> str | None:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return None if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def assert_quotes_stand_there(folder: Path, tables: Sequence[LedgerTable]) -> None:
    books = {path.name: openpyxl.load_workbook(path, data_only=True) for path in folder.glob("*.xlsx")}
    seen = 0
    for table in tables:
        for file, sheet, cell, text, _ in quoted(table):
            assert (in_excel(books[file][sheet][cell].value) or "") == (text or ""), (file, sheet, cell)
            seen += 1
    assert seen


def test_every_quoted_cell_holds_its_text(tmp_path: Path) -> None:
    members = people(5)
    members[3] |= {"人数": "四", "脱贫属性": "以脱贫", "联系电话": " 139 0000 0000", "危房户": "/"}
    members[4] |= {"人数": "7", "与户主关系": "妻子", "务工时间（月）": 3, "人均纯收入": 1234.5}
    members[7] |= {"脱贫年度": "2018年"}
    write(tmp_path / "一.xlsx", {"人口": [["标题"], [], *person_rows(*members[:9])]})
    write(
        tmp_path / "二.xlsx",
        {"人口": person_rows(*members[6:]), "医保": [INSURANCE, insured(1), insured(2, 险种="居民")]},
    )
    delivery = load([tmp_path])
    assert_quotes_stand_there(tmp_path, list(delivery.tables.values()))
