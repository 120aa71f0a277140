"""Which of the drawn households came back checked, and what is wrong with the sheets that did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from fupin_audit.followup.sampling.manifest import Manifest, Visit
from fupin_audit.ledgers.delivery import Delivery, LedgerTable

VISITS, PERSONS = "入户核查", "入户核查人口"
_CODE, _NUMBER, _HEAD, _CHECKER = "核查编号", "户编号", "户主姓名", "核查人"
_IDENTITY = {_CODE, _NUMBER, _HEAD}


@dataclass(frozen=True, slots=True)
class Returned:
    """A row of 入户核查 that somebody has filled in."""

    row: int
    code: str
    number: str
    head: str
    checker: str
    answers: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Returns:
    """What came back of a sample.

    Attributes:
        checked: 核查编号 → its filled rows, of which there should be one.
        missing: visits nobody has made.
        notes: in Chinese, what is wrong with rows, and whether they count.
    """

    checked: Mapping[str, tuple[Returned, ...]]
    missing: tuple[Visit, ...]
    notes: tuple[str, ...]

    @property
    def checkers(self) -> Mapping[str, str]:
        """核查编号 → who signed as 核查人."""
        return {code: rows[0].checker for code, rows in self.checked.items()}


def returns_of(delivery: Delivery, manifest: Manifest) -> Returns:
    """Match filled rows to the draw; a row that fits no visit of it is left out and told."""
    table = delivery.tables.get(VISITS)
    visits = {visit.visit: visit for visit in manifest.visits}
    checked: dict[str, list[Returned]] = {}
    notes: list[str] = []
    for row in _filled(table) if table else ():
        wrong = _misfit(row, visits, manifest)
        if wrong:
            notes.append(f"{_address(table, row)}：{wrong}，没有计入")
        else:
            checked.setdefault(row.code, []).append(row)
            notes += _doubts(row, visits[row.code], table)
    notes += [note for rows in checked.values() for note in _twice(rows, table)]
    missing = tuple(visit for code, visit in visits.items() if code not in checked)
    return Returns({code: tuple(rows) for code, rows in sorted(checked.items())}, missing, tuple(notes))


def usable(delivery: Delivery, returns: Returns) -> Delivery:
    """The delivery with only those rows of the field ledgers that count; rules judge these."""
    rows = [row.row for filled in returns.checked.values() for row in filled]
    kept = {VISITS: sorted(rows)}
    persons = delivery.tables.get(PERSONS)
    if persons:
        homes = {(row.code, row.number) for filled in returns.checked.values() for row in filled}
        codes, numbers = (_texts(persons, name) for name in (_CODE, _NUMBER))
        kept[PERSONS] = [at for at, home in enumerate(zip(codes, numbers, strict=True)) if home in homes]
    tables = {
        title: LedgerTable(table.ledger, table.data.take(pa.array(kept[title], pa.int64())), table.cells)
        if title in kept
        else table
        for title, table in delivery.tables.items()
    }
    return Delivery(tables, delivery.inputs, delivery.missing_columns, delivery.export_years)


def _filled(table: LedgerTable) -> Iterator[Returned]:
    """Rows with anything in them besides the identity that was printed."""
    asked = [name for name in table.fields if name not in _IDENTITY]
    codes, numbers, heads, checkers = (_texts(table, name) for name in (_CODE, _NUMBER, _HEAD, _CHECKER))
    for row, answers in enumerate(table.data.select(asked).to_pylist()):
        given = tuple((name, value) for name, value in answers.items() if value is not None)
        if given:
            yield Returned(row, codes[row], numbers[row], heads[row], checkers[row], given)


def _texts(table: LedgerTable, name: str) -> Sequence[str]:
    if name not in table.fields:
        return [""] * table.data.num_rows
    texts: list[str] = table.data.column(name).fill_null("").to_pylist()
    return texts


def _misfit(row: Returned, visits: Mapping[str, Visit], manifest: Manifest) -> str:
    """Why a row is no visit of the draw; empty where it is."""
    numbers = {visit.household: visit for visit in visits.values()}
    if row.code not in visits:
        drawn = numbers.get(row.number)
        hint = (
            f"（这一户的核查编号应是 {drawn.visit}）"
            if drawn
            else "，户编号也不在抽中的户里"
            if row.number
            else ""
        )
        return f"核查编号“{row.code or '空白'}”不在批次 {manifest.batch} 的抽样清单里{hint}"
    visit = visits[row.code]
    if row.number == visit.household:
        return ""
    other = numbers.get(row.number)
    whose = f"，那是另一抽中户（{other.visit}）的" if other else "，不在抽中的户里"
    return f"核查编号 {row.code} 是户 {visit.household}（{visit.head}），表上户编号却是“{row.number or '空白'}”{whose}"


def _doubts(row: Returned, visit: Visit, table: LedgerTable | None) -> Iterator[str]:
    if row.head and row.head != visit.head:
        yield (
            f"{_address(table, row)}：核查编号 {row.code} 的户主是{visit.head}，表上写的是{row.head}，"
            "已计入；请核实是不是查错了户"
        )


def _twice(rows: Sequence[Returned], table: LedgerTable | None) -> Iterator[str]:
    """What to say of a visit filled in more than once."""
    if len(rows) > 1:
        places = "、".join(_address(table, row) for row in rows)
        same = len(Counter(row.answers for row in rows)) == 1
        said = "内容相同，只算一次" if same else "内容不同，有一份不符就算不符；请核实后只留一份"
        yield f"核查编号 {rows[0].code} 填了{len(rows)}次（{places}）：{said}"


def _address(table: LedgerTable | None, row: Returned) -> str:
    if table is None:
        return ""
    source, number, _ = table.address(row.row, _CODE)
    return f"{' › '.join(filter(None, (source.file, source.sheet)))} 第{number}行"
