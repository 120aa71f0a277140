"""What is done for a household: measures, visits, second looks; and the cadres who live in the village."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle

from county.further.family import Family, table
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Dossier, Record, Row, Village

_TABLES = {
    "帮扶措施": table("帮扶措施", "户编号 证件号码 年度 措施类别 措施内容 项目编号 金额 实施日期"),
    "走访记录": table("走访记录", "户编号 走访人 走访身份 日期 内容"),
    "回头看": table("回头看", "户编号 日期 结论 需回头帮"),
    "驻村干部": table("驻村干部", "县 乡镇 村 姓名 职务 派出单位 开始日期 结束日期"),
}
FOR_CAUSE = {
    "因病": ("健康帮扶", "家庭医生签约，代缴参保费"),
    "因学": ("教育帮扶", "落实教育资助"),
    "因残": ("综合保障", "落实残疾人两项补贴"),
    "因灾": ("生产生活条件改善", "帮助恢复生产"),
    "缺土地": ("就业帮扶", "推荐就近务工"),
    "缺水": ("饮水安全保障", "接通自来水"),
    "缺技术": ("培训", "种养技术培训"),
    "缺劳力": ("社会帮扶", "结对单位帮助春耕秋收"),
    "缺资金": ("金融帮扶", "宣讲小额信贷政策"),
    "交通条件落后": ("生产生活条件改善", "硬化入户路"),
    "自身发展动力不足": ("就业帮扶", "介绍岗位，跟踪服务"),
}
"""致贫原因 → the measure that meets it."""

_TALKS = (
    "了解收入和务工情况",
    "核对明白卡和手册",
    "讲解医保和资助政策",
    "查看住房和饮水",
    "帮助联系农资",
    "了解孩子就学情况",
    "商量产业项目",
)
_SECRETARY = "第一书记"
_WHO_VISIT_ALL = ("村党组织书记", "乡镇党委书记")


def industry_project(village: Village) -> str:
    """The number of the village's project of the audit year that takes its households along."""
    return f"XM{AUDIT_YEAR}{village.index + 1:04d}01"


def day(order: int, month: int, start: int = 1) -> date:
    """A day that differs from household to household and from month to month."""
    return date(AUDIT_YEAR, month, start + (order * 5 + month * 3) % (28 - start))


def _measures(village: Village, dossier: Dossier, order: int) -> list[Record]:
    kinds = [
        ("产业帮扶", "带动食用菌种植"),
        FOR_CAUSE[dossier.household.text("主要致贫原因")],
        ("培训", "实用技术培训"),
    ]
    if dossier.household.values["危房户"]:
        kinds.append(("住房安全保障", "列入危房改造"))
    rows = [
        Record("帮扶措施", measure(dossier, kind, content) | {"实施日期": day(order, 3 + at)})
        for at, (kind, content) in enumerate(dict(kinds).items())
    ]
    rows[0].values["项目编号"] = industry_project(village)
    return rows


def measure(dossier: Dossier, kind: str, content: str) -> Row:
    """A row of 帮扶措施 without its day."""
    return {
        "户编号": dossier.household.values["户编号"],
        "证件号码": None,
        "年度": AUDIT_YEAR,
        "措施类别": kind,
        "措施内容": content,
        "项目编号": None,
        "金额": float(600 + 50 * len(content)),
        "实施日期": None,
    }


def current_helper(dossier: Dossier) -> str:
    """Who helps the household now."""
    return next(row.text("帮扶人") for row in dossier.all("帮扶责任人") if row.values["结束日期"] is None)


def _visits(dossier: Dossier, order: int, secretary: str) -> list[Record]:
    helper = current_helper(dossier)
    callers = [(helper, "结对帮扶干部", day(order, month)) for month in range(1, 13)]
    callers += [("周书记", role, day(order, 8 + at)) for at, role in enumerate(_WHO_VISIT_ALL)]
    callers.insert(5, (secretary, _SECRETARY, day(order, 5 + order % 4, 2)))
    return [_visit(dossier, caller, _TALKS[(order + at) % len(_TALKS)]) for at, caller in enumerate(callers)]


def _visit(dossier: Dossier, caller: tuple[str, str, date], talk: str) -> Record:
    name, role, when = caller
    return Record(
        "走访记录",
        {
            "户编号": dossier.household.values["户编号"],
            "走访人": name,
            "走访身份": role,
            "日期": when,
            "内容": talk,
        },
    )


def _second_look(dossier: Dossier, order: int) -> list[Record]:
    """A look at a household lifted before the audit year; of some it finds that they need more help."""
    household = dossier.household
    lifted = household.values["脱贫年度"]
    if not isinstance(lifted, int) or lifted >= AUDIT_YEAR:
        return []
    unsteady = order % 6 == 0
    when = day(order, 4)
    look: Row = {
        "户编号": household.values["户编号"],
        "日期": when,
        "结论": "收入不够稳定" if unsteady else "稳定达标",
        "需回头帮": unsteady,
    }
    more = measure(dossier, "就业帮扶", "回头帮：介绍务工") | {"实施日期": when + timedelta(days=20)}
    return [Record("回头看", look), *([Record("帮扶措施", more)] if unsteady else [])]


def _cadres(village: Village, draw: Draw) -> list[Record]:
    posts = zip(
        (_SECRETARY, "队员", "工作队长"), cycle(("县委组织部", "县农业农村局", "县财政局")), strict=False
    )
    place: Row = {name: village.place[name] for name in ("县", "乡镇", "村")}
    return [
        Record(
            "驻村干部",
            place
            | {
                "姓名": draw.names.full(draw.names.surname(), male=True),
                "职务": post,
                "派出单位": unit,
                "开始日期": date(2018, 4, 10),
                "结束日期": None,
            },
        )
        for post, unit in posts
    ]


def _add(village: Village, draw: Draw) -> None:
    cadres = _cadres(village, draw)
    secretary = cadres[0].text("姓名")
    for order, dossier in enumerate(village.dossiers, start=1):
        dossier.records += _measures(village, dossier, order)
        dossier.records += _visits(dossier, order, secretary)
        dossier.records += _second_look(dossier, order)
    village.records += cadres


FAMILY = Family("扶贫办-帮扶", _TABLES, _add)
