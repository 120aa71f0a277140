"""Whether what a rule rests on can carry it: known documents and clauses, and no error by mere convention (D13)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fupin_audit.errors import RuleError
from fupin_audit.results.finding import Severity
from fupin_audit.rulepack.declared.entries import AnyRule
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.declared.policies import Kind, kind_of, policies
from fupin_audit.rulepack.declared.rule import Basis

# A national document called by a number or as “the policy”: it has an id, or is not known.
_UNNAMED = re.compile(r"国家政策|^(国发|国办发|国办|民发|财社|国开办发|中办发)〔")


def basis_errors(rule: AnyRule | Indicator) -> Iterator[RuleError]:
    """What is wrong with the bases of a rule or indicator."""
    origin = rule.origin
    for message in filter(None, map(wrong_basis, rule.basis)):
        yield RuleError(message, origin.file, origin.line("basis"))
    usual = bool(rule.basis) and all(kind_of(basis) is Kind.CONVENTION for basis in rule.basis)
    if usual and not isinstance(rule, Indicator) and rule.severity is Severity.ERROR:
        message = "只凭惯例的规则不能是错误：级别写 warning 或 info，或写出它的文件"
        yield RuleError(message, origin.file, origin.line("severity"))


def wrong_basis(basis: Basis) -> str:
    """What is wrong with one citation; empty where nothing is."""
    if not basis.policy:
        return _wrong_standard(basis.standard)
    document = policies().get(basis.policy)
    if document is None:
        return f"没有政策文件“{basis.policy}”{nearest(basis.policy, policies())}"
    if basis.clause not in document.subjects:
        near = nearest(basis.clause, document.subjects)
        return f"rules/policies.yaml 没有写“{basis.policy}”的“{basis.clause}”说的是什么{near}"
    return ""


def _wrong_standard(name: str) -> str:
    if not name:
        return "依据要写 policy 或 standard"
    return (
        f"“{name}”是国家文件，要写它的代号（policy），登记在 rules/policies.yaml"
        if _UNNAMED.search(name)
        else ""
    )
