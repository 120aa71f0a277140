"""Kinds of households, as a literal table: who lives there and what the household is known for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A member of a kind of household.

    Attributes:
        relation: 与户主关系.
        male: sex.
        ages: youngest and oldest age at the end of the audit year; for children of the head relative ages
            are kept plausible by these ranges alone.
        traits: 慢性病, 大病, 残疾, 重残 (健康), 务工, 技能, 岗位, 大专, 低保, 特困, 未就学, 死亡.
    """

    relation: str
    male: bool
    ages: tuple[int, int]
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of household.

    Attributes:
        roles: its members, the head first.
        lifted: 已脱贫; otherwise 未脱贫.
        aid: 一般, 低保 or 特困供养, as 户属性 says.
        house: 住房 history: 自建 (no appraisal), 安全, 已改造 (rebuilt, appraised twice), 危房 (work under way).
        safe_water: 饮水安全.
        known_for: 搬迁, 受灾, 监测, 返贫: what further ledgers tell of the household.
    """

    roles: tuple[Role, ...]
    lifted: bool = True
    aid: str = "一般"
    house: str = "安全"
    safe_water: bool = True
    known_for: frozenset[str] = frozenset()


def _man(relation: str, low: int, high: int, *traits: str) -> Role:
    return Role(relation, True, (low, high), frozenset(traits))


def _woman(relation: str, low: int, high: int, *traits: str) -> Role:
    return Role(relation, False, (low, high), frozenset(traits))


KINDS: tuple[Kind, ...] = (
    Kind((_man("户主", 34, 40, "务工"), _woman("配偶", 32, 38), _man("之子", 8, 12))),
    Kind((_man("户主", 36, 42, "务工"), _woman("配偶", 34, 40, "慢性病"), _woman("之女", 13, 14), _man("之子", 3, 7)),
         house="已改造"),
    Kind((_man("户主", 42, 46, "务工"), _woman("配偶", 40, 44), _man("之子", 16, 17))),
    Kind((_man("户主", 44, 48, "务工"), _woman("配偶", 43, 46, "务工"), _woman("之女", 19, 20), _man("之子", 13, 14)),
         house="自建"),
    Kind((_man("户主", 38, 44, "务工"), _woman("配偶", 36, 42), _man("之子", 10, 14), _man("之父", 66, 72),
          _woman("之母", 63, 70, "慢性病"))),
    Kind((_man("户主", 40, 45, "务工", "技能"), _woman("配偶", 38, 43, "岗位"), _woman("之女", 9, 14),
          _woman("之母", 64, 72)), house="自建"),
    Kind((_man("户主", 52, 57), _woman("配偶", 50, 56, "慢性病"), _man("之子", 26, 30, "务工"),
          _woman("之儿媳", 25, 29), _man("之孙子", 1, 4))),
    Kind((_man("户主", 50, 55, "残疾"), _woman("配偶", 48, 54), _man("之子", 24, 28, "务工"), _woman("之女", 19, 20))),
    Kind((_man("户主", 26, 29, "务工"), _woman("配偶", 24, 27), _man("之父", 50, 57), _woman("之母", 48, 56, "慢性病")),
         house="已改造"),
    Kind((_woman("户主", 38, 44, "务工"), _woman("之女", 14, 15), _man("之子", 8, 10))),
    Kind((_man("户主", 64, 68), _woman("配偶", 62, 66, "慢性病"), _man("之子", 38, 42, "务工"), _man("之孙子", 9, 13))),
    Kind((_man("户主", 50, 56, "务工"), _woman("配偶", 49, 54, "重残", "低保")), aid="低保"),
    Kind((_man("户主", 70, 78, "低保"), _woman("配偶", 67, 75, "慢性病", "低保")), lifted=False, aid="低保"),
    Kind((_woman("户主", 66, 74, "大病", "低保"),), lifted=False, aid="低保", house="危房", safe_water=False),
    Kind((_man("户主", 68, 79, "特困"),), aid="特困供养"),
)  # fmt: skip
"""One village's households, over and over."""

RARE_KINDS: tuple[Kind, ...] = (
    Kind((_man("户主", 36, 42, "务工"), _woman("配偶", 34, 40), _woman("之女", 9, 13, "未就学", "慢性病"))),
    Kind((_man("户主", 45, 50, "务工"), _woman("配偶", 43, 48), _woman("之母", 70, 77, "死亡"))),
)
"""One of them more in every other village."""

MORE_KINDS: tuple[Kind, ...] = (
    Kind((_man("户主", 40, 44, "务工"), _woman("配偶", 38, 42), _woman("之女", 8, 11, "重残"))),
    Kind((_man("户主", 48, 52, "务工"), _woman("配偶", 46, 50), _man("之子", 22, 24, "务工", "大专"))),
    Kind((_man("户主", 52, 57, "大病"), _woman("配偶", 50, 55, "岗位"), _man("之子", 26, 30, "务工")),
         known_for=frozenset({"监测"})),
    Kind((_man("户主", 42, 48, "务工"), _woman("配偶", 40, 46), _woman("之女", 13, 14)),
         known_for=frozenset({"搬迁", "受灾", "监测"})),
    Kind((_man("户主", 55, 59, "大病", "低保"), _woman("配偶", 53, 58, "慢性病", "低保")), lifted=False, aid="低保",
         known_for=frozenset({"返贫"})),
)  # fmt: skip
"""Beside them where further ledgers are delivered."""
