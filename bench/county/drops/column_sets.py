"""Columns of real exports by their year: persons of 2018 and 2023, incomes of 2023, households of 2025."""

from __future__ import annotations

from county.drops import system_columns
from county.records.record import AUDIT_YEAR
from county.sheets import forms as f
from county.sheets.column import Column

_TYPES = f.renamed(
    已脱贫="脱贫户",
    已脱贫不享受政策="脱贫不享受政策户",
    未脱贫="普通农户",
    返贫="普通农户",
    预脱贫="普通农户",
)

PERSONS_2018 = (
    Column("人员编号", "人口.人编号"),
    Column("家庭编号", "人口.户编号"),
    Column("姓名", "人口.姓名"),
    Column("性别", "人口.性别"),
    Column("身份证明号码", "人口.证件号码"),
    Column("身份证签发机关"),
    Column("身份证有效期始"),
    Column("身份证有效期止"),
    Column("与户主关系", "人口.与户主关系"),
    Column("民族", "人口.民族"),
    Column("出生日期", "人口.出生日期", f.dated("%Y%m%d")),
    Column("政治面貌", "人口.政治面貌"),
    Column("文化程度", "人口.文化程度"),
    Column("在校生情况", "人口.在校生状况"),
    Column("失学或辍学原因", "人口.失学辍学原因"),
    Column("健康情况", "人口.健康状况"),
    Column("劳动技能情况", "人口.劳动技能"),
    Column("是否会讲普通话", filler="是"),
    Column("是否现役军人", "人口.现役军人"),
    Column("是否参加城乡居民基本医疗保险", "人口.参加城乡居民医保"),
    Column("是否参加商业补充医疗保险", "人口.参加商业补充医保"),
    Column("是否享受低保", "人口.享受低保"),
    Column("是否参加城乡居民基本养老保险", "人口.参加城乡居民养老"),
    Column("是否享受人身意外保险补贴"),
    Column("联系电话", "人口.成员电话"),
)
"""Members of a household, 2018."""

PERSONS_2023 = (
    Column("年度", filler=AUDIT_YEAR),
    Column("户编号", "人口.户编号"),
    Column("状态", filler="正常"),
    Column("姓名", "人口.姓名"),
    Column("性别", "人口.性别"),
    Column("证件类型", "人口.证件类型"),
    Column("证件号码", "人口.证件号码"),
    Column("与户主关系", "人口.与户主关系"),
    Column("民族", "人口.民族"),
    Column("政治面貌", "人口.政治面貌"),
    Column("文化程度", "人口.文化程度", unless="人口.在校生状况"),
    Column("在校生情况", "人口.在校生状况", f.renamed(非在校生="")),
    Column("健康状况", "人口.健康状况"),
    Column("劳动技能", "人口.劳动技能"),
    Column("务工所在地", "人口.务工所在地"),
    Column("务工时长(月)", "人口.务工时间"),
    Column("失辍学原因", "人口.失学辍学原因"),
    Column("是否参加城乡居民基本养老保险", "人口.参加城乡居民养老"),
    Column("是否参加城乡居民基本医疗保险", "人口.参加城乡居民医保"),
    Column("是否参加大病保险", "人口.参加大病保险"),
    Column("是否参加商业补充医疗保险", "人口.参加商业补充医保"),
    Column("是否接受医疗救助"),
    Column("公益岗位", "人口.公益性岗位类型"),
    Column("聘用月数", "人口.公益性岗位月数"),
)
"""Members of a household, 2023."""

# Columns that the records of an invented household have no figure for.
_PARTS = {
    "工资性收入合计": "务工收入 行业部门公益岗收入 乡镇公益岗收入 村级公益岗收入 自主采摘收入",
    "生产经营性收入合计": "种植业收入 养殖业收入 林果业收入 其他生产经营性收入",
    "资产收益扶贫分红收入": "土地流转收入 金融贷款项目 代种代养项目收入",
    "生态补偿金小计": "退耕还林补贴 公益林补贴 草原生态奖补贴 移民补助 其他生态补偿金",
    "其他转移性收入小计": "玉米大豆种植补贴 地力补贴 高龄补贴 优抚金 残疾补贴 教育扶持 救灾款 赡养费 防贫保险",
    "生产经营性支出": "种植业支出 养殖业支出 林果业支出 其他生产经营性支出",
}
_INCOMES = (
    Column("年度", "户年度.年度"),
    Column("户编号", "户年度.户编号"),
    Column("户主姓名", "户.户主姓名"),
    Column("户主证件号码", "户.户主证件号码"),
    Column("年总收入", "户年度.年收入"),
    Column("年纯收入", "户年度.纯收入"),
    Column("人均纯收入", "户年度.人均纯收入"),
    Column("其他理赔收入"),
    Column("其他合规自负支出"),
    Column("纳入易返贫致贫户的收入参考范围"),
    Column("纳入易返贫致贫户的人均收入参考范围"),
    Column("工资性收入合计", "户年度.工资性收入"),
    Column("生产经营性收入合计", "户年度.生产经营性收入"),
    Column("财产性收入", "户年度.财产性收入"),
    Column("资产收益扶贫分红收入", "户年度.资产收益分红"),
    Column("其他财产性收入", "户年度.其他财产性收入"),
    Column("转移性收入", "户年度.转移性收入"),
    Column("计划生育金", "户年度.计划生育金"),
    Column("低保金", "户年度.低保金"),
    Column("特困供养金", "户年度.特困供养金"),
    Column("养老保险金", "户年度.养老保险金"),
    Column("生态补偿金小计", "户年度.生态补偿金"),
    Column("其他转移性收入小计", "户年度.其他转移性收入"),
    Column("生产经营性支出", "户年度.生产经营性支出"),
)
INCOMES_2023 = tuple(
    column
    for own in _INCOMES
    for column in (own, *(Column(part) for part in _PARTS.get(own.header, "").split()))
)
"""Incomes of a household by their parts, 2023."""

HOUSEHOLDS_2025 = (
    Column("行政村", "户.村"),
    Column("自然组", "户.组"),
    Column("户号", "户.户编号"),
    Column("姓名", "户.户主姓名"),
    Column("身份证号", "户.户主证件号码"),
    Column("联系方式", "户.联系电话"),
    Column("是否为重点人群", filler="否"),
    Column("是否低于监测参考人均收入", filler="否"),
    Column("是否低于上年度监测参考人均收入", filler="否"),
    Column("是否发生突发事件", filler="否"),
    Column("帮扶干部姓名"),
    Column("户类型", "户.脱贫属性", _TYPES),
)
"""Households on a county's own platform, 2025."""

COLUMN_SETS = {
    "2018": (system_columns.HOUSEHOLD, PERSONS_2018, system_columns.HOUSEHOLD_YEAR),
    "2020": (system_columns.HOUSEHOLD, system_columns.L26_STATUS, system_columns.HOUSEHOLD_YEAR),
    "2021": (system_columns.HOUSEHOLD, system_columns.L47, system_columns.HOUSEHOLD_YEAR),
    "2023": (system_columns.HOUSEHOLD, PERSONS_2023, INCOMES_2023),
    "2025": (HOUSEHOLDS_2025, system_columns.L47, system_columns.HOUSEHOLD_YEAR),
}
"""Year → the columns of households, of persons, of a household's year."""
