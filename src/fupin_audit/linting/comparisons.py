"""Comparisons that are idle: never true, or never false, whatever stands in the row; parts that are never seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlglot import exp

from fupin_audit.linting.counterexamples import can_hold
from fupin_audit.linting.domains import Domains
from fupin_audit.linting.remark import Remark, remark
from fupin_audit.linting.rule_logic import Judged
from fupin_audit.linting.to_logic import is_condition, meaning, text
from fupin_audit.linting.unseen import unseen
from fupin_audit.rulepack.language.expression import parse
from fupin_audit.rulepack.language.vocabulary import Vocabulary
from fupin_audit.rulepack.packs.pack import Catalogue


def idle_comparisons(catalogue: Catalogue, rules: Iterable[Judged]) -> Iterator[Remark]:
    """Every idle comparison of the rules and derived fields, the innermost only."""
    for item in rules:
        rule, (ledger, column, _) = item.rule, item.rows
        texts = [("require", rule.require), ("when", rule.when)]
        texts += [("show", shown) for shown in rule.show.values()]
        for key, written in texts:
            for said in idle(catalogue.vocabulary, ledger, written, column):
                yield remark(rule.origin, key, rule.id, said)
    for (ledger, field), derived in catalogue.vocabulary.derived.items():
        for said in idle(catalogue.vocabulary, ledger, derived.value):
            yield remark(derived.origin, "value", f"{ledger}.{field}", said)


def idle(vocabulary: Vocabulary, ledger: str, written: str, column: str = "") -> Iterator[str]:
    """What is idle in an expression on the ledger's row."""
    if not written:
        return
    bounded, open_ended = (Domains(vocabulary, ledger, column, bounded=given) for given in (True, False))
    told: set[int] = set()
    for node in reversed(list(parse(written).walk())):  # what stands inside comes before what is around it
        if isinstance(node, exp.Boolean | exp.Paren) or not is_condition(node):
            continue
        if any(id(part) in told for part in node.walk()):
            continue
        if said := _idle(node, bounded, open_ended):
            told.add(id(node))
            yield said
    if not told:
        yield from unseen(parse(written), open_ended)


def _idle(node: exp.Expr, bounded: Domains, open_ended: Domains) -> str:
    said = meaning(node)
    quoted = f"“{node.sql(dialect='duckdb')}”"
    if not can_hold(said.true, bounded):
        return f"{quoted}永远不成立{_because(node, bounded)}"
    if not can_hold(said.false, open_ended):
        return f"{quoted}{'只要不空白就' if can_hold(said.blank, open_ended) else ''}永远成立"
    return ""


def _because(node: exp.Expr, domains: Domains) -> str:
    """The range or the choices that leave a comparison no value."""
    if isinstance(node, exp.And | exp.Or | exp.Not) or not isinstance(node.this, exp.Expr):
        return ""
    domain = domains.of(text(node.this))
    return f"：{text(node.this)} {domain}" if str(domain) else ""
