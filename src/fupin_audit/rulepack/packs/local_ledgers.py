"""The ledgers of a run: the built-in ones with a county's additions to their code lists, and its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from fupin_audit.errors import RuleError
from fupin_audit.ledgers.base import Column, Ledger
from fupin_audit.ledgers.ledger_building import TYPES, with_columns
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.ledgers.types.codes import CodeList, code_lists
from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.ledgers.types.kinds import code_type
from fupin_audit.rulepack.declared.ledger_file import CODES, DeclaredField, LedgerDeclaration, LocalCodes
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.declared.packfile import RuleFile
from fupin_audit.rulepack.declared.rule import Origin

Lists = Mapping[str, CodeList]


def ledgers_of_run(contents: Sequence[RuleFile]) -> tuple[type[Ledger], ...]:
    """All ledgers rules may name: the built-in ones, then those the packs declare.

    Raises:
        RuleError: a declaration names what there is not, or a name is taken.
    """
    declared = [item for content in contents for item in content.ledgers]
    local = [(name, codes) for content in contents for name, codes in content.codes.items()]
    if not declared and not local:
        return LEDGERS
    lists = _with_additions(local)
    _check_titles(declared)
    built_in = tuple(with_lists(ledger, lists) for ledger in LEDGERS)
    return (*built_in, *(_model(item, lists) for item in declared))


def with_lists(ledger: type[Ledger], lists: Lists) -> type[Ledger]:
    """The ledger with these code lists in place of those of the same names."""
    changed = [
        replace(column, type=code_type(lists[old.name], many=column.type.many))
        for column in ledger.columns().values()
        if (old := column.type.codes) and lists[old.name] is not old
    ]
    return with_columns(ledger, changed) if changed else ledger


# Code lists.


def _with_additions(local: Iterable[tuple[str, LocalCodes]]) -> dict[str, CodeList]:
    lists = dict(code_lists())
    for name, added in local:
        lists[name] = _extended(lists[name], added) if name in lists else _own(name, added)
        _check_labels(lists[name], added.origin)
    return lists


def _own(name: str, codes: LocalCodes) -> CodeList:
    if not codes.labels:
        raise RuleError(f"码表“{name}”没有一个选项（labels）", codes.origin.file, codes.origin.line("labels"))
    return CodeList.model_validate({**_said(codes), "name": name})


def _extended(known: CodeList, added: LocalCodes) -> CodeList:
    """A list with further labels and spellings; what it has stays as it is."""
    if set(_said(added)) - {"labels", "synonyms"}:
        message = f"“{known.name}”是已有的码表，只能添加 labels 和 synonyms"
        raise RuleError(message, added.origin.file, added.origin.line(""))
    synonyms = {**known.synonyms}
    for label, spellings in added.synonyms.items():
        synonyms[label] = (*synonyms.get(label, ()), *spellings)
    new = tuple(label for label in added.unnumbered if label not in known.labels)
    said = {**known.model_dump(by_alias=True), "labels": (*known.unnumbered, *new), "synonyms": synonyms}
    return CodeList.model_validate(said)


def _said(codes: LocalCodes) -> dict[str, object]:
    """What the file says of a list, under its own words."""
    return codes.model_dump(by_alias=True, exclude_defaults=True, exclude={"origin", "name"})


def _check_labels(codes: CodeList, origin: Origin) -> None:
    """Spellings are of labels there are."""
    named = {"synonyms": codes.synonyms, "alone": codes.alone}
    for key, labels in named.items():
        for label in labels:
            if label not in codes.labels:
                message = f"码表“{codes.name}”没有选项“{label}”{nearest(label, codes.labels)}"
                raise RuleError(message, origin.file, origin.line(key))


# Ledgers.


def _check_titles(declared: Iterable[LedgerDeclaration]) -> None:
    taken = {ledger.title: "内置台账" for ledger in LEDGERS}
    for item in declared:
        if item.title in taken:
            message = f"{taken[item.title]}里已有“{item.title}”，请换一个名字"
            raise RuleError(message, item.origin.file, item.origin.line("title"))
        taken[item.title] = "别的文件"


def _model(declared: LedgerDeclaration, lists: Lists) -> type[Ledger]:
    model = with_columns(Ledger, _columns(declared, lists))
    model.title, model.family, model.blurb = declared.title, declared.family, declared.blurb
    model.key, model.anchors = declared.key, declared.anchors
    model.yearly, model.built_in, model.kind = declared.yearly, False, declared.kind
    return model


def _columns(declared: LedgerDeclaration, lists: Lists) -> Iterator[Column]:
    for name, field in declared.fields.items():
        origin = declared.origin
        kind = _type(field, lists, origin, f"fields.{name}")
        yield Column(
            name=name,
            type=kind,
            required=field.required,
            spellings=field.spellings,
            low=field.low,
            high=field.high,
            future=field.future,
            note=field.note,
        )


def _type(field: DeclaredField, lists: Lists, origin: Origin, key: str) -> FieldType:
    if field.type in TYPES:
        return TYPES[field.type]
    word, _, name = field.type.partition(" ")
    if name.strip() not in lists:
        raise RuleError(f"没有码表“{name}”{nearest(name, lists)}", origin.file, origin.line(key))
    return code_type(lists[name.strip()], many=word == CODES)
