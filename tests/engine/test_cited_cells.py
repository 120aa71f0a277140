"""The first cell a finding cites is the one to mend; then come all it speaks of, and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from books import IDS, Book, Row, found, household, judge_books, person
from fupin_audit.results.finding import Finding
from fupin_audit.results.place import Location

HERE = "990101000001"
INSURED = {"参加城乡居民医保": "是", "参加职工医保": "否"}


def payment(day: str) -> Row:
    return {
        "姓名": "李安",
        "证件号码": IDS[1],
        "补贴项目": "农村低保",
        "金额": "400",
        "发放日期": day,
        "发放状态": "成功",
    }


def loan(contract: str, left: str) -> Row:
    return {
        "合同号": contract,
        "姓名": "张安",
        "证件号码": IDS[0],
        "贷款金额": "30000",
        "余额": left,
        "到期日期": "2021-06-30",
    }


def insured(kind: str, state: str) -> Row:
    return {
        "姓名": "李安",
        "证件号码": IDS[1],
        "年度": "2020",
        "险种": kind,
        "参保状态": state,
        "参保地": "清河县",
    }


CASES: Mapping[str, tuple[str, Mapping[str, Book], Sequence[str]]] = {
    "a member's shortage before the status it contradicts": (
        "TGT-09",
        {
            "户": [household(HERE, 脱贫年度="2018", 饮水安全="是", 危房户="否", 人均纯收入="6000")],
            "人口": [
                person(HERE, 0, 在校生状况="非在校生", **INSURED),
                person(HERE, 1, 在校生状况="非在校生", 参加城乡居民医保="否", 参加职工医保="否"),
            ],
        },
        ["人口.参加城乡居民医保 2", "人口.参加职工医保 2", "户.脱贫属性 1", "户.脱贫年度 1"],
    ),
    "of payments those after the death": (
        "SEC-07",
        {
            "户": [household(HERE)],
            "人口": [person(HERE, 0, 成员状态="正常"), person(HERE, 1, 成员状态="死亡")],
            "户籍": [{"姓名": "李安", "证件号码": IDS[1], "人员状态": "死亡注销", "注销日期": "2020-04-20"}],
            "一卡通发放": [payment("2020-03-15"), payment("2020-08-15")],
        },
        ["一卡通发放.发放日期 2", "一卡通发放.金额 2", "一卡通发放.补贴项目 2", "户籍.注销日期 1"],
    ),
    "of loans, two relations away, those not paid back": (
        "IND-12",
        {
            "户": [household(HERE)],
            "人口": [person(HERE, 0)],
            "小额信贷": [loan("H1", "0"), loan("H2", "20000"), loan("H3", "10000")],
        },
        [
            *("小额信贷.余额 2", "小额信贷.余额 3"),
            *("小额信贷.合同号 2", "小额信贷.合同号 3"),
            *("小额信贷.证件号码 2", "小额信贷.证件号码 3"),
        ],
    ),
    "of two wives the one a generation younger": (
        "HH-01",
        {
            "户": [household(HERE)],
            "人口": [person(HERE, 0), person(HERE, 1, 与户主关系="配偶"), person(HERE, 6, 与户主关系="配偶")],
        },
        ["人口.与户主关系 3", "人口.与户主关系 2", "人口.与户主关系 1"],
    ),
    "of two heads the one the household does not name": (
        "KEY-06",
        {
            "户": [household(HERE, 户主姓名="李安", head=1)],
            "人口": [person(HERE, 0), person(HERE, 1, 与户主关系="户主")],
        },
        ["人口.与户主关系 1", "人口.与户主关系 2"],
    ),
    "of insurances those in force": (
        "MED-04",
        {
            "户": [household(HERE)],
            "人口": [person(HERE, 0, **INSURED), person(HERE, 1, **INSURED)],
            "医保参保": [insured("城乡居民", "停保"), insured("城乡居民", "已参保"), insured("城镇职工", "已参保")],
        },
        [
            *("医保参保.险种 2", "医保参保.险种 3"),
            *("医保参保.参保状态 2", "医保参保.参保状态 3"),
            *("医保参保.参保地 2", "医保参保.参保地 3"),
        ],
    ),
    "the blank of a clearing": (
        "MON-07",
        {
            "监测对象": [
                {
                    "户编号": HERE, "户主姓名": "张三", "户主证件号码": IDS[0], "监测类别": "边缘易致贫户", "识别年月": "202003",
                    "风险消除": "是", "消除年月": "202010", "消除方式": "",
                }
            ]
        },
        ["监测对象.消除方式 1", "监测对象.风险消除 1", "监测对象.消除年月 1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "books", "expected"), CASES.values(), ids=CASES)
def test_a_finding_cites(
    rule: str, books: Mapping[str, Book], expected: Sequence[str], tmp_path: Path
) -> None:
    findings = found(judge_books(tmp_path, books, [rule]), rule)
    assert [cited(finding) for finding in findings] == [list(expected)]


def cited(finding: Finding) -> list[str]:
    return list(map(_named, finding.locations))


def _named(at: Location) -> str:
    """`台账.字段 行`, rows counted from the first one under the header."""
    return f"{at.ledger}.{at.field} {int(''.join(filter(str.isdigit, at.cell))) - 1}"
