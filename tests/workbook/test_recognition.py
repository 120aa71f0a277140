"""What sheets are taken for."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from layouts import LAYOUTS

from fupin_audit.errors import UsageError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import LEDGERS, ledger
from fupin_audit.workbook.recognising.headers import Header, HeaderCell
from fupin_audit.workbook.recognising.naming import SheetTitles
from fupin_audit.workbook.recognising.recognition import (
    Designation,
    Recognition,
    designate,
    parse_designation,
    recognise,
)

# All their columns are such as any list has.
BY_NAME_ALONE = {"档案评估", "一卡通账户"}
UNNAMED = SheetTitles("Sheet1", "", "表")
CASES = yaml.safe_load((Path(__file__).parent / "recognition.yaml").read_text(encoding="utf-8"))


def header(names: Sequence[str]) -> Header:
    return Header(0, 0, tuple(HeaderCell(place, (name,)) for place, name in enumerate(names)))


def seen(names: Sequence[str], sheet: str = "Sheet1", title: str = "", stem: str = "表") -> Recognition:
    return recognise(header(names), SheetTitles(sheet, title, stem), LEDGERS)


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_sheet_is_taken_for(case: dict[str, Any]) -> None:
    columns = LAYOUTS[case["header"]] if isinstance(case["header"], str) else case["header"]
    names = {name: case[name] for name in ("sheet", "title", "stem") if name in case}
    shuffled = random.Random(1).sample(columns, len(columns))
    for order in (columns, shuffled):
        found = seen(order, **names)
        assert list(found.titles) == case["is"], found.candidates
        assert found.missing == (tuple(case["lacks"]) if "lacks" in case else None)


MEMBERS = [
    "县",
    "乡镇",
    "村",
    "户编号",
    "人编号",
    "姓名",
    "证件号码",
    "与户主关系",
    "人数",
    "脱贫属性",
    "主要致贫原因",
]
HOUSEHOLDS = ["县", "乡镇", "村", "户编号", "户主姓名", "户主证件号码", "人数", "脱贫属性", "主要致贫原因"]


@pytest.mark.parametrize(("word", "of_members", "of_households"), [("电话号码", "成员电话", "联系电话")])
def test_a_word_of_one_ledger_gives_way_on_the_rows_of_another(
    word: str, of_members: str, of_households: str
) -> None:
    """Each member's own phone is not the household's, which would then be written differently on each row."""
    on_members = {match.ledger.title: match.columns for match in seen([*MEMBERS, word]).matches}
    assert of_members in on_members["人口"]
    assert of_households not in on_members["户"]
    assert of_households in seen([*HOUSEHOLDS, word]).matches[0].columns


@pytest.mark.parametrize(
    "model",
    [model for model in LEDGERS if not model.earlier_of and model.title not in BY_NAME_ALONE],
    ids=lambda model: model.__name__,
)
def test_every_ledger_knows_its_own_columns(model: type[Ledger]) -> None:
    base = {"平台户": "户", "平台人口": "人口"}.get(model.title, model.title)
    assert seen(list(model.columns())).titles[:1] == (base,)
    assert seen(list(model.columns()), sheet=model.title).titles[:1] == (model.title,)


@pytest.mark.parametrize("title", sorted(BY_NAME_ALONE))
def test_what_its_columns_do_not_say_its_name_does(title: str) -> None:
    columns = list(ledger(title).columns())
    assert title not in seen(columns).titles
    assert seen(columns, sheet=title).titles == (title,)


def test_runners_up_are_told() -> None:
    found = seen(["户编号", "户主姓名", "家庭人口", "脱贫属性", "人均纯收入"])
    assert {title for title, _ in found.candidates[:2]} == {"户", "明白卡"}
    assert all(0 <= score <= 1 for _, score in found.candidates)


def test_designated_sheet_is_what_the_user_says() -> None:
    found = designate(header(["姓名", "证件号码", "年度"]), UNNAMED, [ledger("医保参保")])
    assert found.titles == ("医保参保",)


def test_designated_sheet_must_have_the_key() -> None:
    found = designate(header(["户主姓名", "人均纯收入"]), UNNAMED, [ledger("户")])
    assert (found.titles, found.missing) == ((), ("户", "户编号"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("低保=民政局.xlsx", Designation("低保", "民政局.xlsx")),
        ("户 = 县/户.xlsx!Sheet 1", Designation("户", "县/户.xlsx", "Sheet 1")),
        ("户=县\\户.xlsx", Designation("户", "县/户.xlsx")),
    ],
)
def test_designation_is_read(text: str, meant: Designation) -> None:
    assert parse_designation(text) == meant


@pytest.mark.parametrize("text", ["低保", "=a.xlsx"])
def test_wrong_designation_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="要写成"):
        parse_designation(text)


@pytest.mark.parametrize(
    ("file", "sheet", "meant"),
    [("a.xlsx", "", True), ("镇/a.xlsx", "户", True), ("aa.xlsx", "", False), ("a.xlsx", "人口", False)],
)
def test_designation_means_a_file_with_or_without_folder(file: str, sheet: str, meant: bool) -> None:
    given = Designation("户", "a.xlsx", sheet and "户")
    assert given.means(file, sheet) is meant


@pytest.mark.parametrize(
    ("title", "sheet", "stem", "year"),
    [
        ("清河县2020年度收入", "Sheet1", "2019", 2020),
        ("填报日期：2020年12月3日 2019年度收入", "", "", 2019),
        ("", "2018年", "", 2018),
        ("", "", "2017收入", 2017),
        ("2019年与2020年对比", "", "2018", None),
        ("", "", "201712导出", None),
    ],
)
def test_year_a_sheet_states(title: str, sheet: str, stem: str, year: int | None) -> None:
    assert SheetTitles(sheet, title, stem).year == year
