"""Every indicator with rows that just reach its target, and with rows that just miss it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from books import catalogue
from fupin_audit.engine.proving.examples import open_proving
from fupin_audit.engine.proving.indicator_examples import prove_indicator
from fupin_audit.rulepack.declared.rule import Examples
from fupin_audit.rulepack.packs.pack import Catalogue, Pack

EDGES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "indicator_edges.yaml").read_text(encoding="utf-8")
)


def at_the_edge(name: str) -> Catalogue:
    """The catalogue in which these rows are the examples of the indicator."""
    edge = Examples(good=(EDGES[name]["inside"],), bad=(EDGES[name]["outside"],))

    def told(pack: Pack) -> Pack:
        own = tuple(
            item.model_copy(update={"examples": edge}) if item.id == name else item
            for item in pack.content.indicators
        )
        return replace(pack, content=pack.content.model_copy(update={"indicators": own}))

    return replace(catalogue(), packs=tuple(map(told, catalogue().packs)))


def test_every_indicator_has_an_edge() -> None:
    assert sorted(EDGES) == sorted(catalogue().indicators)


@pytest.mark.parametrize("name", EDGES)
def test_a_place_just_inside_reaches_the_target_and_one_just_outside_misses_it(name: str) -> None:
    within = at_the_edge(name)
    with open_proving() as database:
        assert [str(miss) for miss in prove_indicator(database, within, within.indicators[name])] == []
