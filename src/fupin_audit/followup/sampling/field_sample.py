"""One draw as a whole: the manifest, the households to visit, who visits them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from fupin_audit.followup.sampling import manifest as records
from fupin_audit.followup.sampling.drawing import Design, draw
from fupin_audit.followup.sampling.frame import Frame, ListedHousehold
from fupin_audit.followup.sampling.manifest import Manifest
from fupin_audit.followup.sampling.roster import Checker, Duty, Ties, assign
from fupin_audit.masking import mask_text
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.place import Place


@dataclass(frozen=True, slots=True)
class Team:
    """Who can go, who is bound to whom, how many visits a day are believable."""

    checkers: Sequence[Checker] = ()
    ties: Ties = field(default_factory=Ties)
    per_day: int = 20


@dataclass(frozen=True)
class Sample:
    """A draw.

    Attributes:
        manifest: how it was made, and with which chances.
        visits: 核查编号 → household as a form may show it, by place and 户编号.
        duties: 核查编号 → who goes, when; empty where no checkers were named.
        revealed: sheets show ID numbers and phones in full.
    """

    manifest: Manifest
    visits: Mapping[str, ListedHousehold]
    duties: Mapping[str, Duty]
    revealed: bool = False

    def villages(self) -> list[tuple[Place, dict[str, ListedHousehold]]]:
        """The visits of each village."""
        grouped = groupby(self.visits.items(), key=lambda item: item[1].place)
        return [(place, dict(items)) for place, items in grouped]


def make_sample(frame: Frame, result: AuditResult, design: Design, team: Team) -> Sample:
    """Draw, number, and share out; what the audit found decides the strata."""
    strata = draw(frame, result.records, design)
    batch = records.batch_code(frame, design, result.as_of)
    visits = records.numbered(strata, batch)
    duties = assign(visits, team.checkers, team.ties, team.per_day) if team.checkers else {}
    if not result.revealed:
        visits = {code: household.masked() for code, household in visits.items()}
        duties = {code: Duty(mask_text(duty.checker), duty.day) for code, duty in duties.items()}
    manifest = Manifest(
        version=result.version,
        batch=batch,
        seed=design.seed,
        by=design.by,
        as_of=result.as_of,
        shares={mask_text(county): share for county, share in design.shares.items()},
        strata=records.stratum_records(strata),
        visits=tuple(records.visit_records(strata, visits, duties)),
        left_out=frame.left_out,
    )
    return Sample(manifest, visits, duties, result.revealed)
