"""Names of people and places: how one may have been written for the other."""

from __future__ import annotations

from functools import cache

from fupin_audit.ledgers.types.characters import characters
from fupin_audit.ledgers.types.text import tidy
from fupin_audit.results.finding import Cause, CauseKind

# Sounds that many speakers don't tell apart, each under one of its spellings.
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("h", "f"))
_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
_SHORTEST = 2  # characters of a name


def name_cause(left: str, right: str) -> Cause | None:
    """Why two names may differ.

    >>> str(name_cause("张小芳", "张小方")), str(name_cause("李巳", "李己"))
    ('可能是同音字：“芳”“方”都读fang', '可能是形近字：“巳”“己”字形相近')
    """
    one, other = tidy(left), tidy(right)
    if one == other or min(len(one), len(other)) < _SHORTEST:
        return None
    if len(one) != len(other):
        return _missing(*sorted((one, other), key=len))
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return _same_sound(pairs) or _swapped(pairs) or _one_character(pairs)


def alike(left: str, right: str) -> bool:
    """Whether two names are the same, or one may have been written for the other.

    >>> alike("张 小芳", "张小芳"), alike("张小芳", "张小方"), alike("张小芳", "李四")
    (True, True, False)
    """
    return tidy(left) == tidy(right) or name_cause(left, right) is not None


def _missing(short: str, long: str) -> Cause | None:
    """One character left out."""
    if len(long) - len(short) != 1:
        return None
    for at, character in enumerate(long):
        if long[:at] + long[at + 1 :] == short:
            return Cause(CauseKind.MISSING_CHARACTER, f"少了“{character}”，其余相同")
    return None


def _swapped(pairs: list[tuple[str, str]]) -> Cause | None:
    match pairs:
        case [(a, b), (c, d)] if a == d and b == c:
            return Cause(CauseKind.SWAPPED_CHARACTERS, f"“{a}”“{b}”换了位置")
    return None


def _same_sound(pairs: list[tuple[str, str]]) -> Cause | None:
    if any(_sound(a) != _sound(b) for a, b in pairs):
        return None
    read = "，".join(f"“{a}”“{b}”都读{_sound(a)}" for a, b in pairs)
    return Cause(CauseKind.SAME_SOUND, read)


def _one_character(pairs: list[tuple[str, str]]) -> Cause | None:
    """A single character that looks or sounds much like the other."""
    if len(pairs) != 1:
        return None
    one, other = pairs[0]
    if any(one in group and other in group for group in characters().lookalikes):
        return Cause(CauseKind.LOOK_ALIKE, f"“{one}”“{other}”字形相近")
    if sound_alike(one) == sound_alike(other):
        evidence = f"“{one}”读{_sound(one)}，“{other}”读{_sound(other)}，读音相近"
        return Cause(CauseKind.NEAR_SOUND, evidence)
    return None


def sound_alike(character: str) -> str:
    """The character's reading, the same for all that many speakers don't tell apart.

    >>> sound_alike("张") == sound_alike("臧"), sound_alike("芳") == sound_alike("李")
    (True, False)
    """
    return _blurred(_sound(character))


@cache
def _sound(character: str) -> str:
    """The usual reading without its tone; the character itself where it has none."""
    from pypinyin import (
        lazy_pinyin,
    )  # its dictionaries cost a third of a second, and few runs ask for a reading

    return "".join(lazy_pinyin(character))


def _blurred(sound: str) -> str:
    """The reading with what many speakers don't tell apart made one."""
    for spelling, stands_for in _INITIALS:
        if sound.startswith(spelling):
            sound = stands_for + sound.removeprefix(spelling)
            break
    for spelling, stands_for in _FINALS:
        if sound.endswith(spelling):
            return sound.removesuffix(spelling) + stands_for
    return sound
