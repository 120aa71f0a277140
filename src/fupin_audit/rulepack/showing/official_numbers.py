"""The numbers that systems and provinces give their own 疑点, and the rules that look at the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import yaml

from fupin_audit.resources import folder
from fupin_audit.rulepack.declared.rule import Data


class OfficialNumber(Data):
    """What one number looks at, and the rules that look at no less."""

    looks_at: str
    rules: tuple[str, ...]


class _Numbers(Data):
    """Whose numbers they are, and each with what it means."""

    system: str
    numbers: Mapping[str, OfficialNumber]


@cache
def _declared() -> _Numbers:
    text = (folder("rules") / "also_known_as.yaml").read_text(encoding="utf-8")
    return _Numbers.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))


def official_numbers() -> Mapping[str, OfficialNumber]:
    """All numbers known, from `rules/also_known_as.yaml`."""
    return _declared().numbers


def issuing_system() -> str:
    """Whose numbers they are."""
    return _declared().system


def also_known_as(rule_id: str) -> dict[str, str]:
    """Number → what it looks at, of the numbers a rule answers to."""
    return {key: number.looks_at for key, number in official_numbers().items() if rule_id in number.rules}


def rules_known_as(number: str) -> tuple[str, ...]:
    """The rules that answer to a number; empty where it is not known.

    >>> rules_known_as("5_11_033"), rules_known_as("KEY-05")
    (('MON-26',), ())
    """
    found = official_numbers().get(number.strip())
    return found.rules if found else ()
