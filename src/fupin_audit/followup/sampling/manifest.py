"""抽样清单: what was drawn and with which chance, kept for the estimate and for whoever doubts it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fupin_audit.errors import UsageError
from fupin_audit.followup.sampling.drawing import Design, Risk, RiskLevel, Stratum
from fupin_audit.followup.sampling.frame import Frame, ListedHousehold
from fupin_audit.followup.sampling.roster import Duty
from fupin_audit.results.place import Place

_LETTERS = "23456789ABCDFGHJKLMNPQRSTUVWXYZ"  # none looks like another; no E, lest Excel see 12E3
_CODE_LENGTH = 4
Counted = Annotated[int, Field(ge=1)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StratumRecord(_Record):
    """A stratum: its village, what the audit said of it, how many households it has."""

    county: str
    town: str
    village: str
    risk: Risk
    households: Counted

    @property
    def place(self) -> Place:
        """The village."""
        return Place(self.county, self.town, self.village)


class PlannedVisit(_Record):
    """A household to visit.

    Attributes:
        visit: 核查编号.
        household: 户编号.
        stratum: position in the manifest's strata.
        probability: the chance it had of being drawn; weight: the households it stands for.
        checker: who is to go; empty where nobody was assigned.
        day: on which day of the checker's round, from 1; 0 where nobody was assigned.
    """

    visit: str
    household: str
    head: str
    stratum: int
    probability: Annotated[float, Field(gt=0, le=1)]
    weight: Annotated[float, Field(ge=1)]
    checker: str = ""
    day: int = 0


class Manifest(_Record):
    """One draw: how it was made, its strata, the households drawn."""

    version: str
    batch: str
    seed: int
    by: RiskLevel
    as_of: date
    shares: Mapping[str, float]
    strata: tuple[StratumRecord, ...]
    visits: tuple[PlannedVisit, ...]
    left_out: tuple[str, ...] = ()

    @property
    def households(self) -> int:
        """Households the sample stands for."""
        return sum(stratum.households for stratum in self.strata)


def default_seed(frame: Frame, as_of: date) -> int:
    """A seed made of the households and the date: the same data gives the same draw."""
    return int(_digest([as_of.isoformat(), *(h.number for h in frame.households)])[:8], 16) % 1_000_000


def batch_code(frame: Frame, design: Design, as_of: date) -> str:
    """A name for the draw that another draw does not share, such as HC2020-7K3M."""
    shares = [f"{county}={share}" for county, share in sorted(design.shares.items())]
    parts = [as_of.isoformat(), str(design.seed), design.by, *shares, *(h.number for h in frame.households)]
    number = int(_digest(parts), 16)
    letters = [_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(_CODE_LENGTH)]
    return f"HC{as_of.year}-{''.join(letters)}"


def _digest(parts: Sequence[str]) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()


def numbered(strata: Sequence[Stratum], batch: str) -> dict[str, ListedHousehold]:
    """核查编号 → household, by village and 户编号: a number tells nothing of the household's stratum."""
    drawn = [household for stratum in strata for household in stratum.drawn]
    ordered = sorted(drawn, key=lambda h: (h.place.county, h.place.town, h.place.village, h.number))
    return {f"{batch}-{number:04d}": household for number, household in enumerate(ordered, start=1)}


def stratum_records(strata: Sequence[Stratum]) -> tuple[StratumRecord, ...]:
    """The strata as they are kept."""
    return tuple(_stratum_record(stratum, stratum.place.masked()) for stratum in strata)


def _stratum_record(stratum: Stratum, place: Place) -> StratumRecord:
    return StratumRecord(
        county=place.county,
        town=place.town,
        village=place.village,
        risk=stratum.risk,
        households=stratum.size,
    )


def visit_records(
    strata: Sequence[Stratum], visits: Mapping[str, ListedHousehold], duties: Mapping[str, Duty]
) -> Iterator[PlannedVisit]:
    """The visits as they are kept."""
    home = {h.number: (at, stratum) for at, stratum in enumerate(strata) for h in stratum.drawn}
    for code, household in visits.items():
        at, stratum = home[household.number]
        duty = duties.get(code, Duty())
        yield PlannedVisit(
            visit=code,
            household=household.number,
            head=household.head,
            stratum=at,
            probability=len(stratum.drawn) / stratum.size,
            weight=stratum.size / len(stratum.drawn),
            checker=duty.checker,
            day=duty.day,
        )


def dump(manifest: Manifest) -> str:
    """The manifest as JSON."""
    return json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def read_manifest(path: Path) -> Manifest:
    """Read a manifest back.

    Raises:
        UsageError: it can't be read, or it was altered since the draw.
    """
    try:
        manifest = Manifest.model_validate_json(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"读不出抽样清单 {path}：没有这个文件，或不是 UTF-8 文本") from error
    except ValidationError as error:
        raise UsageError(
            f"{path} 不是 sample 写出的抽样清单，或内容被改动过。请用抽样时写出的原文件“抽样清单.json”"
        ) from error
    if not _is_consistent(manifest):
        raise UsageError(f"抽样清单 {path} 被改动过：户数、编号或入样概率前后不符。请用抽样时写出的原文件")
    return manifest


def _is_consistent(manifest: Manifest) -> bool:
    """Whether every visit is listed once, in a stratum, with the chance the stratum gives it."""
    drawn = Counter(visit.stratum for visit in manifest.visits)
    once = len({v.visit for v in manifest.visits}) == len({v.household for v in manifest.visits})
    return (
        set(drawn) == set(range(len(manifest.strata)))
        and once
        and len({v.visit for v in manifest.visits}) == len(manifest.visits)
        and all(
            visit.probability == drawn[visit.stratum] / manifest.strata[visit.stratum].households
            for visit in manifest.visits
        )
    )
