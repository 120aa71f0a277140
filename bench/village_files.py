"""The same county in a file a ledger and in a workbook a village: how much longer does the second take?

    python bench/village_files.py FOLDER --out DIR [--files 300] [--times 3]

FOLDER is a county of make_county.py. Into DIR go as many workbooks as are asked for, a sheet a ledger with an equal
share of its rows, unless they are there. The check of both is measured in turns, as check_county.py does.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import fastexcel
from xlsxwriter import Workbook

from check_county import RUNS, measure

Rows = list[tuple[Any, ...]]


def main() -> None:
    """Make what lacks, measure, print a Markdown table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--times", type=int, default=3)
    wanted = parser.parse_args()
    if not wanted.out.exists():
        split(wanted.folder, wanted.out, wanted.files)
    folders = {"a file a ledger": wanted.folder, "a workbook a village": wanted.out}
    rounds = [
        {name: measure(RUNS["check"], folder) for name, folder in folders.items()}
        for _ in range(wanted.times)
    ]
    print("| | files | seconds | processor seconds | peak MB |\n|---|---|---|---|---|")
    for name, folder in folders.items():
        files = len(list(folder.glob("*.xlsx")))
        seconds, processor = (
            median(each[name][what] for each in rounds) for what in ("seconds", "processor")
        )
        peak = max(each[name]["peak"] for each in rounds)
        print(f"| {name} | {files} | {seconds:.2f} | {processor:.2f} | {peak:.0f} |")
    print(
        "\n" + json.dumps([each[name]["stages"] for each in rounds for name in folders], ensure_ascii=False)
    )


def split(folder: Path, out: Path, files: int) -> None:
    """Write the workbooks of villages."""
    ledgers = {
        path.stem.rpartition("_")[0]: list(_pieces(path, files)) for path in sorted(folder.glob("*.xlsx"))
    }
    out.mkdir(parents=True)
    for number in range(files):
        with Workbook(out / f"{number + 1:03}村.xlsx", {"constant_memory": True}) as book:
            for ledger, pieces in ledgers.items():
                sheet = book.add_worksheet(ledger)
                for at, row in enumerate(pieces[number]):
                    sheet.write_row(at, 0, row)


def _pieces(path: Path, files: int) -> Iterator[Rows]:
    """A ledger's rows in equal parts, each below the header."""
    sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string")
    head, *rows = zip(*(column.to_pylist() for column in sheet.to_arrow().columns), strict=True)
    size = -(-len(rows) // files)
    yield from ([head, *rows[at * size : (at + 1) * size]] for at in range(files))


if __name__ == "__main__":
    main()
