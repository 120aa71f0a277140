"""A run followed up: against the history, or against an earlier JSON report; and written into the history."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from fupin_audit.errors import UsageError
from fupin_audit.followup.history.database import HistoryFile, is_history
from fupin_audit.followup.history.runs import (
    Input,
    Run,
    RunFacts,
    hit_rates,
    last_states,
    months,
    runs,
    write_run,
)
from fupin_audit.followup.tracking.following import Following, completion, follow, is_followed
from fupin_audit.masking import mask_text
from fupin_audit.reports.findings.baseline import Baseline, read_baseline
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.tracking import Followed, Month, Tracking, counted
from fupin_audit.workbook.files.discovery import discover


@dataclass(frozen=True)
class Before:
    """What is known before a run.

    Attributes:
        last: fingerprint → the finding as it stood after the run before.
        day: the day of that run; None where there was none.
        months: the runs of the history.
        again: what was kept when the same drop was followed before, which the run will stand for.
        after: number of the last run there is; the run's own number.
        source: what it is, in Chinese.
    """

    last: Mapping[str, Followed] = field(default_factory=dict)
    day: date | None = None
    months: tuple[Month, ...] = ()
    again: Mapping[str, Followed] = field(default_factory=dict)
    after: int = 0
    number: int = 1
    source: str = "第一次核对"


@dataclass(frozen=True)
class Delivered:
    """The files of a run, and one digest of all their bytes, whatever they are called."""

    inputs: tuple[Input, ...]

    @property
    def digest(self) -> str:
        """Of the contents alone: files that were renamed are the same drop."""
        return hashlib.sha256("".join(sorted(item.digest for item in self.inputs)).encode()).hexdigest()


def delivered(paths: Sequence[Path]) -> Delivered:
    """The files of a drop with their digests; one that can't be read has none."""
    return Delivered(tuple(Input(mask_text(file.name), _digest(file.path)) for file in discover(paths).files))


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:  # the check says so
        return ""


def from_history(history: HistoryFile, drop: Delivered, day: date) -> Before:
    """What a history knows; where the last run was of the same files and day, this one stands for it.

    Raises:
        UsageError: a later run is there already.
    """
    known = runs(history)
    if not known:
        return Before()
    last = known[-1]
    if day < last.day:
        raise UsageError(
            f"历史 {history.path} 里最后一次是 {last.day}，这次的日期 {day} 更早；请用 --on 写这次核对的日期"
        )
    same = (last.digest, last.day) == (drop.digest, day)
    base = known[-2] if same and len(known) > 1 else None if same else last
    number = last.number if same else last.number + 1
    return Before(
        last_states(history, base.number) if base else {},
        base.day if base else None,
        months(history, number),
        last_states(history, last.number) if same else {},
        last.number,
        number,
        f"历史 {mask_text(history.path.name)}，{f'上一次 {base.day}' if base else '第一次核对'}",
    )


def read_known(path: Path, option: str) -> Baseline:
    """What is known from an earlier JSON report, or from the last run of a history.

    Raises:
        UsageError: it is neither, or holds only what was chosen.
    """
    if not is_history(path):
        return read_baseline(path, option)
    history = HistoryFile(path, untouched=True)
    try:
        known = runs(history)
        if not known:
            raise UsageError(f"{option} {path}：历史里还没有核对过")
        last = last_states(history, known[-1].number)
    finally:
        history.close()
    standing = {key: item for key, item in last.items() if item.state.is_open}
    return Baseline(mask_text(path.name), known[-1].day, standing, frozenset(standing), without_remarks=True)


def from_report(baseline: Baseline) -> Before:
    """What an earlier JSON report knows."""
    known = {key: item for key, item in baseline.followed.items() if is_followed(item.rule)}
    return Before(known, baseline.as_of, source=f"{baseline.name}（截止 {baseline.as_of}）")


def tracked(
    result: AuditResult, before: Before, asked: Following, complaints: Sequence[str] = ()
) -> Tracking:
    """How the findings of a run stand; `complaints` are of what came back."""
    asked = replace(asked, again=before.again)
    items = tuple(follow(result, before.last, asked))
    standing = {**before.last, **{item.followed.fingerprint: item.followed for item in items}}
    return Tracking(
        result,
        asked.day,
        before.day,
        items,
        (*before.months, Month(asked.day, counted(items))),
        completion(items, before.last, asked.day),
        hit_rates(standing.values()),
        (*asked.waivers.complaints(result.records, asked.day), *complaints),
        before.source,
    )


def record(history: HistoryFile, tracking: Tracking, drop: Delivered, before: Before) -> None:
    """Writes the run into the history.

    Raises:
        OutputError: it can't be written; the history is as it was.
    """
    result = tracking.result
    run = Run(before.number, tracking.day, drop.digest)
    packs, settings = (tuple(map(mask_text, texts)) for texts in (result.packs, result.settings))
    facts = RunFacts(result.as_of, result.version, packs, settings, drop.inputs)
    write_run(history, run, facts, (item.followed for item in tracking.items), after=before.after)
