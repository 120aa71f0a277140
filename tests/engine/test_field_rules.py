"""What was seen at a household against the system (FLD): one finding a difference, at the cell to mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from books import Book, Row, catalogue, found, household, judge_books, person, run_of
from fupin_audit.engine.run import Judgement
from fupin_audit.results.finding import Finding
from fupin_audit.results.place import Place

RULES = [f"FLD-{number:02}" for number in range(1, 12)]
ADOPTED = frozenset({"FLD-09"})  # a demand of 抚顺, which this county takes for its own
YEAR = {"户编号": "1", "年度": "2020", "住房安全等级": "B", "工资性收入": "10000", "生产经营性收入": "3000", "财产性收入": "200",
        "转移性收入": "1500", "生产经营性支出": "700", "纯收入": "14000", "人均纯收入": "7000"}  # fmt: skip
SYSTEM: Mapping[str, Book] = {
    "户": [household("1", 饮水安全="是"), household("2", village="西坡村", 饮水安全="是")],
    "人口": [
        person("1", 0, 在校生状况="非在校生", 健康状况="健康", 务工状况="省外务工", 享受低保="否", 参加城乡居民医保="是", 成员状态="正常"),
        person("1", 6, 在校生状况="小学", 健康状况="健康", 务工状况="未务工", 享受低保="否", 参加城乡居民医保="是", 成员状态="正常"),
        person("2", 1, 在校生状况="非在校生", 健康状况="健康", 务工状况="未务工", 享受低保="否", 参加城乡居民医保="是", 成员状态="正常"),
    ],
    "户年度": [YEAR],
    "村": [{"县": "清河县", "乡镇": "柳林镇", "村": village, "年度": "2020"} for village in ("东沟村", "西坡村")],
    "帮扶责任人": [{"户编号": "1", "帮扶人": "钱七", "开始日期": "2018-01-01"}],
    "产业项目": [{"户编号": "99", "年度": "2020", "项目名称": "肉牛代养"}],
}  # fmt: skip
VISIT = {
    "核查编号": "甲-1", "户编号": "1", "户主姓名": "张三", "核查日期": "2020-06-01", "核查人": "赵六", "开始时间": "9:00",
    "结束时间": "9:30", "见到户主": "是", "实有人口": "2", "住房安全等级": "B", "实际入住": "是", "旧房未拆": "否",
    "饮水安全": "是", "失学人数": "0", "未参保人数": "0", "务工人数": "1", "享受低保": "否", "产业项目": "否",
    "工资性收入": "10000", "生产经营性收入": "3000", "财产性收入": "200", "转移性收入": "1500", "生产经营性支出": "700",
    "人均纯收入": "7000", "明白卡上墙": "是", "知晓帮扶人": "是", "户主签字": "是",
}  # fmt: skip
OTHER = {**dict.fromkeys(VISIT, ""), "核查编号": "甲-2", "户编号": "2", "核查日期": "2020-06-01", "核查人": "赵六",
         "开始时间": "10:00", "结束时间": "10:20"}  # fmt: skip
SEEN = [
    {"核查编号": "甲-1", "户编号": "1", "姓名": "张安", "健在": "是", "在家": "否", "在校生状况": "非在校生", "健康状况": "健康",
     "务工状况": "省外务工", "与户主关系": "户主"},
    {"核查编号": "甲-1", "户编号": "1", "姓名": "周安", "健在": "是", "在家": "是", "在校生状况": "小学", "健康状况": "健康",
     "务工状况": "未务工", "与户主关系": "其他"},
]  # fmt: skip


def county(visits: Sequence[Row] = (VISIT, OTHER), seen: Sequence[Row] = SEEN) -> dict[str, Book]:
    return {**SYSTEM, "入户核查": visits, "入户核查人口": seen}


def judged(folder: Path, books: Mapping[str, Book], share: float | None = 0.3) -> Judgement:
    fixed = {} if share is None else {"抽查比例": share}
    return judge_books(folder, books, RULES, within=replace(catalogue(), fixed=fixed, enabled=ADOPTED))


def told(finding: Finding) -> tuple[str, str, str, str]:
    """Rule, whose, the cell to mend, the second cell."""
    at = [f"{place.ledger}.{place.field}" for place in finding.locations]
    return finding.rule, finding.household, at[0], "".join(at[1:2])


def test_a_county_as_it_was_seen_is_silent(tmp_path: Path) -> None:
    result = judged(tmp_path, county())
    assert [finding.message for finding in result.findings] == []
    assert {run.id: run.status for run in result.rules} == dict.fromkeys(RULES, "ran")
    assert all(run.counts.passed for run in result.rules)


DIFFERENCES = (
    ("户主姓名", "李四", "FLD-02", "户.户主姓名"),
    ("实有人口", "3", "FLD-01", "户.家庭人口"),
    ("住房安全等级", "D", "FLD-03", "户年度.住房安全等级"),
    ("实际入住", "否", "FLD-03", "入户核查.实际入住"),
    ("旧房未拆", "是", "FLD-03", "入户核查.旧房未拆"),
    ("饮水安全", "否", "FLD-04", "户.饮水安全"),
    ("失学人数", "1", "FLD-05", "入户核查.失学人数"),
    ("未参保人数", "2", "FLD-05", "入户核查.未参保人数"),
    ("工资性收入", "11001", "FLD-06", "户年度.工资性收入"),
    ("生产经营性收入", "2699", "FLD-06", "户年度.生产经营性收入"),
    ("财产性收入", "0", "FLD-06", "户年度.财产性收入"),
    ("转移性收入", "15000", "FLD-06", "户年度.转移性收入"),
    ("生产经营性支出", "800", "FLD-06", "户年度.生产经营性支出"),
    ("人均纯收入", "6000", "FLD-06", "户年度.人均纯收入"),
    ("享受低保", "是", "FLD-07", "入户核查.享受低保"),
    ("产业项目", "是", "FLD-07", "入户核查.产业项目"),
    ("务工人数", "2", "FLD-07", "入户核查.务工人数"),
    ("明白卡上墙", "否", "FLD-08", "入户核查.明白卡上墙"),
    ("知晓帮扶人", "否", "FLD-08", "入户核查.知晓帮扶人"),
    ("户主签字", "否", "FLD-08", "入户核查.户主签字"),
    ("结束时间", "9点04分", "FLD-10", "入户核查.开始时间"),
    ("核查人", "钱七", "FLD-11", "入户核查.核查人"),
)
OF_MEMBERS = (
    (0, "健在", "否", "FLD-02", "人口.成员状态"),
    (0, "与户主关系", "配偶", "FLD-02", "人口.与户主关系"),
    (1, "健康状况", "残疾", "FLD-02", "人口.健康状况"),
    (1, "在校生状况", "非在校生", "FLD-05", "人口.在校生状况"),
    (0, "务工状况", "未务工", "FLD-07", "人口.务工状况"),
)


def copies(number: int) -> dict[str, list[Row]]:
    """So many households like the first, each in order but for its number, visited by somebody else each."""
    books: dict[str, list[Row]] = {
        "户": [], "人口": [], "户年度": [], "帮扶责任人": [], "入户核查": [], "入户核查人口": []
    }  # fmt: skip
    one = {**county(), "人口": SYSTEM["人口"][:2]}
    for at in range(1, number + 1):
        own = {"户编号": str(at), "核查编号": f"甲-{at}", "核查人": f"查{at}"}
        for title, rows in books.items():
            first = one[title] if title in ("人口", "入户核查人口") else one[title][:1]
            rows += [{name: own.get(name, text) for name, text in row.items()} for row in first]
    books["帮扶责任人"] = [{**row, "帮扶人": "钱七"} for row in books["帮扶责任人"]]
    books["人口"] = [{**row, "人编号": f"{at:04}"} for at, row in enumerate(books["人口"])]
    return books


def test_one_difference_is_one_finding(tmp_path: Path) -> None:
    books = copies(len(DIFFERENCES))
    for at, (field, text, _, _) in enumerate(DIFFERENCES):
        books["入户核查"][at] = {**books["入户核查"][at], field: text}
    result = judged(tmp_path, {**SYSTEM, **books})
    assert sorted(told(finding)[:3] for finding in result.findings) == sorted(
        (rule, str(at), mend) for at, (*_, rule, mend) in enumerate(DIFFERENCES, 1)
    )
    said = {(finding.rule, finding.household): finding.message for finding in result.findings}
    assert [d for at, d in enumerate(DIFFERENCES, 1) if d[1] not in said[d[2], str(at)]] == []


def test_one_difference_of_a_member_is_one_finding(tmp_path: Path) -> None:
    books = copies(len(OF_MEMBERS))
    for at, (order, field, text, _, _) in enumerate(OF_MEMBERS):
        row = 2 * at + order
        books["入户核查人口"][row] = {**books["入户核查人口"][row], field: text}
    result = judged(tmp_path, {**SYSTEM, **books})
    assert sorted((*told(f)[:3], f.person) for f in result.findings) == sorted(
        (rule, str(at), mend, SEEN[order]["姓名"])
        for at, (order, _, _, rule, mend) in enumerate(OF_MEMBERS, 1)
    )


def test_members_missing_on_either_side_are_told(tmp_path: Path) -> None:
    stranger = {**SEEN[1], "姓名": "郑安"}
    result = judged(tmp_path, county(seen=[SEEN[0], stranger]))
    assert sorted((f.rule, f.person, f.message) for f in result.findings) == [
        ("FLD-02", "周安", "系统里有周安（其他），入户核查的名单里没有"),
        ("FLD-02", "郑安", "入户见到郑安（其他），系统里这一户没有这个人"),
    ]


def test_a_blank_sheet_is_no_visit(tmp_path: Path) -> None:
    blank = {**dict.fromkeys(VISIT, ""), "核查编号": "甲-1", "户编号": "1", "户主姓名": "张三"}
    unseen = [
        {**dict.fromkeys(row, ""), **{name: row[name] for name in ("核查编号", "户编号", "姓名")}}
        for row in SEEN
    ]
    result = judged(tmp_path, county([blank, OTHER], unseen))
    assert [(f.rule, f.message) for f in result.findings] == [("FLD-09", "东沟村登记1户，入户核查0户")]


def test_of_several_visits_the_latest_counts(tmp_path: Path) -> None:
    first = {**VISIT, "核查编号": "甲-0", "核查日期": "2020-05-01", "实有人口": "5"}
    assert judged(tmp_path, county([first, VISIT, OTHER])).findings == ()


def test_last_years_visit_says_nothing_of_this_year(tmp_path: Path) -> None:
    old = {**VISIT, "核查日期": "2019-06-01", "实有人口": "5", "户主签字": "否"}
    result = judged(tmp_path, county([old, OTHER]))
    assert [finding.rule for finding in result.findings] == ["FLD-09"]


def test_too_few_households_of_a_village_and_of_its_town(tmp_path: Path) -> None:
    more = [household(str(number), village="西坡村", 户主姓名="李四") for number in range(3, 7)]
    people = [person(str(number), 1) for number in range(3, 7)]
    books = county()
    books |= {"户": [*SYSTEM["户"], *[{**row, "饮水安全": ""} for row in more]],
              "人口": [*SYSTEM["人口"], *[{**dict.fromkeys(SYSTEM["人口"][0], ""), **row} for row in people]]}  # fmt: skip
    result = judged(tmp_path, books, share=0.35)
    about = [(f.rule, f.household, f.place, f.message) for f in result.findings]
    assert about == [
        ("FLD-09", "", Place("清河县", "柳林镇"), "柳林镇登记6户，入户核查2户，占33.3%，应不低于35%"),
        ("FLD-09", "", Place("清河县", "柳林镇", "西坡村"), "西坡村登记5户，入户核查1户，占20%，应不低于35%"),
    ]


def test_without_the_share_a_village_nobody_went_to_is_still_told(tmp_path: Path) -> None:
    result = judged(tmp_path, county([VISIT]), share=None)
    assert [(f.rule, f.place.village) for f in result.findings] == [("FLD-09", "西坡村")]
    assert run_of(result, "FLD-09").notes[0] == "参数“抽查比例”在本地没有值"


def test_implausible_days_are_told(tmp_path: Path) -> None:
    visits = [VISIT, {**OTHER, "开始时间": "上午9点20分", "结束时间": "9:50"}]
    result = judged(tmp_path, county(visits))
    assert [told(f)[:3] for f in found(result, "FLD-10")] == [
        ("FLD-10", "1", "入户核查.开始时间"),
        ("FLD-10", "2", "入户核查.开始时间"),
    ]
    many = [
        {**OTHER, "核查编号": f"乙-{n:02}", "户编号": str(n), "开始时间": "", "结束时间": ""}
        for n in range(10, 31)
    ]
    (crowded,) = found(judged(tmp_path, county([VISIT, *many])), "FLD-10")
    assert crowded.message == "疑点：赵六2020-06-01一天核查22户，一人一天一般不超过20户"
    assert (crowded.household, len(crowded.locations)) == ("", 23)


def test_a_sheet_filled_twice_is_told_and_compared_once(tmp_path: Path) -> None:
    again = {**VISIT, "核查日期": "2020-06-02", "实有人口": "3"}
    books = county([VISIT, again, OTHER])
    result = judge_books(
        tmp_path, books, [*RULES, "KEY-11"], within=replace(catalogue(), fixed={"抽查比例": 0.3})
    )
    assert sorted((f.rule, f.household) for f in result.findings) == [("FLD-01", "1"), ("KEY-11", "1")]
