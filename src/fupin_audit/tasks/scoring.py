"""The scorecard as one function: files → ledgers → indicators against their targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from fupin_audit.audit import DEFAULTS, Examined, Prepared, prepare
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.engine.scoring.indicators import Scores, score_indicators
from fupin_audit.masking import mask_text
from fupin_audit.options import Options
from fupin_audit.progress import Progress
from fupin_audit.results.scorecard import Scorecard
from fupin_audit.rulepack.checks.used_fields import for_indicators
from fupin_audit.version import __version__


def scorecard(
    paths: Sequence[str | Path] | str | Path,
    *,
    packs: Sequence[str | Path] = (),
    as_of: date | None = None,
    options: Options = DEFAULTS,
    progress: Progress | None = None,
) -> Scorecard:
    """Read spreadsheets and hold every indicator against its target, by county, town and village.

    Args:
        paths: files or folders; a folder is searched for spreadsheets.
        packs: as for `audit`; they also choose the targets.
        as_of: as for `audit`.
        options: parameters, indicators left out, given ledgers, password.
        progress: called with (what is being done, how much is done, of how much).

    Returns:
        A Scorecard. `indicators` has one entry an indicator, also for those that could not be computed.
        `against` sets it beside an earlier one.

    Raises:
        UsageError: as `audit`.
        InputError: nothing could be read.
        RuleError: a rule or indicator is wrong; nothing was computed.
    """
    # Nothing personal is scored, so there is nothing to reveal.
    options = replace(options, reveal=False)
    return _card(prepare(paths, packs=packs, as_of=as_of, options=options, progress=progress), progress)


def scorecard_of(found: Examined, progress: Progress | None = None) -> Scorecard:
    """The scorecard of what an audit has read, as `scorecard` makes it of the same files."""
    told = found.result
    read = (found.catalogue, found.delivery, told.as_of, told.as_of_source)
    return _card(Prepared(*read, DEFAULTS, told.settings), progress)


def _card(made: Prepared, progress: Progress | None) -> Scorecard:
    scores, in_force = _scored(made, progress)
    return Scorecard(
        version=__version__,
        as_of=made.as_of,
        as_of_source=made.as_of_source,
        inputs=made.delivery.inputs,
        indicators=tuple(indicator.masked() for indicator in scores.indicators),
        packs=in_force,
        settings=made.settings,
        notes=tuple(map(mask_text, scores.notes)),
    )


def _scored(made: Prepared, progress: Progress | None) -> tuple[Scores, tuple[str, ...]]:
    """The scores, and the titles of the packs in force."""
    with open_database() as database:
        linked = open_delivery(database, made.delivery, for_indicators(made.catalogue), made.as_of)
        return score_indicators(linked, progress), linked.session.packs_in_force
