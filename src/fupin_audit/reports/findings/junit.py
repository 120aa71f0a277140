"""JUnit XML for CI: a suite a group of rules, a case a rule, its findings in the failure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import BinaryIO

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from fupin_audit.reports.findings.verdict import circumstances
from fupin_audit.reports.findings.village_tally import ran
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.rule_run import RuleRun
from fupin_audit.writing.one_line import one_line

INPUTS = "输入文件"
_NAME = "fupin-audit"
_MOST_BYTES = 5_000_000  # of one text: libxml2 takes 10,000,000
MARK = re.compile(rf'\A(?:<\?xml[^>]*>\s*)?<testsuites name="{_NAME}"')


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes the report: what fails the run is a failure, lighter findings are properties, unreadable is an error."""
    report = JUnitXml(_NAME)
    inputs = _suite(INPUTS, [_input_case(sheet) for sheet in result.inputs])
    for line in circumstances(result):
        inputs.add_property(*line.split("：", 1))
    report.add_testsuite(inputs)
    found, listed = _by_rule(result.records), _by_rule(result.listed)
    for group, runs in _by_group(result).items():
        suite = _suite(group, [_rule_case(run, found[run.id], listed[run.id], result) for run in runs])
        for run in runs:
            if found[run.id]:
                suite.add_property(run.id, _numbers(found[run.id]))
        report.add_testsuite(suite)
    report.update_statistics()
    report.write(sink, pretty=True)


def _by_rule(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.rule].append(finding)
    return found


def _suite(name: str, cases: Sequence[TestCase]) -> TestSuite:
    suite = TestSuite(name)
    for case in cases:
        suite.add_testcase(case)
    return suite


def _by_group(result: AuditResult) -> Mapping[str, list[RuleRun]]:
    """Rules by the letters their ids begin with, in catalogue order."""
    groups: dict[str, list[RuleRun]] = defaultdict(list)
    for run in result.rules_run:
        groups[run.id.partition("-")[0]].append(run)
    return groups


def _input_case(sheet: InputSheet) -> TestCase:
    case = TestCase(one_line(" › ".join(filter(None, (sheet.file, sheet.sheet)))), INPUTS, 0)
    if sheet.error:
        case.result = [Error(one_line(sheet.error), "unreadable")]
    if sheet.caveats:
        case.system_out = "\n".join(map(one_line, sheet.caveats))
    return case


def _rule_case(
    run: RuleRun, findings: Sequence[Finding], listed: Sequence[Finding], result: AuditResult
) -> TestCase:
    case = TestCase(one_line(f"{run.id} {run.title}"), run.id.partition("-")[0], 0)
    failing = [finding for finding in findings if result.fails(finding)]
    if not ran(run):
        case.result = [Skipped(one_line(run.reason), run.status)]
    elif failing:
        gravest = min((finding.severity for finding in failing), key=lambda severity: severity.rank)
        failure = Failure(_numbers(findings), gravest.value)
        failure.text = _listing(listed, len(findings))
        case.result = [failure]
    elif findings:
        case.system_out = _listing(listed, len(findings))
    return case


def _numbers(findings: Sequence[Finding]) -> str:
    """`错误 3 处、疑点 1 处`."""
    counts = Counter(finding.severity for finding in findings)
    return "、".join(f"{severity.label} {counts[severity]} 处" for severity in Severity if counts[severity])


def _listing(findings: Sequence[Finding], number: int) -> str:
    """A line a finding of this number, as many as a reader of XML takes in one text; the rest is counted."""
    sizes = accumulate(len(line.encode("utf-8")) + 1 for line in map(_line, findings))
    shown = [line for line, size in zip(map(_line, findings), sizes, strict=False) if size <= _MOST_BYTES]
    left = number - len(shown)
    return "\n".join([*shown, *([f"……还有 {left} 处没有列出，全部见 --output json=文件"] if left else [])])


def _line(finding: Finding) -> str:
    """Place, household, sentence and addresses on one line."""
    who = " ".join(filter(None, (str(finding.place), finding.household, finding.head)))
    where = "；".join(map(str, finding.locations))
    return one_line(f"{who}：{finding.message}（{where}）")
