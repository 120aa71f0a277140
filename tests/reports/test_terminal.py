"""The report on the screen."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from fupin_audit.reports.findings.terminal import show
from fupin_audit.reports.findings.verdict import circumstances
from fupin_audit.reports.findings.village_tally import towns, villages
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.rule_run import RuleRun, no_value
from fupin_audit.writing.console import Screen
from invented import HOSTILE, clean_result

Golden = Callable[[str, str], None]


def printed(result: AuditResult, width: int = 80, full: bool = False, colour: bool = False) -> str:
    sink = io.StringIO()
    console = Screen(
        file=sink, width=width, color_system="truecolor" if colour else None, force_terminal=colour
    )
    show(result, console, full)
    return sink.getvalue()


@pytest.mark.parametrize(("name", "width", "full"), [("80", 80, False), ("120-full", 120, True)])
def test_report_reads_as_agreed(
    county: AuditResult, golden: Golden, name: str, width: int, full: bool
) -> None:
    golden(f"reports/terminal-{name}.txt", printed(county, width, full))


def test_clean_report_reads_as_agreed(golden: Golden) -> None:
    golden("reports/terminal-clean.txt", printed(clean_result()))


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("full", [False, True])
def test_no_line_is_wider_than_the_screen(county: AuditResult, width: int, full: bool) -> None:
    too_wide = [line for line in printed(county, width, full).splitlines() if cell_len(line) > width]
    assert too_wide == []


def test_text_in_the_data_can_not_style_or_steer_the_screen(county: AuditResult) -> None:
    text = printed(county, full=True)
    assert "[red]张三[/red]" in text
    assert "上[湾]村" in text
    assert "\x1b" not in text
    assert "\x1b[31m字" not in printed(county, full=True, colour=True)


def test_full_report_names_every_finding(county: AuditResult) -> None:
    text = printed(county, full=True)
    told = sum(line.strip().startswith(("错误 ", "疑点 ", "提示 ")) for line in text.splitlines())
    rules = len({finding.rule for finding in county.records})
    assert told == len(county.records) + rules  # each finding, and each line of the table of rules
    assert "没有列出" not in text
    assert all(at.cell in text for finding in county.records for at in finding.locations)


def test_cut_lists_tell_their_true_totals(county: AuditResult) -> None:
    village = printed(replace(county, records=tuple(f for f in county.records if f.village == "东关村")))
    assert "还有 10 户，共 10 处没有列出" in village


def test_a_rule_that_hits_most_rows_is_told_once(county: AuditResult) -> None:
    text = printed(county)
    assert "EDU-05 人口台账与学籍的学段应一致：24 处，疑为口径或表头问题" in text
    assert "提示 EDU-05 李小明" not in text
    assert text.count("提示 EDU-05 ") == 0


def test_findings_on_the_same_cell_share_their_evidence(county: AuditResult) -> None:
    lines = printed(county).splitlines()
    card = next(n for n, line in enumerate(lines) if "错误 CRD-01 系统家庭人口" in line)
    assert "错误 KEY-05" in lines[card + 1]
    assert lines[card + 2].split() == ["户.家庭人口", "5", "1.清河县户信息.xlsx", "›", "户", "›", "J4"]


@pytest.mark.parametrize(
    ("change", "opening"),
    [
        ({}, "不通过：错误 34、疑点 7、提示 24；问题户 36、疑似错格 59；6 个村 90 户；有 1 个"),
        ({"filtered": "村=东关村"}, "筛选后：错误 34"),
        ({"rules_run": (), "records": (), "inputs": ()}, "未能判断（没有一条规则能够检查）：错误 0"),
        ({"records": ()}, "没有读全，已检查的 6 条规则没有发现错误，另有 3 条未检查：错误 0"),
        ({"records": (), "inputs": ()}, "已检查的 6 条规则全部通过，另有 3 条未检查：错误 0"),
    ],
)
def test_verdict_claims_no_more_than_was_checked(
    county: AuditResult, change: dict[str, Any], opening: str
) -> None:
    assert printed(replace(county, **change)).startswith(opening)


def test_doubts_alone_are_no_failure(county: AuditResult) -> None:
    doubts = tuple(finding for finding in county.records if finding.severity is Severity.WARNING)
    text = printed(replace(county, records=doubts, inputs=()))
    assert text.startswith("已检查的 6 条规则没有发现错误，有疑点待核实，另有 3 条未检查：错误 0、疑点 7")


def test_revealed_report_says_so(county: AuditResult) -> None:
    assert "含完整个人信息" in printed(replace(county, revealed=True))
    assert "含完整个人信息" not in printed(county)


def test_hostile_texts_are_in_the_fixture(county: AuditResult) -> None:
    assert {finding.person for finding in county.records} >= set(HOSTILE)


def test_the_first_screen_names_sheets_that_were_not_recognised(county: AuditResult) -> None:
    sheet = InputSheet("3.xlsx", "Sheet1", candidates=(("低保", 0.5),))
    waiting = RuleRun("SEC-01", "应在名册", Severity.WARNING, "not_checked", "未交付台账“低保”：交付了3.xlsx")
    told = circumstances(replace(county, inputs=(sheet,), rules_run=(waiting,)))
    assert "没有认出、没有参加核对：3.xlsx!Sheet1（像“低保”，1 条规则在等）；见 inspect" in told


def test_parameters_without_a_value_are_said_once_with_what_waits_for_them(county: AuditResult) -> None:
    """With the option to type; rules that ran in part count too."""
    waiting = (
        replace(county.rules_run[0], id="MON-01", status="not_checked", reason=no_value("监测线")),
        replace(
            county.rules_run[0], id="INC-06", notes=("有的没有判", no_value("贫困线"), no_value("监测线"))
        ),
    )
    said = [line for line in circumstances(replace(county, rules_run=waiting)) if line.startswith("参数")]
    assert said == [
        "参数没有 2020 年的本地值，有关的没有检查：监测线（MON-01、INC-06）、贫困线（INC-06）；知道的写 --set 监测线=数"
    ]
    assert not any(line.startswith("参数") for line in circumstances(county))


@pytest.mark.parametrize("width", [40, 80])
def test_towns_are_added_up_below_their_villages(county: AuditResult, width: int) -> None:
    text = printed(county, width)
    section = text[text.index("一、各村情况") : text.index("二、")]
    for town in towns(villages(county)):
        lines = section[section.index(f"{town.place.town}  小计") :].splitlines()
        numbers = re.findall(r"\d+", " ".join(lines[:3] if width == 40 else lines[:1]))
        assert tuple(map(int, numbers[:5])) == town.numbers
    assert section.count("小计") == 2


def test_one_town_needs_no_subtotal(county: AuditResult) -> None:
    places = {place: number for place, number in county.households.items() if place.town == "石桥镇"}
    records = tuple(finding for finding in county.records if finding.town == "石桥镇")
    assert "小计" not in printed(replace(county, households=places, records=records))


def test_a_village_asked_for_is_shown_whole(county: AuditResult) -> None:
    place = county.records[1].place
    one = replace(
        county,
        households={place: 15},
        records=tuple(finding for finding in county.records if finding.place == place),
        filtered="村=东关村",
    )
    text = printed(one)
    assert "没有列出" not in text
    assert all(f"户 {finding.household}" in text for finding in one.records)
    assert "没有列出" in printed(replace(one, filtered=""))


@pytest.mark.parametrize("width", [40, 60, 80])
def test_neither_words_nor_masked_numbers_are_torn(county: AuditResult, width: int) -> None:
    wholes = ("990101************", "9901 01** **** **** **", "KEY-05", "139****0000")
    told = replace(
        county.records[1],
        message=f"甲乙丙丁与户主的证件号码{'、'.join(wholes)}不一致",
        title="名称" * 9 + "KEY-05",
    )
    text = printed(replace(county, records=(told,)), width, full=True)
    assert all(whole in text for whole in wholes)


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_column_is_squeezed_until_it_cannot_be_read(county: AuditResult, width: int) -> None:
    """Lines of one or two characters below each other are a column that has no room."""
    lines = printed(county, width).splitlines()
    short = "".join("x" if 0 < cell_len(line.strip()) <= 4 else " " for line in lines)
    assert "xxx" not in short
    assert [line for line in lines if cell_len(line.rstrip()) > width and "fupin-audit" not in line] == []
