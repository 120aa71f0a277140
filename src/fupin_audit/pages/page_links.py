"""Where every page stands, as the pages link to each other: `rules/` and `ledgers/` side by side."""

from __future__ import annotations

from collections.abc import Sequence

from fupin_audit.ledgers.findings_of_run import FoundAgain
from fupin_audit.ledgers.last_drop import read_as
from fupin_audit.pages import markdown as md
from fupin_audit.rulepack.declared.groups import page
from fupin_audit.rulepack.declared.reserved_words import OWN_LEDGERS
from fupin_audit.rulepack.showing.wording import titles

INDEX, DERIVED, PARAMETERS, CODES = "README.md", "derived.md", "parameters.md", "codes.md"
INDICATORS, BASES = "indicators.md", "bases.md"
_SEVERAL = ("*", OWN_LEDGERS)  # names that stand for several ledgers
RULES, LEDGERS = "../rules", "../ledgers"


def rule(rule_id: str) -> str:
    """A link to a rule's heading."""
    return md.link(rule_id, f"{RULES}/{page(rule_id)}")


def indicator(indicator_id: str) -> str:
    """A link to an indicator's heading."""
    return md.link(indicator_id, f"{RULES}/{INDICATORS}#{md.anchor(indicator_id)}")


def ledger(title: str) -> str:
    """A link to a ledger's page; the run's own findings and the last drop are recognised in no sheet and have none."""
    return (
        md.text(title)
        if title == FoundAgain.title or read_as(title)
        else md.link(title, f"{LEDGERS}/{title}.md")
    )


def ledgers(names: Sequence[str], most: int | None = None) -> str:
    """Links to ledgers, the first few where there are more than `most`; names of several lead to their index."""
    linked = [
        md.link(title, f"{LEDGERS}/{INDEX}") if name in _SEVERAL else ledger(name)
        for name, title in zip(names, titles(names), strict=True)
    ]
    more = f"等 {len(linked)} 本" if most and len(linked) > most else ""
    return "、".join(linked[:most]) + more


def derived(title: str, field: str, words: str = "") -> str:
    """A link to a derived field's heading, under its full name unless other words are given."""
    name = f"{title}.{field}"
    return md.link(words or name, f"{RULES}/{DERIVED}#{md.anchor(name)}")


def parameter(name: str) -> str:
    """A link to a parameter's heading."""
    return md.link(name, f"{RULES}/{PARAMETERS}#{md.anchor(name)}")


def codes(name: str) -> str:
    """A link to a code list's heading."""
    return md.link(name, f"{LEDGERS}/{CODES}#{md.anchor(name)}")
