"""A rule in plain words and values: for the command line and docs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from fupin_audit.rulepack.checks.dependencies import Dependencies
from fupin_audit.rulepack.declared.entries import AnyRule, example_counts, expressions, ledgers_of
from fupin_audit.rulepack.declared.groups import PAGES, page
from fupin_audit.rulepack.declared.packfile import Override
from fupin_audit.rulepack.declared.parameter import Parameter
from fupin_audit.rulepack.declared.policies import citation, kind_of, policies
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.reserved_words import PARAMETER
from fupin_audit.rulepack.declared.rule import Basis, CellRule, Rule, ScreenRule
from fupin_audit.rulepack.language.derivation import named
from fupin_audit.rulepack.language.expression import paths_in
from fupin_audit.rulepack.packs.pack import Catalogue, Pack, entries_of
from fupin_audit.rulepack.showing.official_numbers import also_known_as

KINDS = {Rule: "规则", CellRule: "读表时的检查", Reconciliation: "账账核对", ScreenRule: "统计筛查"}


def summary(catalogue: Catalogue, rule_id: str) -> dict[str, object]:
    """One rule as plain values; `also_known_as`: the numbers it has elsewhere, `examples`: how many."""
    entries = catalogue.rules[rule_id]
    first = entries[0]
    return {
        "id": rule_id,
        "title": first.title,
        "severity": catalogue.severities.get(rule_id, first.severity).value,
        "ledgers": list(dict.fromkeys(title for entry in entries for title in ledgers_of(entry))),
        "owner": first.owner,
        "basis": [citation(basis) for basis in _bases(entries)],
        "packs": [pack.head.id for pack in catalogue.packs if _declares(pack, rule_id)],
        "also_known_as": also_known_as(rule_id),
        "examples": example_counts(entries),
    }


def details(
    catalogue: Catalogue, rule_id: str, dependencies: Dependencies | None = None
) -> dict[str, object]:
    """Like `summary`, with everything the rule says, and what it rests on: fields, parameters, derived fields.

    `dependencies` of the catalogue's vocabulary spare looking into the derived fields for every rule anew.
    """
    entries = catalogue.rules[rule_id]
    texts = [text for entry in entries for text in expressions(entry)]
    return {
        **summary(catalogue, rule_id),
        "why": entries[0].why,
        "fix": entries[0].fix,
        "since": entries[0].since,
        "doc": address(catalogue, rule_id),
        "uses": _uses(dependencies or Dependencies.of(catalogue.vocabulary), entries),
        "entries": [_entry(entry) for entry in entries],
        "citations": [_cited(basis) for basis in _bases(entries)],
        "derived": list(_derived(catalogue, entries)),
        "parameters": list(_parameters(catalogue, texts)),
        "overrides": list(_overrides(catalogue, rule_id)),
    }


def address(catalogue: Catalogue, rule_id: str) -> str:
    """Where a built-in rule is explained, from the root of the repository; empty for a user's own rule."""
    own = any(pack.own and _declares(pack, rule_id) for pack in catalogue.packs)
    return "" if own else f"{PAGES}/{page(rule_id)}"


def _entry(entry: AnyRule) -> dict[str, object]:
    judged = {"id", "title", "severity", "why", "fix", "owner", "basis", "since", "ledger"}
    said = entry.model_dump(mode="json", exclude=judged, exclude_defaults=True)
    return {"kind": KINDS[type(entry)], "ledgers": list(ledgers_of(entry)), **said}


def _uses(dependencies: Dependencies, entries: tuple[AnyRule, ...]) -> list[dict[str, object]]:
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        for ledger, fields in dependencies.fields(entry).items():
            found.setdefault(ledger, {}).update(dict.fromkeys(fields))
    return [{"ledger": ledger, "fields": list(fields)} for ledger, fields in found.items()]


def _bases(entries: tuple[AnyRule, ...]) -> list[Basis]:
    return list(dict.fromkeys(basis for entry in entries for basis in entry.basis))


def _open_end(day: date) -> str | None:
    return None if day in (date.min, date.max) else day.isoformat()


def _cited(basis: Basis) -> dict[str, object]:
    document = policies().get(basis.policy)
    kind = {"kind": kind_of(basis).value, "inferred": basis.inferred}
    if document is None:
        return {**kind, "title": basis.standard or basis.policy, "clause": basis.clause}
    return {
        **kind,
        "place": str(document.place),
        "from": _open_end(document.period.since),
        "to": _open_end(document.period.until),
        "title": document.title,
        "number": document.number,
        "issuer": document.issuer,
        "level": document.level,
        "date": document.date,
        "clause": basis.clause,
    }


def _derived(catalogue: Catalogue, entries: tuple[AnyRule, ...]) -> Iterator[Mapping[str, str]]:
    """The derived fields the entries name, each with its definition."""
    vocabulary = catalogue.vocabulary
    keys = {
        named(vocabulary, ledger, column)
        for entry in entries
        for ledger in ledgers_of(entry)
        for text in expressions(entry)
        for column in paths_in(text)
    }
    for (ledger, field), derived in vocabulary.derived.items():
        if (ledger, field) in keys:
            yield {"ledger": ledger, "field": field, "value": derived.value, "note": derived.note}


def parameter_details(catalogue: Catalogue, parameter: Parameter) -> dict[str, object]:
    """One parameter as plain values: name, unit, note, values pack by pack."""
    values = [value for pack in catalogue.packs for value in _values(pack, parameter)]
    return {"name": parameter.name, "unit": parameter.unit, "note": parameter.note, "values": values}


def _parameters(catalogue: Catalogue, texts: list[str]) -> Iterator[Mapping[str, object]]:
    """The parameters expressions name, also by way of derived fields."""
    named = named_parameters(catalogue, texts)
    for name, parameter in catalogue.parameters.items():
        if name in named:
            yield parameter_details(catalogue, parameter)


def named_parameters(catalogue: Catalogue, texts: Sequence[str]) -> set[str]:
    """The parameters expressions rest on, by way of derived fields too."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(texts)
    while waiting:
        text = waiting.pop()
        seen.add(text)
        columns = paths_in(text)
        found |= {column[1] for column in columns if column[0] == PARAMETER}
        names = {column[-1] for column in columns}
        derived = [d.value for (_, field), d in catalogue.vocabulary.derived.items() if field in names]
        waiting += [value for value in derived if value not in seen]
    return found


def _values(pack: Pack, parameter: Parameter) -> Iterator[Mapping[str, object]]:
    for value in pack.values.get(parameter.name, ()):
        yield {
            "pack": pack.head.id,
            "place": pack.head.title,
            "value": _whole(value.value),
            "from": value.since.isoformat() if value.since else None,
            "to": value.until.isoformat() if value.until else None,
            "basis": citation(value.basis) if value.basis else "",
            "note": value.note,
        }


def _whole(value: float | str) -> float | str:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _overrides(catalogue: Catalogue, rule_id: str) -> Iterator[Mapping[str, object]]:
    """What the packs change of a rule, and what this run does everywhere."""
    changes = [(pack.head.id, pack.head.title, pack.head.rules.get(rule_id)) for pack in catalogue.packs]
    for pack, place, change in (*changes, ("", "本次设置", catalogue.setting(rule_id))):
        if change and change != Override():
            severity = change.severity.value if change.severity else None
            yield {"pack": pack, "place": place, "enabled": change.enabled, "severity": severity}


def _declares(pack: Pack, rule_id: str) -> bool:
    return any(rule.id == rule_id for rule in entries_of(pack.content))
