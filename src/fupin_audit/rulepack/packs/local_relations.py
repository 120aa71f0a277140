"""The relations a county declares for its own ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fupin_audit.errors import RuleError
from fupin_audit.ledgers.base import Column, Ledger
from fupin_audit.ledgers.implied_relations import relations
from fupin_audit.ledgers.known_relations import THIS_YEAR
from fupin_audit.ledgers.relations import Pairs, Relation
from fupin_audit.rulepack.declared.ledger_file import DeclaredRelation, LedgerDeclaration
from fupin_audit.rulepack.declared.nearest_word import nearest

_ID = "身份证"


def declared_relations(
    declared: Sequence[LedgerDeclaration], ledgers: Sequence[type[Ledger]]
) -> tuple[Relation, ...]:
    """Each declared relation with its way back.

    Raises:
        RuleError: it names what there is not, or a name that is taken.
    """
    models = {ledger.title: ledger for ledger in ledgers}
    taken = {(relation.source, relation.name) for relation in relations(ledgers)} if declared else set()
    found: list[Relation] = []
    for item in declared:
        for relation in item.relations:
            for way in _ways(relation, models[item.title], models.get(relation.to), list(models)):
                if (way.source, way.name) in taken:
                    key = "back" if way.source == relation.to else "name"
                    raise _wrong(relation, key, f"“{way.source}”已有关系“{way.name}”，请用 {key} 换一个名字")
                taken.add((way.source, way.name))
                found.append(way)
    return tuple(found)


def _ways(
    declared: DeclaredRelation, source: type[Ledger], target: type[Ledger] | None, titles: Sequence[str]
) -> Iterator[Relation]:
    """There and back; back leads to the audit year's rows where the ledger is yearly, and 历年… to all."""
    if target is None:
        raise _wrong(declared, "to", f"没有台账“{declared.to}”{nearest(declared.to, titles)}")
    on = tuple(tuple(_pairs(declared, pairs.items(), source, target)) for pairs in declared.by)
    back_on: tuple[Pairs, ...] = tuple(tuple((there, here) for here, there in pairs) for pairs in on)
    back = declared.back or source.title
    yield Relation(declared.name, source.title, target.title, on, many=declared.many)
    where = THIS_YEAR if source.yearly else ""
    yield Relation(back, target.title, source.title, back_on, many=True, where=where)
    if where:
        yield Relation(f"历年{back}", target.title, source.title, back_on, many=True)


def _pairs(
    declared: DeclaredRelation, fields: Iterable[tuple[str, str]], source: type[Ledger], target: type[Ledger]
) -> Iterator[tuple[str, str]]:
    """The fields as expressions that must be equal; ID numbers are compared by their key."""
    for here, there in fields:
        own, other = _column(declared, source, here), _column(declared, target, there)
        if own.type.family != other.type.family:
            raise _wrong(declared, "by", f"“{here}”和“{there}”类型不同，不能配对")
        as_id = _ID in (own.type.name, other.type.name)
        yield (f"ID_KEY({here})", f"ID_KEY({there})") if as_id else (here, there)


def _column(declared: DeclaredRelation, ledger: type[Ledger], name: str) -> Column:
    columns = ledger.columns()
    if name not in columns:
        raise _wrong(declared, "by", f"“{ledger.title}”没有字段“{name}”{nearest(name, columns)}")
    return columns[name]


def _wrong(declared: DeclaredRelation, key: str, message: str) -> RuleError:
    return RuleError(message, declared.origin.file, declared.origin.line(key))
