"""A ledger (台账) is a Pydantic model, the only description of that ledger (D2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from fupin_audit.ledgers.types.fieldtypes import FieldType


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """What `column()` says of a field, beyond its type."""

    spellings: tuple[str, ...] = ()
    required: bool = False
    future: bool = False
    note: str = ""
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a ledger.

    Attributes:
        name: official Chinese column name, the one word for it everywhere (D1).
        type: how text becomes a value.
        required: must be filled where the column is there (CEL-03).
        spellings: header spellings met in real files, besides the name itself.
        low, high: possible range, both ends allowed (CEL-05); None where open.
        future: a date that may lie after the as-of date (CEL-13 does not apply).
        note: a sentence for templates and docs.
        own: spellings that mean this field in this ledger only, as too general elsewhere.
    """

    name: str
    type: FieldType
    required: bool
    spellings: tuple[str, ...]
    low: float | None
    high: float | None
    future: bool
    note: str
    own: tuple[str, ...] = ()


def column(
    *spellings: str,
    required: bool = False,
    future: bool = False,
    note: str = "",
    own: tuple[str, ...] = (),
) -> Any:
    """Declare a ledger field; its type stands in the annotation."""
    info: Any = Field(default=None)
    info.metadata.append(ColumnSpec(spellings, required, future, note, own))
    return info


@dataclass(frozen=True, slots=True)
class Spread:
    """Columns named by a value: each filled cell below is a row of its own.

    Attributes:
        lists: field → the code list its values come from as column names; the first that knows a name counts.
        cell: the field the cell itself holds.
    """

    lists: tuple[tuple[str, str], ...]
    cell: str


# Kinds of ledgers that rules may range over: who receives something, who owns something, who decides.
BENEFIT, ASSET, OFFICIAL = "待遇", "资产", "干部"
_BY_HEAD = frozenset({"部门", "项目"})  # families whose lists may name the head alone


class Ledger(BaseModel):
    """Base of all ledgers.

    A subclass has one annotated attribute a column and these class variables:

    Attributes:
        title: the ledger's official name, as rules and reports call it.
        family: section of the vocabulary: 系统, 档案, 实地, 部门, 项目, 治理.
        kind: what being in it means: 待遇, 资产 or 干部; empty: none of them.
        key: fields that identify a row; empty where rows have no identity (KEY-11).
        alternative_key: used where a field of `key` was not delivered (人口 without 人编号).
        merge: rows of the same key in two sheets are one row, disagreement is KEY-12.
        earlier_of: title of the merged ledger whose rows of earlier years are this one's; a sheet is read as it
            only where the user says so.
        anchors: fields without which the ledger cannot be used (CEL-02); default: the key.
        alternative_anchors: enough in place of `anchors`; default: the alternative key.
        least_anchors: enough where other sheets complete the row.
        spread: how its lists have values as columns (产业帮扶, 就业帮扶 …); None where they have not.
        selective: only some households of an export are in it: those whose columns of it say something.
        lists_members: its unit is the household, whose members offices put beside the head or into one cell.
        blurb: a sentence that says what the ledger is, for docs and templates.
        names: words by which offices call such a list in a title, sheet or file name, besides the title itself.
        kinds: such words for lists of one kind of those it is about alone (护林员): who is not on one may be on another.
        yearly: rules on households and persons see the rows of the audit year, unless they ask for 历年….
        dated: field whose year's figures rules ask for by IN_YEAR; empty: none.
        built_in: one of the vocabulary, not a county's own.
        headers: header → field for this run, as the user says; comes before all spellings.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: ClassVar[str]
    family: ClassVar[str]
    kind: ClassVar[str] = ""
    key: ClassVar[tuple[str, ...]] = ()
    alternative_key: ClassVar[tuple[str, ...]] = ()
    merge: ClassVar[bool] = False
    earlier_of: ClassVar[str] = ""
    anchors: ClassVar[tuple[str, ...]] = ()
    alternative_anchors: ClassVar[tuple[str, ...]] = ()
    least_anchors: ClassVar[tuple[str, ...]] = ()
    lists_members: ClassVar[bool] = False
    blurb: ClassVar[str] = ""
    names: ClassVar[tuple[str, ...]] = ()
    kinds: ClassVar[tuple[str, ...]] = ()
    spread: ClassVar[Spread | None] = None
    selective: ClassVar[bool] = False
    yearly: ClassVar[bool] = False
    dated: ClassVar[str] = ""
    built_in: ClassVar[bool] = True
    headers: ClassVar[Mapping[str, str]] = MappingProxyType({})

    @classmethod
    def columns(cls) -> Mapping[str, Column]:
        """The ledger's fields in their order."""
        return _columns(cls)

    @classmethod
    def anchor_sets(cls) -> tuple[tuple[str, ...], ...]:
        """Sets of fields of which one must have been delivered in full for the ledger to be used (CEL-02)."""
        sets = (
            cls.anchors or cls.key,
            cls.alternative_anchors or cls.alternative_key,
            cls.least_anchors,
            ("户主证件号码",) if cls.family in _BY_HEAD and "户主证件号码" in cls.model_fields else (),
        )
        return tuple(dict.fromkeys(fields for fields in sets if fields))


@cache
def _columns(ledger: type[Ledger]) -> Mapping[str, Column]:
    return {name: _column(name, info.metadata) for name, info in ledger.model_fields.items()}


def _column(name: str, metadata: list[Any]) -> Column:
    kind = next(item for item in metadata if isinstance(item, FieldType))
    spec = next((item for item in metadata if isinstance(item, ColumnSpec)), ColumnSpec())
    return Column(
        name, kind, spec.required, spec.spellings, kind.low, kind.high, spec.future, spec.note, spec.own
    )
