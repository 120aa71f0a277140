"""Findings of an earlier run that were open, and what became of those that this run did not find again (D16)."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_audit.results.finding import Finding, Responsible
from fupin_audit.results.place import Place

NUMBERED = ("人口", "人编号")


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """What of an earlier finding tells whether it was looked at again.

    Attributes:
        fingerprint: that of the finding.
        rule: rule id.
        ledger: title of the ledger it is about.
        cells: ledger and field of the cells it pointed at, and of the number its person is known by.
        place: where it was.
        household: 户编号 as it was shown; empty where it belongs to none, or where that was not kept.
        owner: the offices that answer for it, as the rule names them.
    """

    fingerprint: str
    rule: str
    ledger: str
    cells: frozenset[tuple[str, str]]
    place: Place
    household: str
    owner: str


def cells_of(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Ledger and field of its cells, and of the number its person is known by: without it nobody is the same."""
    cells = dict.fromkeys((at.ledger, at.field) for at in finding.locations if at.ledger)
    return (*cells, *([] if not finding.person_id or NUMBERED in cells else [NUMBERED]))


def as_open(finding: Finding) -> OpenFinding:
    """What is kept of a finding to look for it another time."""
    return OpenFinding(
        finding.fingerprint,
        finding.rule,
        finding.ledger,
        frozenset(cells_of(finding)),
        finding.place,
        finding.household,
        finding.owner,
    )


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What became of an open finding that was not found again.

    Attributes:
        unverified: why that does not mean that it is mended, in Chinese; empty where it was looked at.
        responsible: who answers for it by the ledgers of this run.
        vanished: its household is in no ledger any more.
        head: 户主姓名 of its household by the ledgers of this run.
    """

    unverified: str
    responsible: tuple[Responsible, ...] = ()
    vanished: bool = False
    head: str = ""
