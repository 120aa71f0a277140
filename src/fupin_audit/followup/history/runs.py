"""What a history says and is told: the runs, and how each finding stood after them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fupin_audit.errors import OutputError
from fupin_audit.followup.history.database import HistoryFile, Row
from fupin_audit.results.finding import Severity
from fupin_audit.results.place import Place
from fupin_audit.results.tracking import Claim, Followed, HitRate, Month, State, TrackCounts, Verdict

_COLUMNS = (
    "fingerprint, rule, severity, ledger, cells, county, town, village, household, owner, state, since, due, times, "
    "claimed, verdict, done"
)
# The last row of every finding up to a run.
_LAST = f"""
    SELECT {_COLUMNS} FROM findings
    JOIN (SELECT fingerprint, max(run) AS run FROM findings WHERE run <= ? GROUP BY fingerprint) USING (fingerprint, run)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the history knows it: its number, its day, and the digest of what was delivered."""

    number: int
    day: date
    digest: str


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read: its name as reports show it, and the SHA-256 of its bytes."""

    file: str
    digest: str


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What a run was made of."""

    as_of: date
    version: str
    packs: Sequence[str]
    settings: Sequence[str]
    inputs: Sequence[Input]


def runs(history: HistoryFile) -> tuple[Run, ...]:
    """All of them, the first first."""
    return tuple(history.read("SELECT number, day, digest FROM runs ORDER BY number", (), _run))


def last_states(history: HistoryFile, run: int) -> Mapping[str, Followed]:
    """Fingerprint → how the finding stood after a run; those that were mended before are among them."""
    return {item.fingerprint: item for item in history.read(_LAST, (run,), _followed)}


def months(history: HistoryFile, before: int) -> tuple[Month, ...]:
    """The runs before one, each with how the findings stood after it."""
    counted: dict[int, Counter[State]] = {}
    late: Counter[int] = Counter()
    found = history.read(
        "SELECT run, state, count(*), sum(due < day AND state NOT IN (?, ?)) FROM findings"
        " JOIN runs ON run = number WHERE run < ? GROUP BY run, state",
        (State.MENDED, State.WAIVED, before),
        lambda row: (row[0], State(row[1]), row[2], row[3] or 0),
    )
    for run, state, number, overdue in found:
        counted.setdefault(run, Counter())[state] = number
        late[run] += overdue
    return tuple(
        Month(run.day, TrackCounts(counted.get(run.number, {}), late[run.number]))
        for run in runs(history)
        if run.number < before
    )


def hit_rates(followed: Iterable[Followed]) -> Mapping[str, HitRate]:
    """Rule → of its findings that somebody went to see, how many were so; worst first."""
    said = Counter((item.rule, item.claim.verdict) for item in followed if item.claim.verdict in set(Verdict))
    found = {
        rule: HitRate(said[rule, Verdict.TRUE], said[rule, Verdict.TRUE] + said[rule, Verdict.FALSE])
        for rule in sorted({rule for rule, _ in said})
    }
    return dict(sorted(found.items(), key=lambda item: (item[1].share, -item[1].verified, item[0])))


def write_run(
    history: HistoryFile, run: Run, about: RunFacts, items: Iterable[Followed], *, after: int
) -> None:
    """Writes a run, in the place of one of the same number; `after` is the last run there was when it began.

    Raises:
        OutputError: it can't be written, or another run was written meanwhile.
    """
    head = (
        run.number, run.day.isoformat(), about.as_of.isoformat(), run.digest, about.version,
        _text(about.packs), _text(about.settings), _text([[item.file, item.digest] for item in about.inputs]),
    )  # fmt: skip
    rows = [(run.number, *_row(item)) for item in items]
    with history.writing():
        there = runs(history)
        if (there[-1].number if there else 0) != after:
            raise OutputError(
                f"历史 {history.path} 在这次核对期间被另一次运行写过，这次没有写进去；请再运行一次"
            )
        history.write("DELETE FROM runs WHERE number = ?", [(run.number,)])
        history.write(
            "DELETE FROM findings WHERE run = ?", [(run.number,)]
        )  # left by who took a run out by hand
        history.write(f"INSERT INTO runs VALUES ({_marks(head)})", [head])
        if rows:
            history.write(f"INSERT INTO findings (run, {_COLUMNS}) VALUES ({_marks(rows[0])})", rows)


def _marks(row: Row) -> str:
    return ", ".join("?" * len(row))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _row(item: Followed) -> Row:
    return (
        item.fingerprint, item.rule, item.severity.value, item.ledger, _text(item.cells), item.place.county,
        item.place.town, item.place.village, item.household, item.owner, item.state.value, item.since.isoformat(),
        item.due.isoformat() if item.due else None, item.times, item.claim.state, item.claim.verdict, item.claim.done,
    )  # fmt: skip


def _run(row: Row) -> Run:
    number, day, digest = row
    return Run(number, date.fromisoformat(day), digest)


def _followed(row: Row) -> Followed:
    (fingerprint, rule, severity, ledger, cells, county, town, village, household, owner, state, since, due, times,
     claimed, verdict, done) = row  # fmt: skip
    return Followed(
        fingerprint,
        rule,
        Severity(severity),
        ledger,
        tuple((name, field) for name, field in json.loads(cells)),
        Place(county, town, village),
        household,
        owner,
        State(state),
        date.fromisoformat(since),
        _day(due),
        times,
        Claim(claimed, verdict, done),
    )


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
