"""A county of any size as plain workbooks, written village by village in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from xlsxwriter.utility import xl_rowcol_to_cell

from county.answers.answer_key import Answer, Index, answers
from county.bulk.roll import SHEET, Roll
from county.clean.village import Shape, villages
from county.drops import local_columns, system_columns
from county.drops.exam_drops import OF_PERSONS, STATUS
from county.faults.all_faults import FAULTS
from county.further.families import FAMILIES
from county.planting.fault import BOTH, Fault
from county.planting.inflicting import Expected, scatter
from county.records.record import AUDIT_YEAR, Record, Village
from county.sheets.column import Column, SheetRow
from county.sheets.forms import plain
from county.sheets.page import Page, register

_PEOPLE = (
    *system_columns.L26_STATUS,
    Column("出生日期", "人口.出生日期"),
    Column("是否享受低保", "人口.享受低保"),
    Column("是否特困供养人员", "人口.特困供养"),
    Column("是否参加城镇职工基本医疗保险", "人口.参加职工医保"),
)
_SYSTEM = {"人口": _PEOPLE, "户年度": system_columns.HOUSEHOLD_YEAR}
_ROLLS: dict[str, tuple[Column, ...]] = {
    "明白卡": local_columns.CARD,
    "住房标识牌": local_columns.HOUSE_PLATE,
    "饮水标识牌": local_columns.WATER_PLATE,
    "医保参保": local_columns.INSURANCE,
    "学籍": local_columns.ENROLMENT,
    "低保": local_columns.LOW_INCOME,
    "住房鉴定": local_columns.APPRAISAL,
    "危房改造": local_columns.REBUILDING,
    "残疾人": local_columns.DISABLED,
    "帮扶责任人": local_columns.HELPERS,
    "控辍保学": local_columns.DROPOUTS,
}
_TABLES = _SYSTEM | _ROLLS | {"村": local_columns.VILLAGE}

_FELT_FURTHER = {
    *("EDU-01", "EDU-04", "HH-01", "HH-03", "HOU-03", "ID-03", "ID-07", "ID-12", "ID-13", "ID-14", "KEY-06"),
    *("INC-05", "INC-06", "INC-07", "INC-08", "INC-09", "INC-10", "INC-13", "INC-16", "INC-18"),
    *("SEC-03", "SEC-13", "STA-01", "STA-02", "WAT-01"),
}
"""Rules whose faults bring findings in further ledgers, too, which their key does not tell."""


def write_county(
    folder: Path, seed: int, shape: Shape, fault_rate: float, *, further: bool = False
) -> list[Answer]:
    """Write the ledgers of a county, with the further ones too; returns its answer key."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = _all_tables() if further else _TABLES
    rolls = {ledger: Roll(folder, ledger, _plain(wanted)) for ledger, wanted in tables.items()}
    faults = [fault for fault in _scattered() if not (further and _felt(fault))]
    key: list[Answer] = []
    for village in villages(seed, shape, FAMILIES if further else ()):
        expected = scatter(village, faults, fault_rate, seed)
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
        and not fault.samples_only
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
            page = Page(SHEET)
            register(page, roll.wanted, row, (at, 0))
            for where, spots in page.where.items():
                if _speaks(row, where[0]):
                    index.setdefault(where, (name, SHEET, str(xl_rowcol_to_cell(*spots[0]))))
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
