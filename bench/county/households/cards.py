"""What hangs on the wall and who helps: 明白卡 and 帮扶责任人."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from county.records.names import UNITS, NameBook
from county.records.numbers import Numbers
from county.records.record import Dossier, Record, Row

_COPIED = ("户编号", "户主姓名", "户主证件号码", "家庭人口", "联系电话", "脱贫属性", "脱贫年度", "主要致贫原因",
           "人均纯收入", "饮水安全")  # fmt: skip


def helper(rng: Random, names: NameBook, numbers: Numbers) -> Row:
    """A helper, as 帮扶责任人 describes him."""
    born = date(1980, 1, 1) + timedelta(days=rng.randrange(3000))
    return {
        "帮扶人": names.full(names.surname(), male=True),
        "帮扶人证件号码": numbers.resident_id(born, male=True),
        "帮扶单位": rng.choice(UNITS),
        "职务": rng.choice(("科员", "副科长", "股长")),
        "帮扶人电话": numbers.phone(),
        "驻村工作队员": False,
    }


def helpers(rng: Random, dossier: Dossier, current: Row) -> list[Record]:
    """The current helper's row; for some households his predecessor at another office too."""
    number = {"户编号": dossier.household.values["户编号"]}
    start = date(2018, 3, 1)
    rows = [Record("帮扶责任人", number | current | {"开始日期": start, "结束日期": None})]
    if rng.random() < 0.15:
        past: Row = {"开始日期": date(2016, 5, 1), "结束日期": start - timedelta(days=1), "职务": "干事"}
        rows.append(Record("帮扶责任人", number | current | past))
    return rows


def card(rng: Random, dossier: Dossier, current: Row) -> Record:
    """The card on the household's wall."""
    household = dossier.household.values
    copied = {name: household[name] for name in _COPIED}
    now = dossier.years[-1].values
    return Record(
        "明白卡",
        copied
        | {
            "住房安全等级": now["住房安全等级"],
            "帮扶人": current["帮扶人"],
            "帮扶人电话": current["帮扶人电话"],
            "帮扶措施": rng.choice(("产业帮扶", "就业帮扶", "健康帮扶、就业帮扶")),
            "享受政策": "基本医保参保资助",
            "上墙": True,
            "更新日期": date(2020, 7, 1) + timedelta(days=rng.randrange(120)),
        },
    )
