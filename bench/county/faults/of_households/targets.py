"""Faults of who should be registered and who should not (TGT)."""

from __future__ import annotations

from datetime import date

from county.planting.fault import EXAM_2021, Fault, finds
from county.planting.picks import every, lifted, none, not_head, on_aid, relation
from county.planting.rows import beside, enter
from county.planting.steps import Given, put

_CARD: dict[str, Given] = {"家庭医生": "周医生", "签约日期": date(2019, 6, 1), "体检日期": date(2020, 6, 3)}


FAULTS = (
    Fault("财政供养登记为贫困人口", (enter("财政供养", 单位="乡中心小学", 编制类型="事业"),), finds("TGT-01 人口.证件号码", "TGT-11 医保参保.证件号码"),
          who=not_head, drops=EXAM_2021),
    Fault("名下有轿车", (enter("车辆", 车牌="云999", 品牌="大众", 车型="小型客车", 登记日期=date(2019, 4, 2), 价格=12.5),),
          finds("TGT-02 人口.证件号码"), who=not_head, drops=EXAM_2021),
    Fault("名下有公司", (enter("工商登记", 企业名称="清河运输有限公司", 身份="法定代表人", 注册资本=100.0, 成立日期=date(2018, 2, 6),
                      企业状态="存续"),), finds("TGT-03 人口.证件号码"), who=not_head, drops=EXAM_2021),
    Fault("名下有门市", (enter("不动产", 坐落="正街12号", 用途="商业门市", 面积=45.0, 登记日期=date(2017, 6, 1)),),
          finds("TGT-04 人口.证件号码"), who=not_head, drops=EXAM_2021),
    Fault("名下有第二套住宅", (enter("不动产", 坐落="县城东街", 用途="住宅", 面积=88.0, 登记日期=date(2018, 6, 1)),),
          finds("TGT-04 人口.证件号码"), where=every(lifted, none(on_aid)), who=relation("户主"), drops=EXAM_2021),
    Fault("户籍死亡还在册", (put({"户籍.人员状态": "死亡注销", "户籍.注销日期": date(2020, 12, 15)}),), finds("TGT-05 人口.成员状态"),
          who=not_head, drops=EXAM_2021),
    Fault("死亡名册上还在册", (enter("死亡", 死亡日期=date(2020, 9, 3), 火化日期=date(2020, 9, 5), 来源="殡仪馆"),),
          finds("TGT-05 人口.成员状态"), who=not_head, drops=EXAM_2021),
    Fault("户籍迁出还在册", (put({"户籍.人员状态": "迁出注销", "户籍.注销日期": date(2020, 5, 15)}),), finds("TGT-06 人口.成员状态"),
          who=not_head, drops=EXAM_2021),
    Fault("一般农户低于贫困线", (put({"一般农户#2.人均纯收入": 3600.0}),), finds("TGT-07 一般农户#2.人均纯收入 sheet"), drops=EXAM_2021),
    Fault("一般农户住危房", (put({"一般农户#1.住房安全等级": "D"}),), finds("TGT-07 一般农户#1.住房安全等级 sheet"), drops=EXAM_2021),
    Fault("低保漏登", (beside("低保", 保障类别="农村低保", 保障方式="单人户", 保障人数=1, 月保障金=300.0, 状态="正常"),),
          finds("TGT-08 低保#外.姓名 stranger"), drops=EXAM_2021),
    Fault("特困漏登", (beside("特困", 供养方式="集中", 月供养金=600.0, 状态="正常"),), finds("TGT-08 特困#外.姓名 stranger"), drops=EXAM_2021),
    Fault("大病漏登", (beside("健康管理", 病种="冠心病", 疾病类别="大病", 救治状态="已集中救治", **_CARD),),
          finds("TGT-08 健康管理#外.姓名 stranger"), drops=EXAM_2021),
    Fault("户籍关系不同", (put({"户籍.与户主关系": "之孙子"}),), finds("TGT-10 人口.与户主关系"), who=relation("之子"), drops=EXAM_2021),
    Fault("户籍性别不同", (put({"户籍.与户主关系": "之子"}),), finds("TGT-10 人口.性别", "TGT-10 人口.与户主关系"),
          who=relation("之女"), drops=EXAM_2021),
)  # fmt: skip
