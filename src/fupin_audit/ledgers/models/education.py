"""Schools, grants, and children brought back to school."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import BENEFIT, Spread, column
from fupin_audit.ledgers.models.departments import PersonRecord
from fupin_audit.ledgers.types.kinds import (
    Day,
    Integer,
    Phone,
    PrivateNumber,
    ResidentId,
    Text,
    YesNo,
    Yuan,
    code,
)


class Enrolment(PersonRecord):
    """A pupil's place in the school register."""

    title = "学籍"
    names = (
        "在校生名册",
        "在校学生",
    )
    blurb = "教育学籍，一生一籍一行"

    证件号码: ResidentId = column("身份证件号", required=True)
    学籍号: PrivateNumber = column("全国学籍号")
    学校: Text = column("学校名称", "学校全称", "学籍所在学校", required=True)
    学校所在县: Text = column()
    学段: Annotated[str | None, code("学段")] = column(required=True)
    年级: Text = column()
    学籍状态: Annotated[str | None, code("学籍状态")] = column()
    送教上门: YesNo = column("是否送教上门")
    户籍类型: Text = column("户口性质")
    就读方式: Text = column()
    是否孤儿: YesNo = column()


class Grant(PersonRecord):
    """One grant to a pupil."""

    title = "教育资助"
    kind = BENEFIT
    names = (
        "困难学生",
        "资助明细",
        "经济困难",
        "助学金",
        "雨露计划",
        "学生资助",
    )
    spread = Spread((("资助项目", "资助项目"),), cell="金额")
    blurb = "教育资助发放，一生一学期一项一行"

    姓名: Text = column("学生姓名", required=True)
    学段: Annotated[str | None, code("学段")] = column(required=True)
    学年: Text = column()
    学期: Annotated[str | None, code("学期")] = column(required=True)
    资助项目: Annotated[str | None, code("资助项目")] = column(required=True)
    金额: Yuan = column(required=True, own=("资助金额",))
    发放日期: Day = column()
    学校: Text = column("高校名称", "就读学校")
    户主姓名: Text = column()
    联系电话: Phone = column()


class Dropout(PersonRecord):
    """A child out of school, and what was done about it."""

    title = "控辍保学"
    names = (
        "辍学",
        "失学",
    )
    blurb = "控辍保学台账，一生一行"

    未就学原因: Annotated[str | None, code("失学原因")] = column(
        "失学原因", "辍学原因", "不在校原因", required=True
    )
    劝返措施: Text = column("劝返情况")
    复学日期: Day = column("复学时间")


class HomeTeaching(PersonRecord):
    """One visit of a teacher to a pupil who cannot come to school."""

    title = "送教上门"
    names = ("送教",)
    blurb = "送教上门记录，一次一行"

    日期: Day = column("送教日期", required=True)
    学时: Integer = column("送教学时", required=True)
    教师: Text = column("送教教师")


class GrantLetter(PersonRecord):
    """The letter that asks another county to support a pupil."""

    title = "教育资助函告"
    names = ("函告",)
    blurb = "县外就读学生资助函告，一生一函一行"

    就读地: Text = column(required=True)
    函告日期: Day = column(required=True)
    回函: YesNo = column("是否回函")
