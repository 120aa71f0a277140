"""The relations between ledgers that their columns don't tell."""

from __future__ import annotations

from fupin_audit.ledgers.relations import Pairing, Pairs, Relation

BY_HOUSEHOLD: Pairs = (("户编号", "户编号"),)
BY_HEAD: Pairs = (("ID_KEY(户主证件号码)", "ID_KEY(户主证件号码)"),)
BY_PERSON: Pairs = (("ID_KEY(证件号码)", "ID_KEY(证件号码)"),)
_BY_VILLAGE: Pairs = (("县", "县"), ("乡镇", "乡镇"), ("村", "村"))
# A drop that does not name the county is of the one county of the other.
_VILLAGE_OF_DROPS: tuple[Pairs, ...] = (_BY_VILLAGE, (("乡镇", "乡镇"), ("村", "村")))
BY_PROJECT: Pairs = (("项目编号", "项目编号"),)
_SAME_SHARE: Pairs = (("所在村", "所在村"), ("年度", "年度"), ("金额", "金额"))
_SAME_VILLAGE: Pairs = (("所在村", "所在村"), ("年度", "年度"))
_HEAD_AS_PERSON: Pairs = (("ID_KEY(户主证件号码)", "ID_KEY(证件号码)"),)
_PERSON_AS_HEAD: Pairs = (("ID_KEY(证件号码)", "ID_KEY(户主证件号码)"),)
# The same name with the same birth date, or with the same last four digits: an ID with a slip in it.
_LIKELY_SAME: tuple[Pairs, ...] = (
    (("姓名", "姓名"), ("ID_BIRTH(证件号码)", "出生")),
    (("姓名", "姓名"), ("SUBSTRING(证件号码, 15, 4)", "SUBSTRING(证件号码, 15, 4)")),
)
# The year of each kind of procedure, by the household that it is of.
_STEPS = {"识别": "YEAR(识别年月)", "退出": "脱贫年度", "返贫": "返贫年度"}
_IN_TOWN_OF: dict[str, Pairs] = {
    year: (("县", "户.县"), ("乡镇", "户.乡镇"), (year, "年度")) for year in _STEPS.values()
}
# Rolls of people who should be registered or monitored.
_ROLLS = ("低保", "特困", "残疾人", "健康管理")
# Rolls of those the state keeps.
_KEPT = ("低保", "特困")

THIS_YEAR = "年度 = 审计年度"

# The same person in the last drop and in this: a name alone tells only who is the one of it in the household.
_SAME_PERSON = Pairing(
    left="上期人口",
    right="人口",
    keys=((("人编号", "人编号"),), BY_PERSON, (("户编号", "户编号"), ("姓名", "姓名"))),
    weak=1,
)

DECLARED: tuple[Relation, ...] = (
    Relation("人口", "户", "人口", (BY_HOUSEHOLD,), many=True, where="在册"),
    Relation("全部人口", "户", "人口", (BY_HOUSEHOLD,), many=True),
    Relation("户", "人口", "户", (BY_HOUSEHOLD,), many=False),
    Relation("户主成员", "人口", "人口", (BY_HOUSEHOLD,), many=False, where="在册 AND 与户主关系 = '户主'"),
    Relation("配偶成员", "人口", "人口", (BY_HOUSEHOLD,), many=False, where="在册 AND 与户主关系 = '配偶'"),
    Relation("户主成员", "户", "人口", (BY_HOUSEHOLD,), many=False, where="在册 AND 与户主关系 = '户主'"),
    Relation("同号人口", "人口", "人口", (BY_PERSON,), many=True),
    Relation(
        "同名人口", "人口", "人口", ((("姓名", "姓名"), ("出生", "出生"), ("所在村", "所在村")),), many=True
    ),
    Relation("同话户", "户", "户", ((("联系电话", "联系电话"),),), many=True),
    Relation("同话成员", "户", "人口", ((("联系电话", "成人电话"),),), many=True, where="在册"),
    Relation("同话成员", "人口", "人口", ((("成人电话", "成人电话"),),), many=True, where="在册"),
    Relation("同话户", "人口", "户", ((("成人电话", "联系电话"),),), many=True),
    Relation("同村户", "户", "户", (_BY_VILLAGE,), many=True),
    Relation("同账号户", "户", "户", ((("银行账号", "银行账号"),),), many=True),
    Relation("本年", "户", "户年度", (BY_HOUSEHOLD,), many=False, where=THIS_YEAR),
    Relation("上年", "户", "户年度", (BY_HOUSEHOLD,), many=False, where="年度 = 审计年度 - 1"),
    Relation(
        "上年",
        "人口",
        "往年人口",
        ((("人编号", "人编号"),), BY_PERSON),
        many=False,
        where="年度 = 审计年度 - 1",
    ),
    Relation("上年", "户年度", "户年度", ((("户编号", "户编号"), ("年度 - 1", "年度")),), many=False),
    Relation("村", "户", "村", (_BY_VILLAGE,), many=True),
    Relation("户", "村", "户", (_BY_VILLAGE,), many=True),
    Relation("同县村", "村", "村", ((("县", "县"), ("年度", "年度")),), many=True),
    Relation("致富带头人", "村", "致富带头人", (_BY_VILLAGE,), many=True),
    Relation("同镇村", "村", "村", ((("县", "县"), ("乡镇", "乡镇"), ("年度", "年度")),), many=True),
    Relation(
        "同人带动",
        "致富带头人",
        "致富带头人",
        ((*_BY_VILLAGE, ("姓名", "姓名")), (("村", "村"), ("姓名", "姓名"))),
        many=True,
    ),
    Relation("所在村情况", "致富带头人", "村", (_BY_VILLAGE, (("村", "村"),)), many=True),
    Relation("村内分配", "户", "收益分配", ((("所在村", "所在村"),),), many=True),
    Relation("村有资产", "户", "扶贫资产", ((("村", "所有权人"),),), many=True),
    Relation("各年", "明白卡", "户年度", (BY_HOUSEHOLD, (("户.户编号", "户编号"),)), many=True),
    Relation("所引佐证", "明细账", "佐证", ((("佐证编号", "佐证编号"),),), many=True),
    Relation(
        "仍有发现",
        "问题整改",
        "发现",
        (
            (*BY_HOUSEHOLD, ("UPPER(规则)", "规则")),
            (("CASE WHEN 户编号 IS NULL THEN UPPER(规则) END", "规则"), *_BY_VILLAGE),
        ),
        many=True,
    ),
    Relation("同户问题", "问题整改", "问题整改", (BY_HOUSEHOLD,), many=True),
    Relation("同人务工", "务工", "务工", (BY_PERSON,), many=True),
    Relation("同项资助", "教育资助", "教育资助", ((*BY_PERSON, ("哪一项", "哪一项")),), many=True),
    Relation("同户户籍", "户籍", "户籍", ((("户号", "户号"),),), many=True),
    Relation("同主体贷款", "小额信贷", "小额信贷", ((("他用主体", "他用主体"),),), many=True),
    Relation(
        "同额分配", "收益分配", "收益分配", ((*_SAME_SHARE, ("资产编号", "资产编号")), _SAME_SHARE), many=True
    ),
    Relation(
        "同村分配",
        "收益分配",
        "收益分配",
        ((*_SAME_VILLAGE, ("资产编号", "资产编号")), _SAME_VILLAGE),
        many=True,
    ),
    # 危房改造：一行只有户主的号码，户主可能是登记户里的任何一人，也可能没有登记
    Relation("户外改造", "人口", "危房改造", (_PERSON_AS_HEAD,), many=True, where="户.户编号 IS NULL"),
    Relation("改造人", "危房改造", "人口", (_HEAD_AS_PERSON,), many=False),
    Relation("同号改造", "危房改造", "危房改造", (BY_HEAD,), many=True),
    # 帮扶与监测
    Relation(
        "同帮扶人",
        "帮扶责任人",
        "帮扶责任人",
        (
            (("ID_KEY(帮扶人证件号码)", "ID_KEY(帮扶人证件号码)"),),
            (("帮扶人", "帮扶人"), ("帮扶人电话", "帮扶人电话")),
        ),
        many=True,
    ),
    Relation(
        "帮扶人本人",
        "帮扶责任人",
        "人口",
        ((("ID_KEY(帮扶人证件号码)", "ID_KEY(证件号码)"),),),
        many=False,
        where="在册",
    ),
    Relation("结对人", "走访记录", "帮扶责任人", ((("户编号", "户编号"), ("走访人", "帮扶人")),), many=True),
    Relation("驻村干部", "村", "驻村干部", (_BY_VILLAGE,), many=True),
    Relation("帮扶措施", "回头看", "帮扶措施", (BY_HOUSEHOLD,), many=True),
    Relation("户帮扶措施", "受灾", "帮扶措施", (BY_HOUSEHOLD,), many=True),
    Relation("户帮扶措施", "人口", "帮扶措施", (BY_HOUSEHOLD,), many=True),
    Relation("帮扶措施", "监测对象", "帮扶措施", (BY_HOUSEHOLD,), many=True),
    Relation("人口", "监测对象", "人口", (BY_HOUSEHOLD,), many=True, where="在册"),
    Relation("全部人口", "监测对象", "人口", (BY_HOUSEHOLD,), many=True),
    Relation(
        "县内识别",
        "村",
        "识别退出程序",
        ((("县", "户.县"),),),
        many=True,
        where="程序类型 = '识别' AND 年度 = 审计年度",
    ),
    Relation(
        "县内送教",
        "学籍",
        "送教上门",
        ((("CASE WHEN 送教上门 THEN 人口.户.县 END", "人口.户.县"),),),
        many=True,
    ),
    *(
        Relation(
            f"同镇{kind}",
            "户",
            "识别退出程序",
            (_IN_TOWN_OF[year],),
            many=False,
            where=f"程序类型 = '{kind}'",
        )
        for kind, year in _STEPS.items()
    ),
    # 漏登：部门名册里的人、没有登记的农户，与登记、监测的户配对
    Relation("监测对象", "一般农户", "监测对象", (BY_HEAD,), many=True),
    Relation("户主发放", "危房改造", "一卡通发放", (_HEAD_AS_PERSON, BY_HOUSEHOLD), many=True),
    Relation("住房鉴定", "一般农户", "住房鉴定", (BY_HEAD,), many=True),
    Relation("住房鉴定", "监测对象", "住房鉴定", (BY_HOUSEHOLD, BY_HEAD), many=True),
    Relation("登记的户主", "一般农户", "人口", (_HEAD_AS_PERSON,), many=False, where="在册"),
    *(
        Relation("监测户", title, "监测对象", (_PERSON_AS_HEAD,), many=True)
        for title in (*_ROLLS, "小额信贷")
    ),
    *(Relation("疑似本人", title, "人口", _LIKELY_SAME, many=True) for title in _ROLLS),
    # 入户核查
    Relation("帮扶责任人", "入户核查", "帮扶责任人", (BY_HOUSEHOLD,), many=True),
    Relation("核查", "入户核查人口", "入户核查", ((("核查编号", "核查编号"),),), many=False),
    Relation(
        "同日核查",
        "入户核查",
        "入户核查",
        ((("核查人", "核查人"), ("核查日期", "核查日期")),),
        many=True,
    ),
    # 两期：上期（--against）和本期的同一人、同一户、同一村
    Relation("上期", "人口", "上期人口", _SAME_PERSON.keys, many=False, pairing=_SAME_PERSON),
    Relation("本期", "上期人口", "人口", _SAME_PERSON.keys, many=False, pairing=_SAME_PERSON),
    Relation("上期", "户", "上期户", (BY_HOUSEHOLD,), many=False),
    Relation("本期", "上期户", "户", (BY_HOUSEHOLD,), many=False),
    Relation("上期", "户年度", "上期户年度", ((("户编号", "户编号"), ("年度", "年度")),), many=False),
    Relation("上期户", "上期人口", "上期户", (BY_HOUSEHOLD,), many=False),
    Relation("上期成员", "上期户", "上期人口", (BY_HOUSEHOLD,), many=True),
    Relation(
        "同来成员",
        "人口",
        "人口",
        ((("户编号", "户编号"), ("上期户编号", "上期户编号")),),
        many=True,
        where="在册",
    ),
    *(Relation(roll, "上期人口", roll, (BY_PERSON,), many=True) for roll in ("死亡", "户籍")),
    *(Relation("两期村", title, "两期各村", _VILLAGE_OF_DROPS, many=False) for title in ("户", "上期户")),
    *(Relation(title, "两期各村", title, _VILLAGE_OF_DROPS, many=True) for title in ("户", "上期户")),
    # 资金
    Relation(
        "同月发放",
        "一卡通发放",
        "一卡通发放",
        ((*BY_PERSON, ("补贴项目", "补贴项目"), ("发放月", "发放月")),),
        many=True,
    ),
    Relation("同账号发放", "一卡通发放", "一卡通发放", ((("账号", "账号"),),), many=True),
    Relation(
        "同季发放",
        "一卡通发放",
        "一卡通发放",
        ((*BY_PERSON, ("补贴项目", "补贴项目"), ("发放季", "发放季")),),
        many=True,
    ),
    Relation("特困名册", "一卡通发放", "特困", (BY_PERSON,), many=True),
    *(Relation(f"{roll}名册", "危房改造", roll, (_HEAD_AS_PERSON, BY_HEAD), many=True) for roll in _KEPT),
    Relation("登记的户主", "危房改造", "人口", (_HEAD_AS_PERSON,), many=False, where="在册"),
    Relation(
        "同类资金",
        "资金台账",
        "资金台账",
        ((("CASE WHEN 下达金额 > 0 THEN 县 END", "县"), ("年度", "年度"), ("资金类型", "资金类型")),),
        many=True,
    ),
    Relation("收益分配", "扶贫资产", "收益分配", ((("资产编号", "资产编号"),), BY_PROJECT), many=True),
    Relation("上年", "财政投入", "财政投入", ((("县", "县"), ("年度 - 1", "年度")),), many=False),
    Relation("市内户", "财政投入", "户", ((("县", "市"),),), many=True),
)
