"""A finding names who answers for it, as far as the ledgers do, and never guesses (F 三(七))."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from books import IDS, Book, found, household, judge_books, person
from fupin_audit.results.finding import Responsible

THREE = "3"  # two live there: KEY-05, for the 第一书记
HOUSEHOLDS = (
    household("990101000001", 家庭人口=THREE),
    household("990101000002", head=1, village="西岭村", 家庭人口=THREE),
)
PEOPLE = tuple(
    {**person(number, order), "证件号码": IDS[at]}
    for number, at in (("990101000001", 0), ("990101000002", 4))
    for order, at in ((0, at), (1, at + 1))
)
CARDS = tuple(
    {"户编号": row["户编号"], "户主姓名": "张三", "家庭人口": "5"} for row in HOUSEHOLDS
)  # CRD-01, for the paired helper


def helper(number: str, name: str, **fields: str) -> Mapping[str, str]:
    return {
        "户编号": number, "帮扶人": name, "帮扶单位": "清河县水利局", "帮扶人电话": "13900000000",
        "开始日期": "2018-01-01", "结束日期": "", **fields,
    }  # fmt: skip


def of_the_team(village: str, name: str, post: str, **fields: str) -> Mapping[str, str]:
    return {
        "县": "清河县", "乡镇": "柳林镇", "村": village, "姓名": name, "职务": post, "派出单位": "县财政局",
        "开始日期": "2018-01-01", "结束日期": "", **fields,
    }  # fmt: skip


def named(folder: Path, rule: str, county: str = "清河县", **books: Book) -> dict[str, Sequence[Responsible]]:
    """户编号 → who answers for its finding."""
    ledgers: dict[str, Book] = {"户": HOUSEHOLDS, "人口": PEOPLE, "明白卡": CARDS, **books}
    placed = {
        title: tuple({**row, "县": county} if "县" in row else row for row in rows)
        for title, rows in ledgers.items()
    }
    return {item.household: item.responsible for item in found(judge_books(folder, placed, [rule]), rule)}


def directly(answering: Sequence[Responsible]) -> list[Responsible]:
    return [who for who in answering if not who.first]


MASKED = "139****0000"


def test_the_household_has_its_current_helpers(tmp_path: Path) -> None:
    """Two of today are both named; who left in March is not, nor the namesake of another household."""
    helpers = (
        helper("990101000001", "王芳"),
        helper("990101000001", "李明", 帮扶单位="清河县教育局", 帮扶人电话=""),
        helper("990101000001", "赵刚", 结束日期="2020-03-15"),
        helper("990101000001", "孙立", 开始日期="2021-02-01"),
        helper("990101000002", "王芳", 帮扶单位="清河县医保局"),
    )
    answering = named(tmp_path, "CRD-01", 帮扶责任人=helpers)
    assert [(who.name, who.unit, who.phone) for who in answering["990101000001"] if who.name] == [
        ("王芳", "清河县水利局", MASKED),
        ("李明", "清河县教育局", ""),
    ]
    assert [(who.name, who.unit) for who in answering["990101000002"] if who.name] == [
        ("王芳", "清河县医保局")
    ]


@pytest.mark.parametrize(
    ("team", "expected"),
    [
        ((of_the_team("东沟村", "周洁", "第一书记"), of_the_team("东沟村", "吴刚", "工作队长")), ["周洁"]),
        ((of_the_team("东沟村", "吴刚", "工作队长"), of_the_team("东沟村", "郑亮", "队员")), ["吴刚"]),
        ((of_the_team("东沟村", "郑亮", "队员"),), [""]),
        ((of_the_team("西岭村", "周洁", "第一书记"),), [""]),
        ((of_the_team("东沟村", "周洁", "第一书记", 结束日期="2020-03-15"),), [""]),
    ],
    ids=["secretary", "leader", "member", "other village", "left"],
)
def test_the_village_has_its_first_secretary(team: Book, expected: list[str], tmp_path: Path) -> None:
    answering = directly(named(tmp_path, "KEY-05", 驻村干部=team)["990101000001"])
    assert [who.name for who in answering] == expected
    assert {who.office for who in answering} == {"第一书记"}


def test_without_ledgers_the_office_answers(tmp_path: Path) -> None:
    assert directly(named(tmp_path, "KEY-05")["990101000001"]) == [Responsible("第一书记")]


def problem(number: str, unit: str, who: str, **fields: str) -> Mapping[str, str]:
    return {
        "问题编号": number, "县": "清河县", "乡镇": "柳林镇", "村": "东沟村", "户编号": "990101000001",
        "来源": "省级考核", "问题描述": "标识牌与系统不符", "责任单位": unit, "整改时限": "2020-06-30", "状态": "整改中",
        "责任人": who, "完成日期": "", **fields,
    }  # fmt: skip


def test_a_problem_has_the_person_its_unit_named(tmp_path: Path) -> None:
    """PRB-01, overdue: of each row its own unit and person; where no person is named, the unit."""
    problems = (
        problem("W1", "清河县水利局", "秦松"),
        problem("W2", "清河县住建局", "", 户编号="990101000002"),
    )
    answering = named(tmp_path, "PRB-01", 问题整改=problems)
    assert answering["990101000001"] == (Responsible("责任单位", "秦松", "清河县水利局"),)
    assert answering["990101000002"] == (Responsible("清河县住建局"),)


@pytest.mark.parametrize(
    ("problems", "expected"),
    [
        ((problem("W1", "清河县住建局", "尤平"),), ["尤平"]),
        ((problem("W1", "住建局", "尤平"), problem("W2", "县住建局", "许静")), ["尤平", "许静"]),
        ((problem("W1", "清河县水利局", "秦松"),), [""]),
        ((problem("W1", "清河县住建局", "尤平", 完成日期="2020-05-01", 状态="已销号"),), [""]),
        ((problem("W1", "清河县住建局", "尤平", 户编号="990101000002"),), [""]),
    ],
    ids=["named", "two", "other department", "closed", "other household"],
)
def test_a_department_has_those_its_open_problems_name(
    problems: Book, expected: list[str], tmp_path: Path
) -> None:
    """HOU-03, a household out of poverty in a house that was not mended."""
    dangerous = tuple({**row, "危房户": "是"} for row in HOUSEHOLDS)
    answering = named(tmp_path, "HOU-03", 问题整改=problems, 户=dangerous)
    assert [who.name for who in directly(answering["990101000001"])] == expected
    assert {who.office for who in answering["990101000001"]} == {"县住建局"}


CADRES = tuple(
    {"县": "抚顺县", "乡镇": "柳林镇", "村": "东沟村", "姓名": name, "证件号码": IDS[at], "职务": post}
    for at, (name, post) in enumerate(
        [("冯强", "党支部书记"), ("陈静", "村委会主任"), ("褚平", "副主任"), ("卫国", "会计")]
    )
)


def test_a_document_names_who_is_first_responsible(tmp_path: Path) -> None:
    """In 抚顺 in 2020 the heads of township and village; elsewhere nobody."""
    answering = named(tmp_path, "CRD-01", "抚顺县", 村干部=CADRES)
    assert [who.name for who in answering["990101000001"] if who.first] == ["冯强", "陈静"]
    assert [who for who in answering["990101000002"] if who.first] == [
        Responsible("乡镇、村主要负责同志", first=True)
    ]


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (Responsible("县水利局"), "县水利局"),
        (Responsible("第一书记", "王芳", "县财政局", MASKED), f"王芳（第一书记，县财政局，{MASKED}）"),
        (Responsible("第一书记", "王芳"), "王芳（第一书记）"),
        (Responsible("村主要负责同志", "冯强", first=True), "冯强（第一责任人：村主要负责同志）"),
    ],
)
def test_as_a_list_prints_it(who: Responsible, text: str) -> None:
    assert str(who) == text
