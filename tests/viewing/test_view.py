"""One household in all ledgers: which one, what is lined up, what disagrees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from books import IDS, Book, household, person, write_books
from fupin_audit import Options, audit
from fupin_audit.audit import Prepared, prepare
from fupin_audit.delivery import Delivery
from fupin_audit.errors import UsageError
from fupin_audit.results.household import HouseholdView, Line
from fupin_audit.results.place import Place
from fupin_audit.viewing.finding_household import find_household
from fupin_audit.viewing.viewing import view_household
from fupin_audit.workbook.recognising.recognition import Designation

CODE = "99010000010001"
YEARS = [{"户编号": CODE, "年度": year, "纯收入": income, "人均纯收入": income, "家庭人口": "2", "住房安全等级": "B"}
         for year, income in (("2019", "5000"), ("2020", "6000"))]  # fmt: skip
BOOKS: Mapping[str, Book] = {
    "户": [household(CODE, 联系电话="13800000001", 人均纯收入="5500"), household("99010000010002", 户主姓名="李四", head=1),
           household("99010000010003", 户主姓名="李四", head=3, village="西坡村")],
    "人口": [person(CODE, 0, 姓名="张三"), person(CODE, 4, 姓名="张小"), person("99010000010002", 1, 姓名="李四")],
    "户年度": YEARS,
    "明白卡": [{"户编号": CODE, "户主姓名": "张三", "家庭人口": "3", "人均纯收入": "6000.4", "住房安全等级": "B级", "享受政策": "低保"}],
    "扶贫手册": [{"户编号": CODE, "年度": year, "户主姓名": "张三", "家庭人口": "2", "人均纯收入": income, "主要致贫原因": "因残"}
             for year, income in (("2019", "5000"), ("2020", "6200"))],
    "住房标识牌": [{"户编号": CODE, "户主姓名": "张三", "住房安全等级": "A", "悬挂": "是"}],
    "住房鉴定": [{"户主姓名": "张三", "户主证件号码": IDS[0], "住房安全等级": level, "鉴定日期": day, "鉴定机构": "甲所"}
             for level, day in (("C", "2018-05-01"), ("B", "2020-05-01"))],
    "残疾人": [{"姓名": "张小", "证件号码": IDS[4], "残疾证号": IDS[4] + "43", "残疾类别": "肢体", "残疾等级": "二级"}],
    "走访记录": [{"户编号": CODE, "走访人": "王五", "走访身份": "结对帮扶干部", "日期": day, "内容": "入户"}
             for day in ("2020-03-01", "2020-04-01")],
}  # fmt: skip


def prepared(folder: Path, books: Mapping[str, Book] = BOOKS, *, reveal: bool = False) -> Prepared:
    write_books(folder, books)
    designations = tuple(Designation(title, f"{title}.csv") for title in books)
    return prepare(folder, options=Options(designations=designations, reveal=reveal))


def view(
    folder: Path, wanted: str, books: Mapping[str, Book] = BOOKS, *, reveal: bool = False
) -> HouseholdView:
    return view_household(prepared(folder, books, reveal=reveal), wanted)


def said(lines: tuple[Line, ...], name: str) -> dict[str, str | None]:
    """Book → value of one line."""
    return {part.book: part.value for line in lines if line.name == name for part in line.said}


def apart(lines: tuple[Line, ...]) -> list[str]:
    return [line.name for line in lines if not line.agrees]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Delivery:
    return prepared(tmp_path_factory.mktemp("县")).delivery


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> HouseholdView:
    return view(tmp_path_factory.mktemp("户"), CODE)


def test_it_says_whose_it_is(shown: HouseholdView) -> None:
    assert (shown.code, shown.head) == (CODE, "张三")
    assert shown.place == Place("清河县", "柳林镇", "东沟村")
    assert (shown.missing, shown.undelivered) == ((), ())
    assert [(member.name, member.relation) for member in shown.members] == [
        ("张三", "户主"),
        ("张小", "其他"),
    ]


def test_the_three_books_are_lined_up(shown: HouseholdView) -> None:
    """Amounts within the tolerance agree; of yearly books the audit year speaks, of the system the yearly income."""
    assert said(shown.books, "家庭人口") == {"系统": "2", "明白卡": "3", "扶贫手册 2020年": "2"}
    assert said(shown.books, "人均纯收入") == {"系统": "6000", "明白卡": "6000.4", "扶贫手册 2020年": "6200"}
    assert said(shown.books, "主要致贫原因") == {"系统": "因病", "扶贫手册 2020年": "因残"}
    assert apart(shown.books) == ["家庭人口", "人均纯收入", "主要致贫原因"]
    assert said(shown.books, "享受政策") == {}


def test_other_ledgers_are_lined_up_with_their_cells(shown: HouseholdView) -> None:
    """Of several appraisals the latest speaks; what is said of a plate is no fact of the household."""
    (line,) = [line for line in shown.lines if line.name == "住房安全等级"]
    assert {part.book: (part.value, part.at.cell) for part in line.said} == {
        "户年度 2020年": ("B", "F3"), "明白卡": ("B", "E2"), "住房标识牌": ("A", "C2"), "住房鉴定": ("B", "C3"),
    }  # fmt: skip
    assert not line.agrees
    assert "悬挂" not in {line.name for line in shown.lines}


def test_every_row_is_listed_once(shown: HouseholdView) -> None:
    books = [record.book for record in shown.records]
    assert sorted(books) == sorted(
        ["户", "人口", "人口", "户年度 2019年", "户年度 2020年", "明白卡", "扶贫手册 2019年", "扶贫手册 2020年", "住房标识牌",
         "住房鉴定", "住房鉴定", "残疾人", "走访记录", "走访记录"]
    )  # fmt: skip
    assert len({record.at for record in shown.records}) == len(books)
    assert [record.person for record in shown.records if record.book == "残疾人"] == ["张小"]


def test_findings_are_those_of_the_whole_audit(tmp_path: Path) -> None:
    found = view(tmp_path, CODE).findings
    designations = tuple(Designation(title, f"{title}.csv") for title in BOOKS)
    whole = audit(tmp_path, options=Options(designations=designations))
    assert found == tuple(finding for finding in whole.records if finding.household == CODE)
    assert "CRD-01" in {finding.rule for finding in found}


@pytest.mark.parametrize("wanted", [CODE, f" {CODE}.", "张三", "张　小", IDS[4]])
def test_it_is_found_by_code_name_or_number(read: Delivery, wanted: str) -> None:
    assert find_household(read, wanted.rstrip(".")) == CODE


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("李四", "有 2 户有叫“李四”的人，请改用户编号：99010000010002 李四 清河县柳林镇东沟村；"
                 "99010000010003 李四 清河县柳林镇西坡村"),
        ("9901000001000", "没有找到“9901000001000”，最接近的是“99010000010001”"),
        ("张三丰", "没有找到“张三丰”，最接近的是“张三”"),
        (IDS[6], f"没有找到“{IDS[6][:6]}{'*' * 12}”"),
        ("欧阳修", "没有找到“欧阳修”；请写户编号，或成员的姓名"),
    ],
)  # fmt: skip
def test_who_is_not_found_is_told(read: Delivery, wanted: str, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        find_household(read, wanted)


def test_books_without_the_household_are_told_from_those_not_delivered(tmp_path: Path) -> None:
    books = {name: BOOKS[name] for name in ("户", "人口", "户年度", "明白卡")}
    other = view(tmp_path, "99010000010002", books)
    assert (other.missing, other.undelivered) == (("明白卡",), ("扶贫手册",))


def test_a_household_outside_the_system_is_shown(tmp_path: Path) -> None:
    stray = {"户编号": "88888888888888", "户主姓名": "钱六", "家庭人口": "1"}
    found = view(tmp_path, "钱六", {**BOOKS, "明白卡": [{**BOOKS["明白卡"][0]}, stray]})
    assert (found.code, found.missing) == ("88888888888888", ("系统", "扶贫手册"))


def test_numbers_are_masked_unless_revealed(tmp_path: Path) -> None:
    books = {"户": BOOKS["户"], "人口": BOOKS["人口"], "户年度": YEARS}
    assert view(tmp_path, CODE, books).members[0].number == f"{IDS[0][:6]}{'*' * 12}"
    assert view(tmp_path, CODE, books, reveal=True).members[0].number == IDS[0]
