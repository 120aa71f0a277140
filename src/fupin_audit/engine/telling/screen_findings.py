"""From what screens say to runs, findings and the tests as they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fupin_audit.engine.loaded.responsible import Home
from fupin_audit.engine.loaded.screen_frames import screen_frames
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.subjects import Subject, Subjects, fingerprint
from fupin_audit.engine.telling.as_findings import finding_about
from fupin_audit.engine.telling.basis import Citations
from fupin_audit.engine.telling.rule_runs import ToldRule, run_of
from fupin_audit.engine.telling.severities import levelled
from fupin_audit.engine.telling.suspects import Grounds
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.place import Location, Place
from fupin_audit.results.rule_run import Counts
from fupin_audit.results.screens import Screens, ScreenTest, ShownBy, compared, figure, odds
from fupin_audit.rulepack.declared.entries import AnyRule
from fupin_audit.rulepack.declared.rule import ScreenRule
from fupin_audit.screening.all_screens import screen
from fupin_audit.screening.frames import Unit
from fupin_audit.screening.screened import Outcome, Weighed

# Parameters: how small a corrected p-value makes a 疑点, and how small one a 提示.
WARNS, HINTS = "筛查水平", "筛查提示水平"
_CELLS = 20  # named of a finding
_SEEN, _WHOM = "所见", "谁"
_ENDING = "（检验{sample}，{effect}）。凭巧合{odds}，与本次{total}项检验一并校正后{q}。这不是结论，先排除：{innocent}"


def is_screen(entries: Sequence[AnyRule]) -> bool:
    """Whether a rule is a statistical screen."""
    return isinstance(entries[0], ScreenRule)


def told_of_screens(session: Session, subjects: Subjects) -> tuple[list[ToldRule], Screens]:
    """What came of every screen of the catalogue, and all tests."""
    rules = {
        name: entry
        for name, (entry, *_) in session.catalogue.rules.items()
        if isinstance(entry, ScreenRule) and name not in session.catalogue.disabled
    }
    found = screen(screen_frames(session, subjects), frozenset(rules))
    told, tests, drawings = list[ToldRule](), list[ScreenTest](), list[ShownBy]()
    for name, (entry, *_) in session.catalogue.rules.items():
        if isinstance(entry, ScreenRule):
            teller = _ScreenTeller(session, subjects, entry, len(found.weighed))
            outcome = found.outcomes.get(name, Outcome())
            rule, shown = teller.told(outcome, [item for item in found.weighed if item.rule == name])
            told.append(rule)
            tests += shown
            drawings += (ShownBy(name, picture) for picture in outcome.pictures)
    return told, Screens(tuple(sorted(tests, key=lambda test: (test.p, test.rule))), tuple(drawings))


@dataclass(frozen=True)
class _ScreenTeller:
    """Tells of one screen; `total` is the number of tests of the run."""

    session: Session
    subjects: Subjects
    rule: ScreenRule
    total: int

    def told(self, outcome: Outcome, weighed: Sequence[Weighed]) -> tuple[ToldRule, list[ScreenTest]]:
        """The rule's run and findings, and its tests."""
        findings, tests, counted = list[Finding](), list[ScreenTest](), dict[Place, Counts]()
        for item in weighed:
            made = list(self._findings(item))
            subject = self._subject(item.test.unit)
            counts = Counts(failed=1) if made else Counts(passed=1)
            counted[subject.place] = counted.get(subject.place, Counts()) + counts
            findings += made
            tests.append(self._test(item, subject, made[0].severity if made else None))
        run = run_of(self.session, (self.rule,), outcome.lacking, counted if weighed else None)
        return ToldRule(run, tuple(findings), Grounds(), ()), tests

    def _findings(self, item: Weighed) -> Iterator[Finding]:
        """The finding of a test that is unlikely enough, where the screen is in force."""
        place = self._subject(item.test.unit).place
        severity = self._severity(item.q, place.county)
        if severity is not None:
            for finding in levelled(self.session, self.rule, [self._finding(item)]):
                given = self.session.in_force(place.county).override(self.rule.id).severity
                yield finding if given else replace(finding, severity=severity)

    def _severity(self, q: float, county: str) -> Severity | None:
        here, day = self.session.in_force(county), self.session.as_of
        for name, severity in ((WARNS, Severity.WARNING), (HINTS, Severity.INFO)):
            level = here.value(name, day)
            if isinstance(level, float) and q <= level:
                return severity
        return None

    def _finding(self, item: Weighed) -> Finding:
        test, subject = item.test, self._subject(item.test.unit)
        rested = Citations(self.session, self.rule).of(subject.place.county)
        return finding_about(self.rule, test.ledger, subject)(
            fields={
                "检验": test.test,
                "样本": test.sample,
                "效应": test.effect,
                "凭巧合": odds(item.test.p),
                "校正后p": figure(item.q),
            },
            locations=tuple(self._cells(item)),
            message=self._message(item),
            basis=rested.basis,
            basis_kind=rested.kind,
            fingerprint=fingerprint(self.rule.id, test.ledger, subject.key, test.test),
            responsible=self.subjects.responsible.of(self.rule.owner, subject.home, rested.basis),
        )

    def _message(self, item: Weighed) -> str:
        test = item.test
        said = self.rule.say.replace(f"{{{_WHOM}}}", self._whom(test.unit))
        ending = _ENDING.format(
            sample=test.sample,
            effect=test.effect,
            odds=odds(test.p),
            total=self.total,
            q=compared(item.q),
            innocent=self.rule.innocent,
        )
        return self._hidden(said.replace(f"{{{_SEEN}}}", test.seen)) + ending

    def _cells(self, item: Weighed) -> Iterator[Location]:
        """The cells to look at first."""
        rows = item.test.rows if len(item.test.rows) else item.test.unit.rows
        has = self.session.has(item.test.ledger, item.test.field)
        for row in np.sort(rows)[:_CELLS].tolist():
            ledger = item.test.ledger
            yield (
                self.subjects.location(ledger, row, item.test.field)
                if has
                else self.subjects.anchor(ledger, row)
            )

    def _subject(self, unit: Unit) -> Subject:
        real = self.session.places[unit.at]
        depth = ("县", "乡镇", "村").index(unit.level) + 1
        names = (real.county, real.town, real.village)[:depth]
        place = self.subjects.place(unit.at)
        return Subject(place, "", "", "", "", (*names, unit.who), Home(unit.at)).at(unit.level)

    def _whom(self, unit: Unit) -> str:
        place = self.subjects.place(unit.at)
        town = f"{place.town}的{unit.pooled}个小村合起来" if unit.pooled else place.town
        return unit.who or {"村": place.village, "乡镇": town}.get(unit.level, f"{place.county}全县")

    def _hidden(self, text: str) -> str:
        return self.subjects.hide(text, private=False) or ""

    def _test(self, item: Weighed, subject: Subject, severity: Severity | None) -> ScreenTest:
        test = item.test
        return ScreenTest(
            rule=self.rule.id,
            title=self.rule.title,
            place=subject.place,
            who=self._hidden(self._whom(test.unit)),
            test=test.test,
            seen=self._hidden(test.seen),
            effect=test.effect,
            sample=test.sample,
            p=test.p,
            q=item.q,
            severity=severity,
        )
