"""Medical insurance, bills and the management of diseases."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import BENEFIT, column
from fupin_audit.ledgers.models.departments import PersonRecord
from fupin_audit.ledgers.types.kinds import Day, PrivateNumber, Text, Year, YesNo, Yuan, code


class MedicalInsurance(PersonRecord):
    """A person's medical insurance in one year."""

    title = "医保参保"
    kind = BENEFIT
    names = (
        "医保",
        "医疗保险",
        "资助参保",
        "居民参保",
        "参保台账",
        "参保登记",
        "参合",
        "缴费名单",
    )
    blurb = "医保局参保名册，一人一年一险种一行"
    yearly = True

    年度: Year = column("参保年度", required=True)
    险种: Annotated[str | None, code("医保险种")] = column("参保险种", "险种类型", own=("参保类别",))
    参保状态: Annotated[str | None, code("参保状态")] = column(required=True)
    参保地: Text = column("参保所属地")
    个人缴费: Yuan = column("个人缴费金额", "居民医保缴费金额")
    资助金额: Yuan = column("代缴金额", "资助参保金额")
    缴费日期: Day = column("缴费时间")
    资助身份: Text = column("资助参保身份", "医疗救助身份", "参保身份")
    纳入资助日期: Day = column("纳入资助时间")
    身份取消日期: Day = column("身份取消时间")
    参保: YesNo = column("是否参保")
    资助: YesNo = column("是否符合资助")
    死亡日期: Day = column("卫健委死亡时间")


class MedicalBill(PersonRecord):
    """One hospital bill and who paid it."""

    title = "医保结算"
    names = (
        "医疗费",
        "自付金额",
        "住院",
        "医疗保起来",
        "报销",
        "就诊",
        "医疗救助清算",
    )
    blurb = "医保结算，一次住院（就诊）一行"

    姓名: Text = column(required=True, own=("患者姓名", "病人姓名"))
    医院: Text = column(
        "医院名称",
        "医疗机构",
        own=(
            "医药机构名称",
            "医疗机构名称",
            "就诊医院",
        ),
    )
    县域内: YesNo = column("是否县域内", "是否县域内就诊")
    入院日期: Day = column("入院时间")
    出院日期: Day = column("出院时间")
    总费用: Yuan = column("医疗总费用", "本次总费用", "医疗费总额", "住院总费用", required=True)
    基本医保支付: Yuan = column(
        own=(
            "统筹支出",
            "统筹报销金额",
            "基本医疗报销",
            "统筹基金支付",
        )
    )
    大病保险支付: Yuan = column(
        own=(
            "大病保险",
            "大病报销",
            "大病保险赔付",
        )
    )
    医疗救助支付: Yuan = column(
        own=(
            "城乡救助",
            "民政救助支付",
            "医疗救助",
        )
    )
    补充保障支付: Yuan = column(
        own=(
            "大病救助",
            "大额报销",
            "大病补充保险",
        )
    )
    个人自付: Yuan = column(
        "个人自付费用",
        required=True,
        own=(
            "个人自付金额",
            "现金支付",
            "个人自费",
            "个人自负",
            "自付金额",
        ),
    )
    就医类别: Text = column("医疗类别", "就诊类型", "就医类型")
    病种: Text = column("病种名称", "疾病名称", "病种编码")
    结算日期: Day = column("结算时间")
    政策范围内费用: Yuan = column("医保政策范围费用", "政策范围内费用总额")
    全自费: Yuan = column("丙类费用", "全自费金额")
    起付线: Yuan = column("起付标准")
    户主姓名: Text = column()


class DiseaseCare(PersonRecord):
    """A patient's disease and how it is cared for."""

    title = "健康管理"
    names = (
        "慢病",
        "慢性病",
        "大病",
        "家庭医生",
        "签约服务",
    )
    blurb = "卫健部门健康管理，一人一病一行"

    病种: Text = column("疾病名称", "慢病卡病种", "慢病病种")
    疾病类别: Annotated[str | None, code("疾病类别")] = column()
    确诊日期: Day = column()
    救治状态: Annotated[str | None, code("救治状态")] = column()
    家庭医生: Text = column("签约医生")
    签约日期: Day = column()
    慢病卡号: PrivateNumber = column("慢性病卡号")
    体检日期: Day = column()
    用药补助月标准: Yuan = column()
