"""An invented frame of households, and one draw from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fupin_audit.followup.sampling.drawing import Design, RiskLevel
from fupin_audit.followup.sampling.field_sample import Sample, Team, make_sample
from fupin_audit.followup.sampling.frame import Frame, ListedHousehold, Member
from fupin_audit.followup.sampling.roster import Checker, Ties
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.place import Place
from invented import clean_result, invented_result

COUNTY = "清河县"
_FINDING = invented_result().records[-1]


def household(number: str, place: Place) -> ListedHousehold:
    members = (Member("张三", "990101197003050015"), Member("李四", "990101197208150028"))
    return ListedHousehold(number, "张三", members[0].id_number, "13800000000", place, "1组", members)


def frame(villages: Mapping[tuple[str, str], int]) -> Frame:
    """So many households a (乡镇, 村)."""
    places = {Place(COUNTY, *names): number for names, number in sorted(villages.items())}
    return Frame(
        tuple(
            household(f"99{at:03}{number:05}", place)
            for at, (place, size) in enumerate(places.items())
            for number in range(size)
        )
    )


def findings(numbers: Mapping[str, int]) -> tuple[Finding, ...]:
    """So many broken error rules a household."""
    return tuple(
        replace(_FINDING, household=number, rule=f"KEY-{rule:02}", severity=Severity.ERROR)
        for number, rules in numbers.items()
        for rule in range(rules)
    )


def design(
    share: float = 0.3, seed: int = 1, by: RiskLevel = RiskLevel.VILLAGE, county: str = COUNTY
) -> Design:
    return Design({county: share}, seed, by)


def result(records: Sequence[Finding] = ()) -> AuditResult:
    return replace(clean_result(), records=tuple(records))


def sample(
    drawn_from: Frame, checkers: Sequence[str] = (), county: str = COUNTY, *, revealed: bool = False
) -> Sample:
    team = Team([Checker(name) for name in checkers], Ties())
    return make_sample(drawn_from, replace(result(), revealed=revealed), design(county=county), team)
