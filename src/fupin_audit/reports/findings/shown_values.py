"""The values behind a finding, side by side, each with the cell it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fupin_audit.results.finding import Finding
from fupin_audit.results.place import Location
from fupin_audit.writing.one_line import one_line


@dataclass(frozen=True, slots=True)
class ShownValues:
    """One value: what it is, what it says, and where; `address` is empty for a computed value."""

    name: str
    value: str
    address: str


def evidence(findings: Sequence[Finding]) -> list[ShownValues]:
    """The evidence of findings on the same cells: the cell to mend first, each cell once.

    Computed values come last, unless a cell shows the same value already.
    """
    cells = list(dict.fromkeys(at for finding in findings for at in finding.locations if at.cell))
    several = len({at.ledger for at in cells}) > 1
    seen = [ShownValues(_name(at, several), one_line(at.value), one_line(str(at))) for at in cells]
    in_cells = {part.value for part in seen}
    computed = (part for finding in findings for part in _computed(finding) if part.value not in in_cells)
    return seen + list(dict.fromkeys(computed))


def hints(finding: Finding) -> Iterator[str]:
    """What may help to mend a finding, a sentence each."""
    if finding.cause:
        yield str(finding.cause)
    if finding.likely_wrong:
        yield f"最可能有误：{_cells(finding.likely_wrong)}"


def pair_lines(finding: Finding) -> Iterator[str]:
    """What speaks for and against two rows being one person's, a line a field, and what it comes to."""
    if pair := finding.pair:
        yield f"是不是同一人（{pair.ours}｜{pair.theirs}｜相合｜分量）："
        for name, ours, theirs, agreement, weight in pair.table:
            yield "｜".join(
                filter(
                    None, (name, ours or (theirs and "空白"), theirs or (ours and "空白"), agreement, weight)
                )
            )
        yield pair.words


def suspicions(findings: Sequence[Finding]) -> Iterator[str]:
    """What is probably wrong in one household, with the rules it explains, a sentence each."""
    explained: dict[tuple[Location, ...], list[str]] = {}
    for finding in findings:
        if finding.likely_wrong:
            explained.setdefault(finding.likely_wrong, []).append(finding.rule)
    for cells, rules in explained.items():
        yield f"最可能有误：{_cells(cells)}；{'、'.join(sorted(set(rules)))}都与它有关"


def _cells(cells: Sequence[Location]) -> str:
    named = [f"{at.ledger}.{at.field}“{one_line(at.value)}”（{at}）" for at in cells]
    return "，或".join(named) + ("，二者之一" if len(named) > 1 else "")


def _name(at: Location, several_ledgers: bool) -> str:
    return f"{at.ledger}.{at.field}" if several_ledgers and at.ledger else at.field or "单元格"


def _computed(finding: Finding) -> Iterable[ShownValues]:
    """Values that stand in no cell: counts, sums, parameters."""
    in_cells = {at.field for at in finding.locations}
    for name, value in finding.fields.items():
        if name.rpartition(".")[2] not in in_cells:
            yield ShownValues(one_line(name), one_line(value), "")
