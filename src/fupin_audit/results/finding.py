"""What an audit says: findings, what ran, what was read (D3, D5, D8).

These values are frozen and hold text as it may be shown: personal data is already masked (D10).
A report needs nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from fupin_audit.masking import mask_text

if TYPE_CHECKING:
    import pandas as pd

ABOUT_READING = frozenset({"CEL-06", "CEL-07", "CEL-08"})
"""Rules whose findings say how columns and sheets were read; told apart, after what is wrong in the data."""
_LIKE = 0.3  # the score from which a ledger is worth naming


class Severity(StrEnum):
    """How grave a finding is; worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The Chinese word a clerk reads."""
        return {"error": "错误", "warning": "疑点", "info": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)

    def fails(self, limit: str) -> bool:
        """Whether a finding of this severity fails a run that may have none from `limit` on; `never` for any."""
        return limit in set(Severity) and self.rank <= Severity(limit).rank


@dataclass(frozen=True, slots=True)
class Location:
    """One cell: `清河镇.xlsx › 人口 › F17`, and the text found there."""

    file: str
    sheet: str
    cell: str
    value: str | None
    ledger: str = ""
    field: str = ""

    def __str__(self) -> str:
        return " › ".join(filter(None, (self.file, self.sheet, self.cell)))


@dataclass(frozen=True, slots=True)
class Place:
    """A village, as far as it is known."""

    county: str = ""
    town: str = ""
    village: str = ""

    def __str__(self) -> str:
        return "".join((self.county, self.town, self.village)) or "未定位"

    def masked(self) -> Place:
        """The place as it may be shown: somebody's number may have been put for a name (D10)."""
        return Place(*map(mask_text, (self.county, self.town, self.village)))


class CauseKind(StrEnum):
    """What may have made two records differ."""

    SAME_SOUND = "同音字"
    NEAR_SOUND = "近音字"
    LOOK_ALIKE = "形近字"
    MISSING_CHARACTER = "漏字"
    SWAPPED_CHARACTERS = "字序颠倒"
    ONE_DIGIT = "一位不同"
    SWAPPED_DIGITS = "两位颠倒"
    OLD_NUMBER = "15位与18位"
    LOST_DIGITS = "丢失数位"
    SCIENTIFIC = "科学计数法"
    UNIT = "单位不同"
    STALE = "未更新"
    ROUNDED = "取整"
    RENAMED = "村名变更"
    SPLIT = "分户"


@dataclass(frozen=True, slots=True)
class Cause:
    """The likely cause of a difference, said only with the evidence for it."""

    kind: CauseKind
    evidence: str

    def __str__(self) -> str:
        return f"可能是{self.kind.value}：{self.evidence}"


@dataclass(frozen=True, slots=True)
class Responsible:
    """An office that answers for a finding, and the person who holds it where a ledger names one.

    Attributes:
        office: as the rule or the document calls it, e.g. `第一书记`.
        name: the person's name; empty where no ledger names anybody.
        unit: the unit he or she is from.
        phone: masked like every phone.
        first: made first responsible (第一责任人) by a document that is cited.
    """

    office: str
    name: str = ""
    unit: str = ""
    phone: str = ""
    first: bool = False

    def __str__(self) -> str:
        """As a list prints it: `王芳（第一书记，清河县水利局，139****0000）`, else the office alone."""
        office = f"第一责任人：{self.office}" if self.first else self.office
        return (
            f"{self.name}（{'，'.join(filter(None, (office, self.unit, self.phone)))}）"
            if self.name
            else office
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule for one subject, with all implicated cells.

    Attributes:
        rule: rule id, e.g. `KEY-05`.
        title: the rule's title.
        household: 户编号; empty where the finding belongs to no household.
        person: 姓名; empty for household findings.
        person_id: 人编号; empty where unknown.
        head: 户主姓名 of the household, for people who look for a name rather than a number.
        fields: name → value as shown, the implicated fields side by side.
        locations: the implicated cells; the first is the one to mend.
        basis: citations, e.g. `抚脱贫发〔2020〕14号 三(七)`.
        basis_kind: 本地, 国家文件, 国家标准, 含义 or 惯例: the most local of them.
        fingerprint: rule + business key + field; the same next month (D8).
        likely_wrong: the cell that is probably wrong because it explains all rules broken here, or the two of
            which one is; empty where none stands out.
        cause: why the two records of a reconciliation may differ; None where nothing speaks for a cause.
        responsible: who answers for it: the offices of `owner`, with persons where the ledgers name them.
        apart: where numbers differ that look alike because the rest of them is masked; the message says it too.
    """

    rule: str
    title: str
    severity: Severity
    ledger: str
    place: Place
    household: str
    head: str
    person: str
    person_id: str
    fields: Mapping[str, str | None]
    locations: tuple[Location, ...]
    message: str
    why: str
    fix: str
    owner: str
    basis: tuple[str, ...]
    fingerprint: str
    cause: Cause | None = None
    likely_wrong: tuple[Location, ...] = ()
    apart: str = ""
    responsible: tuple[Responsible, ...] = ()
    basis_kind: str = ""

    @property
    def home(self) -> tuple[str, str]:
        """What tells its household from others: the 户编号, and where that is masked the head's name."""
        return self.household, self.head if "*" in self.household else ""

    @property
    def county(self) -> str:
        """县."""
        return self.place.county

    @property
    def town(self) -> str:
        """乡镇."""
        return self.place.town

    @property
    def village(self) -> str:
        """村."""
        return self.place.village


@dataclass(frozen=True, slots=True)
class Counts:
    """The three verdicts (D5), counted."""

    passed: int = 0
    failed: int = 0
    undecided: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.passed + other.passed, self.failed + other.failed, self.undecided + other.undecided
        )


# The status of a rule that no document, standard or convention in force brings to any county of the run.
NOT_DEMANDED = "not_demanded"


def no_value(parameter: str) -> str:
    """What a run says of a parameter it has no value of, for a rule that rests on it."""
    return f"参数“{parameter}”在本地没有值"


_NO_VALUE = re.compile(no_value("(.+?)"))


@dataclass(frozen=True, slots=True)
class RuleRun:
    """What became of one rule: `ran`, `not_checked` and why, or `not_demanded` where nothing in force asks for it.

    `notes` name what part of a rule that ran could not be judged (a parameter missing for one county…).
    `by_place` counts the verdicts village by village. `doc` is where the rule is explained, from the root of
    the repository: `docs/rules/KEY.md#key-05`; empty for a user's own rule.
    """

    id: str
    title: str
    severity: Severity
    status: str
    reason: str = ""
    counts: Counts = Counts()
    by_place: Mapping[Place, Counts] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    doc: str = ""

    @property
    def without_value(self) -> tuple[str, ...]:
        """The parameters for want of whose values it did not run, or not whole."""
        said = (found for text in (self.reason, *self.notes) for found in _NO_VALUE.findall(text))
        return tuple(dict.fromkeys(said))


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A header that names no field: its Excel column letter, its text, the nearest known name or an empty text."""

    letter: str
    header: str
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class InputSheet:
    """How one sheet was understood; `ledgers` is empty where it was not.

    Attributes:
        file: path relative to the input folder, with `/`.
        header_row: the (lowest) header row as Excel counts it; None where no header was found.
        rows: data rows read.
        columns: Excel column letter → field it was read as.
        unrecognised: headers that name no field.
        candidates: ledgers considered, best first, with a score from 0 to 1.
        hidden: the sheet is hidden in Excel.
        notes: remarks in Chinese: rows left out (合计, 填表人), hidden rows, assumed units, …
        caveats: what reading lost, or read otherwise than it stands, in Chinese; every report says it.
        error: why the file or sheet could not be read; empty when it could.
        places: the places its rows are of, as far as they can be placed.
    """

    file: str
    sheet: str
    ledgers: tuple[str, ...] = ()
    header_row: int | None = None
    rows: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    unrecognised: tuple[UnknownColumn, ...] = ()
    candidates: tuple[tuple[str, float], ...] = ()
    hidden: bool = False
    notes: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    error: str = ""
    places: frozenset[Place] = frozenset()

    def masked(self) -> InputSheet:
        """The sheet as it may be shown (D10): its names, remarks, and headers that may be a row taken for one."""
        return replace(
            self,
            file=mask_text(self.file),
            sheet=mask_text(self.sheet),
            unrecognised=tuple(replace(item, header=mask_text(item.header)) for item in self.unrecognised),
            notes=tuple(map(mask_text, self.notes)),
            caveats=tuple(map(mask_text, self.caveats)),
            error=mask_text(self.error),
        )

    @property
    def place(self) -> str:
        """File and sheet as `--as` takes them."""
        return f"{self.file}!{self.sheet}" if self.sheet else self.file

    @property
    def shown(self) -> str:
        """File and sheet as people are told of them."""
        return " › ".join(filter(None, (self.file, self.sheet)))

    @property
    def likeness(self) -> str:
        """The ledger it most resembles, where it was taken for none; empty where it resembles none."""
        best = next((title for title, score in self.candidates if score >= _LIKE), "")
        return "" if self.ledgers or self.error else best

    @property
    def doubt(self) -> str:
        """What a sheet that was taken for no ledger may be, and how to say so; empty for others."""
        if not self.likeness:
            return ""
        return f"像“{self.likeness}”，没有把握，没有参加核对；是的话加上 --as {self.likeness}={self.place}"


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
        fail_on: the severity from which findings fail a run; `never` for none.
        not_read: files of the folders that are no spreadsheets.
        doubts: what speaks against the date, or of which years the ledgers are, in Chinese.
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
    fail_on: str = Severity.ERROR.value
    not_read: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

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
