"""A small county in whose cells, headers, files and sheets stand numbers that must not be shown, and things that must."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, cycle, islice, zip_longest
from pathlib import Path

from openpyxl import Workbook

from disguises import DISGUISES, READABLE
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.example_values import example_row
from fupin_audit.workbook.formats.grid import letter

HOUSEHOLD = "99010000049999"
STRANGE = "某某戳"  # a column nobody knows, beside the last of each ledger
_OWN = {"户": "户编号", "人口": "人编号"}
_LONGEST_SHEET = 31
_NOT_IN_A_SHEET = set("[]:*?/\\'")


@dataclass
class LeakyCounty:
    """The county as files.

    Attributes:
        folder: where it is.
        told: what each file is, as `--as` has it.
        planted: file and cell → the field, and the text that was put there for a good one.
    """

    folder: Path
    told: list[str] = field(default_factory=list)
    planted: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def add_ledger(self, ledger: type[Ledger], texts: Iterator[str], times: int) -> None:
        """One good row; then for every column so many that are wrong there, with the text in the strange column, too."""
        name, good = f"{ledger.title}.csv", good_row(ledger)
        rows = [{**good, STRANGE: "1"}]
        for place, column in enumerate(good):
            for text in islice(texts, times):
                rows.append({**good, **_own(ledger, len(rows)), column: text, STRANGE: text})
                self.planted[name, f"{letter(place)}{len(rows) + 1}"] = column, text
        write(self.folder / name, rows)
        self.told.append(f"{ledger.title}={name}")

    def add_names(self, texts: Sequence[str]) -> None:
        """Files and headers, sheets and villages that are called so."""
        for number, text in enumerate(texts):
            row = {"户编号": HOUSEHOLD, "姓名": "张三", "证件号码": str(number), text: "1"}
            name = text.replace("/", "／")  # no file may be called so
            write(self.folder / f"{name}.csv", [row])
            self.told.append(f"低保={name}.csv")
        book = Workbook()
        for text in filter(_may_name_a_sheet, texts):
            sheet = book.create_sheet(text)
            sheet.append(["户编号", "姓名", "证件号码", "低保类别", "低保人数"])
            sheet.append([HOUSEHOLD, "张三", "1", text, text])
        del book["Sheet"]
        book.save(self.folder / "各表.xlsx")


def leaky_county(folder: Path, ledgers: Sequence[type[Ledger]], *, times: int, names: int) -> LeakyCounty:
    """So many texts in every column of these ledgers, secrets and harmless ones by turns, and every so many a name."""
    folder.mkdir()
    county = LeakyCounty(folder)
    texts = cycle(_by_turns(list(DISGUISES), READABLE))
    for ledger in ledgers:
        county.add_ledger(ledger, texts, times)
    county.add_names([*list(DISGUISES)[::names], *READABLE[:3]])
    return county


def _by_turns(secrets: Sequence[str], harmless: Sequence[str]) -> list[str]:
    """Three secrets, then something harmless."""
    groups = zip_longest(*(secrets[at::3] for at in range(3)), islice(cycle(harmless), len(secrets) // 3))
    return [text for text in chain.from_iterable(groups) if text]


def good_row(ledger: type[Ledger]) -> dict[str, str]:
    """The example of a template, all columns filled, with a 户编号 of 14 digits."""
    row = {name: str(value) for name, value in example_row(ledger).items()}
    filled = {name: row.get(name, "") or "1" for name in ledger.columns()}
    return {**filled, "户编号": HOUSEHOLD} if "户编号" in filled else filled


def _own(ledger: type[Ledger], number: int) -> dict[str, str]:
    """What tells one row of 户 and 人口 from the next."""
    return {_OWN[ledger.title]: f"{HOUSEHOLD[:10]}{number:04}"} if ledger.title in _OWN else {}


def write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _may_name_a_sheet(text: str) -> bool:
    return len(text) <= _LONGEST_SHEET and not _NOT_IN_A_SHEET & set(text) and text.isprintable()
