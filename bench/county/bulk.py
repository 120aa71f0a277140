"""A county of any size as plain workbooks, written village by village in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from county import columns
from county.answers import Index, answers, entry
from county.books import new_workbook, put
from county.exam import OF_PERSONS, STATUS
from county.faults.catalogue import FAULTS
from county.faults.fault import BOTH, Fault
from county.forms import plain
from county.further.registry import FAMILIES
from county.layout import Column, Page, SheetRow, register
from county.plant import Expected, scatter
from county.record import AUDIT_YEAR, Record, Village
from county.village import Shape, villages

ROWS_A_FILE = 500_000  # well below what a sheet holds
_SHEET = "Sheet1"
_PEOPLE = (
    *columns.L26_STATUS,
    Column("出生日期", "人口.出生日期"),
    Column("是否享受低保", "人口.享受低保"),
    Column("是否特困供养人员", "人口.特困供养"),
    Column("是否参加城镇职工基本医疗保险", "人口.参加职工医保"),
)
_SYSTEM = {"人口": _PEOPLE, "户年度": columns.HOUSEHOLD_YEAR}
_ROLLS: dict[str, tuple[Column, ...]] = {
    "明白卡": columns.CARD,
    "住房标识牌": columns.HOUSE_PLATE,
    "饮水标识牌": columns.WATER_PLATE,
    "医保参保": columns.INSURANCE,
    "学籍": columns.ENROLMENT,
    "低保": columns.LOW_INCOME,
    "住房鉴定": columns.APPRAISAL,
    "危房改造": columns.REBUILDING,
    "残疾人": columns.DISABLED,
    "帮扶责任人": columns.HELPERS,
    "控辍保学": columns.DROPOUTS,
}
_TABLES = _SYSTEM | _ROLLS | {"村": columns.VILLAGE}
_FOR_SAMPLES_ONLY = {
    "一户登记两行",  # needs a list of households
    "户没有成员",
    "全角电话",  # one finding a column, however often planted
}

_FELT_FURTHER = {
    *("EDU-01", "EDU-04", "HH-01", "HH-03", "HOU-03", "ID-03", "ID-07", "ID-12", "ID-13", "ID-14", "KEY-06"),
    *("INC-05", "INC-06", "INC-07", "INC-08", "INC-09", "INC-10", "INC-13", "INC-16", "INC-18"),
    *("SEC-03", "SEC-13", "STA-01", "STA-02", "WAT-01"),
}
"""Rules whose faults bring findings in further ledgers, too, which their key does not tell."""


@dataclass
class Roll:
    """One ledger, over as many files as it takes.

    Attributes:
        folder: where the files go.
        ledger: the ledger that names them.
        wanted: its columns.
    """

    folder: Path
    ledger: str
    wanted: Sequence[Column]
    unknown: list[dict[str, str]] = field(default_factory=list)
    _files: int = 0
    _row: int = ROWS_A_FILE + 1
    _book: Workbook | None = None
    _sheet: Worksheet | None = None

    def add(self, row: SheetRow) -> tuple[str, int]:
        """Write a row; returns its file and row from 0."""
        if self._row > ROWS_A_FILE:
            self._next_file()
        at = self._row
        for place, column in enumerate(self.wanted):
            put(self._sheet, (at, place), column.cell(row, at - 1))
        self._row += 1
        return self._name, at

    def close(self) -> None:
        """Finish the last file."""
        if self._book:
            self._book.close()

    @property
    def _name(self) -> str:
        return f"{self.ledger}_{self._files}.xlsx"

    def _next_file(self) -> None:
        self.close()
        self._files += 1
        self._book = new_workbook(self.folder / self._name, streaming=True)
        self._sheet = self._book.add_worksheet(_SHEET)
        for place, column in enumerate(self.wanted):
            put(self._sheet, (0, place), column.header)
            if column.unknown:
                address = (self._name, _SHEET, xl_rowcol_to_cell(0, place))
                self.unknown.append(entry("CEL-07", "", "", "", address))
        self._row = 1


def write_county(
    folder: Path, seed: int, shape: Shape, fault_rate: float, *, further: bool = False
) -> list[dict[str, str]]:
    """Write the ledgers of a county, with the further ones too; returns its answer key."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = _all_tables() if further else _TABLES
    rolls = {ledger: Roll(folder, ledger, _plain(wanted)) for ledger, wanted in tables.items()}
    faults = [fault for fault in _scattered() if not (further and _felt(fault))]
    rng = Random(f"{seed}/faults")
    key: list[dict[str, str]] = []
    for village in villages(seed, shape, FAMILIES if further else ()):
        expected = scatter(village, faults, fault_rate, rng)
        key += answers(expected, _write_village(rolls, village, expected))
    for roll in rolls.values():
        roll.close()
        key += roll.unknown
    return key


def _all_tables() -> dict[str, tuple[Column, ...]]:
    """The columns of every ledger there is."""
    further = {ledger: wanted for family in FAMILIES for ledger, wanted in family.tables.items()}
    return (
        _TABLES
        | {"人口": (*_PEOPLE, Column("年度", filler=AUDIT_YEAR), *STATUS[:2], *OF_PERSONS[1:])}
        | further
    )


def _plain(wanted: Sequence[Column]) -> tuple[Column, ...]:
    return tuple(replace(column, form=plain, header=column.header.rpartition("›")[2]) for column in wanted)


def _scattered() -> list[Fault]:
    """The faults that keep to one household."""
    return [
        fault
        for fault in FAULTS
        if not fault.companions
        and fault.drops & BOTH
        and fault.name not in _FOR_SAMPLES_ONLY
        and all(find.subject != "sheet" for find in fault.finds)
    ]


def _felt(fault: Fault) -> bool:
    return any(find.rule in _FELT_FURTHER for find in fault.finds)


def _write_village(rolls: dict[str, Roll], village: Village, expected: Sequence[Expected]) -> Index:
    """Write a village's rows; returns the addresses the key needs."""
    watched = {id(each.record) for each in expected}
    index: Index = {}
    for ledger, row in _rows(village):
        roll = rolls[ledger]
        name, at = roll.add(row)
        if any(id(record) in watched for record in row.values()):
            page = Page(_SHEET)
            register(page, roll.wanted, row, (at, 0))
            for where, spots in page.where.items():
                if _speaks(row, where[0]):
                    index.setdefault(where, (name, _SHEET, str(xl_rowcol_to_cell(*spots[0]))))
    return index


def _speaks(row: SheetRow, record: Record) -> bool:
    """Whether the row is where a record's value stands: past years do not speak for the household."""
    year = row.get("户年度")
    return year is None or record is year or year.values["年度"] == AUDIT_YEAR


def _rows(village: Village) -> Iterator[tuple[str, SheetRow]]:
    for dossier in village.dossiers:
        for record in dossier.records:
            if record.ledger in _SYSTEM:
                yield record.ledger, {record.ledger: record, "户": dossier.household}
            elif record.ledger != "户":
                yield record.ledger, {record.ledger: record}
    shared = village.county if village.first else []
    for record in (village.summary, *village.records, *shared):
        yield record.ledger, {record.ledger: record}
