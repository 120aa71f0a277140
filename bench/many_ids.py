"""One ledger of very many people: seconds and peak memory of a whole check.

    python bench/many_ids.py [--people 1200000] [--ledger 医保参保|人口] [--most 2000]

Writes one CSV of invented people, every one with a number of their own (region 990101, valid check digits), and
checks it in a process of its own. Fails where that takes more memory than `--most` MB.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from county.records.numbers import id_number

_BORN, _DAYS, _A_HOUSEHOLD = date(1940, 1, 1), 27_000, 3
_NAMES = ("王建国", "李秀英", "张海燕", "赵玉兰", "陈志明")
_HEADS: Mapping[str, str] = {
    "医保参保": "年度,姓名,证件号码,参保状态",
    "人口": "户编号,人编号,姓名,证件号码,与户主关系",
}


def rows(ledger: str, people: int) -> Iterator[str]:
    """The lines of the ledger."""
    for number in range(people):
        born = _BORN + timedelta(days=number % _DAYS)
        person = f"{_NAMES[number % len(_NAMES)]},{id_number(990101, born, number // _DAYS + 1)}"
        if ledger == "医保参保":
            yield f"2020,{person},已参保"
        else:
            household, member = divmod(number, _A_HOUSEHOLD)
            yield f"9901{household:08},9901{number:010},{person},{'其他' if member else '户主'}"


def main() -> None:
    """Write, check, measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=1_200_000)
    parser.add_argument("--ledger", choices=_HEADS, default="医保参保")
    parser.add_argument("--most", type=int, default=2000, help="megabytes")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        lines = (_HEADS[given.ledger], *rows(given.ledger, given.people))
        (Path(folder) / f"{given.ledger}2020.csv").write_text("\n".join(lines), encoding="utf-8")
        command = [sys.executable, "-m", "fupin_audit", "check", folder, "--as-of", "2020-12-31"]
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(done.stdout[-600:], done.stderr[-600:])
    print(f"{given.people} people in {given.ledger}: exit {done.returncode}, "
          f"{time.perf_counter() - started:.0f} s, {peak} MB")  # fmt: skip
    sys.exit(done.returncode not in (0, 1) or peak > given.most)


if __name__ == "__main__":
    main()
