"""What tells a row from the others of its ledger, month after month: of this fingerprints are made (D8).

A person is known by the 人编号, or by the place in the household: a number that is mended, or a name, leaves the
fingerprint as it is, and nobody's ID number can be tried out from it. A row that belongs to nobody in the system
has nothing but what stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from fupin_audit.delivery import LedgerTable

Key: TypeAlias = tuple[str, ...]
Value: TypeAlias = Callable[[str, int, str], Any]
Owner: TypeAlias = Callable[[int], int]
Members: TypeAlias = Callable[[int], Sequence[int]]
_PERSONS, _HOUSEHOLDS = "人口", "户"
_IDENTIFYING = ("户编号", "户主证件号码", "证件号码", "姓名", "年度", "县", "乡镇", "村", "项目编号")
_NUMBER = "证件号码"
_RELATION = "与户主关系"
_PERSONAL = frozenset({"户编号", "人编号", "姓名"})
_BIRTH = slice(6, 14)  # digits of an ID number


class BusinessKeys:
    """The keys of a delivery's rows.

    Args:
        tables: the ledgers.
        value: a cell's value by ledger, row and field; None where blank or not delivered.
        owner: a person's household, as its row of 户, by his row of 人口; below 0 for none.
        members: a household's rows of 人口, by its row of 户.
    """

    def __init__(
        self, tables: Mapping[str, LedgerTable], value: Value, owner: Owner, members: Members
    ) -> None:
        self._fields = {title: _key_fields(table) for title, table in tables.items()}
        self._private = {
            title: frozenset(name for name in fields if tables[title].ledger.columns()[name].type.private)
            for title, fields in self._fields.items()
        }
        self._value, self._owner, self._members = value, owner, members

    def fields(self, ledger: str) -> Sequence[str]:
        """The fields that identify a row, whose values are its key where they are nobody's numbers."""
        return self._fields[ledger]

    def of(self, ledger: str, row: int, household: int, person: int) -> Key:
        """The key of a row, which belongs to this row of 户 and this row of 人口; below 0 to none."""
        fields = self._fields[ledger]
        who = self._who(household, person) if self._private[ledger] or ledger == _PERSONS else ()
        if not who:
            return tuple(self._text(ledger, row, name) for name in fields)
        known = _PERSONAL if person >= 0 else _PERSONAL - {"姓名"}
        kept = (self._named(ledger, name) for name in fields if name not in known)
        return (*who, *(self._text(ledger, row, name) for name in kept if name))

    def _named(self, ledger: str, field: str) -> str:
        """The field that stands for one with a number: the name of the person it is of, where that is another's."""
        return field.removesuffix(_NUMBER) if field in self._private[ledger] else field

    def _who(self, household: int, person: int) -> Key:
        if number := self._text(_PERSONS, person, "人编号"):
            return (number,)
        at_home = (
            household if person < 0 else self._owner(person)
        )  # the row may name another household than his
        home = self._text(_HOUSEHOLDS, at_home, "户编号")
        return tuple(filter(None, (home, self._place(at_home, person)))) if home else ()

    def _place(self, household: int, person: int) -> str:
        """The place of a person in his household: the relation to its head, of several the how many-eth by age."""
        if person < 0:
            return ""
        relation = self._text(_PERSONS, person, _RELATION)
        alike = [row for row in self._members(household) if self._text(_PERSONS, row, _RELATION) == relation]
        return f"{relation}{sorted(alike, key=self._age).index(person) + 1}"

    def _age(self, person: int) -> tuple[str, str]:
        born = self._text(_PERSONS, person, "出生日期").replace("-", "")
        return born or self._text(_PERSONS, person, _NUMBER)[_BIRTH], self._text(_PERSONS, person, "姓名")

    def _text(self, ledger: str, row: int, field: str) -> str:
        return "" if row < 0 or not field else str(self._value(ledger, row, field) or "")


def _key_fields(table: LedgerTable) -> Sequence[str]:
    model, delivered = table.ledger, table.fields
    for key in (model.key, model.alternative_key):
        if key and all(name in delivered for name in key):
            return key
    return tuple(name for name in _IDENTIFYING if name in delivered)
