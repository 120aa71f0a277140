"""Which of the drawn households came back checked, and what is wrong with the sheets that did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from fupin_audit.delivery import Delivery, LedgerTable
from fupin_audit.followup.sampling.manifest import Manifest, PlannedVisit
from fupin_audit.masking import mask_codes, mask_text

VISITS, PERSONS = "入户核查", "入户核查人口"
_CODE, _NUMBER, _HEAD, _CHECKER, _DAY = "核查编号", "户编号", "户主姓名", "核查人", "核查日期"
_IDENTITY = {_CODE, _NUMBER, _HEAD}
_MEMBER = (_CODE, _NUMBER, "姓名", "证件号码")


@dataclass(frozen=True, slots=True)
class Returned:
    """A row of 入户核查 that somebody has filled in; names as they may be shown."""

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
        checked: 核查编号 → the filled row that counts.
        missing: visits nobody has made.
        notes: in Chinese, what is wrong with rows, and whether they count.
    """

    checked: Mapping[str, Returned]
    missing: tuple[PlannedVisit, ...]
    notes: tuple[str, ...]

    @property
    def checkers(self) -> Mapping[str, str]:
        """核查编号 → who signed as 核查人."""
        return {code: row.checker for code, row in self.checked.items()}


def returns_of(delivery: Delivery, manifest: Manifest) -> Returns:
    """Match filled rows to the draw; a row that fits no visit of it is left out and told."""
    table = delivery.tables.get(VISITS)
    visits = {visit.visit: visit for visit in manifest.visits}
    filled: dict[str, list[Returned]] = {}
    notes: list[str] = []
    for row in _filled(table) if table else ():
        wrong = _misfit(row, visits, manifest)
        if wrong:
            notes.append(f"{_address(table, row)}：{wrong}，没有计入")
        else:
            filled.setdefault(row.code, []).append(row)
            notes += _doubts(row, visits[row.code], table)
    notes += [note for rows in filled.values() for note in _twice(rows, table)]
    missing = tuple(visit for code, visit in visits.items() if code not in filled)
    return Returns(
        {code: max(rows, key=_age) for code, rows in sorted(filled.items())},
        tuple(map(_masked, missing)),
        tuple(map(mask_codes, notes)),
    )


def _masked(visit: PlannedVisit) -> PlannedVisit:
    """The visit as it may be shown; a sample drawn with --reveal names households in full."""
    return visit.model_copy(update={"household": mask_codes(visit.household), "head": mask_text(visit.head)})


def _age(row: Returned) -> tuple[str, str]:
    """Of several rows of a visit the latest counts, the same one whatever the order of rows."""
    return str(dict(row.answers).get(_DAY, "")), repr(row.answers)


def usable(delivery: Delivery, returns: Returns) -> Delivery:
    """The delivery as rules are to judge it: of the field ledgers only what counts and what somebody has seen.

    What was printed on the sheets agrees with the system because it comes from there, and must not pass for
    checked: 户主姓名 goes, and so do the members of households of whom none was looked at.
    """
    tables = dict(delivery.tables)
    if visits := tables.get(VISITS):
        rows = sorted(row.row for row in returns.checked.values())
        seen = [name for name in visits.fields if name != _HEAD]
        tables[VISITS] = _taken(visits, rows, seen)
    if persons := tables.get(PERSONS):
        tables[PERSONS] = _taken(persons, _members_met(persons, returns), persons.fields)
    return Delivery(tables, delivery.inputs, delivery.missing_columns, delivery.export_years)


def _taken(table: LedgerTable, rows: Sequence[int], fields: Sequence[str]) -> LedgerTable:
    """These rows and fields; the cells stay, but no longer fit the rows."""
    return LedgerTable(table.ledger, table.data.select(fields).take(pa.array(rows, pa.int64())), table.cells)


def _members_met(persons: LedgerTable, returns: Returns) -> list[int]:
    """Rows of the members of households that were checked, each once, where any of them was looked at."""
    named = list(zip(*(_texts(persons, name) for name in _MEMBER), strict=True))
    asked = [name for name in persons.fields if name not in _MEMBER]
    looked = [any(v is not None for v in row.values()) for row in persons.data.select(asked).to_pylist()]
    homes = {(row.code, row.number) for row in returns.checked.values()}
    met = {person[:2] for person, seen in zip(named, looked, strict=True) if seen}
    first = {person: at for at, person in reversed(list(enumerate(named)))}
    return sorted(at for person, at in first.items() if person[:2] in homes & met)


def _filled(table: LedgerTable) -> Iterator[Returned]:
    """Rows with anything in them besides the identity that was printed."""
    asked = [name for name in table.fields if name not in _IDENTITY]
    codes, numbers, heads, checkers = (_texts(table, name) for name in (_CODE, _NUMBER, _HEAD, _CHECKER))
    for row, answers in enumerate(table.data.select(asked).to_pylist()):
        given = tuple((name, value) for name, value in answers.items() if value is not None)
        if given:
            head, checker = mask_text(heads[row]), mask_text(checkers[row])
            yield Returned(row, codes[row], numbers[row], head, checker, given)


def _texts(table: LedgerTable, name: str) -> Sequence[str]:
    if name not in table.fields:
        return [""] * table.data.num_rows
    texts: list[str] = table.data.column(name).fill_null("").to_pylist()
    return texts


def _misfit(row: Returned, visits: Mapping[str, PlannedVisit], manifest: Manifest) -> str:
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


def _doubts(row: Returned, visit: PlannedVisit, table: LedgerTable | None) -> Iterator[str]:
    if row.head and row.head != mask_text(visit.head):
        yield (
            f"{_address(table, row)}：核查编号 {row.code} 的户主是{visit.head}，表上写的是{row.head}，"
            "已计入；请核实是不是查错了户"
        )


def _twice(rows: Sequence[Returned], table: LedgerTable | None) -> Iterator[str]:
    """What to say of a visit filled in more than once."""
    if len(rows) > 1:
        places = "、".join(_address(table, row) for row in rows)
        same = len(Counter(row.answers for row in rows)) == 1
        said = "内容相同，只算一次" if same else "内容不同，按核查日期最近的一份计入；请核实后只留一份"
        yield f"核查编号 {rows[0].code} 填了{len(rows)}次（{places}）：{said}"


def _address(table: LedgerTable | None, row: Returned) -> str:
    if table is None:
        return ""
    source, number, _ = table.address(row.row, _CODE)
    return f"{' › '.join(filter(None, (source.file, source.sheet)))} 第{number}行"
