"""Households watched for a fall back into poverty, and the ordinary ones around them."""

from __future__ import annotations

from datetime import date, timedelta

from county.further.family import Family, stranger, table
from county.further.poverty_office.helping import measure
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Dossier, Record, Row, Village
from county.sheets import forms as f

_TABLES = {
    "监测对象": table(
        "监测对象",
        "县 乡镇 村 户编号 户主姓名 户主证件号码 家庭人口 监测对象类别:监测类别 致贫/返贫风险1:风险 识别监测时间:识别年月 "
        "人均收入 风险是否已消除:风险消除 消除监测时间:消除年月 风险消除方式:消除方式 失学辍学 住房安全问题 饮水安全问题 "
        "未参加医保 开发式帮扶 消除后人均纯收入 监测联系人 监测联系人电话 因自然灾害子项 风险其他备注:其他备注 "
        "整户无劳动能力兜底保障户 家庭纯收入:纯收入 家庭理赔收入:理赔收入 合规自付支出 "
        "纳入监测对象的收入参考范围:收入参考范围 风险消除后工资性收入:消除后工资性收入 "
        "风险消除后财产性收入:消除后财产性收入 风险消除后转移性收入:消除后转移性收入 "
        "风险消除后生产经营性收入:消除后生产经营性收入 风险消除后生产经营性支出:消除后生产经营性支出 "
        "风险消除后家庭纯收入:消除后纯收入",
        识别年月=f.MIXED_MONTHS,
        消除年月=f.MIXED_MONTHS,
    ),
    "一般农户": table(
        "一般农户", "县 乡镇 村 户主姓名 户主证件号码 家庭人口 人均纯收入 住房安全等级 农户类别"
    ),
}
_NO_PROBLEM: Row = dict.fromkeys(("失学辍学", "住房安全问题", "饮水安全问题", "未参加医保"), False)
_OF_YEAR = (
    "工资性收入",
    "财产性收入",
    "转移性收入",
    "生产经营性收入",
    "生产经营性支出",
    "纯收入",
    "人均纯收入",
)
_AFTERWARDS: Row = {f"消除后{name}": None for name in _OF_YEAR}
_WATCHED: Row = {"风险消除": False, "消除年月": None, "消除方式": None} | _AFTERWARDS
_A_HEAD = 4870.0  # yuan
_GONE: Row = {"风险消除": True, "消除年月": date(2020, 9, 1), "消除方式": "帮扶消除"}
_ORDINARY = ((4, 12800.0), (3, 15400.0), (5, 11950.0))
_AT_THE_EDGE: Row = {"家庭人口": 3, "人均纯收入": 4720.0, "住房安全等级": "B", "农户类别": "边缘户"}
_HAS_WORK_RISK, _HAS_RECOVERED = 3, 9  # orders of households with two at work, and with one


_FOR_RISK = {
    "因病": ("健康帮扶", "大病救治，家庭医生跟踪"),
    "因自然灾害": ("产业帮扶", "补种补栏"),
    "因务工就业不稳": ("就业帮扶", "介绍新岗位"),
}


def _place(village: Village) -> Row:
    return {name: village.place[name] for name in ("县", "乡镇", "村")}


def _risk(dossier: Dossier, order: int) -> tuple[str, date] | None:
    """For what and since when a household is watched."""
    if "受灾" in dossier.known_for:
        return "因自然灾害", date(2020, 8, 1)
    if "监测" in dossier.known_for:
        return "因病", date(2020, 3, 1)
    if order == _HAS_WORK_RISK:
        return "因务工就业不稳", date(2020, 4, 1)
    return ("因务工就业不稳", date(2019, 11, 1)) if order == _HAS_RECOVERED else None


def monitored(village: Village, dossier: Dossier, contact: Row, risk: str, since: date) -> Record:
    """The row of a household watched for a risk since a month."""
    household = dossier.household.values
    row = _place(village) | contact | _NO_PROBLEM | _WATCHED
    row |= {name: household[name] for name in ("户编号", "户主姓名", "户主证件号码", "家庭人口")}
    row |= {
        "监测类别": "脱贫不稳定户",
        "风险": risk,
        "识别年月": since,
        "人均收入": _A_HEAD,
        "开发式帮扶": True,
        "因自然灾害子项": "洪涝" if risk == "因自然灾害" else None,
        "整户无劳动能力兜底保障户": False,
    }
    row |= income_then(int(dossier.household.number("家庭人口")), _A_HEAD, 3600.0 if risk == "因病" else 0.0)
    if since.year < AUDIT_YEAR:
        row |= _GONE | {f"消除后{name}": dossier.years[-1].values[name] for name in _OF_YEAR}
    return Record("监测对象", row)


def income_then(size: int, a_head: float, paid: float) -> Row:
    """What the household was watched for: its income, less what it paid for treatment."""
    return {
        "纯收入": size * a_head + paid,
        "理赔收入": 0.0,
        "合规自付支出": paid,
        "收入参考范围": size * a_head,
    }


def _answer(dossier: Dossier, risk: str, since: date) -> Record:
    """The measure that meets the risk."""
    when: Row = {"年度": since.year, "实施日期": since + timedelta(days=10)}
    return Record("帮扶措施", measure(dossier, *_FOR_RISK[risk]) | when)


def _neighbours(village: Village, draw: Draw, contact: Row) -> list[Record]:
    """Ordinary households, and one near the line that is watched."""
    rows = []
    for size, income in _ORDINARY:
        facts: Row = {"家庭人口": size, "人均纯收入": income, "住房安全等级": "A", "农户类别": "一般户"}
        rows.append(Record("一般农户", _place(village) | _head(draw) | facts))
    head = _head(draw)
    watched: Row = {
        "户编号": draw.numbers.household(len(village.dossiers) + 100),
        "家庭人口": 3,
        "监测类别": "边缘易致贫户",
        "风险": "因产业项目失败",
        "识别年月": date(2020, 12, 1),
        "人均收入": _AT_THE_EDGE["人均纯收入"],
        "开发式帮扶": True,
        "整户无劳动能力兜底保障户": False,
    }
    watched |= income_then(3, 4720.0, 0.0)
    rows.append(Record("一般农户", _place(village) | head | _AT_THE_EDGE))
    looked_at: Row = {
        "住房安全等级": "B",
        "鉴定日期": date(2020, 4, 20),
        "鉴定机构": "云川市建筑工程质量检测中心",
    }
    rows.append(Record("住房鉴定", head | {"户编号": None} | looked_at))
    rows.append(Record("监测对象", _place(village) | head | watched | _NO_PROBLEM | _WATCHED | contact))
    return rows


def _head(draw: Draw) -> Row:
    who = stranger(draw)
    return {"户主姓名": who["姓名"], "户主证件号码": who["证件号码"]}


def _add(village: Village, draw: Draw) -> None:
    contact: Row = {"监测联系人": stranger(draw)["姓名"], "监测联系人电话": draw.numbers.phone()}
    for order, dossier in enumerate(village.dossiers):
        risk = _risk(dossier, order)
        if risk:
            dossier.records += [monitored(village, dossier, contact, *risk), _answer(dossier, *risk)]
    village.records += _neighbours(village, draw, contact)


FAMILY = Family("乡村振兴-监测与农户", _TABLES, _add)
