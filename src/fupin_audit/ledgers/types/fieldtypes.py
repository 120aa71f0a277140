"""Field types: how the text of a cell becomes a value, or why it can't.

`parse` is the one definition of a type. Pydantic calls it row by row; the bulk converter calls it once
a distinct text, and skips it for texts that match `plain`, which `parse` maps to themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from fupin_audit.ledgers.types.codes import CodeList
from fupin_audit.ledgers.types.text import clean, is_blank
from fupin_audit.masking import mask, mask_codes, mask_text

Value: TypeAlias = str | int | float | bool | date
Family = Literal["text", "number", "date", "boolean"]


class CellError(ValueError):
    """A cell that can't be read as its field's type.

    Args:
        rule: the CEL or ID rule that speaks of it: CEL-01, CEL-04, CEL-12, ID-03.
        message: what is wrong, in Chinese, without the value itself.
        hint: the nearest right value, or an empty text.
    """

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        self.rule = rule
        self.hint = hint
        super().__init__(message)


@dataclass(frozen=True)
class FieldType:
    """How text becomes a value.

    Attributes:
        name: the type's word in the vocabulary: 文, 身份证, 日, 元, 码 性别 …
        family: what a rule may compare it with.
        sql: DuckDB type of the stored value.
        parse: non-blank text → value; raises CellError. Total: any text gives a value or a CellError.
        show: value → text as a report prints it.
        plain: full-match RE2 pattern of texts whose value is the text itself or a direct cast of it;
            None where there is no such short cut.
        private: personal data, masked in every output (D10).
        coded: long numbers that are nobody's secret: of households, projects, documents.
        low, high: possible range of the type (CEL-05).
        units: header unit → factor into this type's unit, e.g. 万元 → 10000 for 元.
        codes: the code list, for code types.
        many: several codes in one cell.
        keeps: texts that are a value here though they mean blank elsewhere.
    """

    name: str
    family: Family
    sql: str
    parse: Callable[[str], Value]
    show: Callable[[Any], str] = str
    plain: str | None = None
    private: bool = False
    coded: bool = False
    low: float | None = None
    high: float | None = None
    units: tuple[tuple[str, float], ...] = ()
    codes: CodeList | None = field(default=None, compare=False)
    many: bool = False
    keeps: frozenset[str] = frozenset()

    def read(self, text: str | None) -> Value | None:
        """A cell's value; None for a blank cell.

        Raises:
            CellError: the text can't be read as this type.
        """
        if text is None or (is_blank(text) and clean(text) not in self.keeps):
            return None
        return self.parse(text)

    def masked(self, text: str) -> str:
        """A cell's text as it may be shown (D10); a number may have been put into the wrong column."""
        if self.private:
            return mask(text)
        return mask_codes(text) if self.coded else mask_text(text)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Pydantic reads a cell's text through `read`; a value that is no text passes as it is."""
        return core_schema.no_info_before_validator_function(
            lambda value: self.read(value) if isinstance(value, str) else value, handler(source)
        )
