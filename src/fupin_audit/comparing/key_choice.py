"""Which columns pair the rows of two sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from fupin_audit.comparing.cell_values import ReadPair, Values
from fupin_audit.comparing.column_kinds import label, look_of
from fupin_audit.comparing.pairing import Ints, Keys, combined, key_numbers
from fupin_audit.errors import UsageError
from fupin_audit.results.comparison import KeyFit

_CODE_NAME = re.compile(r"编号|编码|代码|号码|证号|学籍号|工号|账号|^id$", re.IGNORECASE)
_PRIVATE = 0.7  # a phone or an account changes hands
_NAME = 0.8  # a name is shared
_CODE, _OTHER = 1.0, 0.9
_JOINED = 0.95  # a key of one column more
_MOST_COLUMNS = 3
_TRIED = 8  # columns that may be part of a key
_ENOUGH = 0.98  # part of the smaller sheet's rows: beyond it no further column is tried
_LEAST = 0.1  # part of them that a key must pair, to be one
_NO_KEY_FAMILIES = ("boolean", "date")


@dataclass(frozen=True)
class KeyCandidate:
    """Columns that may be the key.

    Attributes:
        pairs: the columns.
        trust: how far such columns are to be trusted, from 0 to 1, where one key is chosen of many.
    """

    pairs: tuple[ReadPair, ...]
    trust: float = 1.0

    @cached_property
    def keys(self) -> Keys:
        """The keys of both sides."""
        return combined([key_numbers(pair.left.keys, pair.right.keys) for pair in self.pairs])

    @cached_property
    def fits(self) -> tuple[KeyFit, KeyFit]:
        """How well it serves either side."""
        left, right = self.keys
        return _fit(left, right), _fit(right, left)

    @cached_property
    def paired(self) -> float:
        """Rows it pairs, as part of the smaller sheet's."""
        left, right = (_once(side) for side in self.keys)
        smaller = min(len(self.keys[0]), len(self.keys[1]))
        return len(np.intersect1d(left, right, assume_unique=True)) / smaller if smaller else 0.0

    @property
    def worth(self) -> float:
        """What it pairs, as far as it is trusted."""
        return self.paired * self.trust

    def joined(self, other: KeyCandidate) -> KeyCandidate:
        """This key with the columns of another."""
        return KeyCandidate((*self.pairs, *other.pairs), (self.trust + other.trust) / 2 * _JOINED)

    def __str__(self) -> str:
        """`户编号＋姓名`."""
        return "＋".join(pair.name for pair in self.pairs)


def guess_key(pairs: Sequence[ReadPair]) -> KeyCandidate:
    """The columns that pair most rows, those made for it preferred.

    Raises:
        UsageError: none pairs a fair part of the rows.
    """
    singles = [KeyCandidate((pair,), _trust(pair)) for pair in pairs if _may_be_key(pair)]
    singles = sorted(singles, key=lambda one: (-_distinct(one), one.pairs[0].columns.left.place))[:_TRIED]
    best = max(_growing(singles), key=lambda found: found.worth, default=None)
    if best is None or best.paired < _LEAST:
        raise UsageError(_no_key(pairs, best))
    return best


def check_key(key: KeyCandidate) -> KeyCandidate:
    """The key the user named, if it can pair anything.

    Raises:
        UsageError: a part is blank everywhere on one side, or no value is on both.
    """
    for pair in key.pairs:
        for side, values in (("左边", pair.left), ("右边", pair.right)):
            if values.blank.all():
                raise UsageError(f"{side}的“{pair.name}”全是空白，不能用来配对；请用 --key 另选一列")
    for pair in key.pairs:
        numbers = key_numbers(pair.left.keys, pair.right.keys)
        if not len(_common(numbers)):
            raise UsageError(
                f"“{pair.name}”两边没有一个相同的值：左边{_looks(pair, pair.left)}，右边{_looks(pair, pair.right)}；"
                "请核对是不是同一种编号，或用 --key 左列=右列 另选"
            )
    if not len(_common(key.keys)):
        raise UsageError(f"按“{key}”没有一行两边都有；请少用一列，或用 --key 另选")
    return key


def _growing(singles: Sequence[KeyCandidate]) -> Iterator[KeyCandidate]:
    """Keys of one column; of two and three where fewer do not pair enough."""
    tried: list[KeyCandidate] = []
    for size in range(1, _MOST_COLUMNS + 1):
        if any(found.paired >= _ENOUGH for found in tried):
            return
        tried = [_together(chosen) for chosen in combinations(singles, size)]
        yield from tried


def _together(chosen: Sequence[KeyCandidate]) -> KeyCandidate:
    first, *others = chosen
    for other in others:
        first = first.joined(other)
    return first


def _may_be_key(pair: ReadPair) -> bool:
    measure = pair.kind.family == "number" and pair.kind.name != "年" and not _CODE_NAME.search(pair.name)
    return not measure and pair.kind.family not in _NO_KEY_FAMILIES and pair.name not in {"序号", "备注"}


def _trust(pair: ReadPair) -> float:
    if pair.kind.name in {"身份证", "户号"} or (_CODE_NAME.search(pair.name) and not pair.kind.private):
        return _CODE
    if pair.kind.private:
        return _PRIVATE
    return _NAME if pair.name.endswith("姓名") else _OTHER


def _distinct(one: KeyCandidate) -> int:
    return min(len(np.unique(side)) for side in one.keys)


def _fit(own: Ints, other: Ints) -> KeyFit:
    filled = own[own >= 0]
    known = np.unique(filled)
    found = len(np.intersect1d(known, np.unique(other[other >= 0]), assume_unique=True))
    return KeyFit(
        filled=len(filled) / len(own) if len(own) else 0.0,
        unique=len(_once(own)) / len(filled) if len(filled) else 0.0,
        found=found / len(known) if len(known) else 0.0,
    )


def _once(numbers: Ints) -> Ints:
    """Keys that occur once, in ascending order."""
    known, counts = np.unique(numbers[numbers >= 0], return_counts=True)
    once: Ints = known[counts == 1]
    return once


def _common(keys: Keys) -> Ints:
    left, right = keys
    return np.intersect1d(left[left >= 0], right[right >= 0])


def _looks(pair: ReadPair, values: Values) -> str:
    """`像证件号码，如“990101********0015”`."""
    sample = next(text for text in values.texts.to_pylist() if text)
    return f"像{label(look_of(values.texts))}，如“{pair.kind.masked(sample)}”"


def _no_key(pairs: Iterable[ReadPair], best: KeyCandidate | None) -> str:
    names = "、".join(pair.name for pair in pairs)
    tried = f"；最好的是“{best}”，也只能配上{best.paired:.0%}的行" if best and best.paired else ""
    return (
        f"找不到能把两边的行配起来的列{tried}。两边都有的列：{names}。"
        "请用 --key 指定，如 --key 户编号、--key 户编号,姓名；两边列名不同时写 --key 左列=右列"
    )
