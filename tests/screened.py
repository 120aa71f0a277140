"""A hand-made result of the screens: findings, tests, a picture of each kind, and names nobody should believe."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.pictures import Bar, Bars, Caterpillar, Funnel, Point
from fupin_audit.results.place import Location, Place
from fupin_audit.results.rule_run import Counts, RuleRun
from fupin_audit.results.screens import Screens, ScreenTest, ShownBy

PLACES = (
    Place("清河县", "石桥镇", "东关村"),
    Place("清河县", "石桥镇", "=1+1村"),
    Place("清河县", "柳河乡", "<b>上湾村"),
)
HISTOGRAM = Bars("2020年人均纯收入（元）各段的户数", tuple(Bar(str(3200 + 80 * at), at % 7 * 3) for at in range(30)), 10, "贫困线4000元")  # fmt: skip
DIGITS = Bars("末位数字", tuple(Bar(str(at), 10 + at, 14.5) for at in range(1, 10)))
FUNNEL = Funnel("各村整百的数所占比例", 0.3, tuple(Point(place.village, 20 + 30 * at, 0.25 + 0.3 * at, 0.1, 0.9) for at, place in enumerate(PLACES)))  # fmt: skip
CATERPILLAR = Caterpillar("各核查人发现不符的比例", 0.2, (Point("甲", 50, 0.02, 0.0, 0.1), Point("乙", 60, 0.2, 0.1, 0.3), Point("丙", 55, 0.5, 0.4, 0.6)))  # fmt: skip
PICTURES = (HISTOGRAM, DIGITS, FUNNEL, CATERPILLAR)


def screened_result(version: int = 0) -> AuditResult:
    """Three tests, of which one is told of; with a version the runs are others."""
    run = RuleRun(
        "SCR-03", "几户的收入不应各项都相同", Severity.INFO, "ran", counts=Counts(2 + version, 1, 0)
    )
    gone = RuleRun(
        "SCR-08", "大小悬殊的金额首位应合本福特定律", Severity.INFO, "not_checked", "未交付台账“明细账”"
    )
    told = tuple(_test(at, place) for at, place in enumerate(PLACES))
    return AuditResult(
        version="0.1.0",
        as_of=date(2020, 12, 31),
        as_of_source="取自户年度最晚的年度",
        inputs=(),
        rules_run=(run, gone),
        records=(_finding(),),
        households=dict.fromkeys(PLACES, 30),
        screens=Screens(told, tuple(ShownBy("SCR-03", picture) for picture in PICTURES)),
    )


def nothing_screened() -> AuditResult:
    """Where nothing could be tested."""
    return replace(screened_result(), records=(), screens=Screens())


def _test(at: int, place: Place) -> ScreenTest:
    p, q = ((1e-30, 3e-30), (0.02, 0.03), (1.0, 1.0))[at]
    return ScreenTest(
        rule="SCR-03",
        title="几户的收入不应各项都相同",
        place=place,
        who=place.village,
        test="收入各项相同",
        seen=f"30户中有{12 - 5 * at}户的收入各项完全相同",
        effect=f"{12 - 5 * at}户相同",
        sample="30户",
        p=p,
        q=q,
        severity=Severity.WARNING if at == 0 else None,
    )


def _finding() -> Finding:
    return Finding(
        rule="SCR-03",
        title="几户的收入不应各项都相同",
        severity=Severity.WARNING,
        ledger="户年度",
        place=PLACES[0],
        household="",
        head="",
        person="",
        person_id="",
        fields={"检验": "收入各项相同", "样本": "30户"},
        locations=(Location("户年度.xlsx", "户年度", "D8", "8640", "户年度", "工资性收入"),),
        message="东关村：30户中有12户的收入各项完全相同。这不是结论，先排除：同在一家厂<script>alert(1)</script>",
        why="多半是照抄",
        fix="逐户核对凭证",
        owner="第一书记",
        basis=("惯例",),
        fingerprint="0123456789abcdef",
        basis_kind="惯例",
    )
