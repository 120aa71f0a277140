"""Judge a delivery of several counties at once and county by county: the same findings? how much memory and time?

    python bench/by_shards.py --households 4000 --out DIR [--counties 4] [--ledgers all]

Counties are made in DIR unless they are there. Some of each county's people are registered in the next one too, with
the same number, a number with a slip, the same phone or account, or the same name and birth date; the 医保 roll comes
from the city, in one file and without a county. Every check runs in a process of its own.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from county.bulk.whole_county import write_county
from county.clean.village import Shape

_NAMES = tuple(
    f"{name}县"
    for name in (
        *("清河", "白石", "柳林", "东关", "南山", "北川", "西陵", "云台", "石桥", "双溪"),
        *("龙泉", "永丰", "长岭", "安平", "松江", "梅山", "金沙", "青田", "玉泉", "高坪"),
    )
)
_VILLAGE, _TOWN = 75, 20
_ROLL, _PEOPLE = "医保参保_1.xlsx", "人口_1.xlsx"
_STRAYS = 40  # people of each county who are registered in the next one, too
_HERE, _HOUSE, _PERSON, _NAME, _NUMBER = "县(市、\n区、旗)", "户编号", "人编号", "姓名", "证件号码"

Table = Iterator[tuple[Any, ...]]


def main() -> None:
    """Read the arguments, make what lacks, run all checks, say what came of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, default=1000, help="about how many in each county")
    parser.add_argument("--counties", type=int, default=4, choices=range(2, len(_NAMES) + 1))
    parser.add_argument("--ledgers", choices=("core", "all"), default="core")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    wanted = parser.parse_args()
    folder = wanted.out / "云川市"
    names = _NAMES[: wanted.counties]
    if not folder.exists():
        make(folder, names, wanted.households, further=wanted.ledgers == "all")
    alone, direct = wanted.out / "一县.json", wanted.out / "一次.json"
    shards = wanted.out / "分县.json"
    one = checked(folder / names[0], alone)
    told = {
        "一县": one,
        "各县一次": checked(folder, direct),
        "各县分县": checked(folder, shards, "--by", "county"),
    }
    for name, (seconds, memory) in told.items():
        print(f"{name}\t{seconds:.1f} 秒\t{memory / 1024:.0f} MB")
    of_one = told["各县分县"][1] / one[1], told["各县分县"][0] / wanted.counties / one[0]
    print(f"分县的内存是一县的 {of_one[0]:.2f} 倍，每县用时 {of_one[1]:.2f} 倍")
    print("结果相同" if direct.read_bytes() == shards.read_bytes() else differing(direct, shards))


def make(folder: Path, names: tuple[str, ...], households: int, *, further: bool) -> None:
    """Write the counties, then what crosses them."""
    size = min(_VILLAGE, households)
    villages = round(households / size)
    for at, name in enumerate(names):
        shape = Shape(villages, size, _TOWN, county=name, start=at * villages)
        write_county(folder / name, 7, shape, 0.02, further=further)
    for name, neighbour in zip(names, (*names[1:], names[0]), strict=True):
        _strays(folder / name / _PEOPLE, folder / neighbour / "人口_补报.xlsx", neighbour)
    _city_roll(folder, names)


def _rows(file: Path) -> Table:
    book = load_workbook(file, read_only=True)
    yield from book[book.sheetnames[0]].iter_rows(values_only=True)


def _strays(people: Path, file: Path, county: str) -> None:
    """People of one county as another one registers them, each in one of several ways."""
    header, *rows = islice(_rows(people), 1 + 5 * _STRAYS)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("人口")
    sheet.append(header)
    for at, row in enumerate(rows[::5]):
        sheet.append(tuple(_elsewhere(dict(zip(header, row, strict=True)), county, at).values()))
    book.save(file)


def _elsewhere(person: dict[str, Any], county: str, at: int) -> dict[str, Any]:
    """The same person, or one who is like him, as the other county has him."""
    number, new = str(person[_NUMBER]), {_HOUSE: f"77{at:012}", _PERSON: f"77{at:012}01"}
    slip = number[:9] + str((int(number[9]) + 1) % 10) + number[10:]
    ways: tuple[dict[str, Any], ...] = (
        new,
        {},
        {_PERSON: new[_PERSON], _NUMBER: slip},
        {**new, _NUMBER: slip},
        {**new, _NUMBER: number[:14] + "000X", _NAME: "甲乙丙"},
        {**new, _NUMBER: number[:14] + "9994"},
    )
    return {**person, _HERE: county, **ways[at % len(ways)]}


def _city_roll(folder: Path, names: tuple[str, ...]) -> None:
    """The roll of all counties in one file; some of its numbers have a slip."""
    with (folder / "医保参保.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for at, name in enumerate(names):
            roll = folder / name / _ROLL
            header, *rows = _rows(roll)
            column = header.index("公民身份号码")
            writer.writerows([header] if at == 0 else [])
            for place, row in enumerate(rows):
                number = str(row[column])
                slip = number[:16] + str((int(number[16]) + 2) % 10) + number[17:]
                cells = list(row)
                cells[column] = slip if place % 97 == 0 else number
                writer.writerow(cells)
            roll.unlink()


def checked(paths: Path, report: Path, *how: str) -> tuple[float, int]:
    """Check a folder in a process of its own: seconds, and the most memory it had, in KB."""
    command = [
        sys.executable,
        "-m",
        "fupin_audit",
        "check",
        str(paths),
        "--quiet",
        "--output",
        f"json={report}",
    ]
    began = time.perf_counter()
    done = subprocess.run(
        ["/usr/bin/time", "-f", "%M", *command, *how], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return time.perf_counter() - began, int(done.stderr.split()[-1])


def differing(one: Path, other: Path) -> str:
    """What two reports differ in."""
    first, second = (json.loads(file.read_text(encoding="utf-8")) for file in (one, other))
    told = [name for name in first if first[name] != second[name]]
    ways = [{json.dumps(item, sort_keys=True) for item in report["findings"]} for report in (first, second)]
    return f"不同：{'、'.join(told)}；只在一次里的发现 {len(ways[0] - ways[1])}，只在分县里的 {len(ways[1] - ways[0])}"


if __name__ == "__main__":
    main()
