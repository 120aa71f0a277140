"""Every screen by its rule, and all of them run: each test weighed with all others of the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fupin_audit.screening import chance
from fupin_audit.screening.checker_peers import checkers
from fupin_audit.screening.copied_households import near_duplicates, same_incomes
from fupin_audit.screening.digits import first_digits, heaping
from fupin_audit.screening.each_county import each_county, together
from fupin_audit.screening.frames import Frames
from fupin_audit.screening.line_bunching import line_bunching
from fupin_audit.screening.screened import Outcome, Screening, Weighed
from fupin_audit.screening.visits import same_days, same_words
from fupin_audit.screening.yearly_change import little_variation, one_factor

SCREENS: Mapping[str, Callable[[Frames], Outcome]] = {
    "SCR-01": line_bunching,
    "SCR-02": heaping,
    "SCR-03": same_incomes,
    "SCR-04": one_factor,
    "SCR-05": same_days,
    "SCR-06": checkers,
    "SCR-07": near_duplicates,
    "SCR-08": first_digits,
    "SCR-09": little_variation,
    "SCR-10": same_words,
}


def screen(frames: Frames, wanted: frozenset[str] = frozenset(SCREENS)) -> Screening:
    """Run the screens wanted, county by county; every test's p-value is corrected for all of them together."""
    if why := chance.missing():
        return Screening({rule: Outcome(lacking=[why]) for rule in SCREENS if rule in wanted})
    said: dict[str, list[tuple[str, Outcome]]] = {rule: [] for rule in SCREENS if rule in wanted}
    for part in each_county(frames):
        for rule, outcomes_of in said.items():
            outcomes_of.append((part.county, part.in_the_run(SCREENS[rule](part.frames))))
    outcomes = {rule: together(of_counties) for rule, of_counties in said.items()}
    tests = [(rule, test) for rule, outcome in outcomes.items() for test in outcome.tests]
    weights = chance.corrected([test.p for _, test in tests])
    weighed = [Weighed(rule, test, float(q)) for (rule, test), q in zip(tests, weights, strict=True)]
    return Screening(outcomes, weighed)
