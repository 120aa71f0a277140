"""A hand-made audit result: two towns, six villages, every severity, and all that can go wrong in a text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.input_sheet import InputSheet, UnknownColumn
from fupin_audit.results.place import Location, Place
from fupin_audit.results.rule_run import Counts, RuleRun

TOWNS = {"石桥镇": ("东关村", "西沟村", "南岭村"), "柳河乡": ("北坡村", "柳河村", "上[湾]村")}
PLACES = [Place("清河县", town, village) for town, villages in TOWNS.items() for village in villages]
HOSTILE = (
    "[red]张三[/red]",
    "=1+1",
    "<script>alert(1)</script>",
    "@SUM(A1)",
    "甲\n乙",
    "红\x1b[31m字",
    "\udcb4坏名",
)


def invented_result() -> AuditResult:
    return AuditResult(
        version="0.1.0",
        as_of=date(2020, 12, 31),
        as_of_source="取自户年度最晚的年度",
        inputs=_inputs(),
        rules_run=_rules_run(),
        records=tuple(_records()),
        packs=("全国通用", "清河县示例包"),
        settings=("停用规则 INC-17",),
        households=dict.fromkeys(PLACES, 15),
    )


def clean_result() -> AuditResult:
    ran = RuleRun("KEY-05", "家庭人口应等于在册成员数", Severity.ERROR, "ran", counts=Counts(90, 0, 0))
    sheet = InputSheet("户.xlsx", "户", ("户",), 1, 90)
    return AuditResult(
        "0.1.0",
        date(2020, 12, 31),
        "由 --as-of 指定",
        (sheet,),
        (ran,),
        (),
        households=dict.fromkeys(PLACES, 15),
    )


def _records() -> list[Finding]:
    records = [_file_finding()]
    for number, place in enumerate(PLACES):
        records += [_head_count(place, 10 * number + n) for n in range(6 - number)]
        records += [_income(place, 10 * number), _card(place, 10 * number)]
    records += [_hostile(PLACES[0], n, text) for n, text in enumerate(HOSTILE)]
    records += [_school(PLACES[2], n) for n in range(24)]
    return records


def _household(number: int) -> str:
    return f"99010100{number:04d}"


def _finding(rule: RuleRun, place: Place, number: int, **more: Any) -> Finding:
    finding = Finding(
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        ledger="户",
        place=place,
        household=_household(number),
        head=f"赵{'一二三四五六七八九十'[number % 10]}",
        person="",
        person_id="",
        fields={},
        locations=(),
        message="",
        why="户与人口对不上，一切人均数都不可信",
        fix="入户核对成员，更正家庭人口或成员状态",
        owner="村文书",
        basis=("抚脱贫发〔2020〕14号 三(一)",),
        fingerprint=f"{rule.id}-{number:04d}",
    )
    return replace(finding, **more)


def _head_count(place: Place, number: int) -> Finding:
    at = Location("1.清河县户信息.xlsx", "户", f"J{number + 4}", "5", "户", "家庭人口")
    return _finding(
        KEY_05,
        place,
        number,
        fields={"家庭人口": "5", "在册人数": "4"},
        locations=(at,),
        message="家庭人口为5，在册成员4人",
    )


def _income(place: Place, number: int) -> Finding:
    cells = [("纯收入", "AB", "21,000"), ("人均纯收入", "AC", "5,250"), ("家庭人口", "E", "5")]
    locations = [
        Location("收入/户年度2020.xls", "Sheet1", f"{c}{number + 2}", v, "户年度", f) for f, c, v in cells
    ]
    return _finding(
        INC_02,
        place,
        number,
        ledger="户年度",
        fields={field: value for field, _, value in cells},
        locations=tuple(locations),
        message="人均纯收入5250元，而纯收入21000元÷家庭人口5人＝4200元；按在册4人计算则相符，请先核实家庭人口是否写错",
    )


def _card(place: Place, number: int) -> Finding:
    system = Location("1.清河县户信息.xlsx", "户", f"J{number + 4}", "5", "户", "家庭人口")
    card = Location(f"明白卡（{place.village}）.csv", "", f"D{number + 2}", None, "明白卡", "家庭人口")
    return _finding(
        CRD_01,
        place,
        number,
        fields={"户.家庭人口": "5", "明白卡.家庭人口": None},
        locations=(system, card),
        message="系统家庭人口为5，明白卡没有填写",
    )


def _hostile(place: Place, number: int, text: str) -> Finding:
    at = Location(f"{text}.xlsx", text, f"C{number + 2}", text * 40, "人口", "姓名")
    return _finding(
        ID_09,
        place,
        number + 7,
        ledger="人口",
        head=text,
        person=text,
        person_id=f"{number}",
        fields={"姓名": text * 40},
        locations=(at,),
        message=f"姓名“{text}”像是占位文字",
    )


def _school(place: Place, number: int) -> Finding:
    at = Location("2.清河县人口.xlsx", "人口", f"L{number + 4}", None, "人口", "在校生状况")
    return _finding(
        EDU_05,
        place,
        20 + number % 12,
        ledger="人口",
        person="李小明",
        fields={"在校生状况": None, "学籍.学段": "小学"},
        locations=(at,),
        message="李小明学籍在小学，人口台账没有写在校生状况",
        fingerprint=f"EDU-05-{number:04d}",
    )


def _file_finding() -> Finding:
    at = Location("残疾人名册.xlsx", "", "", None)
    return _finding(
        CEL_10,
        Place(),
        0,
        ledger="",
        household="",
        head="",
        fields={},
        locations=(at,),
        message="文件已加密，打不开",
        fingerprint="CEL-10-残疾人名册.xlsx",
    )


CEL_10 = RuleRun("CEL-10", "文件或工作表应能读取", Severity.ERROR, "ran", counts=Counts(12, 1, 0))
KEY_05 = RuleRun(
    "KEY-05",
    "家庭人口应等于在册成员数",
    Severity.ERROR,
    "ran",
    counts=Counts(66, 21, 3),
    by_place={place: Counts(11, 6 - n, 0) for n, place in enumerate(PLACES)},
)
INC_02 = RuleRun(
    "INC-02", "人均纯收入应等于纯收入除以家庭人口", Severity.ERROR, "ran", counts=Counts(84, 6, 0)
)
CRD_01 = RuleRun("CRD-01", "系统与明白卡应一致", Severity.ERROR, "ran", counts=Counts(84, 6, 0))
ID_09 = RuleRun("ID-09", "姓名不应含数字或占位文字", Severity.WARNING, "ran", counts=Counts(300, 7, 0))
EDU_05 = RuleRun(
    "EDU-05",
    "人口台账与学籍的学段应一致",
    Severity.INFO,
    "ran",
    counts=Counts(2, 24, 11),
    notes=("清河县没有“学年截止”参数，按 8 月 31 日计",),
)


def _rules_run() -> tuple[RuleRun, ...]:
    missing = [
        RuleRun(id_, title, Severity.WARNING, "not_checked", reason)
        for id_, title, reason in (
            ("MED-02", "人口台账写参保的应在医保参保名册", "没有交付台账“医保参保”"),
            ("MED-03", "医保参保名册上的人应写参保", "没有交付台账“医保参保”"),
            ("HOU-05", "住房等级应与最近一次鉴定一致", "台账“住房鉴定”缺少列“住房安全等级”"),
        )
    ]
    return (CEL_10, ID_09, KEY_05, INC_02, EDU_05, CRD_01, *missing)


def _inputs() -> tuple[InputSheet, ...]:
    return (
        InputSheet(
            "1.清河县户信息.xlsx",
            "户",
            ("户", "人口"),
            3,
            90,
            columns={"A": "县", "J": "家庭人口"},
            unrecognised=(
                UnknownColumn("K", "备注1"),
                UnknownColumn("L", "人均收人", "人均纯收入"),
                UnknownColumn("AA", "[bold]列"),
            ),
            candidates=(("户", 0.95), ("人口", 0.8)),
            notes=("略去合计行 1 行",),
        ),
        InputSheet("收入/户年度2020.xls", "Sheet1", ("户年度",), 1, 90),
        InputSheet("收入/户年度2020.xls", "填表说明", hidden=True, candidates=(("村", 0.1),)),
        InputSheet(
            "残疾人名册.xlsx",
            "",
            error="文件已加密，打不开。请先在 Excel 或 WPS 里取消密码，或用 --password-file 给出密码",
        ),
    )
