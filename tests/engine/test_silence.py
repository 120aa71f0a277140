"""One contradiction a household, read from a workbook: one finding names it, and none its innocent twin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from xlsxwriter import Workbook

from effort import some_by_day
from fupin_audit.audit import audit
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity

GROUPS = yaml.safe_load((Path(__file__).parent / "silence.yaml").read_text(encoding="utf-8"))
Row = Mapping[str, str]
# What a household, its year, its one member and the rows of the rolls say where a case says nothing else.
USUAL: Mapping[str, Row] = {
    "户": {
        "户属性": "一般脱贫户", "脱贫属性": "已脱贫", "识别年月": "201605", "脱贫年度": "2017", "主要致贫原因": "缺资金",
        "其他致贫原因": "", "危房户": "否", "饮水安全": "是", "饮水困难": "否", "人均纯收入": "8000", "家庭人口": "1",
    },
    "人口": {
        "性别": "男", "证件类型": "身份证", "与户主关系": "户主", "民族": "汉族", "文化程度": "初中", "健康状况": "健康",
        "劳动技能": "普通劳动力", "务工状况": "乡镇内务工", "务工所在地": "本镇", "务工时间": "8", "残疾等级": "",
        "参加城乡居民医保": "是", "参加职工医保": "否", "参加大病保险": "是", "参加城乡居民养老": "是", "参加职工养老": "否",
        "享受低保": "否", "特困供养": "否", "成员状态": "正常",
    },
    "户年度": {
        "家庭人口": "1", "工资性收入": "7000", "生产经营性收入": "2000", "财产性收入": "500", "转移性收入": "500",
        "低保金": "0", "特困供养金": "0", "生产经营性支出": "2000", "纯收入": "8000", "人均纯收入": "8000",
        "耕地面积": "5", "有效灌溉面积": "1", "与村主干路距离": "0.5", "住房面积": "80", "住房安全等级": "A",
        "卫生厕所": "是", "通生活用电": "是", "入户路类型": "水泥路", "主要燃料": "清洁能源",
    },
    "低保": {"保障类别": "农村低保", "保障方式": "单人户", "保障人数": "1", "月保障金": "420", "开始日期": "2019-01-01", "状态": "正常"},
    "健康管理": {"疾病类别": "慢性病", "救治状态": "已签约管理", "家庭医生": "陶医生", "签约日期": "2018-01-11", "慢病卡号": "M1"},
    "危房改造": {"危房等级": "D", "改造方式": "翻建", "年度": "2020", "旧房拆除": "是"},
    "监测对象": {
        "监测类别": "脱贫不稳定户", "风险": "因务工就业不稳", "识别年月": "202305", "风险消除": "否", "家庭人口": "1",
        "失学辍学": "否", "住房安全问题": "否", "饮水安全问题": "否", "未参加医保": "否", "开发式帮扶": "是",
        "整户无劳动能力兜底保障户": "否", "监测联系人": "柳安", "监测联系人电话": "19900000001",
    },
    "帮扶措施": {"措施类别": "就业帮扶", "措施内容": "介绍岗位", "实施日期": "2023-06-10"},
    "务工": {"务工所在地": "山东省济南市历城区", "单位": "历城建材厂", "月收入": "3600", "开始": "2023-02-01", "结束": "2023-11-30"},
    "车辆": {"车牌": "冀E00001", "品牌": "大众", "登记日期": "2019-03-08", "价格": "11.5"},
    "工商登记": {"企业名称": "临城建材有限公司", "身份": "法定代表人", "注册资本": "80", "成立日期": "2016-04-20"},
    "不动产": {"坐落": "黑城镇正街", "面积": "60", "登记日期": "2015-07-01"},
    "公积金": {"单位": "黑城镇卫生院", "缴存基数": "4800", "月缴额": "576", "余额": "9000"},
    "财政供养": {},
    "受灾": {}, "教育资助函告": {}, "临时救助": {"救助原因": "因病"},
}  # fmt: skip
OF_HOUSEHOLDS = ("户年度", "危房改造", "受灾", "监测对象", "帮扶措施")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _resident_id(born: str, number: int) -> str:
    """A man's number of the region 990101, which is nowhere on earth, with its check digit."""
    digits = f"990101{born}{2 * number + 1:03}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def _rows(group: Mapping[str, Any], number: int, said: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
    """The rows of one household in all ledgers it stands in."""
    household, name = f"9901010{number:05}", f"赵{chr(ord('一') + 7 * number)}"
    own = _resident_id(f"1970{1 + number % 12:02}{5 + number // 12:02}", number)
    head = {"户编号": household, "户主姓名": name, "户主证件号码": own}
    person = {"姓名": name, "证件号码": own}
    place = dict(zip(("省", "市", "县"), group["county"], strict=True)) | {"乡镇": "黑城镇", "村": "围场村"}
    schooling = {"在校生状况": "" if group["year"] >= 2021 else "非在校生"}
    fixed = {
        "户": place | head,
        "人口": {"户编号": household, "人编号": household + "01"} | person | schooling,
        "户年度": {"户编号": household, "年度": str(group["year"])},
    }
    helped = ("帮扶措施",) if group.get("whole") else ()
    for ledger in dict.fromkeys((*fixed, *helped, *said)):
        rows = said.get(ledger, {})
        key = fixed.get(ledger, head if ledger in OF_HOUSEHOLDS else person)
        for row in rows if isinstance(rows, list) else [rows]:
            yield ledger, {**key, **USUAL[ledger], **row}


def _write(folder: Path, group: Mapping[str, Any]) -> None:
    books: dict[str, list[Row]] = {}
    for number, case in enumerate(group["cases"]):
        for order, who in enumerate(("guilty", "innocent")):
            for ledger, row in _rows(group, 2 * number + order, case[who]):
                books.setdefault(ledger, []).append(row)
    with Workbook(folder / f"{group['county'][-1]}台账{group['year']}.xlsx") as book:
        for ledger, rows in books.items():
            sheet = book.add_worksheet(ledger)
            columns = list(dict.fromkeys(name for row in rows for name in row))
            sheet.write_row(0, 0, columns)
            for at, row in enumerate(rows, 1):
                sheet.write_row(at, 0, [row.get(name, "") for name in columns])


def _further(result: AuditResult, household: str, rule: str) -> list[str]:
    """What other rules find wrong with a household."""
    return [
        f"{finding.rule} {finding.message}"
        for finding in result.records
        if finding.household == household and finding.rule != rule and finding.severity is not Severity.INFO
    ]


def _names(result: AuditResult) -> Counter[tuple[str, str]]:
    return Counter((finding.rule, finding.household) for finding in result.records)


@pytest.mark.parametrize(
    "group", some_by_day(GROUPS, 4), ids=lambda group: f"{group['county'][-1]}-{group['year']}"
)
def test_one_finding_names_the_household_and_none_its_twin(group: Mapping[str, Any], tmp_path: Path) -> None:
    _write(tmp_path, group)
    result = audit(tmp_path, as_of=date(group["year"], 12, 31))
    named = _names(result)
    for number, case in enumerate(group["cases"]):
        guilty, innocent = (f"9901010{2 * number + order:05}" for order in (0, 1))
        assert (case["rule"], named[case["rule"], guilty], named[case["rule"], innocent]) == (
            case["rule"],
            1,
            0,
        )
        if group.get("whole"):
            assert _further(result, innocent, case["rule"]) == []


def test_there_are_forty_contradictions() -> None:
    rules = {case["rule"] for group in GROUPS for case in group["cases"]}
    assert (sum(len(group["cases"]) for group in GROUPS) >= 40, len(rules) >= 36) == (True, True)
