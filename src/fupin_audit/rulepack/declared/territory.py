"""Where something holds: the place of a pack or a document, and whether a county lies in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from fupin_audit.rulepack.declared.rule import Data

_OWN = ("", "本级", "市本级")
_ENDINGS = ("满族自治县", "自治县", "自治州", "省", "市", "县", "区", "旗")


@dataclass(frozen=True, slots=True)
class Region:
    """A county with the city and province above it, as far as the records name them."""

    province: str = ""
    city: str = ""
    county: str = ""


class Territory(Data):
    """A place; names are compared without their 省/市/县/区/自治县 endings. Empty: everywhere.

    Attributes:
        counties: counties of a city, for records that don't name the city.
        zones: what the city has besides, whose people its counties count too: 高新区, 经济区.
    """

    province: str = Field("", alias="省")
    city: str = Field("", alias="市")
    county: str = Field("", alias="县")
    counties: tuple[str, ...] = Field((), alias="所辖")
    zones: tuple[str, ...] = Field((), alias="另辖")

    @property
    def everywhere(self) -> bool:
        """Whether it is no place in particular."""
        return not (self.province or self.city or self.county)

    @property
    def depth(self) -> int:
        """How local it is: 0 the nation, 3 a county."""
        return 3 if self.county else 2 if self.city else 1 if self.province else 0

    def covers(self, region: Region) -> bool:
        """Whether the region lies in it."""
        if self.county:
            return same_name(self.county, region.county) and _agrees(self.city, region.city)
        if self.city:
            return same_name(self.city, region.city) or (not region.city and self._names(region.county))
        return _agrees(self.province, region.province) if self.province else True

    def _names(self, county: str) -> bool:
        """Whether it is the city itself or lies in it, by its name alone."""
        return self.is_itself(county) or _among(county, (*self.counties, *self.zones))

    def is_itself(self, county: str) -> bool:
        """Whether what a row calls its county is the city itself: its own money, its own offices."""
        return bool(self.city) and county.startswith(self.city) and county[len(self.city) :] in _OWN

    def __str__(self) -> str:
        return f"{self.province}{self.city}{self.county}" or "全国"


def same_name(one: str, other: str) -> bool:
    """Whether two names are of one place, with or without 县, 自治县 …."""
    return bool(other) and _bare(one) == _bare(other)


def _agrees(one: str, other: str) -> bool:
    return not one or not other or _bare(one) == _bare(other)


def _among(name: str, names: Iterable[str]) -> bool:
    return any(same_name(item, name) for item in names)


@cache  # asked of the same few names for every rule
def _bare(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 1:
            return name[: -len(ending)]
    return name
