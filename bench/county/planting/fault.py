"""A planted fault: where it may stand, what it changes, which findings it must bring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from county.records.record import AUDIT_YEAR, Dossier, Record, Village

Drops: TypeAlias = frozenset[str]
BOTH: Drops = frozenset({"2020", "2021"})
OLD: Drops = frozenset({"2020"})
NEW: Drops = frozenset({"2021"})
SINCE_2023: Drops = frozenset({"2023", "2025"})
LOCAL: Drops = frozenset({"small"})
EXAM_2020: Drops = frozenset({"exam-2020"})
EXAM_2021: Drops = frozenset({"exam-2021"})
EXAM_2023: Drops = frozenset({"exam-2023"})
EXAMS: Drops = EXAM_2020 | EXAM_2021 | EXAM_2023
ADOPTED: Drops = EXAM_2021 | EXAM_2023  # whose project file adopts what documents of other places demand
EXAM_FIELD: Drops = frozenset({"exam-field"})
YUNYANG: Drops = frozenset({"云阳"})
ZIYANG: Drops = frozenset({"资阳"})
XINBIN: Drops = frozenset({"新宾"})
XINBIN_2018: Drops = frozenset({"新宾2018"})
JINZHOU: Drops = frozenset({"锦州"})


_SUBJECTS = {"person", "household", "stranger", "member", "sheet"}
_SEVERITIES = {"error", "warning", "info"}


@dataclass(frozen=True, slots=True)
class Case:
    """Where a fault is planted.

    Attributes:
        dossier: the household.
        person: the member chosen, or the head.
        village: where they live.
        others: further households, for faults that tie several together.
    """

    dossier: Dossier
    person: Record
    village: Village
    others: tuple[Case, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """户编号 of the household and of the further ones."""
        return tuple(each.dossier.household.text("户编号") for each in (self, *self.others))

    def record(self, ledger: str) -> Record:
        """The record a target's ledger name means: the person's own row where the ledger has persons.

        `台账#2` means the household's second row of a ledger, `台账#末` its last, `台账#外` the last that belongs to no household,
        `上年` the 户年度 before the audit year.
        """
        ledger, _, order = ledger.partition("#")
        if order == "外":
            return [row for row in self.village.records if row.ledger == ledger][-1]
        if order:
            rows = self.dossier.all(ledger) or self.village.of_no_household(ledger)
            return rows[-1 if order == "末" else int(order) - 1]
        if ledger == "人口":
            return self.person
        if ledger == "村":
            return self.village.summary
        if ledger in {"户年度", "上年"}:
            wanted = AUDIT_YEAR if ledger == "户年度" else AUDIT_YEAR - 1
            return next(record for record in self.dossier.years if record.values["年度"] == wanted)
        own = self.dossier.of_person(ledger, self.person)
        return own or (self.dossier.all(ledger) or self.village.of_no_household(ledger))[0]


Step: TypeAlias = Callable[[Case], None]


@dataclass(frozen=True, slots=True)
class Find:
    """A finding that must come.

    Attributes:
        rule: its rule.
        target: `台账.字段` of the cell to mend; a repeated column of a member's row is `人口.户.字段`.
        subject: whom it names: the `person` of a row that has one, the `household` only, a `stranger` who is in
            no household, the `member` as the system names him, or nobody (`sheet`).
        severity: where the place makes it another than the rule's, or the rule has two.
        other: it belongs to the case's `other`-th further household, counted from 1.
    """

    rule: str
    target: str
    subject: str = "person"
    severity: str = ""
    other: int = field(default=0, kw_only=True)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    Attributes:
        name: what it is.
        steps: changes to the data, in order.
        finds: the findings that must come, all of them.
        where: households it may be planted in.
        who: the member it concerns; None: the head.
        companions: how many further households it needs, for which `where` and `who` hold too.
        together: those live in the same village.
        drops: deliveries that have the columns for it.
        elsewhere: it changes nothing of the household, which may have another fault.
        samples_only: not in counties of any size, where it would bring other findings or lacks its sheet.
    """

    name: str
    steps: tuple[Step, ...]
    finds: tuple[Find, ...]
    where: Callable[[Dossier], bool] = lambda _: True
    who: Callable[[Record], bool] | None = None
    companions: int = 0
    together: bool = False
    drops: Drops = BOTH
    elsewhere: bool = False
    samples_only: bool = False


def finds(*texts: str) -> tuple[Find, ...]:
    """Findings written as `INC-02 户年度.人均纯收入`, then whom they name and how grave, where not as usual."""
    return tuple(_find(*text.split()) for text in texts)


def _find(rule: str, target: str, *words: str) -> Find:
    subjects = [word for word in words if word in _SUBJECTS]
    severities = [word for word in words if word in _SEVERITIES]
    if len(subjects) > 1 or len(severities) > 1 or len(subjects) + len(severities) < len(words):
        raise ValueError(f"{rule} {target}: {' '.join(words)} is no subject with a severity")
    return Find(rule, target, *(subjects or ["person"]), *severities)
