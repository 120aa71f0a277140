"""What a household lives on: rows of 户年度 whose parts add up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from county.households.kinds import Kind
from county.records.record import AUDIT_YEAR, Record, Row, age, ended

YEARS = (AUDIT_YEAR - 1, AUDIT_YEAR)
_PENSION = 1296.0  # a year, basic rural pension
_TRANSFERS = ("计划生育金", "低保金", "特困供养金", "养老保险金", "生态补偿金", "其他转移性收入")


@dataclass(frozen=True, slots=True)
class Livelihood:
    """One year's components, in yuan."""

    wages: float
    business: float
    expenses: float
    dividends: float
    other_property: float
    transfers: dict[str, float]

    def scaled(self, factor: float) -> Livelihood:
        """The same household in another year; what the state pays is unchanged."""
        return replace(
            self,
            wages=round(self.wages * factor, 2),
            business=round(self.business * factor, 2),
            expenses=round(self.expenses * factor, 2),
            dividends=round(self.dividends * factor, 2),
        )

    @property
    def net(self) -> float:
        """纯收入."""
        received = self.wages + self.business + self.dividends + self.other_property
        return round(received + sum(self.transfers.values()) - self.expenses, 2)


def livelihood(rng: Random, kind: Kind, people: list[Record], monthly_aid: float) -> Livelihood:
    """A plausible audit year for these people."""
    members = [person for person in people if not ended(person)]
    months = sum(person.number("务工时间") for person in members)
    business = float(rng.randrange(3000, 9000, 50)) if kind.lifted else float(rng.randrange(1200, 2000, 50))
    start = Livelihood(
        wages=float(months * rng.randrange(1500, 2400, 20)),
        business=business,
        expenses=round(business * rng.randrange(20, 40) / 100, 2),
        dividends=float(rng.randrange(200, 800, 10)),
        other_property=float(rng.randrange(50, 300, 50)),
        transfers=_transfers(rng, kind, members, monthly_aid),
    )
    return _settled(rng, start, kind, len(members))


def _transfers(rng: Random, kind: Kind, members: list[Record], monthly_aid: float) -> dict[str, float]:
    pensioners = sum(age(person.day("出生日期")) >= 60 for person in members)
    values = (
        0.0,
        monthly_aid * 12,
        5400.0 if kind.aid == "特困供养" else 0.0,
        _PENSION * pensioners,
        float(rng.randrange(0, 400, 20)),
        float(rng.randrange(200, 900, 10)),
    )
    return dict(zip(_TRANSFERS, values, strict=True))


def _settled(rng: Random, start: Livelihood, kind: Kind, size: int) -> Livelihood:
    """The livelihood with business income moved to where the household's status needs it."""
    # Lifted households keep clear of the poverty line in the leaner year before, too.
    target = rng.randrange(4300, 5300) if kind.lifted else rng.randrange(3500, 3900)
    short = round(target * size - start.net, 2)
    if kind.lifted and short <= 0:
        return start
    return replace(start, business=round(max(start.business + short, start.expenses + 300), 2))


def year_row(household: Record, money: Livelihood, year: int, home: Row) -> Record:
    """The row of 户年度 for one year."""
    size = int(household.number("家庭人口"))
    from_property = round(money.dividends + money.other_property, 2)
    from_transfers = round(sum(money.transfers.values()), 2)
    return Record(
        "户年度",
        {
            "户编号": household.values["户编号"],
            "年度": year,
            "家庭人口": size,
            "工资性收入": money.wages,
            "生产经营性收入": money.business,
            "财产性收入": from_property,
            "资产收益分红": money.dividends,
            "其他财产性收入": money.other_property,
            "转移性收入": from_transfers,
            **money.transfers,
            "生产经营性支出": money.expenses,
            "年收入": round(money.wages + money.business + from_property + from_transfers, 2),
            "纯收入": money.net,
            "人均纯收入": round(money.net / size, 2),
            **home,
        },
    )


def last_year(rng: Random, money: Livelihood) -> Livelihood:
    """The year before the audit year."""
    return money.scaled(rng.randrange(90, 97) / 100)
