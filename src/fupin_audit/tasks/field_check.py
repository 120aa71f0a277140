"""Field checks as a whole: from an audit to the households to visit, and from the visits to an estimate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fupin_audit.audit import Examined
from fupin_audit.delivery import Delivery
from fupin_audit.engine.judging.by_household import household_verdicts
from fupin_audit.engine.loaded.places import places_of, regions_of
from fupin_audit.errors import InputError, UsageError
from fupin_audit.followup.estimation.estimating import Estimate, outcomes
from fupin_audit.followup.estimation.returns import VISITS, returns_of, usable
from fupin_audit.followup.sampling.drawing import Design, RiskLevel
from fupin_audit.followup.sampling.field_sample import Sample, Team, make_sample
from fupin_audit.followup.sampling.frame import HOUSEHOLDS, Frame, frame_of, rows_of
from fupin_audit.followup.sampling.manifest import Manifest, default_seed
from fupin_audit.followup.sampling.roster import Checker, ties_of
from fupin_audit.ledgers.models.fieldwork import CheckerList
from fupin_audit.rulepack.declared.territory import Region
from fupin_audit.rulepack.packs.in_force import in_force
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import Designation

SHARE, PER_DAY = "抽查比例", "日核查户数"
_USUAL_PER_DAY = 20
_BETWEEN_NAMES = re.compile(r"[,，、;；\s]+")
_LIKE_A_FILE = re.compile(r"\.\w{2,4}$|[/\\]")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sample is to be drawn.

    Attributes:
        share: of the households; default: the parameter 抽查比例 of each county.
        seed: default: one made of the data.
        by: where the share must be reached.
        checkers: who can go.
    """

    share: float | None = None
    seed: int | None = None
    by: RiskLevel = RiskLevel.VILLAGE
    checkers: tuple[Checker, ...] = ()

    def __post_init__(self) -> None:
        """Refuses a share that makes no sense before hours of work.

        Raises:
            UsageError: it is not above 0 and at most 1.
        """
        if self.share is not None:
            _refuse_nonsense("--share", self.share)


def draw_sample(examined: Examined, plan: Plan) -> Sample:
    """Draw the households to visit from the households of an audit.

    Raises:
        UsageError: no households, a share that makes no sense or is nowhere given.
    """
    frame = frame_of(examined.delivery, reveal=examined.result.revealed)
    if not frame.households:
        why = "；".join(frame.left_out) or "没有读到“户”。用 fupin-audit inspect 看每张表认成了什么"
        raise UsageError(f"没有可抽的户：{why}")
    day, result = examined.result.as_of, examined.result
    regions = _regions(examined, frame)
    seed = default_seed(frame, day) if plan.seed is None else plan.seed
    design = Design(_shares(examined.catalogue, regions, plan, day), seed, plan.by)
    per_day = _per_day(examined.catalogue, regions.values(), day)
    team = Team(plan.checkers, ties_of(examined.delivery), per_day)
    return make_sample(frame, result, design, team)


def read_checkers(text: str) -> tuple[Checker, ...]:
    """The checkers of a spreadsheet (姓名, and if known 证件号码, 乡镇, 村), or names with 、 between them.

    Raises:
        UsageError: no such file, nobody in it, or two of one name.
        InputError: the file can't be read.
    """
    path = Path(text)
    if path.is_file():
        checkers = _listed(path)
    elif _LIKE_A_FILE.search(text):
        raise UsageError(
            f"没有核查人员名单 {text}。名单是有“姓名”一列的 xlsx 或 csv；也可直接写姓名，用顿号隔开"
        )
    else:
        checkers = [Checker(name) for name in _BETWEEN_NAMES.split(text) if name]
    names = [checker.name for checker in checkers]
    if not names:
        raise UsageError(f"核查人员名单“{text}”里没有人")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UsageError(f"核查人员名单里有重名：{'、'.join(twice)}。请加字区分，如“张伟（教育局）”")
    return tuple(checkers)


def _listed(path: Path) -> list[Checker]:
    designation = Designation(CheckerList.title, path.name)
    delivery = load([path], ledgers=(CheckerList,), designations=(designation,))
    if wrong := next((sheet.error for sheet in delivery.inputs if sheet.error), ""):
        raise InputError(f"读不出核查人员名单 {path}：{wrong}")
    if CheckerList.title not in delivery.tables:
        raise UsageError(f"核查人员名单 {path} 里找不到“姓名”一列")
    rows = rows_of(delivery, CheckerList.title, ("姓名", "证件号码", "乡镇", "村"))
    return [Checker(*row) for row in rows if row[0]]


def _regions(examined: Examined, frame: Frame) -> Mapping[str, Region]:
    """County → its region, for the counties of the frame."""
    known = regions_of(examined.delivery, places_of(examined.delivery))
    counties = sorted({household.place.county for household in frame.households})
    return {county: known.get(county, Region(county=county)) for county in counties}


def _shares(catalogue: Catalogue, regions: Mapping[str, Region], plan: Plan, day: date) -> dict[str, float]:
    shares = {
        county: plan.share or _figure(catalogue, SHARE, region, day) for county, region in regions.items()
    }
    if lacking := [county or "未定位的户" for county, share in shares.items() if share is None]:
        raise UsageError(f"{'、'.join(lacking)}没有参数“{SHARE}”的值，请用 --share 0.3 这样的写法指定")
    given = {county: share for county, share in shares.items() if share is not None}
    for county, share in given.items():
        _refuse_nonsense(f"{county}的参数“{SHARE}”", share)
    return given


def _refuse_nonsense(what: str, share: float) -> None:
    if not 0 < share <= 1:
        raise UsageError(f"{what} {share:g} 不对：应大于 0，不超过 1，如 0.3")


def _per_day(catalogue: Catalogue, regions: Iterable[Region], day: date) -> int:
    """The most visits believable everywhere: one checker may go to several counties."""
    figures = [figure for region in regions if (figure := _figure(catalogue, PER_DAY, region, day))]
    return max(1, int(min(figures, default=_USUAL_PER_DAY)))


def _figure(catalogue: Catalogue, name: str, region: Region, day: date) -> float | None:
    value = in_force(catalogue, region).value(name, day)
    return value if isinstance(value, float) else None


def estimate_from(delivery: Delivery, catalogue: Catalogue, manifest: Manifest, as_of: date) -> Estimate:
    """Estimate the 账实不符率 from the system's ledgers and the filled sheets of a sample.

    Args:
        delivery: both, as they were read.
        catalogue: rules and parameters, already checked.
        manifest: the draw the sheets belong to.
        as_of: the date ages and years are counted at; that of the draw, unless there is a reason.

    Raises:
        UsageError: the system's households or the filled sheets are not there.
    """
    for title in (HOUSEHOLDS, VISITS):
        if title not in delivery.tables:
            raise UsageError(f"没有读到台账“{title}”：推算要系统的台账和填好的核查表，两样都写在 PATH 里")
    returns = returns_of(delivery, manifest)
    counted = usable(delivery, returns)
    found = outcomes(manifest, lambda rules: household_verdicts(counted, catalogue, as_of, rules))
    return Estimate(manifest, returns, found)
