"""Rules for a family of ledgers: `部门台账`, `待遇台账` stand for those of it that have what is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from fupin_audit.ledgers.base import ASSET, BENEFIT, Ledger
from fupin_audit.rulepack.declared.benefit import Benefit
from fupin_audit.rulepack.declared.for_each import rewritten
from fupin_audit.rulepack.declared.packfile import RuleFile
from fupin_audit.rulepack.declared.pointer import Pointer
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.reserved_words import HOLDER, HOLDER_ID, OWN_REGISTER
from fupin_audit.rulepack.declared.rule import Examples, Row, Rule
from fupin_audit.rulepack.language.expression import names_in

_ENDING = "台账"
_LISTS, _OWN_LISTS = f"{BENEFIT}{_ENDING}", f"自建{BENEFIT}{_ENDING}"
Ledgers = Sequence[type[Ledger]]
# How a list names who holds the benefit: the person, or the head of the household.
_HOLDERS: tuple[Mapping[str, str], ...] = (
    {HOLDER: "姓名", HOLDER_ID: "证件号码"},
    {HOLDER: "户主姓名", HOLDER_ID: "户主证件号码"},
)


def spelled_out(content: RuleFile, ledgers: Ledgers, benefits: Sequence[Benefit] = ()) -> RuleFile:
    """The same rules, naming every ledger they are for."""
    return content.model_copy(
        update={
            "rules": tuple(rule for item in content.rules for rule in _rules(item, ledgers, benefits)),
            "reconciliations": tuple(_reconciliation(item, ledgers) for item in content.reconciliations),
        }
    )


def _rules(rule: Rule, ledgers: Ledgers, benefits: Sequence[Benefit]) -> Iterator[Rule]:
    if rule.ledger not in ((_LISTS,), (_OWN_LISTS,)):
        yield _rule(rule, ledgers)
        return
    for crossed in _for_registers(rule, ledgers):
        yield from _for_lists(crossed, ledgers, benefits)


def _for_registers(rule: Rule, ledgers: Ledgers) -> Iterator[Rule]:
    """A rule on the assets a county has books of its own for is written once for each."""
    if OWN_REGISTER not in f"{rule.when} {rule.require}":
        yield rule
        return
    for model in ledgers:
        if model.kind == ASSET and not model.built_in:
            yield rewritten(rule, {OWN_REGISTER: model.title})


def _for_lists(rule: Rule, ledgers: Ledgers, benefits: Sequence[Benefit]) -> Iterator[Rule]:
    """A rule on lists of benefits, once for lists of persons and once for lists of households."""
    crossed = _registers_named(rule, ledgers)
    models = {model.title: model for model in ledgers}
    meant = [models[line.ledger] for line in benefits if crossed <= {*line.against}]
    lists = [model for model in meant if _LISTS in rule.ledger or not model.built_in]
    for words in _HOLDERS:
        titles = [model.title for model in lists if _holders(model) is words]
        if titles:
            spoken = rewritten(rule, {**words, _OWN_LISTS: titles[0], _LISTS: titles[0]})
            examples = _of_lists(spoken.examples, titles, {line.ledger for line in benefits})
            yield spoken.model_copy(update={"ledger": tuple(titles), "examples": examples})


def _of_lists(examples: Examples, titles: Sequence[str], lists: AbstractSet[str]) -> Examples:
    """The examples but for those that have rows of other lists alone."""

    def own(rows: Sequence[Row]) -> tuple[Row, ...]:
        return tuple(row for row in rows if lists.isdisjoint(row) or not row.keys().isdisjoint(titles))

    return examples.model_copy(update={name: own(rows) for name, rows in examples})


def _holders(model: type[Ledger]) -> Mapping[str, str] | None:
    columns = model.columns()
    return next((words for words in _HOLDERS if {words[HOLDER], words[HOLDER_ID]} <= columns.keys()), None)


def _registers_named(rule: Rule, ledgers: Ledgers) -> AbstractSet[str]:
    """The ledgers of assets and officials that its conditions look into."""
    named = {name for text in filter(None, (rule.when, rule.require)) for name in names_in(text)}
    return {model.title for model in ledgers if model.kind and model.kind != BENEFIT} & named


def _rule(rule: Rule, ledgers: Ledgers) -> Rule:
    """A rule is for the ledgers that have what it cites."""
    cited = {pointer.field for pointer in map(Pointer.read, rule.cite) if not pointer.path}
    titles = tuple(_titles(rule.ledger, cited, ledgers))
    return rule if titles == rule.ledger else rule.model_copy(update={"ledger": titles})


def _reconciliation(item: Reconciliation, ledgers: Ledgers) -> Reconciliation:
    """A reconciliation is for the ledgers that have what its first key pairs by."""
    first = item.keys[0]
    titles = tuple(_titles(item.right, set(first.right or first.fields), ledgers))
    return item if titles == item.right else item.model_copy(update={"right": titles})


def _titles(named: Iterable[str], fields: AbstractSet[str], ledgers: Ledgers) -> list[str]:
    """The ledgers named, of a family those that have these fields, in the order of the vocabulary."""
    families, found = _families(tuple(ledgers)), list[str]()
    for name in named:
        members = families.get(name)
        having = (model.title for model in members or () if fields <= model.columns().keys())
        found += [name] if members is None else having
    return list(dict.fromkeys(found))


@lru_cache(maxsize=8)
def _families(ledgers: tuple[type[Ledger], ...]) -> Mapping[str, Sequence[type[Ledger]]]:
    """Family → its ledgers."""
    families: dict[str, list[type[Ledger]]] = {f"自建{kind}{_ENDING}": [] for kind in (BENEFIT, ASSET)}
    for model in ledgers:
        for family in _families_of(model):
            families.setdefault(family, []).append(model)
    return families


def _families_of(model: type[Ledger]) -> Iterator[str]:
    """A county's own are no family of a section: 自建台账 stands for all of them; of a kind they are."""
    if model.built_in:
        yield f"{model.family}{_ENDING}"
    if model.kind:
        yield from (f"{own}{model.kind}{_ENDING}" for own in (("",) if model.built_in else ("", "自建")))
