"""The village's own cadres and their relatives, and what the county thinks of its files."""

from __future__ import annotations

from county.further.family import Family, stranger, table
from county.records.draw import Draw
from county.records.record import Dossier, Record, Row, Village

_TABLES = {
    "村干部": table(
        "村干部",
        "县 乡镇 村 姓名 证件号码 村干部职务:职务 近亲属姓名:亲属姓名 近亲属证件号码:亲属证件号码 亲属关系:关系",
    ),
    "档案评估": table("档案评估", "县 乡镇 村 户编号 档案得分:得分 档案等次:等次"),
}
_EXCELLENT = 90
_POSTS = ("村党支部书记", "村委会主任", "村会计")


def _cadre(place: Row, post: str, draw: Draw) -> Record:
    """A cadre with a brother, neither of them registered."""
    cadre, brother = stranger(draw), stranger(draw)
    kin: Row = {"亲属姓名": brother["姓名"], "亲属证件号码": brother["证件号码"], "关系": "兄弟"}
    return Record("村干部", place | cadre | {"职务": post} | kin)


def _graded(place: Row, dossier: Dossier, order: int) -> Record:
    score = 88.0 + order % 10
    grade: Row = {"得分": score, "等次": "优秀" if score >= _EXCELLENT else "合格"}
    return Record("档案评估", place | {"户编号": dossier.household.values["户编号"]} | grade)


def _add(village: Village, draw: Draw) -> None:
    place: Row = {name: village.place[name] for name in ("县", "乡镇", "村")}
    village.records += [_cadre(place, post, draw) for post in _POSTS]
    for order, dossier in enumerate(village.dossiers):
        dossier.records.append(_graded(place, dossier, order))


FAMILY = Family("村-干部与评估", _TABLES, _add)
