"""One rule of a file that is the same for several fields or words: `each` lists them, 该项 stands for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fupin_audit.rulepack.declared.reserved_words import EACH
from fupin_audit.rulepack.declared.rule import Rule


def for_each(rule: Rule) -> tuple[Rule, ...]:
    """The rule once for each of its words; any other rule as it is."""
    return tuple(rewritten(rule, {EACH: word}) for word in rule.each) if rule.each else (rule,)


def rewritten(rule: Rule, words: Mapping[str, str]) -> Rule:
    """The rule with other words in place of some, wherever they are written."""
    said = rule.model_dump(exclude={"each"}, exclude_unset=True)
    return Rule.model_validate({**_with(said, words), "origin": rule.origin})


def _with(value: Any, words: Mapping[str, str]) -> Any:
    """The value with its words replaced, in keys too."""
    if isinstance(value, str):
        return _replaced(value, words) if type(value) is str else value
    if isinstance(value, Mapping):
        return {_with(key, words): _with(item, words) for key, item in value.items()}
    return [_with(item, words) for item in value] if isinstance(value, Iterable) else value


def _replaced(text: str, words: Mapping[str, str]) -> str:
    for word, meant in words.items():
        text = text.replace(word, meant)
    return text
