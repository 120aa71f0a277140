"""Check a catalogue before anything runs: every name, type and function of every rule (D4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache, partial

from fupin_audit.digests import digest_of
from fupin_audit.errors import RuleError
from fupin_audit.kept import kept
from fupin_audit.ledgers.base import Ledger
from fupin_audit.rulepack.checks.bases import basis_errors
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.declared.pointer import Pointer
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.reserved_words import KEY, LEDGER_NAMES, THIS_COLUMN
from fupin_audit.rulepack.declared.rule import CellRule, DerivedField, Origin, Rule, ScreenRule
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.bound import expect
from fupin_audit.rulepack.language.citing import rows_pointed_at
from fupin_audit.rulepack.language.derivation import refuse_endless
from fupin_audit.rulepack.language.expression import parse, placeholders
from fupin_audit.rulepack.language.known_kinds import type_checker
from fupin_audit.rulepack.language.targets import RuleTarget, targets
from fupin_audit.rulepack.packs.pack import Catalogue, Pack
from fupin_audit.rulepack.reconciliations.expanding import expand
from fupin_audit.rulepack.reconciliations.key_checking import key_errors

READING_CHECKS = (*(f"CEL-{number:02}" for number in range(1, 14)), "ID-03", "KEY-12")
SCREENS = tuple(f"SCR-{number:02}" for number in range(1, 11))


def errors(catalogue: Catalogue) -> Iterator[RuleError]:
    """Everything that is wrong with the catalogue's rules, in file order."""
    yield from _errors(catalogue.packs, catalogue.ledgers)


@lru_cache(maxsize=8)
def _errors(packs: tuple[Pack, ...], ledgers: tuple[type[Ledger], ...]) -> tuple[RuleError, ...]:
    """What is wrong depends on packs and ledgers alone: those already checked need not be again.

    That the program's own packs are right is remembered from run to run.
    """
    catalogue = Catalogue(packs, ledgers=ledgers)
    if all(pack.digest for pack in packs):
        told = digest_of([(pack.head.id, pack.digest) for pack in packs])[:16]
        if kept(f"{told}-right", lambda: not any(_found(catalogue))):
            return ()
    return tuple(_found(catalogue))


def _found(catalogue: Catalogue) -> Iterator[RuleError]:
    declared: set[tuple[str, str]] = set()
    named: set[str] = set()
    for pack in catalogue.packs:
        for derived in pack.content.derived:
            yield from _taken(catalogue, derived, declared)
            yield from _derived_errors(catalogue, derived)
            declared.add((derived.ledger, derived.field))
        for cell_rule in pack.content.cells:
            yield from _code_errors(cell_rule, READING_CHECKS, "读表时的检查")
        for screen in pack.content.screens:
            yield from _code_errors(screen, SCREENS, "统计筛查")
            yield from _unknown_ledgers(catalogue, screen.ledger, screen.origin, "ledger")
        for rule in pack.content.rules:
            yield from rule_errors(catalogue, rule)
        for reconciliation in pack.content.reconciliations:
            yield from _reconciliation_errors(catalogue, reconciliation)
        for indicator in pack.content.indicators:
            yield from _namesake(indicator, named)
            yield from indicator_errors(catalogue, indicator)
            named |= {indicator.id, indicator.title, *indicator.names}


def check(catalogue: Catalogue) -> None:
    """Raise the first error.

    Raises:
        RuleError: names file, line and the nearest right name; says how many more there are.
    """
    refuse_endless(catalogue.vocabulary)  # a circle would send the binder round and round
    found = list(errors(catalogue))
    if found:
        more = f"（另有 {len(found) - 1} 处错误）" if len(found) > 1 else ""
        raise RuleError(found[0].message + more, found[0].file, found[0].line)


def rule_errors(catalogue: Catalogue, rule: Rule) -> Iterator[RuleError]:
    """What is wrong with one rule."""
    yield from basis_errors(rule)
    yield from _unknown_ledgers(catalogue, rule.optional, rule.origin, "optional")
    yield from _unknown_ledgers(catalogue, rule.complete, rule.origin, "complete")
    yield from _unknown_ledgers(catalogue, rule.without, rule.origin, "without")
    vocabulary = catalogue.vocabulary
    judged = [title for title in vocabulary.titles(rule.ledger) if title != "*"]
    if unknown := list(_unknown_ledgers(catalogue, judged, rule.origin, "ledger")):
        yield unknown[0]
        return
    found = list(targets(rule, vocabulary))
    yield from _unknown_columns(catalogue, rule, found)
    yield from _unknown_share(catalogue, rule)
    # A rule for every ledger names nothing but 该列: one ledger stands for all.
    for target in found[:1] if rule.ledger == ("*",) else found:
        yield from _target_errors(catalogue, target)


def _unknown_share(catalogue: Catalogue, rule: Rule) -> Iterator[RuleError]:
    known = catalogue.parameters
    if rule.mostly and rule.mostly.over not in known:
        message = f"没有参数“{rule.mostly.over}”{nearest(rule.mostly.over, known)}"
        yield RuleError(message, rule.origin.file, rule.origin.line("mostly"))


def _unknown_columns(catalogue: Catalogue, rule: Rule, found: Sequence[RuleTarget]) -> Iterator[RuleError]:
    """Names of `columns` that no column of the ledgers judged has; or that no ledger is judged."""
    ledgers = catalogue.vocabulary.ledgers
    judged = [ledgers[target.ledger].columns()[target.column] for target in found if target.column]
    known = {name for column in judged for name in (column.name, column.type.name)}
    for name in rule.columns:
        if name not in known:
            yield RuleError(f"没有台账有“{name}”这样的列", rule.origin.file, rule.origin.line("columns"))
    if not found and not rule.columns:
        yield RuleError("没有写判哪本台账", rule.origin.file, rule.origin.line("ledger"))


def _unknown_ledgers(
    catalogue: Catalogue, titles: Iterable[str], origin: Origin, key: str
) -> Iterator[RuleError]:
    known = catalogue.vocabulary.ledgers
    for title in titles:
        if title not in known:
            yield RuleError(f"没有台账“{title}”{nearest(title, known)}", origin.file, origin.line(key))


def _target_errors(catalogue: Catalogue, target: RuleTarget) -> Iterator[RuleError]:
    binder = type_checker(catalogue.vocabulary, target.ledger, target.column)
    for key, bind, text in _parts(binder, target.rule):
        try:
            bind(text)
        except RuleError as error:
            yield RuleError(error.message, target.rule.origin.file, target.rule.origin.line(key))


def _parts(binder: Binder, rule: Rule) -> Iterator[tuple[str, Callable[[str], object], str]]:
    """Everything of a rule that names things: its YAML key, what checks it, the text."""
    yield "require", binder.condition, rule.require
    if rule.when:
        yield "when", binder.condition, rule.when
    yield from (("show", binder.bind, text) for text in rule.show.values())
    known = {*rule.show, *LEDGER_NAMES, KEY}
    yield from (("say", binder.bind, name) for name in placeholders(rule.say) if name not in known)
    yield from (("once_per", binder.bind, name) for name in rule.once_per if name not in known)
    yield from (("cite", partial(cite_field, binder), name) for name in rule.cite)


def cite_field(binder: Binder, name: str) -> None:
    """Check a cited `关系.字段`, and the condition on its rows.

    Raises:
        RuleError: there is no such relation or field, or the condition can't be understood.
    """
    pointer = Pointer.read(name)
    rows_pointed_at(binder, pointer.path, pointer.where, "")
    ledger = binder.walk(pointer.path)[-1].target if pointer.path else binder.frame.ledger
    field = pointer.field
    if field not in (THIS_COLUMN, KEY) and binder.vocabulary.column(ledger, field) is None:
        raise RuleError(f"“{ledger}”没有字段“{field}”{nearest(field, binder.vocabulary.names(ledger))}")


def _taken(
    catalogue: Catalogue, derived: DerivedField, declared: AbstractSet[tuple[str, str]]
) -> Iterator[RuleError]:
    """A name means one thing: redefining it would change rules that use it."""
    ledger, field = derived.ledger, derived.field
    model = catalogue.vocabulary.ledgers.get(ledger)
    what = "字段" if model and field in model.columns() else "派生字段" if (ledger, field) in declared else ""
    if what:
        message = f"“{ledger}”已有{what}“{field}”，请换一个名字"
        yield RuleError(message, derived.origin.file, derived.origin.line("field"))


def _derived_errors(catalogue: Catalogue, derived: DerivedField) -> Iterator[RuleError]:
    vocabulary = catalogue.vocabulary
    if unknown := list(_unknown_ledgers(catalogue, [derived.ledger], derived.origin, "ledger")):
        yield unknown[0]
        return
    binder = type_checker(vocabulary, derived.ledger)
    try:
        binder.bind(derived.value)
    except RuleError as error:
        yield RuleError(error.message, derived.origin.file, derived.origin.line("value"))


def _reconciliation_errors(catalogue: Catalogue, reconciliation: Reconciliation) -> Iterator[RuleError]:
    yield from basis_errors(reconciliation)
    for side, titles in (("left", [reconciliation.left]), ("right", list(reconciliation.right))):
        if unknown := list(_unknown_ledgers(catalogue, titles, reconciliation.origin, side)):
            yield unknown[0]
            return
    if wrong := list(key_errors(catalogue.vocabulary, reconciliation)):
        yield wrong[0]
        return
    try:
        rules = expand(reconciliation, catalogue.vocabulary)
    except RuleError as error:
        yield RuleError(error.message, reconciliation.origin.file, reconciliation.origin.line("fields"))
        return
    for rule in rules:
        yield from rule_errors(catalogue, rule)


def indicator_errors(catalogue: Catalogue, indicator: Indicator) -> Iterator[RuleError]:
    """What is wrong with one indicator."""
    origin = indicator.origin
    yield from basis_errors(indicator)
    yield from _unknown_ledgers(catalogue, indicator.optional, origin, "optional")
    known = catalogue.vocabulary.parameters
    if indicator.parameter and indicator.parameter not in known:
        near = nearest(indicator.parameter, known)
        yield RuleError(f"没有参数“{indicator.parameter}”{near}", origin.file, origin.line("target"))
    if unknown := list(_unknown_ledgers(catalogue, [indicator.ledger], origin, "ledger")):
        yield unknown[0]
        return
    binder = type_checker(catalogue.vocabulary, indicator.ledger)
    for key, family in (("when", "boolean"), ("count", "boolean"), ("sum", "number"), ("of", "number")):
        if text := getattr(indicator, key):
            try:
                expect(binder.bind(text), family, parse(text))
            except RuleError as error:
                yield RuleError(error.message, origin.file, origin.line(key))


def _namesake(indicator: Indicator, named: AbstractSet[str]) -> Iterator[RuleError]:
    """目标任务 calls an indicator by its title: no two may have the same."""
    for key, words in (("id", [indicator.id]), ("title", [indicator.title]), ("names", indicator.names)):
        for word in words:
            if word in named:
                message = f"已有指标叫“{word}”，请换一个"
                yield RuleError(message, indicator.origin.file, indicator.origin.line(key))


def _code_errors(rule: CellRule | ScreenRule, known: Sequence[str], what: str) -> Iterator[RuleError]:
    """A check of reading and a screen are code; a file can only word them."""
    if rule.id not in known:
        message = f"没有“{rule.id}”这项{what}{nearest(rule.id, known)}；新规则写在 rules 下"
        yield RuleError(message, rule.origin.file, rule.origin.line("id"))
    yield from basis_errors(rule)
