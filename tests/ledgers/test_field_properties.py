"""Properties of the field types, for any text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from fupin_audit.ledgers.types import kinds
from fupin_audit.ledgers.types.fieldtypes import CellError, FieldType, Value
from fupin_audit.ledgers.types.text import clean, is_blank, narrow

TYPES = [
    *(kind for kind in vars(kinds).values() if isinstance(kind, FieldType)),
    kinds.code("监测类别"),
    kinds.code("住房等级"),
    kinds.many_codes("健康状况"),
]
PLAIN = [kind for kind in TYPES if kind.plain]
STORED = {"VARCHAR": str, "BIGINT": int, "DOUBLE": float, "DATE": date, "BOOLEAN": bool}
# Texts of the characters that carry meaning here find more than texts of all characters.
LIKELY = st.text("0123456789.-/,:()（）％%万元年月日个 　'\"=ExX+￥亩已未是否无健康残疾ABab", max_size=20)
ANY = st.one_of(st.text(max_size=20), LIKELY)


def named(kinds: list[FieldType]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "kind", kinds, ids=[kind.name.encode("ascii", "replace").decode() for kind in kinds]
    )


def cast(text: str, kind: FieldType) -> Value:
    casts: dict[str, Callable[[str], Value]] = {
        "VARCHAR": str,
        "BIGINT": int,
        "DOUBLE": float,
        "DATE": date.fromisoformat,
    }
    return casts[kind.sql](text)


@named(TYPES)
@examples(50)
@given(text=ANY)
def test_any_text_is_a_value_or_a_cell_error(kind: FieldType, text: str) -> None:
    value = read(kind, text)
    if isinstance(value, CellError):
        assert value.rule in {"CEL-01", "CEL-04", "CEL-12", "ID-03"}
        assert str(value)
    elif value is None:
        assert is_blank(text)
    else:
        assert type(value) is STORED[kind.sql]


def read(kind: FieldType, text: str) -> Value | CellError | None:
    try:
        return kind.read(text)
    except CellError as error:
        return error


@named(TYPES)
@examples(50)
@given(text=ANY)
def test_a_shown_value_reads_as_itself(kind: FieldType, text: str) -> None:
    value = read(kind, text)
    if value is not None and not isinstance(value, CellError):
        assert kind.parse(kind.show(value)) == value


@named(PLAIN)
@examples(50)
@given(data=st.data())
def test_plain_texts_are_cast(kind: FieldType, data: st.DataObject) -> None:
    assert kind.plain is not None
    text = data.draw(st.from_regex(re.compile(kind.plain), fullmatch=True))
    assert kind.parse(text) == cast(text, kind)


@given(text=ANY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert narrow(narrow(text)) == narrow(text)


def test_codes_of_every_list_read_as_themselves() -> None:
    from fupin_audit.ledgers.types.codes import code_lists

    for name, codes in code_lists().items():
        for label in codes.labels:
            assert kinds.code(name).parse(label) == label
            assert kinds.many_codes(name).parse(label) == label
