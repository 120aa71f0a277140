"""What changed between two drops is told, each at its cell in this drop, with the cell of the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from books import Row
from effort import some_by_day
from two_drops.county import Books, Change, changed, compared, county, home, number_of, told, without, written

CODE, NEIGHBOUR = "990101000003", "990101000004"
HEAD, WIFE, SON = (f"{CODE}{order:02}" for order in range(3))
EAST, WEST = ("CHG-06", "", "", "村", "户.csv"), ("CHG-06", "", "", "村", "户.csv")
LATEST = {"户编号": CODE, "年度": "2019"}


@dataclass(frozen=True)
class Case:
    """A change of this drop, and what is told of it: rule, household, person, field and file of the first cell."""

    name: str
    change: Change
    told: list[tuple[str, ...]] = field(default_factory=list)
    says: str = ""
    before: Change = lambda books: None


def _put(ledger: str, which: Mapping[str, str], **fields: str) -> Change:
    return lambda books: changed(books, ledger, which, **fields)


def _drop(ledger: str, **which: str) -> Change:
    return lambda books: without(books, ledger, **which)


def _all(*changes: Change) -> Change:
    def change(books: Books) -> None:
        for each in changes:
            each(books)

    return change


def _add(ledger: str, **fields: str) -> Change:
    """A row like the ledger's last, but for these fields."""
    return lambda books: books.setdefault(ledger, []).append({**(books.get(ledger) or [{}])[-1], **fields})


def _without_reasons(books: Books) -> None:
    books["人口"] = [
        {name: text for name, text in row.items() if name not in ("增减原因", "成员状态")}
        for row in books["人口"]
    ]


def _without_household(books: Books) -> None:
    for ledger in ("户", "人口", "户年度"):
        without(books, ledger, 户编号=CODE)


def _another_household(since: str) -> Change:
    def change(books: Books) -> None:
        head, people, accounts = home(25, "西坡村")
        books["户"].append({**head, "识别年月": since})
        books["人口"] += people
        books["户年度"] += accounts

    return change


def _split(reason: str = "") -> Change:
    """The son founds a household of his own."""
    new: Row = {"户编号": "990101000099", "户主姓名": "王3安", "户主证件号码": number_of("19800315", 32)}
    return _all(
        lambda books: books["户"].append({**books["户"][2], **new}),
        _put("人口", {"人编号": SON}, 户编号="990101000099", 增减原因=reason),
    )


def _renumbered(books: Books) -> None:
    for ledger in ("户", "人口", "户年度"):
        changed(books, ledger, {"户编号": CODE}, 户编号="990101000099")


DEAD = {"姓名": "王3安", "证件号码": number_of("19800315", 32), "死亡日期": "2020-11-03"}
CASES = [
    Case("one-gone", _drop("人口", 人编号=SON), [EAST, ("CHG-01", CODE, "王3安", "户编号", "户.csv")],
         "疑点：户990101000003的王3安上期在册，本期的表里没有，没有增减原因"),
    Case("gone-and-no-column-of-reasons", _all(_drop("人口", 人编号=SON), _without_reasons),
         [EAST, ("CHG-01", CODE, "王3安", "户编号", "户.csv")]),
    Case("new-and-no-column-of-reasons", _all(_add("人口", 户编号=CODE, 人编号=f"{CODE}03", 姓名="张小安",
                                                   证件号码=number_of("20201101", 1)), _without_reasons),
         [EAST, ("CHG-01", CODE, "张小安", "姓名", "人口.csv")]),
    Case("a-household-gone", _without_household, [EAST, ("CHG-01", CODE, "张3安", "姓名", "（上期）一月/人口.csv")],
         "疑点：户990101000003的全户各人上期在册，本期的表里没有，没有增减原因"),
    Case("dead-by-the-roll", _all(_drop("人口", 人编号=SON), lambda books: books.update({"死亡": [DEAD]})), [EAST]),
    Case("left-with-a-reason", _put("人口", {"人编号": SON}, 成员状态="减少", 增减原因="婚嫁迁出"), [EAST]),
    Case("dead-by-the-state", _put("人口", {"人编号": SON}, 成员状态="死亡"), [EAST]),
    Case("left-without-a-reason", _put("人口", {"人编号": SON}, 成员状态="减少"),
         [EAST, ("CHG-01", CODE, "王3安", "增减原因", "人口.csv")],
         "疑点：户990101000003的王3安上期在册，本期不在册，没有增减原因"),
    Case("gone-and-gone-before", _drop("人口", 人编号=SON), [], before=_put("人口", {"人编号": SON}, 成员状态="死亡")),
    Case("a-newborn-with-a-reason", _add("人口", 户编号=CODE, 人编号=f"{CODE}03", 姓名="张小安", 增减原因="新生儿",
                                         证件号码=number_of("20201101", 1)), [EAST]),
    Case("one-new-without-a-reason", _add("人口", 户编号=CODE, 人编号=f"{CODE}03", 姓名="张小安",
                                          证件号码=number_of("20201101", 1)),
         [EAST, ("CHG-01", CODE, "张小安", "增减原因", "人口.csv")],
         "疑点：户990101000003的张小安本期在册，上期的表里没有，没有增减原因"),
    Case("a-household-new-long-ago", _another_household("2014-03"),
         [WEST, ("CHG-01", "990101000025", "张25安", "增减原因", "人口.csv")],
         "疑点：户990101000025的全户各人本期在册，上期的表里没有，没有增减原因"),
    Case("a-household-identified-since", _another_household("2020-12"), [WEST]),
    Case("another-number", _put("人口", {"人编号": SON}, 证件号码=number_of("19800315", 33)),
         [("CHG-02", CODE, "王3安", "证件号码", "人口.csv")],
         "王3安的证件号码变了，没有说明原因：上期“990101************”，本期“990101************”（隐去的第17、18位不同）"),
    Case("the-old-number-in-full", _put("人口", {"人编号": SON}, 证件号码=number_of("19800315", 32)), [],
         before=_put("人口", {"人编号": SON}, 证件号码=number_of("19800315", 32)[:6] + "800315032")),
    Case("a-number-hidden-by-the-export", _put("人口", {"人编号": SON}, 证件号码="990101********0321"), []),
    Case("a-number-that-excel-spoiled", _put("人口", {"人编号": SON}, 证件号码="9.90101E+17"), []),
    Case("another-cause", _put("户", {"户编号": CODE}, 主要致贫原因="因残"),
         [("CHG-03", CODE, "", "主要致贫原因", "户.csv")],
         "主要致贫原因变了，没有说明原因：上期“因病”，本期“因残”"),
    Case("identified-at-another-time", _put("户", {"户编号": CODE}, 识别年月="2015-12"),
         [("CHG-03", CODE, "", "识别年月", "户.csv")],
         "识别年月变了，没有说明原因：上期2014年3月，本期2015年12月"),
    Case("lifted-in-another-year", _put("户", {"户编号": CODE}, 脱贫年度="2019"),
         [("CHG-03", CODE, "", "脱贫年度", "户.csv")], "脱贫年度变了，没有说明原因：上期“2018”，本期“2019”"),
    Case("lifted-again-after-a-relapse", _put("户", {"户编号": CODE}, 脱贫年度="2020", 返贫年度="2019"), []),
    Case("lifted-this-month", _put("户", {"户编号": CODE}, 脱贫年度="2020"), [],
         before=_put("户", {"户编号": CODE}, 脱贫年度="")),
    Case("wages-of-a-closed-year", _put("户年度", LATEST, 工资性收入="15000", 纯收入="21000", 人均纯收入="7000"),
         [("CHG-04", CODE, "", "工资性收入", "户年度.csv")],
         "2019年已经封账，工资性收入变了，没有说明原因：上期12000元，本期15000元"),
    Case("nothing-but-the-total", _put("户年度", LATEST, 人均纯收入="7000"),
         [("CHG-04", CODE, "", "人均纯收入", "户年度.csv")],
         "2019年已经封账，人均纯收入变了，没有说明原因：上期6000元，本期7000元"),
    Case("wages-of-the-open-year", _put("户年度", {"户编号": CODE, "年度": "2020"}, 工资性收入="15000"), []),
    Case("split", _split(), [EAST, ("CHG-05", "990101000099", "王3安", "户编号", "人口.csv")],
         "疑点：1人（王3安）上期在户990101000003，本期在户990101000099，分出了新的一户，没有增减原因"),
    Case("split-with-a-reason", _split("分户"), [EAST]),
    Case("merged", _all(_drop("户", 户编号=CODE), _put("人口", {"户编号": CODE}, 户编号=NEIGHBOUR)),
         [EAST, ("CHG-05", NEIGHBOUR, "张3安", "户编号", "人口.csv")],
         "疑点：3人（张3安、李3安、王3安）上期在户990101000003，本期在户990101000004，原来的户没有了，并了过去，没有增减原因"),
    Case("moved", _put("人口", {"人编号": SON}, 户编号=NEIGHBOUR),
         [("CHG-05", NEIGHBOUR, "王3安", "户编号", "人口.csv")],
         "疑点：1人（王3安）上期在户990101000003，本期在户990101000004，从一户转到了另一户，没有增减原因"),
    Case("a-household-under-another-number", _renumbered, []),
    Case("a-village-not-delivered", _all(*(_drop(ledger, 户编号=f"9901010000{number:02}")
                                           for ledger in ("户", "人口", "户年度") for number in range(13, 25))),
         [("CHG-06", "", "", "村", "（上期）一月/户.csv")], "西坡村：上期12户36人，本期0户0人"),
    Case("a-village-not-delivered-before", lambda books: None, [WEST], "西坡村：上期0户0人，本期12户36人",
         before=_all(*(_drop(ledger, 户编号=f"9901010000{number:02}")
                       for ledger in ("户", "人口", "户年度") for number in range(13, 25)))),
]  # fmt: skip


@pytest.mark.parametrize("case", some_by_day(CASES), ids=lambda case: case.name)
def test_a_change_is_told_at_its_cell(case: Case, tmp_path: Path) -> None:
    earlier, books = county(), county()
    case.before(earlier)
    last = written(tmp_path / "一月", earlier)
    case.change(books)
    result = compared(written(tmp_path / "二月", books), last)
    assert sorted(told(result)) == sorted(case.told)
    assert case.says in [item.message for item in result.records] or not case.says
