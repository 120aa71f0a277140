"""Every rule proves itself by its own examples, and says what a clerk needs (D6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from fupin_audit.engine.database.duckdb import Database
from fupin_audit.rulepack.checks.checking import errors
from fupin_audit.rulepack.declared.entries import EXAMPLE_LISTS, AnyRule, Provable
from fupin_audit.rulepack.declared.parameter import Parameter
from fupin_audit.rulepack.declared.policies import policies
from fupin_audit.rulepack.declared.rule import CellRule, Rule, ScreenRule
from fupin_audit.rulepack.language.expression import placeholders
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.tasks.proving import misses
from test_samples import IN_SCOPE

CATALOGUE = load_catalogue()
DERIVED = [item for pack in CATALOGUE.packs for item in pack.content.derived]
ENTRIES = [(rule_id, entry) for rule_id, entries in CATALOGUE.rules.items() for entry in entries]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LONGEST_TITLE = 30


def first_of_its_block() -> Iterator[bool]:
    """Whether each entry is the first that a block of a rule file makes; `each` makes several alike."""
    blocks = set[tuple[str, str, int | None]]()
    for rule_id, entry in ENTRIES:
        block = rule_id, entry.origin.file, entry.origin.line("id")
        yield block not in blocks
        blocks.add(block)


# The first of a block proves it; by night every one.
every_entry = pytest.mark.parametrize(
    "entry",
    [
        pytest.param(entry, id=rule_id, marks=() if first else pytest.mark.nightly)
        for (rule_id, entry), first in zip(ENTRIES, first_of_its_block(), strict=True)
    ],
)


def missed(database: Database, entry: Provable) -> list[str]:
    return [str(miss) for miss in misses(database, CATALOGUE, entry)]


def shortened(entry: AnyRule) -> AnyRule:
    """The entry with the first good, bad, undecided and exempt example it has; a check of reading as it is."""
    if isinstance(entry, ScreenRule | CellRule):
        return entry
    first = {name: getattr(entry.examples, name)[:1] for name in EXAMPLE_LISTS}
    return entry.model_copy(update={"examples": entry.examples.model_copy(update=first)})


@every_entry
def test_the_first_examples_are_judged_as_stated(proving: Database, entry: AnyRule) -> None:
    assert missed(proving, shortened(entry)) == []


@pytest.mark.slow
@every_entry
def test_all_examples_are_judged_as_stated(proving: Database, entry: AnyRule) -> None:
    assert missed(proving, entry) == []


@pytest.mark.parametrize("number", range(len(DERIVED)))
def test_derived_fields_have_the_first_value_stated(proving: Database, number: int) -> None:
    derived = DERIVED[number]
    assert missed(proving, derived.model_copy(update={"examples": derived.examples[:1]})) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(DERIVED)))
def test_derived_fields_have_all_values_stated(proving: Database, number: int) -> None:
    assert missed(proving, DERIVED[number]) == []


def test_nothing_in_the_catalogue_is_refused() -> None:
    assert [str(error) for error in errors(CATALOGUE)] == []


def test_all_rules_in_scope_are_there() -> None:
    assert IN_SCOPE - set(CATALOGUE.rules) == set()


def test_a_rule_stands_in_one_file() -> None:
    """A rule may have several entries, for ledgers that need different words, but not in two places."""
    files = {(rule_id, entry.origin.file) for rule_id, entry in ENTRIES}
    assert len(files) == len(CATALOGUE.rules)


def test_titles_are_short() -> None:
    assert [rule_id for rule_id, entry in ENTRIES if len(entry.title) > LONGEST_TITLE] == []


def test_a_rule_says_what_a_clerk_needs() -> None:
    silent = [
        (rule_id, name)
        for rule_id, entry in ENTRIES
        for name in ("title", "why", "fix", "owner", "say")
        if not CHINESE.search(getattr(entry, name, "账账核对"))
    ]
    assert silent == []


def test_a_rule_has_examples_of_both_kinds() -> None:
    """A screen has none: it speaks of villages, and is proved on whole counties in tests/screening."""
    judged = [(rule_id, entry) for rule_id, entry in ENTRIES if not isinstance(entry, ScreenRule)]
    assert [rule_id for rule_id, e in judged if not (e.examples.good and e.examples.bad)] == []


def test_a_rule_has_an_authority() -> None:
    assert [rule_id for rule_id, entry in ENTRIES if not entry.basis] == []


def test_citations_name_a_standard_or_a_document_and_its_clause() -> None:
    cited = [(rule_id, basis) for rule_id, entry in ENTRIES for basis in entry.basis]
    cited = [(rule_id, basis) for rule_id, basis in cited if not basis.standard or basis.policy]
    assert [
        rule_id
        for rule_id, basis in cited
        if basis.standard or basis.policy not in policies() or not basis.clause
    ] == []


def test_sentences_quote_what_they_speak_of() -> None:
    """A finding without a value would send the clerk to look it up."""
    said = [(rule_id, entry.say) for rule_id, entry in ENTRIES if isinstance(entry, Rule)]
    assert [rule_id for rule_id, say in said if not list(placeholders(say)) and "“" not in say] == []


def parameter_sources() -> Iterator[tuple[str, Parameter, bool]]:
    for pack in CATALOGUE.packs:
        for parameter in pack.content.parameters:
            sourced = all(value.basis or value.note for value in parameter.values)
            yield pack.head.id, parameter, sourced


def test_every_figure_has_a_source_or_says_that_it_is_experience() -> None:
    assert [(pack, item.name) for pack, item, sourced in parameter_sources() if not sourced] == []


def test_figures_cite_documents_there_are() -> None:
    cited = {
        value.basis.policy
        for _, parameter, _ in parameter_sources()
        for value in parameter.values
        if value.basis and value.basis.policy
    }
    assert cited <= set(policies())


def test_local_packs_change_rules_and_indicators_there_are() -> None:
    changed = {rule_id for pack in CATALOGUE.packs for rule_id in pack.head.rules}
    assert changed <= {*CATALOGUE.rules, *CATALOGUE.indicators}
