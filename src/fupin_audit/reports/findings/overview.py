"""The tables that open the terminal report: villages against severities, and the rules that found most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fupin_audit.reports.findings.village_tally import (
    SUSPECT,
    UNPLACED,
    RuleTally,
    TownTally,
    VillageTally,
    towns,
)
from fupin_audit.results.finding import Severity
from fupin_audit.writing.console import Table, Text
from fupin_audit.writing.fitting_table import FittingTable
from fupin_audit.writing.one_line import one_line

STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_VILLAGES_SHOWN = 20
_RULES_SHOWN = 10


def village_table(tallies: Sequence[VillageTally], full: bool) -> Iterator[Table | Text]:
    """Villages × severity, worst first, with the totals of all villages."""
    shown = tallies if full else tallies[:_VILLAGES_SHOWN]
    counties = len({tally.place.county for tally in tallies} - {""}) > 1
    names = ["县"] * counties + ["乡镇", "村"]
    table = FittingTable(names, [*names, "户数", "问题户", *(s.label for s in Severity)])
    for tally in shown:
        table.add([*_place(tally, counties), *_numbers([tally])])
    for town in _subtotals(tallies, full):
        whose = [town.place.county] * counties + [town.place.town, "小计"]
        table.add([*(Text(one_line(name)) for name in whose), *_figures(town.numbers)], style="bold")
    table.add([Text("合计"), *[Text("")] * (1 + counties), *_numbers(tallies)], style="bold")
    yield table
    if len(tallies) > len(shown):
        yield Text(
            f"只列出问题最多的 {len(shown)} 个村，还有 {len(tallies) - len(shown)} 个村；--full 全部列出"
        )


def rule_table(tallies: Sequence[RuleTally], full: bool) -> Iterator[Table | Text]:
    """The rules with findings, gravest first, with the share of judged rows that fail."""
    shown = tallies if full else _foremost(tallies)
    table = FittingTable(("级别", "规则", "名称"), ["级别", "规则", "发现", "不符/已判", "占比", "名称"])
    for tally in shown:
        table.add(_rule_cells(tally))
    yield table
    if len(tallies) > len(shown):
        yield Text(
            f"只列出发现最多的 {len(shown)} 条规则，还有 {len(tallies) - len(shown)} 条；--full 全部列出"
        )


def _foremost(tallies: Sequence[RuleTally]) -> list[RuleTally]:
    """The rules with most findings and those that look like header faults, in the order given."""
    by_number = sorted(tallies, key=lambda tally: (not tally.suspect, -tally.findings))
    foremost = {tally.id for tally in by_number[:_RULES_SHOWN]}
    return [tally for tally in tallies if tally.id in foremost]


def _subtotals(tallies: Sequence[VillageTally], full: bool) -> Sequence[TownTally]:
    """The towns, the worst first; none where there is but one, or a line each would say no more than the villages."""
    found = towns(tallies)
    if len(found) == 1 or all(town.villages == 1 for town in found):
        return ()
    return found if full else found[:_VILLAGES_SHOWN]


def _place(tally: VillageTally, counties: bool) -> list[Text]:
    place = tally.place
    if place == UNPLACED:
        return [Text("未定位"), *[Text("")] * (1 + counties)]
    names = [place.county] * counties + [place.town, place.village]
    return [Text(one_line(name)) for name in names]


def _numbers(tallies: Sequence[VillageTally]) -> list[Text]:
    severities = [sum(tally.by_severity[severity] for tally in tallies) for severity in Severity]
    households, troubled = (
        sum(tally.households for tally in tallies),
        sum(tally.troubled for tally in tallies),
    )
    return _figures((households, troubled, *severities))


def _figures(numbers: Sequence[int]) -> list[Text]:
    """Households, those with findings, then findings by severity in its colour."""
    households, troubled, *severities = numbers
    return [
        Text(str(households)),
        Text(str(troubled)),
        *(
            Text(str(number), style=STYLES[severity] if number else "dim")
            for severity, number in zip(Severity, severities, strict=True)
        ),
    ]


def _rule_cells(tally: RuleTally) -> list[Text]:
    title = Text(one_line(tally.title))
    if tally.suspect:
        title.append(f"（{SUSPECT}）", style="bold magenta")
    return [
        Text(tally.severity.label, style=STYLES[tally.severity]),
        Text(tally.id),
        Text(str(tally.findings)),
        Text(f"{tally.counts.failed}/{tally.counts.judged}" if tally.counts.judged else "—"),
        Text(tally.share_text),
        title,
    ]
