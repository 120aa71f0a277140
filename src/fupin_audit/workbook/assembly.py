"""From the rows of all sheets to one table a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.delivery import LedgerTable, Problem
from fupin_audit.workbook.cells import Bools, Fault, Ints
from fupin_audit.workbook.choosing import Choice, choose
from fupin_audit.workbook.fragments import Fragment
from fupin_audit.workbook.grouping import Groups, group
from fupin_audit.workbook.stacking import Stack

OtherCell = tuple[int, int, str, str | None]


def assemble(ledger: type[Ledger], fragments: Sequence[Fragment], yearly: frozenset[str]) -> LedgerTable:
    """One table of all rows that were read for a ledger.

    Args:
        ledger: the model.
        fragments: its rows, sheet by sheet.
        yearly: fields that change from year to year, so that only the latest year speaks.
    """
    stack = Stack(ledger, fragments)
    groups = group(stack)
    return _as_they_stand(stack) if groups is None else _merged(stack, groups, yearly)


def yearly_fields(ledgers: Iterable[type[Ledger]]) -> frozenset[str]:
    """Fields that the system also keeps year by year (家庭人口, 人均纯收入)."""
    return frozenset(
        name
        for ledger in ledgers
        if ledger.merge and "年度" in ledger.key
        for name in ledger.columns()
        if name not in ledger.key
    )


def _as_they_stand(stack: Stack) -> LedgerTable:
    problems = [
        Problem(fault.rule, row, name, fault.message, fault.hint)
        for name in stack.fields
        for fault in stack.faults(name)
        for row in fault.rows.tolist()
    ]
    data = pa.table({name: stack.values(name) for name in stack.fields})
    return LedgerTable(stack.ledger, data, stack.cell_rows(), problems=tuple(problems))


def _merged(stack: Stack, groups: Groups, yearly: frozenset[str]) -> LedgerTable:
    columns, origins = {}, {}
    problems: list[Problem] = []
    for name in stack.fields:
        column = _Column(stack, groups, name, yearly=name in yearly)
        columns[name], origins[name] = column.values, column.origin.astype(np.int32)
        problems += column.problems()
    return LedgerTable(stack.ledger, pa.table(columns), stack.cell_rows(), origins, tuple(problems))


class _Column:
    """One field of a ledger whose rows come together from several.

    Attributes:
        values: one a group.
        origin: group → position of the cell the value stands in, or would stand in; -1 where no row has the
            column.
    """

    def __init__(self, stack: Stack, groups: Groups, name: str, *, yearly: bool) -> None:
        self._stack = stack
        self._name = name
        self._found = stack.values(name)
        self._texts = stack.texts(name)
        self._group_of = np.full(stack.height, -1, dtype=np.int64)
        self._group_of[groups.order] = groups.group
        taking_part = ~groups.older if yearly else np.ones(len(groups.order), dtype=bool)
        opposable = ~groups.older & ~stack.flags("stand_in")[groups.order]
        choice = choose(self._found, groups, taking_part, opposable)
        self._dissent = _of_same_kind_of_year(choice, stack.years) if yearly else choice
        faults = [(fault, fault.rows[self._group_of[fault.rows] >= 0]) for fault in stack.faults(name)]
        self._unread = [(fault, rows) for fault, rows in faults if fault.rule != "CEL-06"]
        self._normalised = [(fault, rows) for fault, rows in faults if fault.rule == "CEL-06"]
        bad = np.concatenate([np.zeros(0, dtype=np.int64), *(rows for _, rows in self._unread)])
        there = stack.delivered(name)[groups.order] & taking_part
        self.origin = self._with_blank_cells(choice.origin, groups, there, bad)
        self._prefer_normalised()
        has_cell = pa.array(self.origin, mask=self.origin < 0)
        self.values = self._found.take(has_cell)

    def problems(self) -> Iterator[Problem]:
        """What could not be taken, and who disagrees; one problem a group and reason."""
        against: dict[int, list[int]] = {}
        for at, number in zip(
            self._dissent.dissenting.tolist(), self._dissent.dissenting_group.tolist(), strict=True
        ):
            against.setdefault(number, []).append(at)
        for fault, rows in self._unread:
            yield from self._unread_cells(fault, rows, against)
        for fault, rows in self._normalised:
            yield from (self._problem(fault, self._group_of[at], [at]) for at in rows)
        for number, cells in against.items():
            distinct = sorted(set(cells))
            yield Problem(
                "KEY-12", number, self._name, f"另有{len(distinct)}处与此不同", others=self._others(distinct)
            )

    def _unread_cells(self, fault: Fault, rows: Ints, against: dict[int, list[int]]) -> Iterator[Problem]:
        """A cell that can't be read disagrees with its repeats that can."""
        by_group: dict[int, list[int]] = {}
        for at in rows.tolist():
            by_group.setdefault(int(self._group_of[at]), []).append(at)
        for number, cells in by_group.items():
            if self.values[number].is_valid and self.origin[number] not in cells:
                against.setdefault(number, []).extend(cells)
            else:
                yield self._problem(fault, number, cells)

    def _problem(self, fault: Fault, number: int, cells: Sequence[int]) -> Problem:
        others = [at for at in cells if at != self.origin[number]]
        return Problem(fault.rule, int(number), self._name, fault.message, fault.hint, self._others(others))

    def _others(self, cells: Iterable[int]) -> tuple[OtherCell, ...]:
        return tuple(self._cell(int(at)) for at in cells)

    def _cell(self, at: int) -> OtherCell:
        number = int(self._stack.fragment_of[at])
        row = int(self._stack.fragments[number].excel_rows[at - self._stack.starts[number]])
        text = None if self._texts is None else self._texts[at].as_py()
        value = self._found[at].as_py()
        if text is None and value is not None:
            text = self._stack.ledger.columns()[self._name].type.show(value)
        return number, row, self._name, text

    def _with_blank_cells(self, origin: Ints, groups: Groups, there: Bools, bad: Ints) -> Ints:
        """Groups without a value point at the cell that can't be read, else at the first blank one."""
        filled = origin.copy()
        empty = np.flatnonzero(there & (origin[groups.group] < 0))
        filled[groups.group[empty][::-1]] = groups.order[empty][::-1]
        lacking = bad[origin[self._group_of[bad]] < 0]
        filled[self._group_of[lacking][::-1]] = lacking[::-1]
        return filled

    def _prefer_normalised(self) -> None:
        """Of cells that say the same, the value stands in the one CEL-06 speaks of."""
        for _, rows in self._normalised:
            for at in rows.tolist():
                number = self._group_of[at]
                if self._found[at].equals(self._found[int(self.origin[number])]):
                    self.origin[number] = at


def _of_same_kind_of_year(choice: Choice, years: Ints) -> Choice:
    """Only disagreement between rows that both name the year, or both don't."""
    stands = choice.origin[choice.dissenting_group]
    alike = (years[choice.dissenting] > 0) == (years[stands] > 0)
    return Choice(choice.origin, choice.dissenting[alike], choice.dissenting_group[alike])
