"""One rule of a file that is the same for several fields or words: `each` lists them, 该项 stands for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fupin_audit.rulepack.declared.reserved_words import EACH
from fupin_audit.rulepack.declared.rule import Rule


def for_each(rule: Rule) -> tuple[Rule, ...]:
    """The rule once for each of its words; any other rule as it is."""
    if not rule.each:
        return (rule,)
    said = rule.model_dump(exclude={"each"}, exclude_unset=True)
    return tuple(Rule.model_validate({**_with(said, word), "origin": rule.origin}) for word in rule.each)


def _with(value: Any, word: str) -> Any:
    """The value with the word in place of 该项, in keys too."""
    if isinstance(value, str):
        return value.replace(EACH, word) if type(value) is str else value
    if isinstance(value, Mapping):
        return {_with(key, word): _with(item, word) for key, item in value.items()}
    return [_with(item, word) for item in value] if isinstance(value, Iterable) else value
