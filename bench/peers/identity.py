"""What an ID number says (GB 11643), vectorised in pandas: the peers' counterpart of the rule language's ID_…."""

from __future__ import annotations

from datetime import date

import pandas as pd

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def read_ids(ids: pd.Series) -> pd.DataFrame:
    """What each number says.

    Args:
        ids: numbers as text; 15 digits, 18, or a disability certificate's 20 or 22 characters.

    Returns:
        Same index. `valid`: form, date and check character are right. `born`: the date in it, where there is
        one. `sex`: 男 or 女, where it can be told.
    """
    body = ids.where(~ids.str.len().isin([20, 22]), ids.str.slice(0, 18))
    old = body.str.fullmatch("[0-9]{15}")
    full = body.where(~old, body.str.slice(0, 6) + "19" + body.str.slice(6))
    full = full.where(old | full.str.fullmatch("[0-9]{17}[0-9X]"))
    born = pd.to_datetime(full.str.slice(6, 14), format="%Y%m%d", errors="coerce")
    odd = full.str.slice(16, 17).isin(list("13579"))
    sex = pd.Series("女", index=ids.index, dtype="str").mask(odd, "男").where(full.notna())
    return pd.DataFrame({"valid": born.notna() & (old | _checked(full)), "born": born, "sex": sex})


def _checked(full: pd.Series) -> pd.Series:
    """Whether the last character is the check character over the 17 digits before it."""
    digits = full.str.slice(0, 17).fillna("0").astype("int64")
    total = pd.Series(0, index=full.index)
    for place, weight in enumerate(_WEIGHTS):
        total += digits // 10 ** (16 - place) % 10 * weight
    return full.str.slice(17, 18).eq((total % 11).map(dict(enumerate(_CHECK))))


def full_years(born: pd.Series, day: date) -> pd.Series:
    """Age in completed years on a day."""
    before = (born.dt.month > day.month) | ((born.dt.month == day.month) & (born.dt.day > day.day))
    return pd.Series(day.year - born.dt.year - before)
