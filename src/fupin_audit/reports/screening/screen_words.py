"""What is said of a run of screens as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.rule_run import RuleRun
from fupin_audit.results.screens import ScreenTest, figure, odds

HEADERS = (
    "规则",
    "看什么",
    "乡镇",
    "村",
    "对象",
    "检验",
    "所见",
    "样本",
    "效应",
    "凭巧合",
    "p",
    "校正后p",
    "级别",
)
CAUTION = "统计筛查只说哪里的数不寻常，不说谁错了；每一处都先排除所列的正当原因，再入户、看凭证。"


def verdict(result: AuditResult) -> str:
    """The whole in a sentence."""
    tests = result.screens.tests
    if not tests:
        return "统计筛查：没有能检验的"
    warned, hinted = result.count(Severity.WARNING), result.count(Severity.INFO)
    told = [f"{number}处{word}" for number, word in ((warned, "疑点"), (hinted, "提示")) if number]
    return f"统计筛查：做了{len(tests)}项检验，{'、'.join(told) if told else '没有一处不寻常'}"


def listed(result: AuditResult) -> Sequence[Finding]:
    """The findings, the least likely first."""
    order = {(test.rule, test.place, test.test): at for at, test in enumerate(result.screens.tests)}
    return sorted(
        result.records, key=lambda item: order.get((item.rule, item.place, item.fields["检验"] or ""), 0)
    )


def row(test: ScreenTest) -> tuple[str, ...]:
    """A test as a table shows it, under HEADERS."""
    level = test.severity.label if test.severity else ""
    place = test.place
    seen = (
        test.who,
        test.test,
        test.seen,
        test.sample,
        test.effect,
        odds(test.p),
        figure(test.p),
        figure(test.q),
    )
    return (test.rule, test.title, place.town, place.village, *seen, level)


def not_tested(result: AuditResult) -> Iterator[tuple[str, str]]:
    """Each rule of which something was not tested, and why."""
    for run in result.rules_run:
        if reason := _reason(run):
            yield f"{run.id} {run.title}", reason


def _reason(run: RuleRun) -> str:
    return run.reason or "；".join(run.notes)
