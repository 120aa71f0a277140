"""The statistical screens as one function: files → ledgers → tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from fupin_audit.audit import DEFAULTS, judge, prepare
from fupin_audit.options import Options
from fupin_audit.progress import Progress
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.rulepack.checks.used_fields import for_screens


def screen(
    paths: Sequence[str | Path] | str | Path,
    *,
    packs: Sequence[str | Path] = (),
    as_of: date | None = None,
    options: Options = DEFAULTS,
    progress: Progress | None = None,
) -> AuditResult:
    """Read spreadsheets and test where numbers look made up.

    Args:
        paths: files or folders.
        packs: as for `audit`.
        as_of: as for `audit`.
        options: as for `audit`.
        progress: called with (what is being done, how much is done, of how much).

    Returns:
        An AuditResult of the SCR rules alone; `screens` has every test and what shows it.

    Raises:
        UsageError: as `audit`.
        InputError: nothing could be read.
        RuleError: a rule is wrong; nothing was tested.
    """
    prepared = prepare(paths, packs=packs, as_of=as_of, options=options, progress=progress)
    return judge(replace(prepared, catalogue=for_screens(prepared.catalogue)), progress).result
