"""The columns the peers' checks look at: the ledgers' own, and what pandas works out of them beforehand.

What an ID says is a plain function mapped over the column, once for each rule that asks, as their documentation
has it for what a check can't say itself (pandera's `element_wise`, Great Expectations' `column.apply`).

A blank in a column that was worked out means that the rule does not apply or cannot be decided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from peers.identity import age, born, sex, valid

_LENGTH = 18
TOLERANCE = 1.005  # param.金额容差 and the half cent of WITHIN
SOURCES = ("工资性收入", "生产经营性收入", "财产性收入", "转移性收入")
TRANSFERS = ("计划生育金", "低保金", "特困供养金", "养老保险金", "生态补偿金", "其他转移性收入")
OUT_OF_POVERTY = ("已脱贫", "已脱贫不享受政策")

Frames = Mapping[str, pd.DataFrame]


def work_out(ledgers: Frames, as_of: date) -> Frames:
    """The frames to be judged: 户, 人口, 户年度, and 在册 for rules on members who have not left.

    Args:
        ledgers: 户, 人口 and 户年度 with their positions as index.
        as_of: the date ages and years are counted at.
    """
    households, persons, yearly = (ledgers[title] for title in ("户", "人口", "户年度"))
    members = persons[persons["成员状态"].isna() | persons["成员状态"].isin(["正常", "转入"])]
    return {
        "人口": persons[["人编号"]],
        "在册": _members(members, as_of),
        "户": _households(households, persons, members, yearly, as_of),
        "户年度": _yearly(yearly, as_of),
    }


def _members(members: pd.DataFrame, as_of: date) -> pd.DataFrame:
    frame = members[["姓名", "证件号码", "性别", "出生日期"]].copy()
    numbers = frame["证件号码"]
    frame["号码出生"] = pd.to_datetime(numbers.map(_if_valid(born), na_action="ignore"), errors="coerce")
    frame["号码性别"] = numbers.map(_if_valid(sex), na_action="ignore")
    return _with_id_columns(frame, "证件号码", as_of)


def _with_id_columns(frame: pd.DataFrame, field: str, as_of: date) -> pd.DataFrame:
    def sound(number: str) -> bool | None:
        if len(number) != _LENGTH:
            return None
        birth = born(number)
        return birth is not None and birth <= as_of and valid(number)

    numbers = frame[field]
    frame["号码有效"] = numbers.map(sound, na_action="ignore").astype("boolean")
    frame["号码年龄"] = numbers.map(_if_valid(partial(age, day=as_of)), na_action="ignore").astype("float64")
    return frame


def _if_valid(say: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda number: say(number) if valid(number) else None


def _households(
    households: pd.DataFrame, persons: pd.DataFrame, members: pd.DataFrame, yearly: pd.DataFrame, as_of: date
) -> pd.DataFrame:
    own = ["户编号", "户主姓名", "户主证件号码", "联系电话", "家庭人口", "危房户"]
    frame = _with_id_columns(households[own].copy(), "户主证件号码", as_of)
    frame["饮水安全户困难"] = households["饮水困难"].where(households["饮水安全"].fillna(value=False))
    frame = _with_members(frame, persons, members)
    frame["本年危房"] = frame["户编号"].map(_dangerous(yearly, as_of)).astype("boolean")
    return _with_exit(frame, households, as_of)


def _with_members(frame: pd.DataFrame, persons: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Add 在册人数, for households that ever had a member; 户主数, for those that have one now."""
    number, relation, household = frame["户编号"], members["与户主关系"], members["户编号"]
    present = number.map(household.value_counts())
    ever = number.map(persons["户编号"].value_counts())
    heads = number.map(household[relation == "户主"].value_counts()).fillna(0)
    unknown = number.map(household[relation.isna()].value_counts()).notna()
    frame["在册人数"] = present.fillna(0).where(ever.notna()).astype("Int64")
    frame["户主数"] = heads.where(present.notna() & ~((heads == 0) & unknown))
    return frame


def _dangerous(yearly: pd.DataFrame, as_of: date) -> pd.Series:
    """户编号 → whether the house is of grade C or D this year."""
    graded = yearly[(yearly["年度"] == as_of.year) & yearly["住房安全等级"].notna()]
    return graded.set_index("户编号")["住房安全等级"].isin(["C", "D"])


def _with_exit(frame: pd.DataFrame, households: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Add 有脱贫年度 and 应有脱贫年度, and whether the year lies between 识别 and now."""
    state, year = households["脱贫属性"], households["脱贫年度"]
    known = households["识别年月"].dt.year
    out = state.isin(OUT_OF_POVERTY)
    frame["有脱贫年度"] = year.notna()
    frame["应有脱贫年度"] = out.astype("boolean").where(out | (state == "未脱贫"))
    wrong = (year < known).fillna(value=False) | (year > as_of.year).fillna(value=False)
    frame["脱贫年度合理"] = (~wrong).astype("boolean").where(year.notna() & (wrong | known.notna()))
    return frame


def _yearly(yearly: pd.DataFrame, as_of: date) -> pd.DataFrame:
    frame = yearly[[*SOURCES, "生产经营性支出", "人均纯收入"]].copy()
    total = sum((frame[name] for name in SOURCES[1:]), frame[SOURCES[0]]) - frame["生产经营性支出"]
    size = yearly["家庭人口"].astype("float64")
    parts = yearly[list(TRANSFERS)]
    frame["收支差"] = yearly["纯收入"] - total
    frame["人均差"] = yearly["人均纯收入"] - yearly["纯收入"] / size.where(size != 0)
    frame["转移余额"] = (yearly["转移性收入"] + 1 - parts.fillna(0).sum(axis=1)).where(
        parts.notna().any(axis=1)
    )
    frame["已定等级"] = yearly["住房安全等级"].notna().astype("boolean").where(yearly["年度"] == as_of.year)
    return frame
