"""All relations between ledgers: those that are declared, and those that follow from the columns.

A ledger with 户编号 belongs to a household, one with 证件号码 to a person; a county's own ledger gets its relations the
same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fupin_audit.ledgers.base import ASSET, BENEFIT, OFFICIAL, Ledger
from fupin_audit.ledgers.known_relations import (
    BY_HEAD,
    BY_HOUSEHOLD,
    BY_PERSON,
    BY_PROJECT,
    DECLARED,
    THIS_YEAR,
)
from fupin_audit.ledgers.relations import Relation


def relations(ledgers: Iterable[type[Ledger]]) -> tuple[Relation, ...]:
    """All relations between these ledgers: the declared ones, and those their columns imply."""
    known = {(r.source, r.name) for r in DECLARED}
    models = tuple(ledgers)
    found = (*_crossed(models), *(relation for ledger in models for relation in _implied(ledger)))
    return (*DECLARED, *(relation for relation in found if (relation.source, relation.name) not in known))


def _crossed(ledgers: Iterable[type[Ledger]]) -> Iterator[Relation]:
    """From who receives something to the person, what he owns, the official he is or is a relative of."""
    known = list(ledgers)
    for benefit in (model for model in known if model.kind == BENEFIT):
        person = ((f"ID_KEY({_holder(benefit)})", "ID_KEY(证件号码)"),)
        yield Relation("领取人", benefit.title, "人口", (person,), many=False)
        for register in (model for model in known if model.kind in (ASSET, OFFICIAL)):
            on = tuple(((f"ID_KEY({_holder(benefit)})", f"ID_KEY({name})"),) for name in _people(register))
            yield Relation(register.title, benefit.title, register.title, on, many=True)


def _holder(benefit: type[Ledger]) -> str:
    return "证件号码" if "证件号码" in benefit.columns() else "户主证件号码"


def _people(register: type[Ledger]) -> Iterator[str]:
    """The numbers a register is about."""
    columns = register.columns()
    yield _holder(register)
    if register.kind == OFFICIAL:
        yield from (
            name for name in columns if name.startswith("亲属") and columns[name].type.name == "身份证"
        )


def _implied(ledger: type[Ledger]) -> Iterator[Relation]:
    title, fields = ledger.title, ledger.columns()
    where = THIS_YEAR if ledger.yearly else ""
    keys = [("户编号", BY_HOUSEHOLD), ("户主证件号码", BY_HEAD)]
    if ledger.family == "项目" or "证件号码" in fields:  # a row of a person is linked by the person
        keys = keys[:1]
    household = tuple(pairs for name, pairs in keys if name in fields)
    if household and title not in {"户", "人口"}:
        yield Relation("户", title, "户", household, many=False)
        yield Relation(title, "户", title, household, many=True, where=where)
        if where:
            yield Relation("历年" + title, "户", title, household, many=True)
    if "证件号码" in fields and title != "人口":
        yield Relation("人口", title, "人口", (BY_PERSON,), many=False)
        yield Relation(title, "人口", title, (BY_PERSON,), many=True, where=where)
        if where:
            yield Relation("历年" + title, "人口", title, (BY_PERSON,), many=True)
    if "项目编号" in fields and title != "项目库":
        yield Relation("项目库", title, "项目库", (BY_PROJECT,), many=False)
        yield Relation(title, "项目库", title, (BY_PROJECT,), many=True)
    if ledger.key:
        yield Relation("同键", title, title, (tuple((name, name) for name in ledger.key),), many=True)
