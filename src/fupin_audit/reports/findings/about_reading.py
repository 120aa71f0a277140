"""How columns and sheets were read, told once a column name over all files, apart from what is wrong in the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import ABOUT_READING, Finding
from fupin_audit.results.place import Location
from fupin_audit.writing.console import Text, hanging
from fupin_audit.writing.one_line import one_line

TITLE = "读取中的提示"
_SHOWN = 8
_PLACES = 3  # named of those where a column of the same name stands


@dataclass(frozen=True, slots=True)
class ReadingRemark:
    """What is said of a column name, or of a sheet.

    Attributes:
        rule: the rule.
        name: the header or field; empty for a sheet.
        findings: those that say so, sheet by sheet.
    """

    rule: str
    name: str
    findings: tuple[Finding, ...]

    @property
    def locations(self) -> tuple[Location, ...]:
        """All cells it is said of."""
        return tuple(at for finding in self.findings for at in finding.locations)

    @property
    def sentence(self) -> str:
        """The first finding's sentence, and where else the same is to be said."""
        first, *others = self.findings
        places = [str(finding.locations[0]) for finding in others if finding.locations]
        more = f"等{len(places)}处" if len(places) > _PLACES else ""
        besides = f"；{'、'.join(places[:_PLACES])}{more}也是" if places else ""
        where = f"（{first.locations[0]}）" if first.locations else ""
        return one_line(f"{self.rule} {first.message}{where}{besides}")


def remarks(result: AuditResult) -> list[ReadingRemark]:
    """All that is to be said of the reading, by rule, then in the order of the files."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in result.records:
        if finding.rule in ABOUT_READING:
            groups.setdefault(_subject(finding), []).append(finding)
    return [ReadingRemark(rule, name, tuple(found)) for (rule, name, _), found in sorted(groups.items())]


def _subject(finding: Finding) -> tuple[str, str, str]:
    """The rule, the column's name and what is said of it; of a sheet, where it is."""
    field, value = next(iter(finding.fields.items()), ("", None))
    name = field or value or ""
    if not name and finding.locations and finding.locations[0].cell:
        name = finding.locations[0].value or ""
    return finding.rule, name, finding.ledger if name else finding.message


def about_reading(result: AuditResult, full: bool, width: int) -> Iterator[Text]:
    """The same for the screen; unless `full`, a long list is cut and says so."""
    told = remarks(result)
    shown = told if full else told[:_SHOWN]
    for remark in shown:
        yield hanging("  · ", remark.sentence, width)
    if len(told) > len(shown):
        yield Text(f"  ……还有 {len(told) - len(shown)} 项；--full 全部列出", style="dim")
