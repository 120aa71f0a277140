"""The groups rules come in, and where the documentation of a rule stands."""

from __future__ import annotations

from collections.abc import Mapping

# In the catalogue's order.
GROUPS: Mapping[str, str] = {
    "CEL": "单元格、列、文件本身",
    "ID": "证件号码、姓名、电话",
    "KEY": "编号、人数、账与账之间对得上",
    "HH": "家庭结构",
    "STA": "脱贫属性、致贫原因、时间",
    "INC": "收入",
    "EDU": "义务教育",
    "MED": "基本医疗",
    "HOU": "住房安全",
    "WAT": "饮水安全",
    "SEC": "低保、特困、残疾、养老",
    "EMP": "务工就业、劳动能力",
    "IND": "产业、小额信贷",
    "HLP": "帮扶责任人、帮扶措施、走访",
    "PRC": "识别、退出程序",
    "TGT": "该不该登记，已脱贫户的短板",
    "MON": "防返贫监测",
    "CRD": "系统与明白卡、标识牌核对",
    "DEP": "系统与部门名册核对",
    "FLD": "账与实地核查",
    "FND": "项目、资金、资产",
    "VIL": "村",
    "SCR": "统计筛查",
    "CHG": "两次交付之间的变化",
}
# The folder the documentation is kept in, from the root of the repository.
PAGES = "docs/rules"


def group_of(rule_id: str) -> str:
    """The letters before the number: `KEY` of `KEY-05`."""
    return rule_id.partition("-")[0]


def order(rule_id: str) -> tuple[int, str, int]:
    """What sorts rules as the catalogue lists them; unknown groups come last."""
    group, _, number = rule_id.partition("-")
    known = list(GROUPS).index(group) if group in GROUPS else len(GROUPS)
    return known, group, int(number)


def page(rule_id: str) -> str:
    """The rule's place in its group's page: `INC.md#inc-01`."""
    return f"{group_of(rule_id)}.md#{rule_id.lower()}"
