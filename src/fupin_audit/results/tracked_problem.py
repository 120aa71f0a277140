"""A problem an inspection found, as the county's own list (问题整改) has it, beside the findings it is about (D16)."""

from __future__ import annotations

from dataclasses import dataclass, field

from fupin_audit.results.place import Place


@dataclass(frozen=True, slots=True)
class TrackedProblem:
    """A row of 问题整改.

    Attributes:
        number, source, text: 问题编号, 来源, 问题描述.
        place, household: whose it is; empty where the row does not say.
        rule: 规则, the rule that asks the same; empty where nobody wrote it.
        unit, person: 责任单位, 责任人.
        until, done, state: 整改时限, 完成日期, 状态, as they are written.
        findings: fingerprints of the findings that are about it.
    """

    number: str
    source: str
    text: str
    place: Place
    household: str
    rule: str
    unit: str
    person: str
    until: str
    done: str
    state: str
    findings: frozenset[str] = field(default_factory=frozenset)
