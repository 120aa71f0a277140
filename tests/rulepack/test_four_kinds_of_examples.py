"""Every rule shows by examples what it passes, fails, leaves undecided and does not speak of; the gaps have a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from books import catalogue
from fupin_audit.rulepack.declared.entries import EXAMPLE_LISTS
from fupin_audit.rulepack.declared.rule import CellRule, ScreenRule

# Rules that by their nature can't have a kind of example.
WITHOUT: Mapping[tuple[str, str], str] = {
    ("KEY-01", "exempt"): "every household needs a number of its own",
    ("KEY-02", "exempt"): "every person needs a number of their own, in the register or not",
    ("KEY-04", "exempt"): "every household has members, be they gone",
    ("KEY-10", "undecided"): "looks up the number that is written; a blank one is of another rule (CEL-03)",
    ("INC-01", "exempt"): "arithmetic of every year delivered",
    ("INC-02", "exempt"): "arithmetic of every year delivered",
    ("INC-05", "exempt"): "no part of any income is negative",
    ("INC-18", "exempt"): "a range for every year delivered",
    ("EMP-21", "undecided"): "reads a place that is written; a blank one is exempt",
    ("EMP-22", "exempt"): "a range for every income on the list",
    ("IND-02", "undecided"): "looks up the number that is written; a blank one is exempt",
    ("IND-08", "exempt"): "the terms are those of every loan on the list",
    ("IND-10", "exempt"): "every loan on the list is to be paid in time",
    ("HOU-02", "exempt"): "two records of one fact, of every household",
    ("HOU-14", "exempt"): "every household is looked for on both lists",
    ("HOU-16", "exempt"): "everybody on the list has moved",
    ("HOU-17", "exempt"): "everybody on the list has moved",
    ("WAT-04", "exempt"): "every plate tells of its household's water",
    ("PRC-02", "exempt"): "every procedure has an order; the steps it lacks are passed over",
    ("PRC-03", "exempt"): "every procedure has both notices",
    ("PRC-04", "exempt"): "every procedure is signed",
    ("DEP-06", "undecided"): "looks for the blank itself",
    ("DEP-06", "exempt"): "every row of a department's list needs a number",
    ("CHG-06", "exempt"): "every village of either drop is counted",
    ("VIL-07", "exempt"): "parts and wholes of every village",
}


def lacking() -> Iterator[tuple[str, str]]:
    """Each rule with a kind of example that none of its entries has."""
    for rule_id, entries in catalogue().rules.items():
        judged = [entry for entry in entries if not isinstance(entry, CellRule | ScreenRule)]
        for kind in EXAMPLE_LISTS if judged else ():
            if not any(getattr(entry.examples, kind) for entry in judged):
                yield rule_id, kind


def test_a_rule_has_all_kinds_of_examples_but_those_it_cannot_have() -> None:
    assert set(lacking()) == set(WITHOUT)
