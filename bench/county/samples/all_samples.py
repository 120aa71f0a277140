"""All samples: the folders under samples/."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from county.clean.village import Shape
from county.drops.all_drops import DROPS
from county.planting.fault import Fault
from county.records.record import AUDIT_YEAR

_EXAM = Shape(9, 20, 3, "辽宁省", "抚顺市", "云溪县")
_LARGER = Shape(11, 20, 3, "辽宁省", "抚顺市", "云溪县")
_SINCE = Shape(7, 20, 3, "辽宁省", "抚顺市", "云溪县", floor=6200)
_FIELD = Shape(5, 20, 3, "辽宁省", "抚顺市", "云溪县")
_YUNYANG = Shape(3, 20, 3, "重庆市", "重庆市", "云阳县")
_ZIYANG = Shape(2, 20, 2, "四川省", "资阳市", "乐至县")
_XINBIN = Shape(2, 20, 2, "辽宁省", "抚顺市", "新宾满族自治县")
_JINZHOU = Shape(1, 20, 1, "辽宁省", "锦州市", "义县")
_EXPORTS = Shape(1, 16, 1)
_IN_EXPORTS = ("少一位", "性别填反", "姓名带数字", "儿媳填成配偶", "纯收入多算六百", "人均算错", "分红与财产性收入不合",
               "无人务工有工资")  # fmt: skip
_DEFAULT = Shape()


@dataclass(frozen=True, slots=True)
class Sample:
    """A folder under samples/.

    Attributes:
        folder: its name.
        drop: the generation of exports it is delivered in.
        clean: nothing is planted.
        shape: how large the county is, and where it lies.
        comfortable: incomes lie above the targets of places that set themselves some.
        local: the place whose own figures its faults break; the others are settled by a project file.
        year: the audit year.
        figures: further figures that its project file sets.
        honest: its households have the habits of honest ones.
        adopts: its project file adopts what documents of other places and years demand.
        borrowed: faults of other deliveries, by name, whose columns it has too.
    """

    folder: str
    drop: str
    clean: bool = False
    shape: Shape = _DEFAULT
    comfortable: bool = False
    local: str = ""
    year: int = AUDIT_YEAR
    figures: tuple[tuple[str, float], ...] = ()
    borrowed: tuple[str, ...] = ()
    honest: bool = False
    adopts: bool = False

    @property
    def settled(self) -> bool:
        """Whether a project file settles the figures that no pack gives its place."""
        return bool(DROPS[self.drop].families) and not self.local

    def chosen(self, faults: Iterable[Fault]) -> list[Fault]:
        """Those of the faults that are planted here."""
        kind = self.local or self.drop
        chosen = [fault for fault in faults if kind in fault.drops or fault.name in self.borrowed]
        return [] if self.clean else chosen


SAMPLES = (
    Sample("清河县", "2020"),
    Sample("清河县-2021", "2021"),
    Sample("清河县-无误", "2020", clean=True),
    Sample("清河县-2021-无误", "2021", clean=True),
    Sample("抚顺样例", "small", shape=Shape(1, 13, 1, "辽宁省", "抚顺市", "云溪县"), comfortable=True),
    Sample("考核样例-2020", "exam-2020", shape=_EXAM),
    Sample("考核样例-2021", "exam-2021", shape=_LARGER, adopts=True),
    Sample("考核样例-2023", "exam-2023", shape=_SINCE, year=2023, adopts=True),
    Sample("考核样例-实地", "exam-field", shape=_FIELD, figures=(("低保标准", 3600),)),
    Sample("考核样例-云阳", "exam-2020", shape=_YUNYANG, local="云阳"),
    Sample("考核样例-资阳", "exam-2020", shape=_ZIYANG, local="资阳", year=2018),
    Sample("考核样例-新宾", "exam-2020", shape=_XINBIN, local="新宾"),
    Sample("考核样例-锦州", "exam-2020", shape=_JINZHOU, local="锦州", figures=(("低保标准", 3600),)),
    Sample("清河县-2023", "2023", shape=_EXPORTS, year=2023, borrowed=_IN_EXPORTS),
    Sample("清河县-2025", "2025", shape=_EXPORTS, year=2025, borrowed=_IN_EXPORTS),
    Sample("清河县-2023-无误", "2023", clean=True, shape=_EXPORTS, year=2023),
    Sample("清河县-2025-无误", "2025", clean=True, shape=_EXPORTS, year=2025),
    Sample("考核样例-新宾2018", "exam-2020", shape=_XINBIN, local="新宾2018", year=2018),
)
