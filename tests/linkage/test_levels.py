"""How far two names, days and places agree."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from fupin_audit.linkage.fields import BIRTH, BLANK, NAME, PLACE
from fupin_audit.linkage.levels import day_levels, levels
from fupin_audit.linkage.name_levels import Names
from fupin_audit.linkage.rolls import COLUMNS, rolls_of

NAMES = {
    ("张小芳", "张小芳"): "相同",
    ("张小芳", "章小方"): "同音、近音或形近",  # 张章, 芳方
    ("刘兰", "牛兰"): "同音、近音或形近",  # n and l
    ("金国", "全国"): "同音、近音或形近",  # look alike
    ("金小芳", "全小方"): "同音、近音或形近",  # one looks, the other sounds alike
    ("张小芳", "张大芳"): "差一个字",
    ("张小芳", "张芳"): "差一个字",
    ("张芳", "张小芳"): "差一个字",
    ("张小芳", "小张芳"): "差一个字",
    ("张小芳", "张大明"): "不同",
    ("张小芳", "张小芳芳芳"): "不同",
    ("张三", "李四"): "不同",
    ("张", "章"): "不同",
}
DAYS = {
    (19700305, 19700305): "相同",
    (19700305, 19700503): "月日颠倒",
    (19700305, 19710305): "只差一年",
    (19700305, 19690305): "只差一年",
    (19700305, 19800305): "差一位数",
    (19700312, 19700321): "差一位数",
    (19700305, 19700306): "差一位数",
    (19700305, 19720406): "不同",
    (19700305, 19700416): "不同",
}
PLACES: dict[tuple[str | None, ...], str] = {
    ("白石乡", "东沟村", "白石乡", "东沟村"): "同村",
    ("白石乡", "东沟村", None, "东沟村"): "同村",
    ("白石乡", "东沟村", "柳林乡", "东沟村"): "不同乡镇",
    ("白石乡", "东沟村", "白石乡", "上营村"): "同乡镇",
    ("白石乡", "东沟村", None, "上营村"): "不同乡镇",
    ("白石乡", None, "柳林乡", "东沟村"): "不同乡镇",
    ("白石乡", None, "白石乡", "东沟村"): "",
    (None, None, "白石乡", "东沟村"): "",
}


@pytest.mark.parametrize("pair", NAMES)
def test_names(pair: tuple[str, str]) -> None:
    names = list(dict.fromkeys(pair))
    (level,) = Names(names).levels(np.array([0]), np.array([len(names) - 1]))
    assert NAME.levels[level] == NAMES[pair]


@pytest.mark.parametrize("pair", DAYS)
def test_days(pair: tuple[int, int]) -> None:
    one, other = (np.array([day]) for day in pair)
    assert {BIRTH.levels[level] for level in (*day_levels(one, other), *day_levels(other, one))} == {
        DAYS[pair]
    }


@pytest.mark.parametrize("places", PLACES)
def test_places(places: tuple[str | None, ...]) -> None:
    left, right = ({"乡镇": town, "村": village} for town, village in (places[:2], places[2:]))
    rolls = rolls_of(
        *(
            pa.table({name: pa.array([row.get(name)], pa.string()) for name in COLUMNS})
            for row in (left, right)
        )
    )
    name, birth, sex, place = levels(rolls, np.array([0]), np.array([1]))[0]
    assert {int(name), int(birth), int(sex)} == {BLANK}
    assert ("" if place == BLANK else PLACE.levels[place]) == PLACES[places]
