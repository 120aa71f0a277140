"""Who a person is elsewhere: civil register, public payroll, enterprises, cars, real estate."""

from __future__ import annotations

from datetime import date

from county.further.family import Family, identity, stranger, table
from county.records.draw import Draw
from county.records.record import Dossier, Record, Row, Village, ended

_TABLES = {
    "户籍": table("户籍", "姓名 证件号码 村 户号 与户主关系 人员状态 注销日期"),
    "财政供养": table("财政供养", "姓名 证件号码 单位 编制类型"),
    "工商登记": table("工商登记", "姓名 证件号码 企业名称 身份 注册资本 成立日期 企业状态"),
    "车辆": table("车辆", "所有人:姓名 证件号码 车牌 品牌 车型 登记日期 价格"),
    "不动产": table("不动产", "权利人:姓名 证件号码 坐落 用途 面积 登记日期"),
}


def _registered(dossier: Dossier, person: Record) -> Record:
    gone = ended(person)
    entry: Row = {
        "村": dossier.household.values["村"],
        "户号": f"H{dossier.household.text('户编号')}",
        "与户主关系": person.values["与户主关系"],
        "人员状态": "死亡注销" if gone else "正常",
        "注销日期": date(2020, 6, 15) if gone else None,
    }
    return Record("户籍", identity(person) | entry)


def _homestead(dossier: Dossier) -> Record:
    where = dossier.household.values
    house: Row = {
        "坐落": f"{where['乡镇']}{where['村']}{where['组']}",
        "用途": "农村宅基地住宅",
        "面积": dossier.years[-1].values["住房面积"],
        "登记日期": date(2018, 9, 1),
    }
    return Record("不动产", identity(dossier.head) | house)


def _owned(village: Village) -> list[Record]:
    """What registered people may own: a motorcycle, a tractor, a share in a cooperative."""
    riders = [dossier.head for dossier in village.dossiers[:3]]
    rows = [
        Record("车辆", identity(rider) | _vehicle(kind, price, f"云{village.index:03d}{order}"))
        for order, (rider, (kind, price)) in enumerate(
            zip(riders, (("摩托车", 0.4), ("农用机械", 1.8), ("摩托车", 0.5)), strict=True)
        )
    ]
    company = f"{village.place['村']}种植专业合作社"
    return [*rows, Record("工商登记", identity(riders[0]) | _company(company, "股东"))]


def _vehicle(kind: str, price: float, plate: str) -> Row:
    return {"车牌": plate, "品牌": "东风", "车型": kind, "登记日期": date(2017, 3, 8), "价格": price}


def _company(name: str, role: str) -> Row:
    return {
        "企业名称": name,
        "身份": role,
        "注册资本": 50.0,
        "成立日期": date(2016, 4, 20),
        "企业状态": "在营",
    }


def _of_others(village: Village, draw: Draw) -> list[Record]:
    """What only people outside the registered households have."""
    official, owner, driver = (stranger(draw) for _ in range(3))
    town = village.place["乡镇"]
    shop: Row = {"坐落": f"{town}正街", "用途": "商业服务", "面积": 60.0, "登记日期": date(2015, 7, 1)}
    return [
        Record("财政供养", official | {"单位": f"{town}人民政府", "编制类型": "行政"}),
        Record("工商登记", owner | _company(f"{town}建材有限公司", "法定代表人")),
        Record("不动产", owner | shop),
        Record("车辆", driver | _vehicle("小型客车", 9.8, f"云{village.index:03d}9")),
    ]


def _add(village: Village, draw: Draw) -> None:
    for dossier in village.dossiers:
        dossier.records += [_registered(dossier, person) for person in dossier.people]
        dossier.records.append(_homestead(dossier))
    village.records += [*_owned(village), *_of_others(village, draw)]


FAMILY = Family("公安市监-登记", _TABLES, _add)
