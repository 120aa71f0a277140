"""A county drawn as tables, written as the files the program reads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from county.records.numbers import id_number
from screen_county import YEAR, County, draw, just_above, one_vector, times_one_factor, two_days

HONEST = tuple(f"{number}村" for number in range(1, 7))
MADE_UP = ("7村", "8村", "9村", "10村")
_VECTOR = 12
_HOUSEHOLDS = 30
_REGION = 990101


def partly_made_up(seed: int = 23) -> County:
    """Ten villages, of which four are made up: incomes of 4000–4060; one vector; × 1.08; two days and one wording."""
    county, rng = draw(seed, villages=10, households=_HOUSEHOLDS), np.random.default_rng(seed)
    just_above(county, 7, 1.0, rng)
    one_vector(county, 8, _VECTOR / _HOUSEHOLDS, rng)
    times_one_factor(county, 9, 1.0, rng)
    two_days(county, 10, 1.0, rng)
    return county


def write(county: County, folder: Path) -> Path:
    """Writes the county's ledgers; gives the folder."""
    numbers = np.array([f"99010100{at:06}" for at in range(len(county.village))])
    for name, table in (
        ("户", _register(county, numbers)),
        ("户年度", _accounts(county, numbers)),
        ("人口", _persons(county, numbers)),
        ("走访记录", _called(county.calls, numbers)),
        ("入户核查", _called(county.checks, numbers)),
    ):
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig")
    return folder


def _register(county: County, numbers: np.ndarray) -> pd.DataFrame:
    village = [f"{at}村" for at in county.village.tolist()]
    town = [f"第{at // 10 + 1}镇" for at in county.village.tolist()]
    heads = [id_number(_REGION, date(years[0], 1, 1), at % 1000) for at, years in enumerate(county.born)]
    return pd.DataFrame(
        {
            "省": "安和省",
            "市": "云川市",
            "县": "清河县",
            "乡镇": town,
            "村": village,
            "户编号": numbers,
            "户主姓名": [f"张{at}" for at in range(len(numbers))],
            "户主证件号码": heads,
            "家庭人口": county.account["家庭人口"].astype(int),
            "脱贫属性": "已脱贫",
            "主要致贫原因": "缺资金",
        }
    )


def _accounts(county: County, numbers: np.ndarray) -> pd.DataFrame:
    years = ((YEAR, county.account), (YEAR - 1, county.before))
    return pd.concat(
        pd.DataFrame({"户编号": numbers, "年度": year, **{name: table[name] for name in county.before}})
        for year, table in years
    )


def _persons(county: County, numbers: np.ndarray) -> pd.DataFrame:
    rows = [
        (
            numbers[home],
            f"{numbers[home]}{place:02}",
            f"张{home}{place}",
            _number(year, home, place),
            relation,
        )
        for home, years in enumerate(county.born)
        for place, year in enumerate(years)
        for relation in ["户主" if place == 0 else "其他"]
    ]
    return pd.DataFrame(rows, columns=["户编号", "人编号", "姓名", "证件号码", "与户主关系"])


def _number(year: int, home: int, place: int) -> str:
    return id_number(_REGION, date(year, 1 + place, 1 + home % 28), home % 1000)


def _called(table: dict[str, np.ndarray], numbers: np.ndarray) -> pd.DataFrame:
    """A ledger of visits; days as dates."""
    rows: dict[str, object] = {"户编号": numbers[table["household"]]}
    for name, values in table.items():
        if name != "household":
            days = np.array(values, dtype=float).astype("datetime64[D]") if "日期" in name else values
            rows[name] = days
    if "走访人" in table:
        rows["走访身份"] = "帮扶责任人"
    else:
        rows["核查编号"] = [f"H{at}" for at in range(len(table["household"]))]
    return pd.DataFrame(rows)
