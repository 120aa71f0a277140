"""Which households and members a fault may be planted in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from county.households.rolls import stage
from county.records.record import Dossier, Record, age, ended

Household = Callable[[Dossier], bool]
Member = Callable[[Record], bool]


def lifted(dossier: Dossier) -> bool:
    """已脱贫."""
    return dossier.household.values["脱贫属性"] == "已脱贫"


def poor(dossier: Dossier) -> bool:
    """未脱贫."""
    return not lifted(dossier)


def every(*conditions: Household) -> Household:
    """All of these."""
    return lambda dossier: all(condition(dossier) for condition in conditions)


def caused_by(*causes: str) -> Household:
    """主要致贫原因 is one of these."""
    return lambda dossier: dossier.household.values["主要致贫原因"] in causes


def has(member: Member) -> Household:
    """Some present member is like this."""
    return lambda dossier: any(member(person) for person in dossier.people if not ended(person))


def none(member: Member) -> Household:
    """No present member is like this."""
    return lambda dossier: not has(member)(dossier)


def in_town(name: str) -> Household:
    """In that town."""
    return lambda dossier: dossier.household.values["乡镇"] == name


def in_village(name: str) -> Household:
    """In that village."""
    return lambda dossier: dossier.household.values["村"] == name


def houses(*grades: str, appraised: bool | None = None, rebuilt: bool | None = None) -> Household:
    """Grade of the house, whether it was appraised and whether it was rebuilt."""

    def fits(dossier: Dossier) -> bool:
        looked, built = bool(dossier.all("住房鉴定")), bool(dossier.all("危房改造"))
        return (
            dossier.years[-1].values["住房安全等级"] in grades
            and appraised in {None, looked}
            and rebuilt in {None, built}
        )

    return fits


def never_rebuilt(dossier: Dossier) -> bool:
    """Not in 危房改造."""
    return not dossier.all("危房改造")


def shares_in(dossier: Dossier) -> bool:
    """Has a share of what the village's assets earned."""
    return bool(dossier.all("收益分配"))


def earns(low: float, high: float) -> Household:
    """人均纯收入 of the audit year within these bounds."""
    return lambda dossier: low <= dossier.years[-1].number("人均纯收入") <= high


def size(*members: str) -> Household:
    """Exactly these relations to the head."""
    return lambda dossier: [person.values["与户主关系"] for person in dossier.people] == list(members)


def relation(*names: str) -> Member:
    """与户主关系 is one of these."""
    return lambda person: person.values["与户主关系"] in names and not ended(person)


def aged(low: int, high: int) -> Member:
    """Full years within these bounds."""
    return lambda person: low <= age(person.day("出生日期")) <= high


def at_school(*stages: str) -> Member:
    """A pupil of one of these stages."""
    return lambda person: stage(person.text("在校生状况")) in stages


def school_age(low: int, high: int) -> Member:
    """Full years at the start of the school year within these bounds."""
    return lambda person: low <= age(person.day("出生日期"), date(2020, 8, 31)) <= high


def says(field: str, *values: object) -> Member:
    """A field has one of these values."""
    return lambda person: person.values[field] in values


def both(*conditions: Member) -> Member:
    """All of these."""
    return lambda person: all(condition(person) for condition in conditions)


_MUCH_LESS = 0.72  # a fall by 30 % is asked about

works = both(aged(18, 59), lambda person: person.number("务工时间") >= 6)
spouse = relation("配偶")
on_aid = says("享受低保", True)
sustained = says("特困供养", True)
healthy_adult = both(aged(20, 59), says("健康状况", "健康"), says("在校生状况", "非在校生"))
not_head = both(healthy_adult, lambda person: person.values["与户主关系"] != "户主")


def known_for(word: str) -> Household:
    """Further ledgers tell this of the household."""
    return lambda dossier: word in dossier.known_for


def unwatched(dossier: Dossier) -> bool:
    """Not in 监测对象."""
    return not dossier.all("监测对象")


def watched_for(*risks: str) -> Household:
    """In 监测对象 for one of these, the risk not yet gone."""
    return lambda dossier: any(
        row.values["风险"] in risks and not row.values["风险消除"] for row in dossier.all("监测对象")
    )


def recovered(dossier: Dossier) -> bool:
    """In 监测对象, the risk gone."""
    return any(row.values["风险消除"] for row in dossier.all("监测对象"))


def no_sudden_fall(per_head: float) -> Household:
    """To earn an amount is not so much less than the year before that somebody would ask why."""
    return lambda dossier: per_head > _MUCH_LESS * dossier.years[0].number("人均纯收入")


def can_fall(per_head: float) -> Household:
    """Business income is large enough to bring 人均纯收入 down to an amount."""

    def fits(dossier: Dossier) -> bool:
        year = dossier.years[-1]
        surplus = (year.number("人均纯收入") - per_head) * year.number("家庭人口")
        return year.number("生产经营性收入") > surplus + 1000

    return fits
