"""How each finding stands: what the run before knew, what this one found, what people say and exempt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from fupin_audit.followup.waivers.waiver import Waivers
from fupin_audit.masking import mask_codes
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import ABOUT_READING, Finding, Severity
from fupin_audit.results.recheck import OpenFinding, Rechecked, cells_of
from fupin_audit.results.tracking import Claim, Completion, Followed, State, Tracked

_OF_TWO_DROPS = "CHG-"
NOT_LOOKED_AT = Rechecked("这次没有复核")


@dataclass(frozen=True)
class Following:
    """What findings are followed by.

    Attributes:
        day: the day lateness is counted at.
        due: severity → until when findings of it that are new are to be mended.
        waivers: what is exempt.
        claims: fingerprint → what people wrote beside the finding.
        with_households: 户编号 are kept.
        again: fingerprint → what was kept when the same drop was followed before, which this run stands for.
    """

    day: date
    due: Mapping[Severity, date] = field(default_factory=dict)
    waivers: Waivers = field(default_factory=Waivers)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    with_households: bool = True
    again: Mapping[str, Followed] = field(default_factory=dict)

    def claim(self, fingerprint: str, before: Claim) -> Claim:
        """What was said last; what nobody touched stays."""
        earlier = self.again.get(fingerprint)
        for said in (earlier.claim if earlier else None, self.claims.get(fingerprint)):
            if said is not None:
                verdict, done = said.verdict or before.verdict, said.done or before.done
                before = Claim(said.state or before.state, verdict, done)
        return before

    def until(self, item: Followed) -> date | None:
        """Until when a finding that is new is to be mended."""
        earlier = self.again.get(item.fingerprint)
        return self.due.get(item.severity) or (earlier.due if earlier else None)


def watched(last: Mapping[str, Followed]) -> list[OpenFinding]:
    """The findings that were open after the run before."""
    return [
        OpenFinding(
            item.fingerprint,
            item.rule,
            item.ledger,
            frozenset(item.cells),
            item.place,
            item.household,
            item.owner,
        )
        for item in last.values()
        if item.state.is_open
    ]


def follow(result: AuditResult, last: Mapping[str, Followed], asked: Following) -> Iterator[Tracked]:
    """The findings of this run, then those that were open before it and are not found any more.

    Remarks on how files were read are not among them, as they ask nothing of a household; nor what changed between
    two drops, which the next can't look at again.
    """
    found = {item.fingerprint: item for item in result.records if is_followed(item.rule)}
    for fingerprint, finding in found.items():
        yield _found(finding, last.get(fingerprint), asked)
    for fingerprint, before in last.items():
        if before.state.is_open and fingerprint not in found:
            yield _gone(before, result.rechecked.get(fingerprint, NOT_LOOKED_AT), asked)


def is_followed(rule: str) -> bool:
    """Whether findings of a rule can be looked at again."""
    return rule not in ABOUT_READING and not rule.startswith(_OF_TWO_DROPS)


def kept(finding: Finding, day: date, *, with_households: bool = True) -> Followed:
    """What is kept of a finding that nobody knew; masked, and be it that this run shows everything."""
    return Followed(
        finding.fingerprint,
        finding.rule,
        finding.severity,
        finding.ledger,
        cells_of(finding),
        finding.place.masked(),
        mask_codes(finding.household) if with_households else "",
        finding.owner,
        State.NEW,
        day,
    )


def completion(items: Iterable[Tracked], last: Mapping[str, Followed], day: date) -> Completion:
    """Of what was due by this day, now or ever since it is followed, how much is mended."""
    standing = {item.followed.fingerprint: item.followed for item in items}
    known = {**last, **standing}.values()
    due = [item for item in known if item.due and item.due <= day and item.state is not State.WAIVED]
    return Completion(sum(item.state is State.MENDED for item in due), len(due))


def _found(finding: Finding, before: Followed | None, asked: Following) -> Tracked:
    now = kept(finding, asked.day, with_households=asked.with_households)
    if before is None or before.state is State.MENDED:
        state, times = (State.NEW, 0) if before is None else (State.AGAIN, before.times + 1)
        claim = asked.claim(now.fingerprint, Claim(verdict=before.claim.verdict if before else ""))
        now = replace(now, state=state, times=times, due=asked.until(now), claim=claim)
    else:
        now = _kept_on(now, before, asked)
    waiver = asked.waivers.of(finding, asked.day)
    now = replace(now, state=State.WAIVED) if waiver else now
    told = asked.waivers.told(waiver) if waiver else ""
    return Tracked(now, finding, told, finding.responsible, _is_late(now, asked.day))


def _kept_on(now: Followed, before: Followed, asked: Following) -> Followed:
    """A finding that was open before: what was known of it stays."""
    return replace(
        now,
        state=State.STILL,
        since=before.since,
        due=before.due or asked.until(now),
        times=before.times,
        claim=asked.claim(now.fingerprint, before.claim),
    )


def _gone(before: Followed, recheck: Rechecked, asked: Following) -> Tracked:
    """A finding that is not found any more: mended where it was looked at; nobody's deleting a row mends it unsaid.

    One that is exempt stays so where it was not looked at: nobody is late with it.
    """
    claim = asked.claim(before.fingerprint, before.claim)
    mended = not recheck.unverified or (claim.is_done and recheck.vanished)
    waiver = None if mended else asked.waivers.of_gone(before, asked.day)
    state = State.MENDED if mended else State.WAIVED if waiver else State.UNVERIFIED
    now = replace(before, state=state, claim=claim)
    reason = "" if mended else asked.waivers.told(waiver) if waiver else recheck.unverified
    return Tracked(now, None, reason, recheck.responsible, _is_late(now, asked.day), recheck.head)


def _is_late(item: Followed, day: date) -> bool:
    lasting = item.state not in {State.MENDED, State.WAIVED}
    return lasting and item.due is not None and item.due < day
