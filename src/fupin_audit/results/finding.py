"""One finding: what is wrong, where, and who answers for it (D8).

Findings are frozen and hold text as it may be shown: personal data is already masked (D10).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fupin_audit.results.pair_evidence import PairEvidence
from fupin_audit.results.place import Location, Place

ABOUT_READING = frozenset({"CEL-06", "CEL-07", "CEL-08"})
"""Rules whose findings say how columns and sheets were read; told apart, after what is wrong in the data."""


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
        pair: where it rests on two rows that no number pairs, why they may be one person's.
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
    pair: PairEvidence | None = None

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
