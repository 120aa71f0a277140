"""The discrepancies village by village and household by household, for the terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from fupin_audit.reports.findings.overview import STYLES
from fupin_audit.reports.findings.shown_values import ShownValues, evidence, suspicions
from fupin_audit.reports.findings.village_tally import SUSPECT, UNPLACED, Tallies, VillageTally
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import ABOUT_READING, Finding, Severity
from fupin_audit.results.pair_evidence import PairEvidence
from fupin_audit.results.place import Location
from fupin_audit.writing.console import Text, hanging
from fupin_audit.writing.one_line import one_line, shorten
from fupin_audit.writing.wrapping import cell_len, pad, widest, wrap

Key = TypeVar("Key", bound=Hashable)

_INDENT = 4
_NAME_COLUMNS = 22
_VALUE_COLUMNS = 24
_LEAST_VALUE = 12
_LEAST_ADDRESS = 16
_GAP = 2
_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Caps:
    """How much is listed: villages, households of a village, groups of a household, values of a group."""

    villages: int | None = 12
    households: int | None = 3
    groups: int | None = 4
    values: int | None = 8


UNCAPPED = Caps(None, None, None, None)


def discrepancies(result: AuditResult, counted: Tallies, full: bool, width: int) -> Iterator[Text]:
    """What is wrong, the worst village and household first; findings on the same cells stand together.

    Unless `full`, long lists are cut with their true totals told, and a rule that hits most rows is
    told once instead of in every household.
    """
    caps = UNCAPPED if full else Caps()
    everywhere = [] if full else [rule for rule in counted.rules if rule.suspect]
    for rule in everywhere:
        text = f"{rule.id} {one_line(rule.title)}：{rule.findings} 处，{SUSPECT}，不逐户列出；--full 全部列出"
        yield Text("\n".join(wrap(text, width)), style="magenta")
    once = {rule.id for rule in everywhere}
    once |= ABOUT_READING
    by_village = _group((f for f in result.listed if f.rule not in once), lambda finding: finding.place)
    troubled = [tally for tally in counted.villages if tally.place in by_village]
    for tally in troubled[: caps.villages]:
        yield Text()
        yield _village_line(tally, width)
        yield from _village(by_village[tally.place], caps, width)
    if left := troubled[len(troubled[: caps.villages]) :]:
        yield Text()
        yield _left_out(
            f"还有 {len(left)} 个村",
            sum(tally.total for tally in left),
            "--village 村名 或 --full 查看",
            width,
        )


def _village_line(tally: VillageTally, width: int) -> Text:
    if tally.place == UNPLACED:
        name, extent = "未定位（文件、表头，或落不到村的记录）", ""
    else:
        name = " ".join(filter(None, (tally.place.county, tally.place.town, tally.place.village)))
        extent = f"{tally.households} 户中 {tally.troubled} 户有问题；"
    counts = "、".join(f"{s.label} {tally.by_severity[s]}" for s in Severity if tally.by_severity[s])
    return Text("\n".join(wrap(f"■ {one_line(name)}：{extent}{counts}", width)), style="bold")


def _village(findings: Sequence[Finding], caps: Caps, width: int) -> Iterator[Text]:
    households = sorted(_group(findings, _subject).values(), key=_badness)
    for household in households[: caps.households]:
        yield from _household(household, caps, width)
    if left := households[len(households[: caps.households]) :]:
        units = "户" if all(household[0].household for household in left) else "户（或文件）"
        yield _left_out(f"  还有 {len(left)} {units}", sum(map(len, left)), "--full 全部列出", width)


def _household(findings: Sequence[Finding], caps: Caps, width: int) -> Iterator[Text]:
    yield Text("\n".join(wrap(f"  {_subject_name(findings[0])}", width)), style="bold")
    yield from finding_lines(findings, caps, width)


def finding_lines(findings: Sequence[Finding], caps: Caps, width: int) -> Iterator[Text]:
    """Findings of one household, those on the same cells together with the values in them."""
    for sentence in suspicions(findings):
        yield from _indented(sentence, width)
    groups = _same_cells(findings)
    for group in groups[: caps.groups]:
        for finding in group:
            yield _sentence(finding, width)
            yield from _hints(finding, width)
        yield from _values(evidence(group), caps, width)
    if left := groups[len(groups[: caps.groups]) :]:
        yield _left_out(f"    此外还有 {len(left)} 组", sum(map(len, left)), "--full 全部列出", width)


def _subject(finding: Finding) -> tuple[str, str]:
    """The household, or the sheet where there is none."""
    if finding.household or not finding.locations:
        return finding.home
    return "", " › ".join(filter(None, (finding.locations[0].file, finding.locations[0].sheet)))


def _subject_name(finding: Finding) -> str:
    household, other = _subject(finding)
    if household:
        return one_line(f"户 {household} {finding.head}".rstrip())
    return one_line(other or "全部数据")


def _badness(findings: Sequence[Finding]) -> tuple[object, ...]:
    counts = (-sum(finding.severity is severity for finding in findings) for severity in Severity)
    household, other = _subject(findings[0])
    return not household, *counts, household, other


def _same_cells(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings that share the cell to mend, in one group; the gravest group first."""
    groups = _group(findings, lambda f: f.locations[0] if f.locations else f.fingerprint).values()
    ordered = [sorted(group, key=lambda f: (f.severity.rank, f.rule, f.message)) for group in groups]
    return sorted(ordered, key=lambda group: (group[0].severity.rank, group[0].rule, _address(group[0])))


def _address(finding: Finding) -> tuple[str, str, int, str]:
    at = finding.locations[0] if finding.locations else Location("", "", "", None)
    return at.file, at.sheet, len(at.cell), at.cell


def _sentence(finding: Finding, width: int) -> Text:
    """`错误 KEY-05 家庭人口为5，在册成员4人`, with a hanging indent."""
    who = f"{finding.person}：" if finding.person and finding.person not in finding.message else ""
    lead = " " * _INDENT + f"{finding.severity.label} {finding.rule} "
    first, *rest = wrap(shorten(one_line(who + finding.message), 400), width - len(lead) - 2)
    text = Text(" " * _INDENT)
    text.append(f"{finding.severity.label} {finding.rule} ", style=STYLES[finding.severity])
    text.append(first)
    for line in rest:
        text.append("\n" + " " * (cell_len(lead)) + line)
    return text


def _hints(finding: Finding, width: int) -> Iterator[Text]:
    """What may help to mend it, each under the sentence."""
    if finding.cause:
        yield from _indented(str(finding.cause), width)
    if finding.pair:
        yield from _pair_table(finding.pair, width)
        yield from _indented(finding.pair.words, width)


def _pair_table(pair: PairEvidence, width: int) -> Iterator[Text]:
    """Field by field what both books say, how far that agrees, and what it weighs; as lines where there is no room."""
    indent = " " * (_INDENT + 2)
    rows = [("是不是同一人", pair.ours, pair.theirs, "相合", "分量"), *pair.table]
    widths = [max(cell_len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        if len(indent) + sum(widths) + _GAP * (len(widths) - 1) <= width:
            line = "".join(pad(cell, wide + _GAP) for cell, wide in zip(row, widths, strict=True))
            yield Text((indent + line).rstrip(), style="dim")
        else:
            yield from _indented(" ".join(filter(None, row)), width)


def _indented(sentence: str, width: int) -> Iterator[Text]:
    indent = " " * (_INDENT + 2)
    lines = wrap(one_line(sentence), width - len(indent))
    yield Text("\n".join(indent + line for line in lines), style="italic")


def _values(parts: list[ShownValues], caps: Caps, width: int) -> Iterator[Text]:
    """Name, value and address in aligned columns."""
    shown = parts[: caps.values]
    indent = " " * (_INDENT + 2)
    values = [shorten(part.value, _LONGEST_VALUE) if caps.values else part.value for part in shown]
    names_wide = widest([part.name for part in shown], _NAME_COLUMNS)
    room = width - len(indent) - names_wide - 2 * _GAP
    if room < _LEAST_VALUE + _LEAST_ADDRESS:
        yield from (
            hanging(f"{indent}{part.name}  {value}  ", part.address, width)
            for part, value in zip(shown, values, strict=True)
        )
        shown = []
    # An address torn in two is hard to find again, so values give way to it first.
    for_values = max(room - widest([part.address for part in shown], room), _LEAST_VALUE)
    values_wide = widest(values, min(for_values, _VALUE_COLUMNS))
    address_wide = max(room - values_wide, _LEAST_ADDRESS)
    for part, value in zip(shown, values, strict=False):
        cells = [wrap(part.name, names_wide), wrap(value, values_wide), wrap(part.address, address_wide)]
        yield from _aligned(indent, cells, [names_wide, values_wide])
    if left := len(parts) - len(values):
        yield Text(f"{indent}……还有 {left} 个值；--full 全部列出", style="dim")


def _aligned(indent: str, cells: list[list[str]], widths: list[int]) -> Iterator[Text]:
    for row in range(max(map(len, cells))):
        name, value, address = (cell[row] if row < len(cell) else "" for cell in cells)
        text = Text(indent)
        text.append(pad(name, widths[0] + _GAP), style="dim")
        text.append(pad(value, widths[1] + _GAP))
        text.append(address, style="blue")
        text.rstrip()
        yield text


def _left_out(what: str, findings: int, how: str, width: int) -> Text:
    indent = what[: len(what) - len(what.lstrip())]
    told = f"{what.strip()}，共 {findings} 处没有列出；{how}"
    lines = wrap(told, width - len(indent))
    return Text("\n".join(indent + line for line in lines), style="dim")


def _group(findings: Iterable[Finding], key: Callable[[Finding], Key]) -> dict[Key, list[Finding]]:
    groups: dict[Key, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[key(finding)].append(finding)
    return groups
