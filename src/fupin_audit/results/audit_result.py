"""Everything one audit found; a report needs nothing else (D3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.household import ThreeBooks
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.mending import Mending
from fupin_audit.results.place import Location, Place
from fupin_audit.results.recheck import Rechecked
from fupin_audit.results.rule_run import RuleRun
from fupin_audit.results.scorecard import Scorecard
from fupin_audit.results.screens import Screens
from fupin_audit.results.tolerance import Tolerance

if TYPE_CHECKING:
    import pandas as pd

Moved = Mapping[tuple[str, str, str], tuple[str, str, str]]
"""File, sheet and cell → a copy, its sheet and the cell there."""


@dataclass(frozen=True)
class AuditResult:
    """Everything one audit found; a report is a function of this value.

    Attributes:
        version: the package version that judged.
        as_of: the date ages and years are counted at (D11).
        as_of_source: how that date was chosen, in Chinese.
        inputs: one entry a sheet (or unreadable file), in path order.
        rules_run: one entry a rule of the packs in force, in catalogue order.
        records: the findings, by place, household, severity, rule.
        packs: titles of the packs in force.
        settings: options that changed the run (rule switched off, parameter set, …), in Chinese.
        households: number of households by place, as far as they are placed.
        revealed: personal data is shown in full.
        filtered: what the findings were narrowed to, in Chinese; empty where none was left out.
        asked: the paths as the user wrote them; empty where none is known.
        asked_against: likewise those of the last drop.
        fail_on: the severity from which findings fail a run; `never` for none.
        not_read: files of the folders that are no spreadsheets.
        doubts: what speaks against the date, or of which years the ledgers are, in Chinese.
        copies: file → the copy of it with the cells marked, where such were written.
        moved: file, sheet and cell → copy, its sheet and the cell there, where copies hold some rows alone.
        due: until when findings of a severity are to be mended, as far as the user says.
        tolerances: rules of which a share of the rows may fail, and what became of them in the whole run.
        max_findings: how many findings are listed at most, the gravest first; all are counted.
        exit_code: by what was found, where the run has one.
        paths: file → where it is, as seen from the working directory; files of which it is not known are left out.
        scorecard: the indicators of the same delivery, where a report asks for them.
        books: what tells a household from others (`Finding.home`) → its three books, where a report asks for them,
            of the households with the gravest findings.
        beside: the cell to mend → the cells to its left and right, where a report asks for them, of the gravest
            findings.
        headings: such a cell, or one a finding quotes → the header of its column as the sheet words it.
        rechecked: fingerprint of an earlier finding that was not found again → whether it was looked at.
        screens: every statistical test of the run, and what shows it.
        mending: how far earlier findings are mended, where a bulletin is to tell of it.
    """

    version: str
    as_of: date
    as_of_source: str
    inputs: tuple[InputSheet, ...]
    rules_run: tuple[RuleRun, ...]
    records: tuple[Finding, ...]
    packs: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    households: Mapping[Place, int] = field(default_factory=dict)
    revealed: bool = False
    filtered: str = ""
    asked: tuple[str, ...] = ()
    asked_against: tuple[str, ...] = ()
    fail_on: str = Severity.ERROR.value
    not_read: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    copies: Mapping[str, str] = field(default_factory=dict)
    moved: Moved = field(default_factory=dict)
    due: Mapping[Severity, date] = field(default_factory=dict)
    tolerances: tuple[Tolerance, ...] = ()
    max_findings: int | None = None
    exit_code: int | None = None
    paths: Mapping[str, str] = field(default_factory=dict)
    scorecard: Scorecard | None = None
    books: Mapping[tuple[str, str], ThreeBooks] = field(default_factory=dict)
    beside: Mapping[Location, tuple[Location, ...]] = field(default_factory=dict)
    headings: Mapping[Location, str] = field(default_factory=dict)
    rechecked: Mapping[str, Rechecked] = field(default_factory=dict)
    screens: Screens = field(default_factory=Screens)
    mending: Mending | None = None

    @cached_property
    def findings(self) -> pd.DataFrame:
        """The findings as one flat table, one row a finding (D8).

        Columns: rule, title, severity, ledger, county, town, village, household, head, person,
        person_id (text); fields (dict of name → value); locations (list of dicts file, sheet, cell,
        value); message, why, fix, owner (text); basis (list of text); fingerprint (text); cause (dict of
        kind and evidence, or None); likely_wrong (list of dicts ledger, field, file, sheet, cell, value);
        responsible (list of dicts office, name, unit, phone, first).
        """
        import pandas as pd

        return pd.DataFrame([as_row(f) for f in self.records], columns=list(FINDING_COLUMNS))

    @cached_property
    def listed(self) -> tuple[Finding, ...]:
        """The findings a report lists: all, or the gravest of them in the order of all."""
        if self.max_findings is None or self.max_findings >= len(self.records):
            return self.records
        gravest = sorted(range(len(self.records)), key=lambda at: (self.records[at].severity.rank, at))
        return tuple(self.records[at] for at in sorted(gravest[: self.max_findings]))

    @property
    def left_out(self) -> int:
        """Number of findings that are counted and not listed."""
        return len(self.records) - len(self.listed)

    @cached_property
    def _tolerated(self) -> frozenset[str]:
        return frozenset(tolerance.rule for tolerance in self.tolerances if tolerance.kept)

    def fails(self, finding: Finding) -> bool:
        """Whether a finding fails the run: grave enough, and its rule fails more often than it may."""
        return finding.severity.fails(self.fail_on) and finding.rule not in self._tolerated

    def path(self, file: str) -> str:
        """Where a file is, as programs find it; its name where that is not known."""
        return self.paths.get(file, file)

    def tolerates(self, finding: Finding) -> bool:
        """Whether its rule fails no more often than it may."""
        return finding.rule in self._tolerated

    @property
    def unreadable(self) -> tuple[InputSheet, ...]:
        """Inputs that could not be read."""
        return tuple(sheet for sheet in self.inputs if sheet.error)

    @property
    def troubled(self) -> int:
        """Number of households with findings."""
        return len({(finding.place, finding.home) for finding in self.records if finding.household})

    @property
    def suspect_cells(self) -> int:
        """Number of cells to mend: findings that point at the same one tell of one fact."""
        return len({finding.locations[0] for finding in self.records if finding.locations})

    def count(self, severity: Severity) -> int:
        """Number of findings of one severity."""
        return sum(1 for finding in self.records if finding.severity is severity)


FINDING_COLUMNS = (
    "rule",
    "title",
    "severity",
    "ledger",
    "county",
    "town",
    "village",
    "household",
    "head",
    "person",
    "person_id",
    "fields",
    "locations",
    "message",
    "why",
    "fix",
    "owner",
    "basis",
    "fingerprint",
    "cause",
    "likely_wrong",
    "responsible",
)


def as_row(finding: Finding) -> dict[str, object]:
    """One finding as plain values under the names of FINDING_COLUMNS."""
    row: dict[str, object] = {name: _encodable(getattr(finding, name)) for name in FINDING_COLUMNS}
    row["severity"] = finding.severity.value
    row["fields"] = dict(finding.fields)
    row["basis"] = list(finding.basis)
    row["cause"] = asdict(finding.cause) if finding.cause else None
    row["likely_wrong"] = [asdict(at) for at in finding.likely_wrong]
    row["responsible"] = [asdict(who) for who in finding.responsible]
    row["locations"] = [
        {"file": at.file, "sheet": at.sheet, "cell": at.cell, "value": at.value} for at in finding.locations
    ]
    return row


def _encodable(value: object) -> object:
    """A text without halves of characters, which file names of a foreign encoding hold and Arrow refuses."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
