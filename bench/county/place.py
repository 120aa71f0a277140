"""Figures of local packs that a clean county must keep to, by place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figures:
    """What a county promises; None where its place sets nothing.

    Attributes:
        rebuilt_by: 危改期限.
        water_by: 饮水期限.
        allowance: 低保标准, 元/年.
        drugs: 用药补助, lowest and highest 元/月.
        premium: 养老代缴.
        self_pay: 自付比例.
        visits: 走访频次 a month.
        leaders: 致富带头人, fewest and most a village, and households of each.
    """

    rebuilt_by: date | None = None
    water_by: date | None = None
    allowance: float | None = None
    drugs: tuple[int, int] | None = None
    premium: int | None = None
    self_pay: float | None = None
    visits: int | None = None
    leaders: tuple[int, int] | None = None


_NATIONAL = Figures()
_BY_PLACE = {
    "抚顺市": Figures(date(2020, 6, 30), date(2020, 6, 30), 5000.0, (40, 100), leaders=(3, 5)),
    "资阳市": Figures(premium=100, self_pay=0.1),
    "云阳县": Figures(rebuilt_by=date(2020, 11, 30), visits=1),
}


def figures(place: dict[str, str]) -> Figures:
    """The figures of the county, else of its city, else none."""
    return _BY_PLACE.get(place["县"]) or _BY_PLACE.get(place["市"]) or _NATIONAL
