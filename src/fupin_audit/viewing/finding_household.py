"""Which household a user means by a code or a name."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from fupin_audit.delivery import Delivery
from fupin_audit.errors import UsageError
from fupin_audit.ledgers.types.text import narrow, tidy

_CODE = "户编号"
_NAMES = ("户主姓名", "姓名")
_NUMBERS = ("户主证件号码", "证件号码")
_PLACE = ("县", "乡镇", "村")
_LISTED = 20  # namesakes told
_NEAR = 3
_ALIKE = 50  # from 0 to 100


def find_household(delivery: Delivery, wanted: str) -> str:
    """The 户编号 of the household with this code, or with a member of this name or 证件号码.

    Raises:
        UsageError: there is none, or there are several.
    """
    code = narrow(wanted)
    if any(code in set(_texts(delivery, title, _CODE)) for title in delivery.tables):
        return code
    found = sorted(_named(delivery, _NAMES, tidy(wanted)) or _named(delivery, _NUMBERS, code.upper()))
    if not found:
        raise UsageError(f"没有找到“{wanted}”{_nearest(delivery, wanted)}")
    if len(found) > 1:
        named = "；".join(f"{code} {_described(delivery, code)}".rstrip() for code in found[:_LISTED])
        rest = f"；还有 {len(found) - _LISTED} 户" if len(found) > _LISTED else ""
        raise UsageError(f"有 {len(found)} 户有叫“{wanted}”的人，请改用户编号：{named}{rest}")
    return found[0]


def _named(delivery: Delivery, fields: tuple[str, ...], wanted: str) -> set[str]:
    """Codes of the households of whose rows some field says this."""
    return {
        code
        for title, table in delivery.tables.items()
        for field in fields
        if field in table.fields and _CODE in table.fields
        for code in table.data.filter(pc.equal(table.data.column(field), wanted)).column(_CODE).to_pylist()
        if code
    }


def _described(delivery: Delivery, code: str) -> str:
    """`张三 清河县柳林镇东沟村`."""
    table = delivery.tables.get("户")
    rows = table.data.filter(pc.equal(table.data.column(_CODE), code)).to_pylist() if table else []
    said = [row.get("户主姓名") or "" for row in rows[:1]]
    places = ["".join(row.get(name) or "" for name in _PLACE) for row in rows[:1]]
    return " ".join([*said, *places])


def _nearest(delivery: Delivery, wanted: str) -> str:
    """The nearest codes and names; an ID number is no name to be repeated."""
    known = sorted(
        {
            text
            for title in delivery.tables
            for name in (_CODE, *_NAMES)
            for text in _texts(delivery, title, name)
        }
    )
    near = process.extract(tidy(wanted), known, scorer=fuzz.ratio, limit=_NEAR, score_cutoff=_ALIKE)
    names = "、".join(f"“{text}”" for text, *_ in near)
    return f"，最接近的是{names}" if names else "；请写户编号，或成员的姓名"


def _texts(delivery: Delivery, title: str, field: str) -> Iterator[str]:
    table = delivery.tables[title]
    if field not in table.fields:
        return
    column: pa.ChunkedArray = table.data.column(field)
    yield from column.drop_null().unique().to_pylist()
