"""Small invented tables as files, and what comparing two of them finds."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from fupin_audit.comparing.compare_options import CompareOptions
from fupin_audit.comparing.two_tables import compare
from fupin_audit.results.comparison import Comparison

Rows = Sequence[Sequence[str]]
HEADER = (
    "户编号",
    "户主姓名",
    "户主证件号码",
    "村",
    "家庭人口",
    "人均纯收入",
    "识别年月",
    "危房户",
    "物资名称",
    "物资数量",
)
SURNAMES, NAMES = "赵钱孙李周吴郑王", "安平福寿康宁喜乐"


def households(count: int) -> list[list[str]]:
    """A header and so many households, all different."""
    return [list(HEADER), *(household(number) for number in range(count))]


def household(number: int) -> list[str]:
    return [
        f"9901000001{number:04}",
        SURNAMES[number % 8] + NAMES[number // 8 % 8] + NAMES[number // 64 % 8],
        resident_id(number),
        ("东沟村", "西坡村", "石桥村")[number % 3],
        str(number % 6 + 1),
        f"{4000 + number * 7 % 9000}.5",
        f"2015-{number % 12 + 1:02}",
        "是" if number % 9 == 0 else "否",
        ("大米", "食用油", "棉被")[number % 3],
        str(number * 3 % 50),
    ]


def resident_id(number: int) -> str:
    """A number of region 990101 with the right check digit."""
    body = f"990101{1940 + number % 60}{number % 12 + 1:02}{number % 28 + 1:02}{number % 1000:03}"
    total = sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def write(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def compared(folder: Path, left: Rows, right: Rows, options: CompareOptions | None = None) -> Comparison:
    """Write both tables and compare them."""
    paths = write(folder / "左.csv", left), write(folder / "右.csv", right)
    return compare(str(paths[0]), str(paths[1]), options or CompareOptions())
