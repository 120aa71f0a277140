"""Whose a column is: a number beside the head's name is the head's, a telephone on a list of persons the person's."""

from __future__ import annotations

import pytest

from fupin_audit.ledgers.registry import LEDGERS, ledger
from fupin_audit.workbook.recognising.explained import columns_read
from fupin_audit.workbook.recognising.headers import LEVELS, Header, HeaderCell
from fupin_audit.workbook.recognising.matching import match
from fupin_audit.workbook.recognising.naming import SheetTitles
from fupin_audit.workbook.recognising.recognition import designate, recognise


def header(*texts: str) -> Header:
    cells = (HeaderCell(place, tuple(text.split(LEVELS))) for place, text in enumerate(texts))
    return Header(0, 0, tuple(cells))


@pytest.mark.parametrize(
    ("texts", "head", "person"),
    [
        pytest.param(
            ("户主姓名", "身份证号", "孤儿›姓名", "孤儿›身份证号"), 1, 3, id="a group of the person's"
        ),
        pytest.param(("户主姓名", "身份证号", "姓名", "身份证号码"), 1, 3, id="beside each name"),
        pytest.param(("姓名", "身份证号码", "户主姓名", "身份证号"), 3, 1, id="the head last"),
        pytest.param(("户主姓名", "身份证号", "姓名", "证件类型"), None, 1, id="the only number"),
        pytest.param(("户主姓名", "证件类型", "姓名", "身份证号"), None, 3, id="not beside the head"),
    ],
)
def test_a_number_beside_the_heads_name_is_the_heads(
    texts: tuple[str, ...], head: int | None, person: int
) -> None:
    columns = {name: column.column for name, column in match(header(*texts), ledger("特困")).columns.items()}
    assert (columns.get("户主证件号码"), columns["证件号码"]) == (head, person)


def test_where_a_list_has_no_place_for_it_the_heads_number_is_kept_as_such() -> None:
    texts = ("户主姓名", "身份证号", "学生姓名", "身份证号码", "学校", "学段", "学籍号")
    found = designate(header(*texts), SheetTitles("", "", ""), [ledger("学籍")])
    read = columns_read(found)
    assert (read["B"], read["D"]) == ("户主证件号码", "证件号码")


PERSONS = ("姓名", "身份证号", "与户主关系", "健康状况", "劳动技能", "务工状况", "脱贫属性", "联系电话")


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        pytest.param(PERSONS, "成员电话", id="of persons"),
        pytest.param(
            ("户编号", "户主姓名", "户主证件号码", "家庭人口", "主要致贫原因", *PERSONS),
            "联系电话",
            id="of both",
        ),
    ],
)
def test_whose_the_telephone_is(texts: tuple[str, ...], named: str) -> None:
    found = recognise(header(*texts), SheetTitles("", "", ""), LEDGERS)
    fields = {
        name
        for each in found.matches
        for name, column in each.columns.items()
        if column.cell.text == "联系电话"
    }
    assert fields == {named}


def test_a_list_of_households_says_names_of_their_heads() -> None:
    texts = ("姓名", "证件号码", "户编号", "年度", "工资性收入", "转移性收入", "纯收入", "人均纯收入")
    read = columns_read(designate(header(*texts), SheetTitles("", "", ""), [ledger("户年度")]))
    assert (read["A"], read["B"]) == ("户主姓名", "户主证件号码")


def test_what_other_lists_alone_have_is_kept_by_its_name() -> None:
    texts = ("姓名", "证件号码", "保障类别", "月保障金", "领款时间")
    read = columns_read(designate(header(*texts), SheetTitles("", "", ""), [ledger("低保")]))
    assert read["E"] == "发放日期"
