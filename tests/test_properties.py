"""How records are laid out does not change what is found; every finding points at a cell that is there (D3, D8)."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from random import Random

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from effort import is_night, some_by_day
from fupin_audit import Options, audit
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding
from fupin_audit.results.place import Location

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
HOUSEHOLDS, SEED = 30, 5


@dataclass(frozen=True)
class Sheet:
    """One sheet as it goes into a file: header and rows of cell values."""

    file: str
    name: str
    header: tuple[object, ...]
    rows: tuple[tuple[object, ...], ...]


Sheets = Sequence[Sheet]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village with many faults, one plain workbook a ledger."""
    folder = tmp_path_factory.mktemp("county")
    numbers = ["--households", str(HOUSEHOLDS), "--seed", str(SEED), "--fault-rate", "1"]
    subprocess.run([sys.executable, ROOT / "bench/make_county.py", *numbers, "--out", folder], check=True)
    return folder


@pytest.fixture(scope="module")
def sheets(county: Path) -> Sheets:
    return [read(path) for path in sorted(county.glob("*.xlsx"))]


@pytest.fixture(scope="module")
def expected(county: Path) -> list[tuple[object, ...]]:
    return told(audit(county))


def read(path: Path) -> Sheet:
    (sheet,) = openpyxl.load_workbook(path, data_only=True).worksheets
    header, *rows = sheet.iter_rows(values_only=True)
    return Sheet(path.stem, sheet.title, header, tuple(rows))


def write(sheets: Sheets, folder: Path) -> None:
    """Write the sheets; those of one file become one workbook."""
    for file in dict.fromkeys(sheet.file for sheet in sheets):
        book = openpyxl.Workbook(write_only=True)
        for sheet in (each for each in sheets if each.file == file):
            page = book.create_sheet(sheet.name)
            for row in (sheet.header, *sheet.rows):
                page.append(row)
        book.save(folder / f"{file}.xlsx")


def told(result: AuditResult) -> list[tuple[object, ...]]:
    """What a result says, without saying where; an unknown column is told once a sheet."""
    return sorted((_told(finding) for finding in result.records if finding.rule != "CEL-07"), key=repr)


def _told(finding: Finding) -> tuple[object, ...]:
    cells = sorted((at.ledger, at.field, at.value or "") for at in finding.locations)
    said = (
        finding.rule,
        finding.severity,
        finding.place,
        finding.household,
        finding.person,
        finding.person_id,
    )
    return (*said, finding.message, tuple(sorted(finding.fields.items())), tuple(cells), finding.fingerprint)


def rows_shuffled(sheets: Sheets, chance: Random) -> Sheets:
    return [Sheet(s.file, s.name, s.header, tuple(chance.sample(s.rows, len(s.rows)))) for s in sheets]


def columns_shuffled(sheets: Sheets, chance: Random) -> Sheets:
    return [_in_order(sheet, chance.sample(range(len(sheet.header)), len(sheet.header))) for sheet in sheets]


def _in_order(sheet: Sheet, order: Sequence[int]) -> Sheet:
    rows = tuple(tuple(row[at] for at in order) for row in sheet.rows)
    return Sheet(sheet.file, sheet.name, tuple(sheet.header[at] for at in order), rows)


def renamed(sheets: Sheets, chance: Random) -> Sheets:
    numbers = chance.sample(range(100), len(sheets))
    return [Sheet(f"报送{n}", f"第{n}页", s.header, s.rows) for n, s in zip(numbers, sheets, strict=True)]


def split(sheets: Sheets, chance: Random) -> Sheets:
    halves = [(sheet, chance.randint(0, len(sheet.rows))) for sheet in sheets]
    first = [Sheet(s.file, s.name, s.header, s.rows[:at]) for s, at in halves]
    return first + [Sheet(f"{s.file}续", s.name, s.header, s.rows[at:]) for s, at in halves]


def joined(sheets: Sheets, _: Random) -> Sheets:
    return [Sheet("全部", sheet.file, sheet.header, sheet.rows) for sheet in sheets]


def all_together(sheets: Sheets, chance: Random) -> Sheets:
    for change in (split, rows_shuffled, columns_shuffled, renamed):
        sheets = change(sheets, chance)
    return sheets


# All together is all but the last; at night each alone says which it was.
LAYOUTS = (all_together, joined, *((rows_shuffled, columns_shuffled, renamed, split) if is_night() else ()))


@pytest.mark.parametrize("change", some_by_day(LAYOUTS))
def test_layout_does_not_matter(
    change: Callable[[Sheets, Random], Sheets],
    sheets: Sheets,
    expected: list[tuple[object, ...]],
    tmp_path: Path,
) -> None:
    write(change(sheets, Random(SEED)), tmp_path)
    found = told(audit(tmp_path))
    assert {
        "没有了": [e for e in expected if e not in found],
        "多出来": [f for f in found if f not in expected],
    } == {
        "没有了": [],
        "多出来": [],
    }
    assert found == expected


def test_the_county_has_something_to_find(expected: list[tuple[object, ...]]) -> None:
    assert len({told[0] for told in expected}) >= 20


@pytest.mark.slow
def test_one_household_changes_only_its_own_findings(
    sheets: Sheets, expected: list[tuple[object, ...]], tmp_path: Path
) -> None:
    """More members than there are, in one household: its neighbours' findings stay as they were."""
    people = next(sheet for sheet in sheets if sheet.file.startswith("人口"))
    at, number_at = people.header.index("人数"), people.header.index("户编号")
    chosen = people.rows[0][number_at]
    rows = tuple((*row[:at], 9, *row[at + 1 :]) if row[number_at] == chosen else row for row in people.rows)
    changed = Sheet(people.file, people.name, people.header, rows)
    write([changed if sheet is people else sheet for sheet in sheets], tmp_path)
    found = told(audit(tmp_path))
    assert [each for each in found if each not in expected and each[3] != chosen] == []
    assert [each for each in expected if each not in found and each[3] != chosen] == []
    assert any(each[0] == "KEY-05" and each[3] == chosen for each in found)


@pytest.mark.parametrize(
    "sample", some_by_day(["清河县", "清河县-2021", "抚顺样例"]), ids=["first", "second", "fushun"]
)
def test_every_cell_is_there_and_holds_what_is_quoted(sample: str) -> None:
    folder = SAMPLES / sample
    result = audit(folder, options=Options(reveal=True))
    cells = {at for finding in result.records for at in finding.locations if at.value is not None}
    assert len(cells) >= len(json.loads((folder / "key.json").read_text(encoding="utf-8")))
    wrong = [
        (str(at), at.value, held(folder, at)) for at in cells if not agrees(at.value or "", held(folder, at))
    ]
    assert wrong == []


@cache
def opened(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Sheet name → rows of cell values, as another program reads them."""
    if path.suffix == ".csv":
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = path.read_text(encoding=encoding)
            except UnicodeDecodeError:
                continue
            return {"": [tuple(row) for row in csv.reader(text.splitlines())]}
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def held(folder: Path, at: Location) -> object:
    """What stands in a cell."""
    letters = at.cell.rstrip("0123456789")
    column = column_index_from_string(letters)
    row = opened(folder / at.file)[at.sheet][int(at.cell.removeprefix(letters)) - 1]
    return row[column - 1] if column <= len(row) else None


def agrees(quoted: str, value: object) -> bool:
    """Whether a quoted text is a cell's value, written as people write it."""
    if isinstance(value, datetime | date):
        return quoted in (value.isoformat()[:10], value.isoformat()[:7], str(value), str(value.year))
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return float(quoted) == pytest.approx(value)
        except ValueError:
            return False
    return "".join(quoted.split()) in ("".join(str(value).split()), str(value).strip("'=\""))
