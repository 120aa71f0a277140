"""Five counties of which each lacks something else, as books; every other household is wrong somewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from books import Row, household, write_books
from comparing.sheets import resident_id
from fupin_audit.workbook.recognising.recognition import Designation

COUNTIES = ("甲县", "乙县", "丙县", "丁县", "戊县")
# What each county leaves out, and a column that its sheets of people lack.
LEFT_OUT = {
    "甲县": {"帮扶责任人", "医保参保"},
    "乙县": {"帮扶措施", "低保"},
    "丙县": {"户年度", "走访记录"},
    "丁县": set[str](),
    "戊县": {"帮扶责任人", "帮扶措施", "户年度", "低保", "走访记录", "医保参保"},
}
LACKED = {"甲县": "务工时间", "乙县": "健康状况", "丙县": "享受低保"}
HOUSEHOLDS, MEMBERS = 6, 2


def books_of(county: str) -> Mapping[str, list[Row]]:
    """Six households in two towns; every other one is wrong somewhere."""
    books: dict[str, list[Row]] = {}
    for number in range(HOUSEHOLDS):
        order = COUNTIES.index(county) * HOUSEHOLDS + number
        for title, rows in of_household(county, order, number):
            if title not in LEFT_OUT[county]:
                books.setdefault(title, []).extend(rows)
    return books


def of_household(county: str, order: int, number: int) -> list[tuple[str, list[Row]]]:
    named, wrong = f"9901010{order:05}", number % 2
    ids = [resident_id(order * MEMBERS + at) for at in range(MEMBERS)]
    town, status = ("柳林镇", "白石乡")[number % 3 == 0], ("未脱贫", "已脱贫")[wrong]
    people = [member(named, at, ids[at], LACKED.get(county, "")) for at in range(MEMBERS)]
    return [
        ("户", [household(named, 县=county, 乡镇=town, 户主证件号码=ids[0], 脱贫属性=status)]),
        ("人口", people),
        ("户年度", [{"户编号": named, "年度": "2020", "家庭人口": "2", "人均纯收入": ("3000", "9000")[wrong]}]),
        ("医保参保", [insured(number) for number in ids[: 2 - wrong]]),
        ("低保", [{"姓名": "张安", "证件号码": ids[0], "月保障金": "400"}] if wrong else []),
        ("帮扶责任人", [{"户编号": named, "帮扶人": "陈广文"}] if wrong else []),
        ("帮扶措施", [{"户编号": named, "年度": "2020", "措施类别": "产业帮扶"}] if wrong else []),
        ("走访记录", [{"户编号": named, "走访人": "陈广文", "走访日期": "2020-05-01"}]),
    ]  # fmt: skip


def member(named: str, at: int, number: str, lacked: str) -> Row:
    row = {
        "户编号": named, "人编号": f"{named}{at:02}", "姓名": "张李"[at] + "安", "证件号码": number,
        "与户主关系": ("户主", "其他")[at], "健康状况": "健康", "务工时间": "8", "享受低保": "否", "参加城乡居民医保": "是",
    }  # fmt: skip
    return {name: value for name, value in row.items() if name != lacked}


def insured(number: str) -> Row:
    return {"姓名": "某人", "证件号码": number, "年度": "2020", "险种": "城乡居民", "参保状态": "已参保"}


def write_counties(root: Path, counties: Sequence[str]) -> tuple[Designation, ...]:
    """Writes each county's files into a folder of its own; what they are."""
    designations = []
    for county in counties:
        (root / county).mkdir(parents=True)
        write_books(root / county, books_of(county))
        designations += [Designation(title, f"{title}.csv") for title in books_of(county)]
    return tuple(dict.fromkeys(designations))
