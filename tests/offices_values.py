"""Three invented people, and what they would have under any header of an office's list."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(born: str, sequence: int) -> str:
    """An ID number with an unassigned region code and a right check digit."""
    digits = f"990101{born}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


@dataclass(frozen=True)
class Invented:
    """A member of the household."""

    name: str
    sex: str
    born: str
    number: str
    relation: str
    is_child: bool = False


HOUSEHOLD = "99010000070001"
PEOPLE = (
    Invented("周长河", "男", "19680402", id_number("19680402", 31), "户主"),
    Invented("吴秋菊", "女", "19701119", id_number("19701119", 22), "配偶"),
    Invented("周子涵", "男", "20100923", id_number("20100923", 17), "之子", is_child=True),
)
_HEAD = PEOPLE[0]
# What a header says → what stands below it; the first that fits counts.
_FIXED = (
    (r"整户", "否"),
    (r"是否(?!.*未).*(参加|通|解决)", "是"),
    (r"是否|^有无", "否"),
    (r"享受政策类型", "农村低保"),
    (r"最初享受月", "202303"),
    (r"享受人数|（人）$|距离", "3"),
    (r"城乡救助", "1200"),
    (r"户主(证件|身份)|身份证号户主", _HEAD.number),
    (r"户主姓名|户主$|姓名户主|申请人姓名|农户姓名", _HEAD.name),
    (r"户编号|户码|家庭编号|户号", HOUSEHOLD),
    (r"证件类型", "居民身份证"),
    (r"人均", "3200"),
    (r"纯收入|收入参考范围", "9600"),
    (r"年收入|总收入", "10800"),
    (r"^转移性收入", "6000"),
    (r"^财产性收入", "2400"),
    (r"民族", "汉族"),
    (r"^省", "安和省"),
    (r"^市$|地市", "清河市"),
    (r"区划名|县(?!.*外)", "清河县"),
    (r"(乡|镇|街道)(?!.*(电话|补))", "柳林镇"),
    (r"(村|社区|居委)(?!.*(电话|收入|个数|人数|户数))", "榆树村"),
    (r"组$", "一组"),
    (r"年度|年份", "2023"),
    (r"年月|识别时间|消除时间|月份", "202303"),
    (r"日期|时间", "2023-05-12"),
    (r"户类型", "脱贫户"),
    (r"监测(对象)?类别|监测(对象)?类型", "脱贫不稳定户"),
    (r"风险[1１]|^风险$", "因病"),
    (r"健康状况|健康情况", "健康"),
    (r"参加|通|解决", "是"),
    (r"是否|^有无|享受", "否"),
)
_WORK = "务工|公益|就业|聘用"
_BEFORE = 10  # of these come before what is each person's own
_NUMBERS = (
    (r"金额|收入|支出|金$|补贴|补助|费用|总费|支付|报销|标准|余额|基数|元", "1200"),
    (r"面积|亩|㎡|人数|户数|个数|人口|月数|学时|次数|距离|年龄|份额", "3"),
)


def value(header: str, at: int) -> str | None:
    """What the person has under a header; None where nothing can be invented.

    Args:
        header: its levels joined by ›.
        at: the person's place.
    """
    person, word = PEOPLE[at], header.rpartition("›")[2]
    if person.is_child and re.search(_WORK, word):
        return None
    own = {
        r"人编号|人口编号": f"{HOUSEHOLD}{at + 1:02d}",
        r"残疾人?证号": f"{person.number}43",
        r"务工时间": "6",
        r"证件号|身份证|身份号|sfzhm|证号": person.number,
        r"^(姓名|成员姓名|家庭成员|xm)$|姓名$": person.name,
        r"^性别": person.sex,
        r"与户主关系": person.relation,
        r"出生": person.born,
        r"电话|手机|联系方式": "19910000000",
        r"劳动(技能|能力)": "无劳动力" if person.is_child else "普通劳动力",
        r"文化程度": "" if person.is_child else "小学",
        r"在校": "七年级" if person.is_child else "",
        r"账号|卡号|存折": f"62100000000000{at:04d}",
    }
    rules = (*_FIXED[:_BEFORE], *own.items(), *_FIXED[_BEFORE:], *_NUMBERS)
    return next((text or None for pattern, text in rules if re.search(pattern, word)), None)


def household() -> dict[str, str]:
    """Their household as 户 has it."""
    return {
        "户编号": HOUSEHOLD, "户主姓名": _HEAD.name, "户主证件号码": _HEAD.number, "县": "清河县", "乡镇": "柳林镇",
        "村": "榆树村", "家庭人口": "3", "脱贫属性": "已脱贫", "主要致贫原因": "因病",
    }  # fmt: skip


def persons() -> list[dict[str, str]]:
    """The three as 人口 has them."""
    return [
        {"户编号": HOUSEHOLD, "人编号": f"{HOUSEHOLD}{at + 1:02d}", "姓名": each.name, "证件号码": each.number, "与户主关系": each.relation}
        for at, each in enumerate(PEOPLE)
    ]  # fmt: skip
