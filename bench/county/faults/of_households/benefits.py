"""Faults of benefits against registers (TGT-11 to TGT-16)."""

from __future__ import annotations

from datetime import date

from county.planting.fault import EXAMS, Fault, finds
from county.planting.rows import beside
from county.records.record import Row, Value


def _on_aid(name: str, register: str, rule: str, **entry: Value) -> Fault:
    """Somebody outside the system who is on 低保 and in a register."""
    steps = (beside("低保", **_AID), beside(register, **entry))
    return Fault(
        name,
        steps,
        finds(f"{rule} 低保#外.证件号码 stranger warning", "TGT-08 低保#外.姓名 stranger"),
        drops=EXAMS,
    )


_AID: Row = {
    "户主姓名": "钱有余",
    "保障类别": "农村低保",
    "保障方式": "单人户",
    "保障人数": 1,
    "月保障金": 300.0,
    "开始日期": date(2018, 1, 1),
    "停止日期": None,
    "状态": "正常",
}

FAULTS = (
    _on_aid("低保又财政供养", "财政供养", "TGT-11", 单位="柳林乡人民政府", 编制类型="事业"),
    _on_aid("低保又有轿车", "车辆", "TGT-12", 车牌="云J0001", 品牌="大众", 车型="小型轿车", 登记日期=date(2019, 3, 8), 价格=11.5),
    _on_aid("低保又办企业", "工商登记", "TGT-13", 企业名称="柳林建材有限公司", 身份="法定代表人", 注册资本=80.0,
            成立日期=date(2016, 4, 20), 企业状态="在营"),
    _on_aid("低保又有门面", "不动产", "TGT-14", 坐落="柳林乡正街", 用途="商业服务", 面积=60.0, 登记日期=date(2015, 7, 1)),
    _on_aid("低保又缴公积金", "公积金", "TGT-15", 单位="柳林乡卫生院", 缴存基数=4800.0, 月缴额=576.0, 缴存状态="正常", 余额=9000.0),
    _on_aid("村干部领低保", "村干部", "TGT-16", 县="云溪县", 乡镇="柳林乡", 村="柳林村", 职务="村会计"),
)  # fmt: skip
