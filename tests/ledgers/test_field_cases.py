"""Cell texts and what they are read as: `cases/fields.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from fupin_audit.ledgers.types import kinds
from fupin_audit.ledgers.types.fieldtypes import CellError, FieldType

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "fields.yaml").read_text(encoding="utf-8")
)
TYPES = {kind.name: kind for kind in vars(kinds).values() if isinstance(kind, FieldType)}


def field_type(name: str) -> FieldType:
    word, _, codes = name.partition(" ")
    if word == "码":
        return kinds.code(codes)
    return kinds.many_codes(codes) if word == "多码" else TYPES[name]


@pytest.mark.parametrize("case", CASES, ids=[f"{n:03d}" for n in range(len(CASES))])
def test_cell(case: dict[str, Any]) -> None:
    kind = field_type(case["type"])
    if case.get("blank"):
        assert kind.read(case["text"]) is None
    elif "value" in case:
        value = kind.read(case["text"])
        assert value == case["value"]
        assert isinstance(value, bool) == isinstance(case["value"], bool)
    else:
        with pytest.raises(CellError, match=case["says"]) as caught:
            kind.read(case["text"])
        assert caught.value.rule == case["rule"]
        assert case.get("hint") in (None, caught.value.hint)


def test_no_message_repeats_the_cell() -> None:
    for case in CASES:
        if "says" in case:
            with pytest.raises(CellError) as caught:
                field_type(case["type"]).read(case["text"])
            assert case["text"] not in str(caught.value)


def test_every_type_has_cases() -> None:
    assert {case["type"].split()[0] for case in CASES} == {*TYPES, "码", "多码"}
