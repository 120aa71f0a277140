"""Two counties that have people in common, or nearly so."""

from __future__ import annotations

from pathlib import Path

from books import Row, household, write_books, write_csv
from comparing.sheets import resident_id
from five_counties import insured
from fupin_audit.workbook.recognising.recognition import Designation


def registered(number: str, order: int, **fields: str) -> Row:
    """A person of a household, with a number of his own."""
    return {
        "户编号": number, "人编号": f"{number}{order:03}", "姓名": "赵安", "证件号码": resident_id(order),
        "与户主关系": "户主", "健康状况": "健康", "联系电话": "19900000001", "银行账号": "6200000000000000001", **fields,
    }  # fmt: skip


def write_crossing(root: Path) -> tuple[Designation, ...]:
    """Two counties that have people in common, or nearly so, and the roll of their city, which names no county."""
    slip, other_slip = (number[:9] + "5" + number[10:] for number in map(resident_id, (900, 902)))
    own = {
        "甲县": [registered("1", 900), registered("2", 901), registered("3", 902, 姓名="钱平")],
        "乙县": [
            registered("4", 903, 证件号码=resident_id(900)),
            registered("2", 904),
            registered("5", 905, 证件号码=slip),
            registered("6", 906, 姓名="钱平", 证件号码=resident_id(902)),
        ],
    }
    for county, people in own.items():
        homes = [
            household(
                str(row["户编号"]), 县=county, 户主证件号码=str(row["证件号码"]), 联系电话="19900000001"
            )
            for row in people
        ]
        (root / county).mkdir()
        write_books(root / county, {"户": homes, "人口": people})
    roll = [{**insured(resident_id(at)), "姓名": "赵安"} for at in (900, 901, 904, 950)]
    slips = [{**insured(slip), "姓名": "赵安"}, {**insured(other_slip), "姓名": "钱平"}]
    write_csv(root / "医保参保.csv", [*roll, *slips])
    return tuple(Designation(title, f"{title}.csv") for title in ("户", "人口", "医保参保"))
