"""What a rule's `cite` points at: a field, along a path of relations, of the rows a condition chooses."""

from __future__ import annotations

from dataclasses import dataclass

_WHERE = " WHERE "


@dataclass(frozen=True, slots=True)
class Pointer:
    """An entry of `cite`: `字段`, `关系.字段`, either with ` WHERE 条件`.

    Attributes:
        path: relations from the judged row to the row of the cell.
        field: name of the field there.
        where: which rows are meant; empty: all.
    """

    path: tuple[str, ...]
    field: str
    where: str = ""

    @classmethod
    def read(cls, text: str) -> Pointer:
        """Take an entry apart.

        >>> Pointer.read("人口.参加城乡居民医保 WHERE 人口.未参保")
        Pointer(path=('人口',), field='参加城乡居民医保', where='人口.未参保')
        """
        name, _, where = text.partition(_WHERE)
        *path, field = name.strip().split(".")
        return cls(tuple(path), field, where.strip())
