"""Run an indicator's own examples (D6): each must stand as its list says, and have the value it states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isclose

from fupin_audit.engine.database.duckdb import Database
from fupin_audit.engine.database.selects import relations_of
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.engine.proving.examples import EXPECTED, Miss, example
from fupin_audit.engine.scoring.goals import Goals
from fupin_audit.engine.scoring.indicators import NOTHING, score
from fupin_audit.results.scorecard import WHOLE, Score, Standing, Sums
from fupin_audit.rulepack.checks.used_fields import fields_behind
from fupin_audit.rulepack.declared.entries import EXAMPLE_LISTS
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.rule import Row
from fupin_audit.rulepack.declared.territory import Territory
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.packs.pack import Catalogue, Pack

_STANDINGS = dict(
    zip(EXAMPLE_LISTS, (Standing.MET, Standing.UNMET, Standing.OPEN, Standing.EMPTY), strict=True)
)


def prove_indicator(database: Database, catalogue: Catalogue, indicator: Indicator) -> Iterator[Miss]:
    """Run all examples of an indicator; what is not as it says."""
    needed = _led_to(catalogue, indicator)
    catalogue = _in_force(catalogue, indicator)
    for name, standing in _STANDINGS.items():
        for number, row in enumerate(getattr(indicator.examples, name), 1):
            database.clear()
            found = _scored(database, catalogue, indicator, row, needed)
            if isinstance(found, str) or found.standing is not standing or not _as_stated(row, found):
                yield Miss(indicator.id, f"{name}[{number}]", _expected(standing, row), _describe(found))


def _in_force(catalogue: Catalogue, indicator: Indicator) -> Catalogue:
    """The catalogue with the pack that declares the indicator in force everywhere."""

    def spread(pack: Pack) -> Pack:
        if indicator not in pack.content.indicators:
            return pack
        return replace(pack, head=pack.head.model_copy(update={"place": Territory.model_validate({})}))

    return replace(catalogue, packs=tuple(map(spread, catalogue.packs)))


def _led_to(catalogue: Catalogue, indicator: Indicator) -> set[str]:
    """The ledgers its expressions lead to; the others need not be there."""
    vocabulary = catalogue.vocabulary
    binder = Binder.checking(vocabulary, indicator.ledger)
    for text in indicator.expressions:
        binder.bind(text)
    return {indicator.ledger, *(relation.target for relation in relations_of(binder.frame))}


def _scored(
    database: Database, catalogue: Catalogue, indicator: Indicator, row: Row, needed: set[str]
) -> Score | str:
    """The score of all the example's rows together, or why there is none."""
    delivery, within, as_of = example(catalogue, indicator.ledger, row, needed)
    looked_at = fields_behind(within, indicator.expressions)
    linked = open_delivery(database, delivery, within, as_of, looked_at)
    found = score(linked, indicator, Goals(within, linked.session.regions, as_of))
    if found.reason == NOTHING:
        return Score(WHOLE, Sums(), None)
    return found.reason or next(item for item in found.scores if item.place == WHOLE)


def _as_stated(row: Row, found: Score) -> bool:
    return EXPECTED not in row or (found.value is not None and isclose(found.value, row[EXPECTED]))


def _expected(standing: Standing, row: Row) -> str:
    return f"{standing}，值为 {row[EXPECTED]}" if EXPECTED in row else standing


def _describe(found: Score | str) -> str:
    return found if isinstance(found, str) else f"{found.standing}，值为 {found.value}"
