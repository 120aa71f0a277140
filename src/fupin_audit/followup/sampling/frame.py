"""The households a sample is drawn from, sorted, so that the order of rows never matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fupin_audit.delivery import Delivery
from fupin_audit.ledgers.types.codes import code_list
from fupin_audit.masking import mask, mask_all_but_tail, mask_codes, mask_text
from fupin_audit.results.place import Place

HOUSEHOLDS, PERSONS = "户", "人口"
_HOUSEHOLD_FIELDS = ("户编号", "户主姓名", "户主证件号码", "联系电话", "县", "乡镇", "村", "组")
_PERSON_FIELDS = ("户编号", "姓名", "证件号码", "成员状态")


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """A registered member of a household."""

    name: str
    id_number: str

    def masked(self) -> Member:
        """The member as a form may show it."""
        return Member(mask_text(self.name), mask_all_but_tail(self.id_number))


@dataclass(frozen=True, slots=True)
class ListedHousehold:
    """A household that may be drawn, with what is needed to find it."""

    number: str
    head: str
    head_id: str
    phone: str
    place: Place
    group: str
    members: tuple[Member, ...] = ()

    def masked(self) -> ListedHousehold:
        """The household as a form may show it: of ID numbers the last digits, which are compared at the door (D10)."""
        return ListedHousehold(
            self.number,
            mask_text(self.head),
            mask_all_but_tail(self.head_id),
            mask(self.phone),
            self.place.masked(),
            mask_text(self.group),
            tuple(member.masked() for member in self.members),
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """All households that may be drawn, by place and 户编号; `left_out` says in Chinese who may not, and why."""

    households: tuple[ListedHousehold, ...]
    left_out: tuple[str, ...] = ()


def frame_of(delivery: Delivery, *, reveal: bool = False) -> Frame:
    """The registered households of a delivery.

    Left out are rows without 户编号 or with somebody's number in its place, by which a form would have to name
    them, and households whose every member has left the register: nobody can be visited there. Rows of one
    户编号 are one household, for nothing else tells on a form which of them is meant.
    """
    rows = rows_of(delivery, HOUSEHOLDS, _HOUSEHOLD_FIELDS)
    members, ended = _members(delivery)
    numbered = [row for row in rows if row[0]]
    named = [row for row in numbered if reveal or mask_codes(row[0]) == row[0]]
    kept = [_household(row, members.get(row[0], ())) for row in named if row[0] not in ended]
    once = {household.number: household for household in sorted(kept, key=_order, reverse=True)}
    left_out = {
        "没有户编号，不能抽": len(rows) - len(numbered),
        "的户编号像证件号码、电话或账号，没有参加抽样；请更正户编号，或加 --reveal": len(numbered)
        - len(named),
        "没有在册成员，没有参加抽样": len(named) - len(kept),
        "与别的行户编号相同，一个编号只算一户": len(kept) - len(once),
    }
    return Frame(tuple(sorted(once.values(), key=_order)), _told(left_out))


def _told(counts: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(f"{number}户{why}" for why, number in counts.items() if number)


def _order(household: ListedHousehold) -> tuple[str, ...]:
    place = household.place
    return place.county, place.town, place.village, household.number, household.head, household.head_id


def _household(row: Sequence[str], members: Iterable[Member]) -> ListedHousehold:
    number, head, head_id, phone, county, town, village, group = row
    place = Place(county, town, village)
    head_first = sorted(set(members), key=lambda member: (member.name != head, member))
    return ListedHousehold(number, head, head_id, phone, place, group, tuple(head_first))


def _members(delivery: Delivery) -> tuple[Mapping[str, list[Member]], frozenset[str]]:
    """Registered members by 户编号, and the households that have had members but have none left."""
    registered = {"", *code_list("成员状态").groups["在册"]}
    members: dict[str, list[Member]] = {}
    for household, name, id_number, state in rows_of(delivery, PERSONS, _PERSON_FIELDS):
        found = members.setdefault(household, [])
        if state in registered:
            found.append(Member(name, id_number))
    return members, frozenset(number for number, found in members.items() if not found)


def rows_of(delivery: Delivery, title: str, fields: Sequence[str]) -> list[tuple[str, ...]]:
    """These text fields of a ledger's rows, empty where blank; no rows where its key field was not delivered."""
    table = delivery.tables.get(title)
    if table is None or fields[0] not in table.fields:
        return []
    nothing = [""] * table.data.num_rows
    columns = [
        table.data[name].fill_null("").to_pylist() if name in table.fields else nothing for name in fields
    ]
    return list(zip(*columns, strict=True))
