"""Schools, grants, and children brought back to school."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import column
from fupin_audit.ledgers.models.departments import PersonRecord
from fupin_audit.ledgers.types.kinds import Day, Integer, PrivateNumber, Text, YesNo, Yuan, code


class Enrolment(PersonRecord):
    """A pupil's place in the school register."""

    title = "学籍"
    blurb = "教育学籍，一生一籍一行"

    学籍号: PrivateNumber = column("全国学籍号")
    学校: Text = column("学校名称", required=True)
    学校所在县: Text = column()
    学段: Annotated[str | None, code("学段")] = column(required=True)
    年级: Text = column()
    学籍状态: Annotated[str | None, code("学籍状态")] = column()
    送教上门: YesNo = column("是否送教上门")


class Grant(PersonRecord):
    """One grant to a pupil."""

    title = "教育资助"
    blurb = "教育资助发放，一生一学期一项一行"

    学段: Annotated[str | None, code("学段")] = column(required=True)
    学年: Text = column()
    学期: Annotated[str | None, code("学期")] = column(required=True)
    资助项目: Annotated[str | None, code("资助项目")] = column(required=True)
    金额: Yuan = column(required=True)
    发放日期: Day = column()


class Dropout(PersonRecord):
    """A child out of school, and what was done about it."""

    title = "控辍保学"
    blurb = "控辍保学台账，一生一行"

    未就学原因: Annotated[str | None, code("失学原因")] = column("失学原因", "辍学原因", required=True)
    劝返措施: Text = column()
    复学日期: Day = column("复学时间")


class HomeTeaching(PersonRecord):
    """One visit of a teacher to a pupil who cannot come to school."""

    title = "送教上门"
    blurb = "送教上门记录，一次一行"

    日期: Day = column("送教日期", required=True)
    学时: Integer = column("送教学时", required=True)
    教师: Text = column("送教教师")


class GrantLetter(PersonRecord):
    """The letter that asks another county to support a pupil."""

    title = "教育资助函告"
    blurb = "县外就读学生资助函告，一生一函一行"

    就读地: Text = column(required=True)
    函告日期: Day = column(required=True)
    回函: YesNo = column("是否回函")
