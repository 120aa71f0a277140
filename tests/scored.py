"""A hand-made scorecard: two counties, three villages, every standing, and names no terminal should believe."""

from __future__ import annotations

from datetime import date

from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import (
    WHOLE,
    Direction,
    Goal,
    IndicatorScores,
    Level,
    Score,
    Scorecard,
    Sums,
    value_of,
)

COUNTIES = (Place("清河县"), Place("石桥县"))
VILLAGES = (
    Place("清河县", "柳林镇", "东沟村"),
    Place("清河县", "柳林镇", "上[湾]村"),
    Place("石桥县", "石桥镇", "=1+1村"),
)


def score(place: Place, sums: Sums, goal: float | None, met: bool | None) -> Score:
    """A score of an indicator in percent."""
    return Score(
        place,
        sums,
        value_of(sums, share=True),
        None if goal is None else Goal(goal, "某办发〔2020〕1号"),
        met,
    )


def indicator(
    number: int, title: str, *scores: Score, unit: str = "%", direction: Direction = Direction.HIGHER
) -> IndicatorScores:
    """An indicator that was computed."""
    return IndicatorScores(
        id=f"SCO-{number:02}",
        title=title,
        unit=unit,
        direction=direction,
        level=Level.VILLAGE,
        formula=f"户: COUNT({title})",
        note=f"{title}的户",
        basis=("某办发〔2020〕1号 二",),
        scores=scores,
    )


def scorecard(earlier: bool = False) -> Scorecard:
    """A scorecard; the earlier one of the two has lower values."""
    less = 2 if earlier else 0
    homes = indicator(
        1,
        "住房安全率",
        score(WHOLE, Sums(28 - less, 30), 1, False),
        score(COUNTIES[0], Sums(18 - less, 20), 1, False),
        score(COUNTIES[1], Sums(10, 10), 1, True),
        score(VILLAGES[0], Sums(10, 10), 1, True),
        score(VILLAGES[1], Sums(8 - less, 10), 1, False),
        score(VILLAGES[2], Sums(10, 10), 1, True),
    )
    work = indicator(
        2,
        "就业率",
        score(COUNTIES[0], Sums(9999, 10000), 1, False),
        score(COUNTIES[1], Sums(5, 5, 1), 1, None),
        score(VILLAGES[2], Sums(5, 5, 1), 1, None),
    )
    relapsed = IndicatorScores(
        "SCO-03", "返贫人口", "人", Direction.ZERO, Level.VILLAGE, "人口: COUNT(返贫)",
        notes=("未交付台账“监测对象”，当作没有记录",),
        scores=(
            Score(COUNTIES[0], Sums(1234 + less, 5000), 1234 + less, Goal(0), False),
            Score(COUNTIES[1], Sums(0, 50), 0, Goal(0), True),
        ),
    )  # fmt: skip
    spent = indicator(
        4, "支出进度", score(COUNTIES[0], Sums(0, 0), 0.95, None), score(COUNTIES[1], Sums(5, 10), None, None)
    )
    missing = IndicatorScores(
        "SCO-05",
        "遍访率",
        "%",
        Direction.HIGHER,
        Level.VILLAGE,
        "户: COUNT(走访)",
        reason="未交付台账“走访记录”",
    )
    return Scorecard(
        version="0.1.0",
        as_of=date(2020, 6, 30) if earlier else date(2020, 12, 31),
        as_of_source="数据中最近的年度",
        inputs=(InputSheet("坏.xlsx", "", error="打不开"), InputSheet("户.xlsx", "户", ("户",), 1, 30)),
        indicators=(homes, work, relapsed, spent, missing),
        packs=("全国",),
        settings=("参数 贫困线 = 4000",),
        notes=("清河县的目标任务“绿化率”没有对应的指标",),
    )
