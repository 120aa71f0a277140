"""A rule's ledger in portions: places of which a rule is asked alike, by what was delivered there (D14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from fupin_audit.engine.judging.bound_before import bound_to
from fupin_audit.engine.judging.conditions import Conditions, rule_conditions
from fupin_audit.engine.judging.reaching_rows import unreached
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.views import AreaView, Listening, alike, may_differ
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.targets import RuleTarget
from fupin_audit.rulepack.language.vocabulary import Available


@dataclass(frozen=True)
class Portion:
    """Rows of a target's ledger that are judged together.

    Attributes:
        target: the rule and its ledger.
        available: what was delivered where they lie.
        areas: where they lie; none where it is the only portion.
        rows: which, ascending; none where it is the only portion.
        asked: what the rule asks of them, where that was found out when they were divided.
    """

    target: RuleTarget
    available: Available
    areas: Sequence[int] = ()
    rows: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    asked: Conditions | None = None

    def binder(self, session: Session) -> Binder:
        """A binder for the target's expressions on these rows."""
        return bound_to(session.catalogue.vocabulary, self.target, self.available)

    def conditions(self, session: Session) -> Conditions:
        """What the rule asks of these rows."""
        return self.asked or rule_conditions(session, self.target, self.available)


def portions(session: Session, target: RuleTarget) -> Sequence[Portion]:
    """The rows a rule is judged on, in as many portions as there are kinds of delivery for it; the largest first."""
    if session.same_everywhere:
        return [Portion(target, session)]
    listening = Listening(session)
    asked = rule_conditions(session, target, listening)
    questions = [question for question in listening.asked if may_differ(session, question)]
    if not questions:  # what was bound for the whole run holds for all
        return [Portion(target, session, asked=asked)]
    areas = session.areas
    places, counted = session.place_numbers(target.ledger), session.counted(target.ledger)
    found = (counted > 0) & ~areas.within(unreached(session, target.rule))
    groups = list(alike(session, questions, np.flatnonzero(found)))
    if len(groups) <= 1:
        return [Portion(target, AreaView(session, groups[0][0]) if groups else session)]
    lying_in = areas.of_place[places]
    rows = [np.flatnonzero(np.isin(lying_in, group)).astype(np.int32) for group in groups]
    split = [
        Portion(target, AreaView(session, group[0]), group, chosen)
        for group, chosen in zip(groups, rows, strict=True)
    ]
    return sorted(split, key=lambda portion: int(counted[portion.areas].sum()), reverse=True)
