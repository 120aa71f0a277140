"""The bulletin as paragraphs and tables, from its head to its signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from fupin_audit.reports.bulletin import problems, standings
from fupin_audit.reports.bulletin.spoken_place import spoken
from fupin_audit.reports.findings.verdict import extent, numbers
from fupin_audit.reports.findings.village_tally import ran, stopped
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from fupin_audit.results.mending import Mending
from fupin_audit.results.scorecard import Scorecard
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.word import LetterPart

ISSUER, NUMBER, SIGNED_ON = "〔发文机关〕", "〔发文字号〕", "〔成文日期〕"
UNTIL = "〔　　年　月　日〕"
_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A paragraph of the letter."""

    part: LetterPart
    text: str


@dataclass(frozen=True, slots=True)
class LetterTable:
    """A table of the letter."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = LetterLine | LetterTable


def letter(result: AuditResult) -> Iterator[Block]:
    """Title, what was checked, how towns stand, what is wrong, until when it is to be mended."""
    yield LetterLine(LetterPart.TITLE, f"关于{_counties(result)}台账核对情况的通报")
    yield LetterLine(LetterPart.ADDRESSEE, "各乡镇人民政府，县直各有关单位：")
    yield LetterLine(LetterPart.TEXT, _opening(result))
    ordinals = iter(_ORDINALS)
    for title, blocks in (
        ("指标完成情况和排名", _standings(result.scorecard)),
        ("存在的主要问题", _problems(result)),
        ("各乡镇问题数量", _towns(result)),
        *((("整改进展", _mending(result.mending)),) if result.mending else ()),
        ("整改要求", _demands(result)),
    ):
        yield LetterLine(LetterPart.HEADING, f"{next(ordinals)}、{title}")
        yield from blocks
    yield LetterLine(LetterPart.TEXT, _reserve(result))


def _counties(result: AuditResult) -> str:
    names = sorted({place.county for place in result.households} - {""})
    return one_line("、".join(names)) if names else ""


def _opening(result: AuditResult) -> str:
    day = f"{result.as_of.year}年{result.as_of.month}月{result.as_of.day}日"
    chosen = f"（{one_line(result.filtered)}）" if result.filtered else ""
    return (
        f"现将截至{day}的台账核对情况{chosen}通报如下。本次核对{extent(result) or '交来的台账'}，"
        f"检查规则{sum(map(ran, result.rules_run))}条，发现{numbers(result)}，涉及问题户{result.troubled}户。"
    )


def _standings(card: Scorecard | None) -> Iterator[Block]:
    found = standings.rows(card) if card else []
    for line in standings.county_lines(card) if card else ():
        yield LetterLine(LetterPart.TEXT, line)
    if not found or card is None:
        yield LetterLine(LetterPart.TEXT, "本次没有可以排名的指标。")
        return
    yield LetterLine(
        LetterPart.TEXT,
        "各乡镇按达标的指标占有目标的指标的比例（达标率）排名，达标率相同的，未达标各项离目标近的在前；待核实的不算达标。",
    )
    yield LetterTable(standings.HEADER, tuple(found))
    for line in standings.named(card):
        yield LetterLine(LetterPart.TEXT, line)


def _problems(result: AuditResult) -> Iterator[Block]:
    groups = problems.problem_groups(result)
    if not groups:
        yield LetterLine(LetterPart.TEXT, "已检查的规则没有发现错误和疑点。")
    for ordinal, group in zip(_ORDINALS, groups, strict=False):
        yield LetterLine(LetterPart.SUBHEADING, f"（{ordinal}）{one_line(group.title)}：{group.numbers}")
        for number, sentence in zip(count(1), group.sentences, strict=False):
            yield LetterLine(LetterPart.TEXT, f"{number}．{sentence}")


def _towns(result: AuditResult) -> Iterator[Block]:
    if rows := problems.town_rows(result):
        yield LetterTable(problems.HEADER, tuple(rows))
    if town := problems.worst_town(result):
        yield LetterLine(
            LetterPart.TEXT,
            f"问题户占比最高的是{spoken(town.place, result.households)}，{town.households}户中有{town.troubled}户。",
        )
    if worst := problems.worst_villages(result):
        yield LetterLine(LetterPart.TEXT, f"错误最多的村：{'、'.join(worst)}。")


def _mending(mending: Mending) -> Iterator[Block]:
    """How far what was found before is mended."""
    for line in mending.lines:
        yield LetterLine(LetterPart.TEXT, line)
    if mending.rows:
        yield LetterTable(mending.header, mending.rows)


def _demands(result: AuditResult) -> Iterator[Block]:
    demands = [
        "逐条核实。每条都是待核实的事项，要翻档案、入户、问部门，核实后改在系统和部门名册里，不要只改导出的表。",
        _deadlines(result),
        f"压实责任。按责任人分：{'、'.join(found)}。" if (found := problems.offices(result)) else "",
        "具体的户、单元格和整改办法见随文下发的整改台账，填好整改状态、核实人、完成日期后报回。",
    ]
    for number, text in zip(count(1), filter(None, demands), strict=False):
        yield LetterLine(LetterPart.TEXT, f"{number}．{text}")


def _deadlines(result: AuditResult) -> str:
    """Until when, by severity; a gap to fill in where the user has not said."""
    told = [
        f"{severity.label}{number}处，{_until(result, severity)}前改完"
        for severity in Severity
        if (number := result.count(severity)) and (severity is not Severity.INFO or severity in result.due)
    ]
    return f"限期整改。{'；'.join(told)}。" if told else ""


def _until(result: AuditResult, severity: Severity) -> str:
    day = result.due.get(severity)
    return f"{day.year}年{day.month}月{day.day}日" if day else UNTIL


def _reserve(result: AuditResult) -> str:
    """That what was not checked is not said to be right."""
    unchecked = sum(map(stopped, result.rules_run))
    unread = f"，有{len(result.unreadable)}个文件或工作表没能读取" if result.unreadable else ""
    besides = (
        f"另有{unchecked}条规则因缺台账、缺列等没有检查{unread}，不等于没有问题。"
        if unchecked or unread
        else ""
    )
    return f"以上数字由台账核对得出，不是对任何人的认定。{besides}"
