"""Whether a list has most of those who should stand on it, county by county (D14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sqlglot import exp

from fupin_audit.engine.database.duckdb import UNKNOWN
from fupin_audit.engine.loaded.session import Session
from fupin_audit.ledgers.base import Ledger
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.targets import RuleTarget

COVERAGE = "名册覆盖"
_ROLLS = "部门"
_SHORT = "{}“{}”名册不全：按系统应在上面的{}个，只有{}个在上面"


def listed(binder: Binder, target: RuleTarget) -> exp.Expr:
    """Whether the row stands on one of the lists that a rule asks to be complete, as whatever it stands there."""
    vocabulary = binder.vocabulary
    known = [title for title in target.rule.complete if vocabulary.relation(target.ledger, title)]
    stands = [binder.bind(f"EXISTS({title})").tree for title in known]
    return exp.or_(*stands) if stands else exp.false()


def asks_coverage(target: RuleTarget, ledgers: Mapping[str, type[Ledger]]) -> bool:
    """Whether a rule needs a roll of a department; what the system exports has everybody, unless its name says otherwise."""
    return any(ledgers[title].family == _ROLLS for title in target.rule.complete)


@dataclass(frozen=True)
class Uncovered:
    """Rows of counties whose list has too few, and how it is told; whether that is all rows that are judged."""

    rows: np.ndarray
    told: tuple[str, ...] = ()
    all_rows: bool = False


def uncovered(session: Session, target: RuleTarget, rows: np.ndarray, stands: np.ndarray) -> Uncovered:
    """The rows, by position among those judged, of counties in which too few stand on the lists of a rule.

    Args:
        session: what is judged.
        target: the rule.
        rows: the rows that were judged.
        stands: whether each stands on the lists; UNKNOWN where nothing can be said.
    """
    areas = session.areas
    places = session.place_numbers(target.ledger)[rows]
    counties = np.where(session.own[places], areas.county_of_place[places], UNKNOWN)
    short = np.zeros(len(rows), dtype=bool)
    told: list[str] = []
    for number, county in enumerate(areas.counties):
        here = counties == number
        should, does = int((stands[here] != UNKNOWN).sum()), int((stands[here] == 1).sum())
        least = session.figures.values[COVERAGE].get((county, session.as_of.year))
        if (
            should
            and isinstance(least, float)
            and does < least * should
            and not _said(session, target, number)
        ):
            short |= here
            where = f"{county}：" if len(areas.counties) > 1 else ""
            told.append(_SHORT.format(where, "、".join(target.rule.complete), should, does))
    return Uncovered(short, tuple(told), bool(short.any() and short[session.own[places]].all()))


def _said(session: Session, target: RuleTarget, county: int) -> bool:
    """Whether the user says that a list of the county is complete."""
    complete = session.presence.complete
    return any(title in complete and bool(complete[title][county]) for title in target.rule.complete)
