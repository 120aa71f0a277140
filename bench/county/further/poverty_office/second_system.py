"""The second system: the same households and people, kept by the province."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from county.further.family import Family, table
from county.records.draw import Draw
from county.records.record import Record, Row, Village

_OF_HOUSEHOLD = (
    "省 市 县 乡镇 村 组 户编号 户主姓名 户主证件号码 家庭人口 联系电话 识别标准 户属性 脱贫属性 识别年月 脱贫年度 返贫年度 "
    "主要致贫原因 其他致贫原因 危房户 饮水安全 饮水困难 人均纯收入 开户银行 银行账号 失联"
)
_OF_PERSON = (
    "户编号 人编号 姓名 性别 证件类型 证件号码 出生日期 与户主关系 民族 文化程度 在校生状况 失学辍学原因 健康状况 劳动技能 "
    "务工状况 务工所在地 务工时间 务工企业名称 公益性岗位类型 公益性岗位月数 参加城乡居民医保 参加职工医保 参加大病保险 "
    "参加商业补充医保 参加城乡居民养老 参加职工养老 享受低保 特困供养 残疾类别 残疾等级 政治面貌 现役军人 成员电话 "
    "人员识别年月 成员状态 增减原因"
)
_TABLES = {"平台户": table("平台户", _OF_HOUSEHOLD), "平台人口": table("平台人口", _OF_PERSON)}


def _copy(ledger: str, record: Record, fields: str) -> Record:
    row: Row = {name: record.values.get(name) for name in fields.split()}
    return Record(ledger, row)


Copies: TypeAlias = list[tuple[Record, Record, Row]]  # copy, original, what the copy said


def copies(villages: Iterable[Village]) -> Copies:
    """The second system's rows, each with the row it was drawn from."""
    pairs = (
        pair
        for village in villages
        for dossier in village.dossiers
        for pair in (
            *zip(dossier.all("平台户"), [dossier.household], strict=False),
            *zip(dossier.all("平台人口"), dossier.people, strict=False),
        )
    )
    return [(copy, original, dict(copy.values)) for copy, original in pairs]


def draw_again(drawn: Copies) -> None:
    """Let the second system follow what was changed in the first, but for rows that were changed themselves."""
    for copy, original, was in drawn:
        if copy.values == was:
            copy.values |= {name: original.values.get(name) for name in was}


def _add(village: Village, _draw: Draw) -> None:
    for dossier in village.dossiers:
        dossier.records.append(_copy("平台户", dossier.household, _OF_HOUSEHOLD))
        dossier.records += [_copy("平台人口", person, _OF_PERSON) for person in dossier.people]


FAMILY = Family("大数据平台", _TABLES, _add)
