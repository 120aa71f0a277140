"""How grave a rule is where no place changes it: as its YAML says, which is the only list."""

from __future__ import annotations

from functools import cache

from fupin_audit.rulepack.packs.pack_loading import load_catalogue


@cache
def _declared() -> dict[str, set[str]]:
    """Rule → the severities its entries declare; what packs override is no part of it."""
    rules = load_catalogue().rules
    return {rule: {entry.severity.value for entry in entries} for rule, entries in rules.items()}


def severity(rule: str) -> str:
    """The rule's own severity.

    Raises:
        LookupError: there is no such rule, or its entries are not alike, so that a fault must say which.
    """
    found = _declared().get(rule, set())
    if len(found) != 1:
        raise LookupError(f"{rule} has {' and '.join(sorted(found)) or 'no entry'}: let the fault say which")
    return next(iter(found))
