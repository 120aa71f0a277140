"""One invented household, written the way a cell is: the example row of every template."""

from __future__ import annotations

from collections.abc import Mapping

from fupin_audit.ledgers.base import Column, Ledger

# Region code 990101 is assigned to no place on earth; the check digit is right.
_HEAD_ID = "99010119700101001X"
_OTHER_ID = "99010119720202002X"

_BY_FIELD: Mapping[str, str] = {
    "省": "示例省",
    "市": "示例市",
    "县": "清河县",
    "乡镇": "石桥镇",
    "村": "东关村",
    "组": "一组",
    "户编号": "9901010000000001",
    "人编号": "990101000000000101",
    "带动户编号": "9901010000000001",
    "姓名": "赵示例",
    "户主姓名": "赵示例",
    "证件号码": _HEAD_ID,
    "户主证件号码": _HEAD_ID,
    "帮扶人证件号码": _OTHER_ID,
    "残疾证号": f"{_HEAD_ID}43",
    "学籍号": f"G{_HEAD_ID}",
    "出生日期": "1970-01-01",
    "帮扶人": "钱示例",
    "民族": "汉族",
    "文化程度": "初中",
    "家庭人口": "3",
    "脱贫属性": "已脱贫",
    "户属性": "一般贫困户",
    "脱贫年度": "2018",
    "识别年月": "2014-01",
    "住房安全等级": "B",
    "危房等级": "C",
    "危房户": "否",
    "饮水困难": "否",
    "失联": "否",
    "享受低保": "否",
    "特困供养": "否",
    "现役军人": "否",
    "参加职工医保": "否",
    "参加职工养老": "否",
    "务工状况": "乡镇内务工",
    "务工所在地": "清河县石桥镇",
    "工资性收入": "15000",
    "生产经营性收入": "6000",
    "财产性收入": "500",
    "转移性收入": "1500",
    "生产经营性支出": "2000",
    "资产收益分红": "500",
    "年收入": "23000",
    "纯收入": "21000",
    "人均纯收入": "7000",
    "政治面貌": "群众",
    "残疾类别": "肢体",
    "残疾等级": "三级",
    "有效期至": "2029-12-31",
    "份额": "25",
    "利率": "4.35",
    "项目编号": "XM2020001",
    "资产编号": "ZC2020001",
    "核查编号": "HC0001",
    "问题编号": "WT001",
    "指标": "未脱贫人口清零",
    "开始时间": "09:00",
    "结束时间": "09:40",
    "字段": "工资性收入",
    "配偶证件号码": _OTHER_ID,
    "卖方证件号码": _OTHER_ID,
    "亲属证件号码": _OTHER_ID,
    "低保证号": "DB0001",
}
# What most households do not have stays blank unless the ledger is about it.
_SELDOM = frozenset(
    {"返贫年度", "其他致贫原因", "失学辍学原因", "残疾类别", "残疾等级", "公益性岗位类型", "公益性岗位月数",
     "增减原因", "结束日期", "停止日期", "解聘日期", "注销日期", "展期到期日", "计划生育金", "低保金", "特困供养金",
     "养老保险金", "生态补偿金", "其他财产性收入", "其他转移性收入", "合规自付支出", "理赔收入"}
)  # fmt: skip
_BY_TYPE: Mapping[str, str] = {
    "文": "示例",
    "户号": "9901010000000001",
    "话": "13800000000",
    "账号": "6210000000000000000",
    "日": "2020-06-01",
    "月": "2020-06",
    "年": "2020",
    "整": "1",
    "月数": "8",
    "数": "100",
    "元": "1000",
    "万元": "10",
    "亩": "5",
    "㎡": "75",
    "是否": "是",
}


def example_row(ledger: type[Ledger]) -> dict[str, str]:
    """Field → cell text of one invented row; fields that mostly stay blank are left out."""
    columns = ledger.columns().values()
    return {c.name: _example(c) for c in columns if c.required or c.name not in _SELDOM}


def _example(column: Column) -> str:
    given = _BY_FIELD.get(column.name, "")
    if column.type.codes:
        labels = column.type.codes.labels
        return given if given in labels else labels[0]
    return given or _BY_TYPE[column.type.name]
