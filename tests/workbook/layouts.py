"""Column sets of real exports, and small workbooks made of them. The people are invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from fupin_audit.delivery import Delivery, LedgerTable
from fupin_audit.workbook.loading import load

Rows = Sequence[Sequence[object]]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

L26 = [
    "序号",
    "县(市、区、旗)",
    "乡(镇)",
    "行政村",
    "自然村",
    "户编号",
    "人编号",
    "姓名",
    "证件号码",
    "人数",
    "与户主关系",
    "民族",
    "文化程度",
    "在校生状况",
    "健康状况",
    "劳动技能",
    "务工状况",
    "务工时间（月）",
    "参加大病医疗",
    "脱贫属性",
    "脱贫年度",
    "贫困户属性",
    "主要致贫原因",
    "危房户",
    "饮水安全",
    "饮水困难",
    "人均纯收入",
    "联系电话",
]
L30 = [
    "序号",
    "县(市、区、旗)",
    "乡(镇)",
    "行政村",
    "自然村",
    "户编号",
    "人编号",
    "姓名",
    "证件号码",
    "人数",
    "与户主关系",
    "民族",
    "文化程度",
    "在校生状况",
    "健康状况",
    "劳动技能",
    "务工时间（月）",
    "是否参加大病保险",
    "脱贫年度",
    "致贫原因1",
    "危房户",
    "是否解决安全饮用水",
    "饮水困难",
    "人均纯收入",
    "户联系电话",
    "人联系电话",
    "首次识别时间",
    "人员识别时间",
    "户类型",
    "监测对象类型",
    "风险是否消除",
    "风险识别时间",
    "风险消除时间",
]
L47 = [
    "省",
    "市",
    "县",
    "乡",
    "村",
    "户编号",
    "人口编号",
    "姓名",
    "性别",
    "出生日期",
    "证件类型",
    "证件号码",
    "民族",
    "户联系电话",
    "成员联系电话",
    "年度",
    "与户主关系",
    "文化程度",
    "在校生状况",
    "劳动技能",
    "务工时间（月）",
    "健康状况",
    "政治面貌",
    "务工企业名称",
    "是否享受低保",
    "是否参加城镇职工基本养老保险",
    "是否参加大病保险",
    "是否参加新型农村合作医疗（城乡居民基本医疗保险）",
    "是否参加城乡居民基本养老保险",
    "失学或辍学原因",
    "是否会讲普通话",
    "是否参加商业补充医疗保险",
    "是否国外务工",
    "产业分类",
    "是否接受大病医疗救助",
    "是否接受其他健康扶贫",
    "公益性岗位类型",
    "公益性岗位(月数)",
    "就业渠道",
    "残疾类别",
    "务工所在地",
    "户主姓名",
    "户主证件号码",
    "是否参加城镇职工基本医疗保险",
    "是否特困供养人员",
    "残疾证办证年度",
    "识别标准",
]
HOUSEHOLD_YEAR = [
    "户编号",
    "户主编号",
    "户主姓名",
    "户主证件号码",
    "家庭人口数",
    "年度",
    "识别标准",
    "开户银行名称",
    "银行卡号",
    "主要致贫原因",
    "次要致贫原因",
    "村办公电话",
    "工资性收入",
    "生产经营性收入",
    "财产性收入",
    "资产收益扶贫分红收入",
    "其他财产性收入",
    "转移性收入",
    "计划生育金",
    "低保金",
    "五保金",
    "养老保险金",
    "生态补偿金",
    "其他转移性收入",
    "生产经营性支出",
    "年收入",
    "纯收入",
    "人均纯收入",
    "耕地面积（亩）",
    "有效灌溉面积",
    "林地面积",
    "退耕还林面积",
    "林果面积",
    "牧草地面积",
    "水面面积",
    "是否通生产用电",
    "是否通生活用电",
    "是否通广播电视",
    "与村主干路距离(公里)",
    "入户路类型",
    "主要燃料类型",
    "是否有卫生厕所",
    "住房面积(㎡)",
    "是否危房户",
    "危房级别",
    "饮水是否困难",
    "饮水是否安全",
    "是否加入农民专业合作社",
    "是否有龙头企业带动",
    "是否有创业致富带头人带动",
]
MONITORED = [
    *L47,
    *[
        "户类型",
        "监测对象类别",
        "整户无劳动能力兜底保障户",
        "致贫/返贫风险1",
        "致贫/返贫风险2",
        "致贫/返贫风险3",
        "致贫/返贫风险4",
        "致贫/返贫风险5",
        "是否义务教育阶段适龄儿童少年失学辍学",
        "是否住房出现安全问题",
        "是否饮水出现安全问题",
        "是否有家庭成员未参加城乡居民（职工）基本医疗保险",
        "风险是否已消除",
        "识别监测时间",
        "消除监测时间",
        "风险消除方式",
        "实施开发式帮扶措施情况",
        "合规自付支出",
        "理赔收入",
        "监测联系人",
        "联系电话",
    ],
]
LAYOUTS: Mapping[str, Sequence[str]] = {
    "L26": L26,
    "L30": L30,
    "L47": L47,
    "HOUSEHOLD_YEAR": HOUSEHOLD_YEAR,
    "MONITORED": MONITORED,
}


def id_number(born: str, sequence: int) -> str:
    """An ID number with an unassigned region code and a right check digit."""
    digits = f"990101{born}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def row(header: Sequence[str], **values: object) -> list[object]:
    """A row under a header; columns not named are blank."""
    assert set(values) <= set(header), set(values) - set(header)
    return [values.get(name) for name in header]


def people(households: int = 3) -> list[dict[str, object]]:
    """Members of a few households, three each, in the columns of L26."""
    relations = ("户主", "配偶", "之子")
    members = [(household, place) for household in range(households) for place in range(3)]
    return [
        {
            "序号": number,
            "县(市、区、旗)": "清河县",
            "乡(镇)": "清河镇",
            "行政村": f"{'东西南北'[household % 4]}村",
            "户编号": f"99010100{household:04d}",
            "人编号": f"9901010000{number:04d}",
            "姓名": "赵钱孙李周"[household % 5] + "甲乙丙"[place],
            "证件号码": id_number(f"{1960 + 3 * number}0305", number),
            "人数": "3",
            "与户主关系": relations[place],
            "文化程度": "小学",
            "健康状况": "健康",
            "务工时间（月）": str(place),
            "脱贫属性": "已脱贫",
            "主要致贫原因": "因病",
            "危房户": "否",
            "人均纯收入": f"{4000 + household}.5",
            "联系电话": f"1390000{household:04d}",
        }
        for number, (household, place) in enumerate(members, start=1)
    ]


def person_rows(*members: Mapping[str, object]) -> Rows:
    """An L26 sheet without title: the header and these members."""
    return [L26, *(row(L26, **member) for member in members)]


def write(path: Path, sheets: Mapping[str, Rows], merged: Sequence[str] = ()) -> Path:
    """A workbook of these sheets; `merged` ranges are those of the first."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, values in enumerate(rows, start=1):
            for place, value in enumerate(values, start=1):
                if value is not None:
                    sheet.cell(number, place).value = value
    for area in merged:
        book[next(iter(sheets))].merge_cells(area)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def read(folder: Path, rows: Rows, sheet: str = "Sheet1", merged: Sequence[str] = ()) -> Delivery:
    """What is read of a workbook with one sheet."""
    return load([write(folder / "表.xlsx", {sheet: rows}, merged)])


def records(table: LedgerTable) -> set[tuple[tuple[str, object], ...]]:
    """A table's rows, whatever their order and that of the columns."""
    return {tuple(sorted((name, value) for name, value in item.items())) for item in table.data.to_pylist()}
