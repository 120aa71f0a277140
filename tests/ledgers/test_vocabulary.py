"""What holds for every ledger."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from fupin_audit.errors import UsageError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.example_values import example_row
from fupin_audit.ledgers.registry import LEDGERS, ledger
from fupin_audit.ledgers.spellings import spellings
from fupin_audit.ledgers.types.codes import code_lists
from fupin_audit.ledgers.types.text import header_key

every_ledger = pytest.mark.parametrize("model", LEDGERS, ids=[model.__name__ for model in LEDGERS])
SYSTEM = ("户", "人口", "户年度", "监测对象")
FUTURE = {"到期日期", "有效期至", "展期到期日", "计划完工日期", "整改时限"}
# Words that mean something else in the one ledger than in the other.
HOMONYMS = {"产业项目", "结论", "状态", "职务", "生产经营性收入"}


def test_titles_are_unique() -> None:
    assert len({model.title for model in LEDGERS}) == len(LEDGERS)


@every_ledger
def test_keys_and_anchors_are_fields(model: type[Ledger]) -> None:
    fields = set(model.columns())
    assert model.family in {"系统", "档案", "实地", "部门", "项目", "治理"}
    assert {*model.key, *model.alternative_key} <= fields
    assert model.anchor_sets()
    assert all(set(anchors) <= fields for anchors in model.anchor_sets())
    assert model.blurb


@every_ledger
def test_a_header_means_one_field(model: type[Ledger]) -> None:
    headers: dict[str, str] = {}
    for name in model.columns():
        for header in (name, *spellings(model, name)):
            assert headers.setdefault(header_key(header), name) == name


def test_a_header_means_one_field_in_an_export_of_the_system() -> None:
    headers: dict[str, str] = {}
    for title in SYSTEM:
        for name in ledger(title).columns():
            own = ledger(title).columns()[name].own  # gives way where the export is of another ledger
            for header in {name, *spellings(ledger(title), name)}.difference(own):
                assert headers.setdefault(header_key(header), name) == name or name == "识别年月"


def test_a_name_means_one_thing_everywhere() -> None:
    types: dict[str, str] = {}
    for model in LEDGERS:
        for column in model.columns().values():
            if column.name not in HOMONYMS:
                assert types.setdefault(column.name, column.type.name) == column.type.name


def test_spellings_are_shared_between_ledgers() -> None:
    assert "人数" in spellings(ledger("明白卡"), "家庭人口")
    assert "公民身份号码" in spellings(ledger("学籍"), "证件号码")
    assert "首次识别时间" in spellings(ledger("户"), "识别年月")
    assert "首次识别时间" not in spellings(ledger("监测对象"), "识别年月")
    assert "识别监测时间" not in spellings(ledger("户"), "识别年月")
    assert "饮水安全" in spellings(ledger("饮水认定"), "结论")
    assert "饮水安全" not in spellings(ledger("回头看"), "结论")
    assert "是否失联" in spellings(ledger("户"), "失联")


def test_only_deadlines_may_lie_in_the_future() -> None:
    future = {column.name for model in LEDGERS for column in model.columns().values() if column.future}
    assert future == FUTURE


def test_ids_phones_and_accounts_are_private() -> None:
    columns = [column for model in LEDGERS for column in model.columns().values()]
    private = {column.name for column in columns if column.type.private}
    assert {
        "证件号码",
        "户主证件号码",
        "联系电话",
        "银行账号",
        "账号",
        "收款账号",
        "残疾证号",
        "学籍号",
    } <= private
    assert not private & {"户编号", "人编号", "姓名"}


def test_code_lists_are_all_used() -> None:
    lists = (column.type.codes for model in LEDGERS for column in model.columns().values())
    columns = {codes for model in LEDGERS if model.spread for _, codes in model.spread.lists}
    assert {codes.name for codes in lists if codes} | columns == set(code_lists())


def test_ranges_follow_from_the_types() -> None:
    person, year = ledger("人口").columns(), ledger("户年度").columns()
    assert (person["务工时间"].low, person["务工时间"].high) == (0, 12)
    assert year["耕地面积"].low == 0
    assert year["工资性收入"].low is None
    assert ledger("医保结算").columns()["总费用"].low == 0


@every_ledger
def test_the_model_reads_its_example(model: type[Ledger]) -> None:
    row = example_row(model)
    read = model.model_validate(row)
    for name, column in model.columns().items():
        value = getattr(read, name)
        assert value == (column.type.parse(row[name]) if name in row else None)
        assert value is not None or not column.required


def test_the_model_reads_a_messy_row() -> None:
    row = {"姓名": "赵　示例", "证件号码": " 99010119700101001x", "务工时间": "8.0", "健康状况": "残疾,大病",
           "出生日期": "1970/1/1", "享受低保": "无", "备注": "不是本台账的列", "性别": "无"}  # fmt: skip
    person = ledger("人口").model_validate(row)
    assert person.model_dump(exclude_none=True, mode="json") == {
        "姓名": "赵示例",
        "证件号码": "99010119700101001X",
        "务工时间": 8,
        "健康状况": "患有大病、残疾",
        "出生日期": "1970-01-01",
        "享受低保": False,
    }


def test_the_model_refuses_what_is_no_value() -> None:
    with pytest.raises(ValidationError) as caught:
        ledger("人口").model_validate({"务工时间": "半年", "性别": "不明"})
    assert [error["loc"] for error in caught.value.errors()] == [("性别",), ("务工时间",)]


def test_an_unknown_title_gets_the_nearest() -> None:
    with pytest.raises(UsageError, match="最接近的是“住房标识牌”"):
        ledger("住房标志牌")
