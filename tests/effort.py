"""How hard tests try: a little for every change, more before it lands, much at night."""

from __future__ import annotations

import os
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, settings

NIGHTLY = "FUPIN_NIGHTLY"
EXAMPLES = "FUPIN_EXAMPLES"
_AT_NIGHT = 10_000


def is_night() -> bool:
    """Whether the long tests run too: with `--nightly` or FUPIN_NIGHTLY=1."""
    return os.environ.get(NIGHTLY, "0") not in ("", "0")


def some_by_day(cases: Iterable[object], each: int = 3) -> list[object]:
    """Cases of one kind for `parametrize`: the first and every third after it run by day, the others are slow.

    Args:
        cases: a value each, or a tuple of values.
        each: how many there are to one by day.
    """
    return [
        case
        if at % each == 0
        else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
        for at, case in enumerate(cases)
    ]


def examples(few: int, *tolerated: HealthCheck, each: int = 1) -> settings:
    """So few examples for a change; at night FUPIN_EXAMPLES, or 10,000, without a time limit for one.

    Args:
        few: how many for a change.
        tolerated: what Hypothesis need not mind.
        each: how many examples one run of the test tries.
    """
    tries = int(os.environ.get(EXAMPLES, _AT_NIGHT)) // each if is_night() else few
    return settings(deadline=None, max_examples=max(1, tries), suppress_health_check=tolerated)
