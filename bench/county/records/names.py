"""Names to draw from; none means anybody or any place."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
_MEN = "国建志文明军强伟平东海山林根生福贵宝德永长春成有水金玉清宏"
_WOMEN = "秀英兰芳桂玲红梅霞翠凤珍月琴素云莲香春花玉娟丽琼燕菊雪慧巧莉"

_TOWNS = ("清河镇", "白石乡", "柳林乡")
_VILLAGES = (
    ("东沟村", "西坡村", "石桥村"),
    ("白石村", "上营村", "下营村"),
    ("柳林村", "青山村", "榆树村"),
)
_FIRST = "东西南北上下前后大小"
_SECOND = "沟坡桥营岭川湾塘坪井"
SCHOOLS = {
    "学前": "中心幼儿园",
    "小学": "中心小学",
    "初中": "初级中学",
    "高中": "第一高级中学",
    "高职高专": "职业技术学院",
}
UNITS = ("县财政局", "县水务局", "县教育局", "县农业农村局", "县人民医院", "县交通运输局")
WORKPLACES = {
    "乡镇内务工": "{省}{市}{县}{乡镇}",
    "乡镇外县内务工": "{省}{市}{县}",
    "县外省内务工": "{省}{市}永宁区",
    "省外务工": "山东省威海市环翠区",
}
"""务工状况 → 务工所在地, down to the county."""


@dataclass
class NameBook:
    """Draws names, none twice in one village."""

    rng: Random
    _taken: set[str] = field(default_factory=set)

    def surname(self) -> str:
        """A family name."""
        return self.rng.choice(_SURNAMES)

    def full(self, surname: str, *, male: bool) -> str:
        """A full name not yet given in the village."""
        given = _MEN if male else _WOMEN
        while True:
            name = surname + "".join(self.rng.choice(given) for _ in range(2))
            if name not in self._taken:
                self._taken.add(name)
                return name


def town_and_village(index: int, villages_a_town: int) -> dict[str, str]:
    """Town and village of the county's village `index`."""
    town, order = divmod(index, villages_a_town)
    if town < len(_TOWNS) and order < len(_VILLAGES[town]):
        return {"乡镇": _TOWNS[town], "村": _VILLAGES[town][order]}
    return {"乡镇": f"{_numbered(town)}乡", "村": f"{_numbered(index)}村"}


def _numbered(index: int) -> str:
    """A two- or more-character name for a number, each number its own."""
    high, low = divmod(index, len(_FIRST) * len(_SECOND))
    name = _FIRST[low // len(_SECOND)] + _SECOND[low % len(_SECOND)]
    return (
        _SURNAMES[(high - 1) % len(_SURNAMES)] + ("家" * ((high - 1) // len(_SURNAMES) + 1)) if high else ""
    ) + name
