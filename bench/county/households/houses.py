"""House and water: appraisals, rebuilding, and the plates on the wall."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from county.households.kinds import Kind
from county.records.record import Dossier, Record, Row

_GRADES = {"自建": "B", "安全": "A", "已改造": "A", "危房": "C"}
_APPRAISER = "云川市建筑工程质量检测中心"


def home(rng: Random, kind: Kind, size: int) -> Row:
    """The land, house and surroundings columns of 户年度."""
    return {
        "耕地面积": round(size * rng.randrange(8, 30) / 10, 1),
        "有效灌溉面积": round(size * 0.3, 1),
        "林地面积": float(max(1, rng.randrange(0, 8))),
        "退耕还林面积": 0.0,
        "林果面积": float(rng.randrange(0, 3)),
        "牧草地面积": 0.0,
        "水面面积": 0.0,
        "住房面积": float(18 * size + rng.randrange(20, 40)),
        "住房安全等级": _GRADES[kind.house],
        "卫生厕所": True,
        "通生活用电": True,
        "通生产用电": True,
        "通广播电视": True,
        "入户路类型": rng.choice(("水泥路", "砂石路")),
        "主要燃料": rng.choice(("柴草", "清洁能源")),
        "与村主干路距离": 0.5,
        "加入合作社": rng.random() < 0.4,
        "龙头企业带动": rng.random() < 0.2,
        "致富带头人带动": rng.random() < 0.2,
    }


def housing(rng: Random, kind: Kind, dossier: Dossier) -> list[Record]:
    """Appraisals, rebuilding and both plates of one household."""
    grade = _GRADES[kind.house]
    head: Row = {name: dossier.household.values[name] for name in ("户编号", "户主姓名")}
    owner = head | {"户主证件号码": dossier.household.values["户主证件号码"]}
    seen = date(2020, 3, 1) + timedelta(days=rng.randrange(80))
    records = [] if kind.house == "自建" else [_appraisal(owner, grade, seen)]
    if kind.house == "已改造":
        records += [
            _appraisal(owner, "D", date(2017, 5, 1 + rng.randrange(28))),
            _rebuilt(rng, dossier, owner),
        ]
    if kind.house == "危房":
        records.append(_under_way(rng, dossier, owner))
    plate: Row = {"户编号": head["户编号"], "户主姓名": head["户主姓名"], "悬挂": True}
    water: Row = {"供水方式": "集中供水" if kind.safe_water else "分散供水", "饮水安全": kind.safe_water}
    tested: Row = {"鉴定日期": seen, "鉴定机构": _APPRAISER}
    records.append(Record("住房标识牌", plate | {"住房安全等级": grade} | tested))
    records.append(Record("饮水标识牌", plate | water | {"认定日期": seen + timedelta(days=9)}))
    return records


def _appraisal(owner: Row, grade: str, day: date) -> Record:
    return Record("住房鉴定", owner | {"住房安全等级": grade, "鉴定日期": day, "鉴定机构": _APPRAISER})


def _rebuilt(rng: Random, dossier: Dossier, owner: Row) -> Record:
    start = date(2018, 4, 1) + timedelta(days=rng.randrange(60))
    done = start + timedelta(days=120)
    return Record(
        "危房改造",
        _project(dossier, owner, "D", "新建", 2018)
        | {
            "开工日期": start,
            "竣工日期": done,
            "验收日期": done + timedelta(days=10),
            "入住日期": done + timedelta(days=30),
            "旧房拆除": True,
            "补助金额": 35000.0,
            "拨付日期": done + timedelta(days=25),
        },
    )


def _under_way(rng: Random, dossier: Dossier, owner: Row) -> Record:
    unfinished = dict.fromkeys(("竣工日期", "验收日期", "入住日期", "旧房拆除", "补助金额", "拨付日期"))
    start = date(2020, 9, 1) + timedelta(days=rng.randrange(60))
    return Record(
        "危房改造", _project(dossier, owner, "C", "维修加固", 2020) | {"开工日期": start} | unfinished
    )


def _project(dossier: Dossier, owner: Row, grade: str, way: str, year: int) -> Row:
    size = int(dossier.household.number("家庭人口"))
    return owner | {
        "家庭人口": size,
        "危房等级": grade,
        "改造方式": way,
        "年度": year,
        "改造面积": float(20 * size + 15),
        "收款账号": dossier.household.values["银行账号"],
        "农户贫困类型": "建档立卡贫困户",
    }
