"""What a file may say of a county's own ledger (自建台账) and of code lists."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    FiniteFloat,
    ValidationInfo,
    field_validator,
    model_validator,
)

from fupin_audit.ledgers.ledger_building import TYPES
from fupin_audit.ledgers.types.codes import CodeList
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.declared.reserved_words import RESERVED
from fupin_audit.rulepack.declared.rule import Data, Origin, Words

CODE, CODES = "码", "多码"
_YEAR = "年度"
# Keys and places, by which rows of different ledgers are brought together, are of one type everywhere.
_ONE_TYPE = {
    "户编号": "户号", "人编号": "户号", "证件号码": "身份证", "户主证件号码": "身份证", "姓名": "文", "户主姓名": "文",
    "县": "文", "乡镇": "文", "村": "文", "项目编号": "文", _YEAR: "年",
}  # fmt: skip


def _official(name: str) -> str:
    """A name as rules write it: one word, with a Chinese character, that means nothing else."""
    normal = unicodedata.normalize("NFKC", name)
    if not (normal.isidentifier() and any("一" <= sign <= "鿿" for sign in normal)):
        raise ValueError(
            f"“{name}”不能作名字：要有汉字，不以数字开头，没有空格、括号、标点；表头的写法另写在 spellings"
        )
    if normal in RESERVED or normal.startswith("_"):
        raise ValueError(f"“{name}”在规则里另有意思，请换一个名字")
    return normal


Name = Annotated[str, AfterValidator(_official)]


def _alternatives(value: Any) -> Any:
    return (value,) if isinstance(value, Mapping) else value


class DeclaredField(Data):
    """One column; its type alone may stand in its place.

    Attributes:
        type: the type's word: 文, 户号, 身份证, 日, 年, 元 …, or `码 性别`, `多码 风险`.
        spellings: headers met in real files, besides the name.
        required: must be filled (CEL-03), and makes the ledger known.
        low, high: possible range of a number (CEL-05).
        future: a date that may lie after the as-of date.
        note: a sentence for templates and docs.
    """

    type: Words
    spellings: tuple[str, ...] = ()
    required: bool = False
    low: FiniteFloat | None = None
    high: FiniteFloat | None = None
    future: bool = False
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _of_type_alone(cls, value: Any) -> Any:
        return {"type": value} if isinstance(value, str) else value

    @field_validator("type")
    @classmethod
    def _known_type(cls, value: str) -> str:
        word, _, codes = value.partition(" ")
        if word in (CODE, CODES) and not codes:
            raise ValueError(f"“{word}”后面空一格写码表的名字，如“{word} 性别”")
        if word not in (CODE, CODES) and value not in TYPES:
            raise ValueError(
                f"没有类型“{value}”{nearest(value, TYPES)}；可用的有 {'、'.join(TYPES)}、码 …、多码 …"
            )
        return value

    @field_validator("low", "high")
    @classmethod
    def _of_numbers(cls, value: float | None, info: ValidationInfo) -> float | None:
        kind = TYPES.get(info.data.get("type", ""))
        if value is not None and (kind is None or kind.family != "number"):
            raise ValueError(f"只有数才有 low 和 high，类型“{info.data.get('type', '')}”没有")
        low = info.data.get("low")
        if value is not None and low is not None and value < low:
            raise ValueError("high 不能小于 low")
        return value

    @field_validator("future")
    @classmethod
    def _of_dates(cls, value: bool, info: ValidationInfo) -> bool:
        kind = TYPES.get(info.data.get("type", ""))
        if value and (kind is None or kind.family != "date"):
            raise ValueError("只有日期才有 future")
        return value


class DeclaredRelation(Data):
    """A way to rows of another ledger that the columns do not say by themselves.

    Attributes:
        name: as rules write it.
        to: title of the ledger it leads to.
        by: own field → field there, all equal; or several such, in order of trust.
        many: leads to any number of rows.
        back: name of the way back, from there to all rows of this ledger; default: this ledger's title.
    """

    name: Name
    to: Words
    by: Annotated[tuple[Mapping[str, str], ...], BeforeValidator(_alternatives)] = Field(min_length=1)
    many: bool = False
    back: Name | None = None
    origin: Origin = Field(Origin(), exclude=True, repr=False)


class LedgerDeclaration(Data):
    """A ledger of a county's own.

    Attributes:
        title: its name, as rules and reports call it.
        family: the section it is listed under.
        kind: `待遇` a list of who receives something, `资产` a register of who owns something; rules on all such
            ledgers are for it too.
        blurb: what it is, and what a row is.
        fields: name → column, in their order.
        key: fields that identify a row; empty where rows have no identity.
        anchors: fields without which the ledger can't be used (CEL-02); default: the key.
        yearly: rules on households and persons see the audit year's rows; all of them by the 历年… relation.
        relations: what the columns do not say.
    """

    title: Name
    family: Words = "自建"
    kind: Literal["", "待遇", "资产"] = ""
    blurb: str = ""
    fields: Mapping[Name, DeclaredField] = Field(min_length=1)
    key: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    yearly: bool = False
    relations: tuple[DeclaredRelation, ...] = ()
    origin: Origin = Field(Origin(), exclude=True, repr=False)

    @field_validator("fields")
    @classmethod
    def _told_apart(cls, value: Mapping[str, DeclaredField]) -> Mapping[str, DeclaredField]:
        if len({name.casefold() for name in value}) < len(value):
            raise ValueError("有两个字段只差大小写，请换一个名字")
        for name, field in value.items():
            if field.type != _ONE_TYPE.get(name, field.type):
                raise ValueError(f"“{name}”在各台账里都是类型“{_ONE_TYPE[name]}”，这里也要用它")
        return value

    @field_validator("key", "anchors")
    @classmethod
    def _own_fields(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        fields = info.data.get("fields", {})
        for name in value:
            if fields and name not in fields:
                raise ValueError(f"没有字段“{name}”{nearest(name, fields)}")
        return value

    @field_validator("yearly")
    @classmethod
    def _has_years(cls, value: bool, info: ValidationInfo) -> bool:
        fields = info.data.get("fields", {})
        if value and fields and _YEAR not in fields:
            raise ValueError("yearly 的台账要有字段“年度”")
        return value

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        people = ({"姓名", "证件号码"}, {"户主姓名", "户主证件号码"})
        if self.kind and not any(names <= self.fields.keys() for names in people):
            raise ValueError(f"{self.kind}台账要有姓名和证件号码，或者户主姓名和户主证件号码")
        return self


class LocalCodes(CodeList):
    """A code list of a county's own, or additions to a built-in one."""

    origin: Origin = Field(Origin(), exclude=True, repr=False)
