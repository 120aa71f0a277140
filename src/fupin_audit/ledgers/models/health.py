"""Medical insurance, bills and the management of diseases."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import column
from fupin_audit.ledgers.models.departments import PersonRecord
from fupin_audit.ledgers.types.kinds import Day, PrivateNumber, Text, Year, YesNo, Yuan, code


class MedicalInsurance(PersonRecord):
    """A person's medical insurance in one year."""

    title = "医保参保"
    blurb = "医保局参保名册，一人一年一险种一行"
    yearly = True

    年度: Year = column("参保年度", required=True)
    险种: Annotated[str | None, code("医保险种")] = column("参保险种", "险种类型")
    参保状态: Annotated[str | None, code("参保状态")] = column(required=True)
    参保地: Text = column("参保所属地")
    个人缴费: Yuan = column("个人缴费金额")
    资助金额: Yuan = column("代缴金额", "资助参保金额")
    缴费日期: Day = column("缴费时间")


class MedicalBill(PersonRecord):
    """One hospital bill and who paid it."""

    title = "医保结算"
    blurb = "医保结算，一次住院（就诊）一行"

    医院: Text = column("医院名称", "医疗机构")
    县域内: YesNo = column("是否县域内", "是否县域内就诊")
    入院日期: Day = column()
    出院日期: Day = column()
    总费用: Yuan = column("医疗总费用", required=True)
    基本医保支付: Yuan = column()
    大病保险支付: Yuan = column()
    医疗救助支付: Yuan = column()
    补充保障支付: Yuan = column()
    个人自付: Yuan = column("个人自付费用", required=True)


class DiseaseCare(PersonRecord):
    """A patient's disease and how it is cared for."""

    title = "健康管理"
    blurb = "卫健部门健康管理，一人一病一行"

    病种: Text = column("疾病名称")
    疾病类别: Annotated[str | None, code("疾病类别")] = column(required=True)
    确诊日期: Day = column()
    救治状态: Annotated[str | None, code("救治状态")] = column()
    家庭医生: Text = column("签约医生")
    签约日期: Day = column()
    慢病卡号: PrivateNumber = column("慢性病卡号")
    体检日期: Day = column()
    用药补助月标准: Yuan = column()
