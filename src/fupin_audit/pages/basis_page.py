"""The page of what rules rest on: every clause of every document, what it asks, and the rules that cite it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from fupin_audit.pages import markdown as md
from fupin_audit.pages import page_links
from fupin_audit.rulepack.declared.policies import Kind, Policy, kind_of, policies
from fupin_audit.rulepack.declared.rule import Basis
from fupin_audit.rulepack.packs.pack import Catalogue

_Citing = Mapping[Basis, list[str]]


def basis_page(catalogue: Catalogue, mark: str) -> str:
    """Kinds of basis and how many rules have each; then document by document, clause by clause."""
    return md.page(_parts(catalogue, mark))


def _parts(catalogue: Catalogue, mark: str) -> Iterator[str]:
    citing = _citing(catalogue)
    yield mark
    yield md.heading("依据")
    yield (
        "一条规则只在它的某一条依据有效的地方和时候判。引申：条文没有直说，是由它推出来的。"
        "一个地方一天里判哪些：" + md.code("fupin-audit rules list --place 县 --as-of 日期") + "。"
    )
    yield md.table(("种类", "有这种依据的规则"), _counted(catalogue))
    for key, document in policies().items():
        yield md.heading(f"《{document.title}》", 2)
        yield md.bullets(_about(document))
        yield md.table(("条", "说的是什么", "引用它的规则"), _clauses(key, document, citing))


def _citing(catalogue: Catalogue) -> _Citing:
    found: dict[Basis, list[str]] = {}
    for rule_id, entries in catalogue.rules.items():
        for basis in dict.fromkeys(chain.from_iterable(entry.basis for entry in entries)):
            found.setdefault(basis, []).append(page_links.rule(rule_id))
    for indicator in catalogue.indicators.values():
        for basis in indicator.basis:
            found.setdefault(basis, []).append(page_links.indicator(indicator.id))
    return found


def _counted(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for kind in Kind:
        having = [
            rule_id
            for rule_id, entries in catalogue.rules.items()
            if any(kind_of(basis) is kind for entry in entries for basis in entry.basis)
        ]
        yield kind.value, str(len(having))


def _about(document: Policy) -> Iterator[tuple[str, str]]:
    yield "文号", md.text(document.number or "—")
    yield "谁发的", md.text(document.issuer)
    yield "日期", document.date
    yield "在哪里", md.text(str(document.place))
    yield "什么时候", md.text(document.period.told or "一直")


def _clauses(key: str, document: Policy, citing: _Citing) -> Iterator[tuple[str, str, str]]:
    for clause, subject in document.subjects.items():
        rules = [
            f"{rule}（引申）" if inferred else rule
            for inferred in (False, True)
            for rule in citing.get(Basis(policy=key, clause=clause, inferred=inferred), ())
        ]
        yield md.text(clause), md.text(subject), "、".join(rules) or "只给出数"
