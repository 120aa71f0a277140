"""The story's months as the program follows them, one history through all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from fupin_audit.audit import judge, prepare
from fupin_audit.followup.history.database import HistoryFile
from fupin_audit.followup.tracking.following import Following, watched
from fupin_audit.followup.waivers.waiver import Waiver, Waivers
from fupin_audit.results.finding import Severity
from fupin_audit.results.tracking import Claim, Tracking
from fupin_audit.tasks.following_up import delivered, from_history, record, tracked
from tracking.drops import story, write_drops


def followed_months(folder: Path) -> Mapping[str, Tracking]:
    """Month → what is said of it."""
    with closing(HistoryFile(folder / "清河县.db")) as history:
        return dict(followed(history, write_drops(folder)))


def followed(history: HistoryFile, drops: Mapping[str, Path]) -> Iterator[tuple[str, Tracking]]:
    last: Tracking | None = None
    for month, drop in drops.items():
        lines = story()["months"][month]
        prepared, files = prepare([drop]), delivered([drop])
        before = from_history(history, files, lines["日期"])
        claims = dict(claims_on(last, lines.get("claims", ())))
        asked = Following(lines["日期"], due_of(lines), waivers() if last else Waivers(), claims)
        last = tracked(judge(prepared, None, watched(before.last)).result, before, asked)
        record(history, last, files, before)
        yield month, last


def due_of(lines: Mapping[str, Any]) -> Mapping[Severity, date]:
    return {Severity(name): day for name, day in lines["due"].items()}


def waivers() -> Waivers:
    return Waivers(
        tuple(
            Waiver(
                reason=item["理由"],
                approved_by=item["批准人"],
                until=item["有效期"],
                household=item["户编号"],
                rule=item["规则"],
            )
            for item in story()["waivers"]
        )
    )


def claims_on(last: Tracking | None, said: Any) -> Iterator[tuple[str, Claim]]:
    """What people wrote beside the findings of the month before."""
    for line in said:
        assert last
        (item,) = (
            item
            for item in last.items
            if (item.followed.rule, item.followed.household) == (line["规则"], line["户编号"])
            and item.followed.ledger != "人口" * (line["规则"] == "CEL-05")
        )
        yield item.followed.fingerprint, Claim(line.get("整改状态", ""), line.get("核实结论", ""))
