"""What is declared and serves nothing, and sentences that quote nothing."""

from __future__ import annotations

from collections.abc import Iterator

from fupin_audit.linting.remark import Remark, remark
from fupin_audit.rulepack.checks.dependencies import Dependencies
from fupin_audit.rulepack.declared.entries import AnyRule, expressions, ledgers_of
from fupin_audit.rulepack.declared.pointer import Pointer
from fupin_audit.rulepack.declared.reserved_words import PARAMETER
from fupin_audit.rulepack.declared.rule import CellRule, Rule, ScreenRule
from fupin_audit.rulepack.language.derivation import Key, named
from fupin_audit.rulepack.language.expression import Path, paths_in, placeholders
from fupin_audit.rulepack.packs.pack import Catalogue

# 在册 limits every rule on 人口 that does not ask for all members.
_BUILT_IN: frozenset[Key] = frozenset({("人口", "在册")})


def unused(catalogue: Catalogue) -> Iterator[Remark]:
    """Derived fields and parameters no expression, sentence or relation names."""
    fields, parameters = set(_BUILT_IN), set[str]()
    for ledger, path in _names(catalogue):
        if path[0] == PARAMETER:
            parameters.add(path[-1])
        else:
            fields.add(named(catalogue.vocabulary, ledger, path))
    for key, derived in catalogue.vocabulary.derived.items():
        if key not in fields:
            yield remark(derived.origin, "field", ".".join(key), "没有规则用到这个派生字段")
    for name, parameter in catalogue.parameters.items():
        if name not in parameters and not parameter.serves:
            yield remark(parameter.origin, "name", name, "没有规则用到这个参数；别处要用的，在 serves 里写明")


def idle_optionals(catalogue: Catalogue) -> Iterator[Remark]:
    """Ledgers a rule calls optional and does not look at."""
    dependencies = Dependencies.of(catalogue.vocabulary)
    for entry in _entries(catalogue):
        if isinstance(entry, CellRule | ScreenRule) or not entry.optional:
            continue
        used = dependencies.fields(entry)
        for title in entry.optional:
            if title not in used:
                yield remark(entry.origin, "optional", entry.id, f"optional 里的“{title}”，规则并没有用到")


def silent_sentences(catalogue: Catalogue) -> Iterator[Remark]:
    """Sentences that quote no value: the clerk would have to look it up."""
    for entry in _entries(catalogue):
        if isinstance(entry, Rule) and not list(placeholders(entry.say)):
            message = "say 没有引用任何值，请用 {字段} 写出涉及的内容"
            yield remark(entry.origin, "say", entry.id, message)


def _entries(catalogue: Catalogue) -> Iterator[AnyRule]:
    for entries in catalogue.rules.values():
        yield from entries


def _names(catalogue: Catalogue) -> Iterator[tuple[str, Path]]:
    """Every name written somewhere, with the ledger whose row it starts from."""
    for entry in _entries(catalogue):
        written = [path for text in expressions(entry) for path in paths_in(text)]
        if isinstance(entry, Rule):
            said = (*placeholders(entry.say), *entry.once_per)
            written += [(PARAMETER, entry.mostly.over)] if entry.mostly else []
            pointers = [Pointer.read(text) for text in entry.cite]
            written += [tuple(name.split(".")) for name in said]
            written += [(*pointer.path, pointer.field) for pointer in pointers]
            written += [path for pointer in pointers if pointer.where for path in paths_in(pointer.where)]
        yield from ((ledger, path) for ledger in ledgers_of(entry) for path in written)
    for indicator in catalogue.indicators.values():
        target = [f"{PARAMETER}.{indicator.parameter}"] if indicator.parameter else []
        texts = (*indicator.expressions, *target)
        yield from ((indicator.ledger, path) for text in texts for path in paths_in(text))
    for (ledger, _), derived in catalogue.vocabulary.derived.items():
        yield from ((ledger, path) for path in paths_in(derived.value))
    for relation in catalogue.vocabulary.relations:
        pairs = [pair for each in relation.on for pair in each]
        yield from ((relation.source, path) for one, _ in pairs for path in paths_in(one))
        yield from ((relation.target, path) for _, other in pairs for path in paths_in(other))
        yield from ((relation.target, path) for path in (paths_in(relation.where) if relation.where else ()))
