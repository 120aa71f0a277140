"""The policy documents rules cite: where and when each is in force; and a citation as text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
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

    @property
    def told(self) -> str:
        """`2020-01-01 至 2020-12-31`; empty for always."""
        since = "" if self.since == date.min else f"{self.since.isoformat()} "
        until = "起" if self.until == date.max else f"至 {self.until.isoformat()}"
        return f"{since}{until}" if since else ""


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
    return {
        key: Policy.model_validate(item) for key, item in yaml.load(text, Loader=yaml.CSafeLoader).items()
    }


class Kind(StrEnum):
    """What a rule rests on, from the most local to what is merely usual."""

    LOCAL = "本地"
    NATIONAL = "国家文件"
    STANDARD = "国家标准"
    MEANING = "含义"
    CONVENTION = "惯例"


_KINDS = {"字段含义": Kind.MEANING, "惯例": Kind.CONVENTION}
CONVENTION = Basis(standard="惯例")


def kind_of(basis: Basis) -> Kind:
    """The kind of a basis; what is neither a known document nor a word of its own is a standard."""
    if document := policies().get(basis.policy):
        return Kind.NATIONAL if document.place.everywhere else Kind.LOCAL
    return _KINDS.get(basis.standard, Kind.STANDARD)


def citation(basis: Basis) -> str:
    """`抚脱贫发〔2020〕14号 三(七)`, `国家文件《…》（2016） 贫困人口退出`, `国家标准 GB 11643-1999`, `惯例`."""
    known = policies().get(basis.policy)
    name = known.name if known else basis.policy or basis.standard
    kind = kind_of(basis)
    if kind is Kind.NATIONAL or (kind is Kind.STANDARD and name.startswith("GB")):
        name = f"{kind}{name}" if name.startswith("《") else f"{kind} {name}"
    return " ".join(filter(None, (name, basis.clause))) + ("（引申）" if basis.inferred else "")


def first_responsible(cited: str) -> FirstResponsible | None:
    """Whom the clause a citation names makes first responsible; None where it names nobody."""
    return _first_responsible().get(cited)


@cache
def _first_responsible() -> Mapping[str, FirstResponsible]:
    """By citation."""
    said = ((policy.name, policy.first_responsible) for policy in policies().values())
    return {f"{name} {first.clause}": first for name, first in said if first}
