"""The last drop as ledgers of this one, for rules that compare the two (CHG); no sheet is recognised as them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fupin_audit.ledgers.base import Ledger, column
from fupin_audit.ledgers.models.households import Household, HouseholdYear
from fupin_audit.ledgers.models.persons import Person
from fupin_audit.ledgers.types.kinds import Text, Year


class LastHousehold(Household):
    """One registered household as the last drop has it."""

    title = "上期户"
    blurb = "上期数据（--against）的户"

    期末年度: Year = column(note="上期截止日期的年度")


class LastPerson(Person):
    """One member of a household as the last drop has it; the place is the household's."""

    title = "上期人口"
    blurb = "上期数据（--against）的人口"

    县: Text = column()
    乡镇: Text = column()
    村: Text = column()
    户主姓名: Text = column()


class LastHouseholdYear(HouseholdYear):
    """A household's account of one year as the last drop has it."""

    title = "上期户年度"
    blurb = "上期数据（--against）的户年度"

    期末年度: Year = column(note="上期截止日期的年度；这一年以前的已经封账")


class VillageOfDrops(Ledger):
    """A village that either drop has households of."""

    title = "两期各村"
    family = "系统"
    key = ("县", "乡镇", "村")
    blurb = "本期和上期的户写到的村，一村一行"

    县: Text = column()
    乡镇: Text = column()
    村: Text = column()
    期末年度: Year = column(note="上期截止日期的年度")


# Ledger of the last drop → the ledger it was.
LAST: Mapping[str, type[Ledger]] = MappingProxyType(
    {"户": LastHousehold, "人口": LastPerson, "户年度": LastHouseholdYear}
)
OF_LAST_DROP: tuple[type[Ledger], ...] = (*LAST.values(), VillageOfDrops)
_READ_AS = {model.title: title for title, model in LAST.items()} | {VillageOfDrops.title: "户"}


def read_as(title: str) -> str:
    """The ledger that a ledger of the last drop was read as; empty for any other."""
    return _READ_AS.get(title, "")
