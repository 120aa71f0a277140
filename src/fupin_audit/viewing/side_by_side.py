"""Fields that several records of a household have, lined up; disagreements marked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from fupin_audit.engine.loaded.session import Session
from fupin_audit.ledgers.base import Column
from fupin_audit.masking import told_apart
from fupin_audit.results.household import CARD, HANDBOOK, SYSTEM, Line, MemberView, Said, ThreeBooks
from fupin_audit.viewing.household_records import HouseholdRecords, LedgerRecord

_SYSTEM = ("户", "户年度", "帮扶责任人")
BOOKS = {SYSTEM: _SYSTEM, CARD: (CARD,), HANDBOOK: (HANDBOOK,)}
# The household export repeats an income of its own; the yearly one is the one that is worked out.
_YEARLY_FIRST = ("人均纯收入",)
# What tells records apart, or is said of the record rather than of the household.
_NO_FACTS = frozenset(
    {
        "户编号",
        "人编号",
        "年度",
        "金额",
        "日期",
        "开始日期",
        "结束日期",
        "更新日期",
        "悬挂",
        "户主签字",
        "备注",
        "状态",
    }
)
_TOLERANCE = "金额容差"
_DATED = ("鉴定日期", "认定日期", "核查日期", "更新日期")
_ENDED = "结束日期"
_SLACK = 0.005


class Lining:
    """Lines fields up.

    Attributes:
        household: whose.
        year: the year yearly records count of.
        tolerance: how far amounts may lie apart.
    """

    def __init__(self, household: HouseholdRecords, year: int, tolerance: float) -> None:
        self.household = household
        self.year = year
        self.tolerance = tolerance

    @classmethod
    def of(cls, household: HouseholdRecords, session: Session) -> Lining:
        """As the day and the place of the household have it."""
        tolerance = session.in_force(household.place.county).value(_TOLERANCE, session.as_of)
        return cls(household, session.as_of.year, tolerance if isinstance(tolerance, float) else 0.0)

    def three_books(self, delivered: Collection[str]) -> ThreeBooks:
        """The three books, and which of them there are not, of the ledgers that were delivered."""
        lacking = [book for book, titles in BOOKS.items() if not any(map(self.household.of, titles))]
        undelivered = [book for book in lacking if not any(title in delivered for title in BOOKS[book])]
        missing = tuple(book for book in lacking if book not in undelivered)
        return ThreeBooks(self._books(), missing, tuple(undelivered))

    def _books(self) -> tuple[Line, ...]:
        """系统 against 明白卡 and 扶贫手册, field by field."""
        written = [
            record for title in (CARD, HANDBOOK) for record in self._current(self.household.of(title))[:1]
        ]
        names = dict.fromkeys(c.name for record in written for c in record.columns if c.name not in _NO_FACTS)
        lines = (self._across(name, written) for name in names)
        return tuple(line for line in lines if len(line.said) > 1)

    def lines(self, told: Iterable[str]) -> tuple[Line, ...]:
        """Fields of the household that several ledgers have; those already told only where they disagree."""
        known = set(told)
        lines = self._lines(self._current(self.household.own))
        return tuple(line for line in lines if line.name not in known or not line.agrees)

    def members(self) -> tuple[MemberView, ...]:
        """The members, with what several ledgers say of each."""
        return tuple(self._member(person) for person in self.household.of("人口"))

    def _member(self, person: LedgerRecord) -> MemberView:
        records = [record for record in self.household.records if record.person == person.row]
        shown = self.household.subjects.shown
        name, relation, number, state = (
            shown("人口", person.row, field) or "" for field in ("姓名", "与户主关系", "证件号码", "成员状态")
        )
        return MemberView(name, relation, number, state, tuple(self._lines(self._current(records))))

    def _current(self, records: Sequence[LedgerRecord]) -> list[LedgerRecord]:
        """Records that stand for the household or person now: of the year, not ended, the latest of several.

        A ledger that still has several is a list of single events and says nothing as a whole.
        """
        by_title: dict[str, list[LedgerRecord]] = {}
        for record in records:
            if record.year in {None, self.year} and record.value(_ENDED) is None:
                by_title.setdefault(record.title, []).append(record)
        latest = (_latest(several) for several in by_title.values())
        return [several[0] for several in latest if len(several) == 1]

    def _across(self, name: str, written: Sequence[LedgerRecord]) -> Line:
        """One field of the three books; the system speaks with one voice."""
        records = [*self._system(name)[:1], *(record for record in written if name in record.table.fields)]
        return self._line(
            name, records, tuple(_in_book(self._said(record, name), record) for record in records)
        )

    def _said(self, record: LedgerRecord, name: str) -> Said:
        return self.household.said(record, name)

    def _line(self, name: str, records: Sequence[LedgerRecord], said: tuple[Said, ...]) -> Line:
        agrees = self._agree(name, records)
        numbers = (
            (one.value or "", str(record.value(name))) for one, record in zip(said, records, strict=True)
        )
        return Line(name, said, agrees, "" if agrees else told_apart(numbers))

    def _system(self, name: str) -> list[LedgerRecord]:
        """Records of the system that have the field, the one that counts first."""
        titles = ("户年度", "户") if name in _YEARLY_FIRST else _SYSTEM
        found = [record for title in titles for record in self._current(self.household.of(title))]
        having = [record for record in found if name in record.table.fields]
        return [record for record in having if record.value(name) is not None] or having

    def _lines(self, records: Sequence[LedgerRecord]) -> Iterator[Line]:
        names = dict.fromkeys(c.name for record in records for c in record.columns if c.name not in _NO_FACTS)
        for name in names:
            having = [record for record in records if record.value(name) is not None]
            if len({record.title for record in having}) > 1:
                yield self._line(name, having, tuple(self._said(record, name) for record in having))

    def _agree(self, name: str, records: Sequence[LedgerRecord]) -> bool:
        typed = [(record.table.ledger.columns()[name], record.value(name)) for record in records]
        known = [(column, value) for column, value in typed if value is not None]
        return all(self._same(known[0], other) for other in known[1:])

    def _same(self, one: tuple[Column, Any], other: tuple[Column, Any]) -> bool:
        """Whether two values say the same; values of different types are not compared."""
        if one[0].type.name != other[0].type.name:
            return True
        if one[0].type.family == "number":
            apart = self.tolerance if one[0].type.sql == "DOUBLE" else 0
            return bool(abs(one[1] - other[1]) <= apart + _SLACK)
        return bool(one[1] == other[1])


def _latest(records: list[LedgerRecord]) -> list[LedgerRecord]:
    """The records of the latest date, where they are dated."""
    dated = [(record.value(name), record) for record in records for name in _DATED if record.value(name)]
    if len(records) == 1 or not dated:
        return records
    last = max(day for day, _ in dated)
    return [record for day, record in dated if day == last]


def _in_book(said: Said, record: LedgerRecord) -> Said:
    """A cell of the system is said by the system."""
    return Said(SYSTEM, said.at, said.value) if record.title in _SYSTEM else said
