"""The policy documents rules cite, and a citation as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from fupin_audit.resources import folder
from fupin_audit.rulepack.declared.rule import Basis


@dataclass(frozen=True, slots=True)
class Policy:
    """One document: its title, number, issuer, issuing level and date."""

    title: str
    number: str
    issuer: str
    level: str
    date: str


@cache
def policies() -> Mapping[str, Policy]:
    """All documents by id, from `rules/policies.yaml`."""
    text = (folder("rules") / "policies.yaml").read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    return {key: Policy(**{name: str(value) for name, value in item.items()}) for key, item in loaded.items()}


def citation(basis: Basis) -> str:
    """`抚脱贫发〔2020〕14号 三(七)`, or the standard's name."""
    if not basis.policy:
        return " ".join(filter(None, (basis.standard, basis.clause)))
    known = policies().get(basis.policy)
    return " ".join(filter(None, (known.number if known else basis.policy, basis.clause)))
