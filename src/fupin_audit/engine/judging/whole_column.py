"""A rule that most rows of a county break says something of the column, and says it once (`mostly`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from fupin_audit.engine.judging.failures import Crowd, Failure
from fupin_audit.engine.judging.verdicts import Verdicts
from fupin_audit.engine.loaded.session import Session
from fupin_audit.rulepack.language.targets import RuleTarget

_SEVERAL = 3  # fewer rows than this are told one by one, whatever their share


def said_once(session: Session, target: RuleTarget, verdicts: Verdicts) -> Verdicts:
    """The verdicts, with one failure for each county in which most rows fail."""
    if target.rule.mostly is None or len(verdicts.failures) < _SEVERAL:
        return verdicts
    numbers = session.place_numbers(target.ledger)
    places = [session.places[int(numbers[failure.row])].county for failure in verdicts.failures]
    crowds = _crowds(session, target.rule.mostly.over, Counter(places), verdicts)
    told = tuple(_told(verdicts.failures, places, crowds))
    return replace(verdicts, failures=told) if crowds else verdicts


def _crowds(
    session: Session, over: str, failed: Mapping[str, int], verdicts: Verdicts
) -> Mapping[str, Crowd]:
    """County → how many of its rows fail, of how many, where that is more than the share that is borne."""
    passed = Counter[str]()
    for number, rows in enumerate(verdicts.passed.tolist()):
        passed[session.places[number].county] += rows
    found: dict[str, Crowd] = {}
    for county, rows in failed.items():
        share, whole = session.in_force(county).value(over, session.as_of), rows + passed[county]
        if rows >= _SEVERAL and isinstance(share, int | float) and rows > share * whole:
            found[county] = Crowd(rows, whole)
    return found


def _told(
    failures: Sequence[Failure], places: Sequence[str], crowds: Mapping[str, Crowd]
) -> Iterator[Failure]:
    """The first failure of a crowd stands for all of it."""
    told = set[str]()
    for failure, county in zip(failures, places, strict=True):
        if county not in crowds:
            yield failure
        elif county not in told:
            told.add(county)
            yield replace(failure, crowd=crowds[county])
