"""The whole path on one page: files → ledgers → verdicts → result. Read this first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from fupin_audit.cluster.by_county import ByCounty
from fupin_audit.delivery import Delivery
from fupin_audit.digests import digest_of, digest_of_program
from fupin_audit.engine.database.remembered_answers import KeptAnswers
from fupin_audit.engine.loaded.places import counties_delivered
from fupin_audit.engine.run import Judgement, Wanted, judge_delivery
from fupin_audit.engine.telling.placed_rows import PlacedRows
from fupin_audit.options import Options
from fupin_audit.preparing import DEFAULTS as DEFAULTS
from fupin_audit.preparing import Prepared as Prepared
from fupin_audit.preparing import listed_paths, settled
from fupin_audit.preparing import prepare as prepare
from fupin_audit.progress import Progress
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.recheck import OpenFinding
from fupin_audit.results.tolerance import tolerances
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.version import __version__
from fupin_audit.workbook.remembered import own_folder


@dataclass(frozen=True)
class Examined:
    """An audit with what it was made from: packs and parameters, the ledgers that were read, the result; whose rows are whose."""

    catalogue: Catalogue
    delivery: Delivery
    result: AuditResult
    placed: PlacedRows = field(default_factory=PlacedRows)


def audit(  # noqa: PLR0913  every one but the paths may be left out
    paths: Sequence[str | Path] | str | Path,
    *,
    packs: Sequence[str | Path] = (),
    as_of: date | None = None,
    against: Sequence[str | Path] | str | Path = (),
    options: Options = DEFAULTS,
    progress: Progress | None = None,
) -> AuditResult:
    """Read spreadsheets, judge them, and say what was found, what ran and what was read.

    Args:
        paths: files or folders; a folder is searched for spreadsheets.
        packs: ids of built-in packs, which narrow the rules to those and what they extend; or the user's own
            pack folders and rule files, which are added.
        as_of: the date ages and years are counted at; default: the end of the latest 年度 that at least half
            of the households carry, or a later one that more than slips name (D11).
        against: files or folders of the last drop, with which this one is compared (CHG rules).
        options: parameters, rules left out or weighed otherwise, ledgers and headers given, codes, password,
            personal data in full, in how much memory.
        progress: called with (what is being done, how much is done, of how much).

    Returns:
        An AuditResult. `findings` is a DataFrame with one row a finding; `rules_run` has one entry a rule,
        also for those that could not run; `inputs` one a sheet, also for what could not be read.

    Raises:
        UsageError: no such path, pack, parameter, rule, ledger or field; no ledger, or no date to judge by.
        InputError: nothing could be read.
        RuleError: a rule is wrong; nothing was judged.
    """
    if against:
        options = replace(options, against=listed_paths(against))
    return examine(paths, packs=packs, as_of=as_of, options=options, progress=progress).result


def examine(
    paths: Sequence[str | Path] | str | Path,
    *,
    packs: Sequence[str | Path] = (),
    as_of: date | None = None,
    options: Options = DEFAULTS,
    progress: Progress | None = None,
) -> Examined:
    """Like `audit`, for commands that need the rows as well as the findings; the values of the rows are not masked.

    On Spark the rows stay with the executors: the ledgers have none.
    """
    if options.working.spark:
        from fupin_audit.spark.on_spark import judged_on_spark  # not before: it is seldom asked for

        return _told(*judged_on_spark(settled(paths, packs, as_of, options), options.working.spark, progress))
    return judge(prepare(paths, packs=packs, as_of=as_of, options=options, progress=progress), progress)


def judge(
    prepared: Prepared, progress: Progress | None = None, watched: Sequence[OpenFinding] = ()
) -> Examined:
    """The second half of `examine`; what became of `watched`, findings of an earlier run, is told besides."""
    catalogue, delivery = prepared.catalogue, prepared.delivery
    wanted = Wanted(prepared.options.reveal, watched, _kept(prepared))
    if prepared.files and len(counties_delivered(delivery)) > 1:
        by_county = ByCounty(catalogue, prepared.as_of, prepared.files, wanted, progress)
        judgement = by_county.judge(delivery)
    else:
        judgement = judge_delivery(delivery, catalogue, prepared.as_of, wanted=wanted, progress=progress)
    return _told(prepared, judgement)


def _told(prepared: Prepared, judgement: Judgement) -> Examined:
    """The audit with its result."""
    delivery = prepared.delivery
    result = AuditResult(
        version=__version__,
        as_of=prepared.as_of,
        as_of_source=prepared.as_of_source,
        inputs=(
            *(
                replace(sheet, places=judgement.sheets.get((sheet.file, sheet.sheet), frozenset()))
                for sheet in delivery.inputs
            ),
            *prepared.unreadable,
        ),
        rules_run=judgement.rules,
        records=judgement.findings,
        packs=judgement.packs,
        settings=prepared.settings,
        households=judgement.households,
        revealed=prepared.options.reveal,
        not_read=delivery.not_read,
        doubts=(*prepared.doubts, *_packs_elsewhere(prepared, judgement)),
        tolerances=tuple(tolerances(prepared.options.max_rates, judgement.rules)),
        rechecked=judgement.rechecked,
        screens=judgement.screens,
    )
    return Examined(prepared.catalogue, delivery, result, judgement.placed)


def _kept(prepared: Prepared) -> KeptAnswers | None:
    """What the queries gave on files of these names, where the user asks for it; what is encrypted is not kept."""
    cache = prepared.options.working.cache
    if cache is None or prepared.options.password:
        return None
    names = sorted({sheet.file for sheet in prepared.delivery.inputs})
    return KeptAnswers(own_folder(cache), digest_of(names), digest_of_program())


def _packs_elsewhere(prepared: Prepared, judgement: Judgement) -> Iterator[str]:
    """The packs the user asked for that are of another place than the data."""
    counties = "、".join(sorted({place.county for place in judgement.households} - {""}))
    for pack in prepared.catalogue.packs:
        head = pack.head
        if head.id in prepared.packs and head.title not in judgement.packs:
            local = "、".join(title for title in judgement.packs if title != head.title) or "没有"
            yield f"规则包 {head.id} 管的是{head.title}，数据里是{counties or '别处'}，没有用上；用上的规则包：{local}"
