"""Two rolls of one county's people without numbers, typed by two offices, and whose row is whose.

Invented by lot from a seed. Besides the slips of those who typed, the county has what leads astray: twins whose
names share a character, sons named like their fathers, neighbours and people born on one day of the same name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from pypinyin import lazy_pinyin

from fupin_audit.ledgers.types.characters import characters

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
_MEN = (
    "伟军强国明平华建文志杰勇波辉斌刚峰海龙福林山春贵生玉德荣永云成根水金忠清宏学兵涛鹏飞宇浩天东庆祥新长洪光"
    "振全才有世元喜昌宝树连双安康顺民义良善仁和江河松柏石虎牛锋超磊亮健鑫旺达发财富"
)
_WOMEN = (
    "芳英秀兰梅红玲丽霞燕萍桂珍凤琴娟月香春花玉云莲素菊翠荣娥巧银珠艳敏静洁琳慧雪莉芬清彩美娜婷倩颖蓉茹琼环桃"
    "杏枝叶爱淑惠贞贤妮晓小冬秋夏露霜喜青竹佳怡欣悦思梦雨"
)
_TOWNS, _DAYS = 12, 365 * 92
_FIRST = date(1930, 1, 1)
_VILLAGE = 750  # people


@dataclass(frozen=True)
class Rates:
    """How often what happens to a row, and to a county."""

    sound: float = 0.025
    character: float = 0.01
    lost_character: float = 0.003
    digit: float = 0.02
    exchanged: float = 0.01
    month_and_day: float = 0.007
    year: float = 0.01
    no_birth: float = 0.01
    no_sex: float = 0.05
    wrong_sex: float = 0.005
    moved_in_town: float = 0.02
    moved: float = 0.02
    twins: float = 0.012
    like_father: float = 0.05
    namesake_next_door: float = 0.02
    namesake_of_the_day: float = 0.002


@dataclass(frozen=True)
class Person:
    """One row; `who` is the person whose it is."""

    who: int
    name: str
    sex: str
    birth: date
    town: str
    village: str
    day_known: bool = True


def people(count: int, chosen: Random, rates: Rates = Rates()) -> list[Person]:
    """A county of so many."""
    found = list[Person]()
    villages = max(1, count // _VILLAGE)
    while len(found) < count:
        for person in _household(chosen, chosen.randrange(villages), found, rates):
            found.append(replace(person, who=len(found)))
    return found[:count]


def typed(rows: Sequence[Person], chosen: Random, rates: Rates = Rates()) -> list[Person]:
    """The same people as somebody typed them, in another order."""
    copied = [_typed(row, rows, chosen, rates) for row in rows]
    chosen.shuffle(copied)
    return copied


def _household(chosen: Random, village: int, before: Sequence[Person], rates: Rates) -> Iterator[Person]:
    town = f"第{village % _TOWNS + 1}乡"
    born = _day(chosen, 0, _DAYS * 2 // 3)
    father = Person(0, _name(chosen, _surname(chosen), "男"), "男", born, town, f"{village + 1}号村")
    near = before[-60:]
    if near and chosen.random() < rates.namesake_next_door:
        other = chosen.choice(near)
        father = replace(father, name=other.name, sex=other.sex, town=other.town, village=other.village)
    if before and chosen.random() < rates.namesake_of_the_day:
        other = chosen.choice(before)
        father = replace(father, name=other.name, sex=other.sex, birth=other.birth)
    yield father
    if chosen.random() < 0.75:
        born = father.birth + timedelta(chosen.randrange(-1500, 2500))
        yield Person(0, _name(chosen, _surname(chosen), "女"), "女", born, father.town, father.village)
    yield from _children(father, chosen, rates)


def _children(father: Person, chosen: Random, rates: Rates) -> Iterator[Person]:
    shared = chosen.choice(_MEN)  # the character of their generation
    born = father.birth + timedelta(chosen.randrange(20 * 365, 35 * 365))
    for _ in range(chosen.choices(range(5), (3, 4, 3, 1, 1))[0]):
        twins = 2 if chosen.random() < rates.twins else 1
        for _ in range(twins):
            sex = chosen.choice("男女")
            name = father.name[0] + shared + _given(chosen, sex)
            if chosen.random() < rates.like_father:
                name = father.name[:-1] + _given(chosen, sex)
            yield Person(0, name, sex, min(born, date(2021, 12, 1)), father.town, father.village)
        born += timedelta(chosen.randrange(400, 2200))


def _surname(chosen: Random) -> str:
    return chosen.choices(_SURNAMES, [1 / (2 + at) for at in range(len(_SURNAMES))])[0]


def _given(chosen: Random, sex: str) -> str:
    pool = _MEN if sex == "男" else _WOMEN
    return chosen.choices(pool, [1 / (8 + at) for at in range(len(pool))])[0]


def _name(chosen: Random, surname: str, sex: str) -> str:
    return surname + "".join(_given(chosen, sex) for _ in range(1 if chosen.random() < 0.15 else 2))


def _day(chosen: Random, first: int, last: int) -> date:
    return _FIRST + timedelta(chosen.randrange(first, last))


def _typed(row: Person, rows: Sequence[Person], chosen: Random, rates: Rates) -> Person:
    """A row with what went wrong in typing it."""
    row = replace(row, name=_miswritten(row.name, row.sex, chosen, rates))
    row = replace(row, birth=_mistyped(row.birth, chosen, rates), day_known=chosen.random() >= rates.no_birth)
    if chosen.random() < rates.no_sex:
        row = replace(row, sex="")
    elif chosen.random() < rates.wrong_sex:
        row = replace(row, sex="女" if row.sex == "男" else "男")
    if chosen.random() < rates.moved_in_town:
        near = [item for item in chosen.choices(rows, k=5 * _TOWNS) if item.town == row.town]
        row = replace(row, village=chosen.choice(near or [row]).village)
    elif chosen.random() < rates.moved:
        to = chosen.choice(rows)
        row = replace(row, town=to.town, village=to.village)
    return row


def _miswritten(name: str, sex: str, chosen: Random, rates: Rates) -> str:
    if chosen.random() < rates.sound:
        name = _misheard(name, chosen)
    if chosen.random() < rates.character:
        name = _put(name, chosen.randrange(len(name)), _given(chosen, sex))
    return name[:-1] if len(name) > 2 and chosen.random() < rates.lost_character else name


def _misheard(name: str, chosen: Random) -> str:
    """One character by another that sounds or looks like it, where there is one."""
    places = [(at, other) for at, one in enumerate(name) for other in _like().get(one, ())]
    return _put(name, *chosen.choice(places)) if places else name


_LIKE = dict[str, list[str]]()


def _like() -> dict[str, list[str]]:
    if not _LIKE:
        known = sorted({*_SURNAMES, *_MEN, *_WOMEN, *"张章彰方坊梦孟建剑健志智国果伟玮维君俊均海亥平萍屏"})
        for one in known:
            sound = lazy_pinyin(one)
            _LIKE[one] = [other for other in known if other != one and lazy_pinyin(other) == sound]
            _LIKE[one] += [
                other for group in characters().lookalikes if one in group for other in group if other != one
            ]
    return _LIKE


def _put(text: str, at: int, other: str) -> str:
    return text[:at] + other + text[at + 1 :]


def _mistyped(born: date, chosen: Random, rates: Rates) -> date:
    text = born.strftime("%Y%m%d")
    if chosen.random() < rates.digit:
        at = chosen.randrange(2, 8)
        text = _put(text, at, str(chosen.randrange(10)))
    if chosen.random() < rates.exchanged:
        at = chosen.randrange(2, 7)
        text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if chosen.random() < rates.month_and_day:
        text = text[:4] + text[6:] + text[4:6]
    if chosen.random() < rates.year:
        text = str(int(text[:4]) + chosen.choice((-1, 1))) + text[4:]
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return born
