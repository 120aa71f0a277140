"""The policy documents rules cite: where and when each is in force; and a citation as text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import yaml
from pydantic import Field

from fupin_audit.resources import folder
from fupin_audit.rulepack.declared.rule import Basis, Data
from fupin_audit.rulepack.declared.territory import Territory


class Period(Data):
    """From a day to a day, both included; open where none is given."""

    since: date = Field(date.min, alias="from")
    until: date = Field(date.max, alias="to")


class FirstResponsible(Data):
    """Whom a clause makes first responsible: its words, and a pattern of their posts in the village."""

    clause: str
    words: str
    post: str


class Policy(Data):
    """One document.

    Attributes:
        level: 国家, 省, 市 or 县, of its issuer.
        date: its own date as far as it is known.
        place: where it is in force; empty: everywhere.
        period: when it is in force.
        subjects: of a national document: what its clauses ask, in own words.
        first_responsible: whom one of its clauses makes 第一责任人.
    """

    title: str
    number: str = ""
    issuer: str
    level: str
    date: str
    place: Territory = Territory.model_validate({})
    period: Period = Period.model_validate({})
    subjects: Mapping[str, str] = Field(default_factory=dict)
    first_responsible: FirstResponsible | None = None

    @property
    def name(self) -> str:
        """Its number, else its title and year."""
        return self.number or f"《{self.title}》（{self.date[:4]}）"


@cache
def policies() -> Mapping[str, Policy]:
    """All documents by id, from `rules/policies.yaml`."""
    text = (folder("rules") / "policies.yaml").read_text(encoding="utf-8")
    return {key: Policy.model_validate(item) for key, item in yaml.safe_load(text).items()}


def citation(basis: Basis) -> str:
    """`抚脱贫发〔2020〕14号 三(七)`, or the standard's name."""
    if not basis.policy:
        return " ".join(filter(None, (basis.standard, basis.clause)))
    known = policies().get(basis.policy)
    return " ".join(filter(None, (known.name if known else basis.policy, basis.clause)))


def first_responsible(cited: str) -> FirstResponsible | None:
    """Whom the clause a citation names makes first responsible; None where it names nobody."""
    return _first_responsible().get(cited)


@cache
def _first_responsible() -> Mapping[str, FirstResponsible]:
    """By citation."""
    said = ((policy.name, policy.first_responsible) for policy in policies().values())
    return {f"{name} {first.clause}": first for name, first in said if first}
