"""How far a field may be trusted when several rules contradict it: data in `rules/trust.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import yaml
from pydantic import PositiveFloat, ValidationError

from fupin_audit.errors import RuleError
from fupin_audit.ledgers.base import Column, Ledger
from fupin_audit.resources import folder
from fupin_audit.rulepack.declared.rule import Data

ID, WRONG_ID = "身份证", "身份证有误"


class Trust(Data):
    """What a cell weighs: the more, the less likely it is the wrong one.

    Attributes:
        types: by field type; an ID that fails its own check is 身份证有误.
        fields: by name, before the type.
        families: what the ledger's family multiplies it with.
        anchors: fields that say whose a row is; never suspected.
    """

    types: Mapping[str, PositiveFloat]
    fields: Mapping[str, PositiveFloat]
    families: Mapping[str, PositiveFloat]
    anchors: frozenset[str]

    def of(self, ledger: type[Ledger], column: Column, *, wrong_id: bool = False) -> float:
        """The weight of a cell of this column."""
        kind = WRONG_ID if wrong_id else column.type.name.partition(" ")[0]
        own = self.types[WRONG_ID] if wrong_id else self.fields.get(column.name, self.types.get(kind, 0))
        return (own or self.types["文"]) * self.families.get(ledger.family, 1)


@cache
def trust() -> Trust:
    """The weights of `rules/trust.yaml`.

    Raises:
        RuleError: the file is malformed.
    """
    path = folder("rules") / "trust.yaml"
    try:
        return Trust.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise RuleError(f"{path}：写法有误") from error
