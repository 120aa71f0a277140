"""Personal numbers as they may be shown (D10): the same number is always masked the same way.

Of an ID number the region is shown and nothing else: with the birth date, which stands in many a ledger, the last
four digits would give the whole number away. Of a bank card and a mobile phone both ends are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from fupin_audit.personal_numbers import PLAIN, Holding, personal_numbers

_HIDDEN = "*"
_OUTLINE = re.compile(r"[\W_]*\*[\W_]*")  # nobody counts the stars
_TAIL, _SHORTEST = 4, 11  # digits
_WHOLE = 7  # characters: no more of a personal number are hidden altogether
_ENDLESS = 1 << 17  # characters: no cell of a spreadsheet holds so many, so nobody needs its figures
_DIGIT = re.compile("[\\d²³¹⁰-₉①-⓿❶-➓〇零○一二三四五六七八九]")
_REMEMBERED = 1 << 16  # texts whose masks are kept: the same names and numbers stand in many findings


def mask(text: str) -> str:
    """A cell of a column of ID numbers, phones or accounts: nothing in it is shown whole.

    >>> mask("990101199001010018"), mask("13800000000"), mask("6299000001000100001"), mask("123")
    ('990101************', '138****0000', '629900*********0001', '***')
    >>> mask("9901 0119 9001 0100 1x"), mask("024-52345678（村部）")
    ('9901 01** **** **** **', '***-523*****（村部）')
    """
    if len(text) <= _WHOLE:
        return _HIDDEN * len(text)
    return _masked(text, Holding.NUMBERS)


def mask_text(text: str) -> str:
    """Any other text: what is an ID number, a mobile phone or an account is masked, everything else stays.

    >>> mask_text("李四990101 1970 0305 0015"), mask_text("电话+86-138-0000-0000")
    ('李四990101 **** **** ****', '电话+86-138-****-0000')
    >>> mask_text("2020-12-31至2021-12-31，1.5万元，户99010000040010")
    '2020-12-31至2021-12-31，1.5万元，户99010000040010'
    """
    return text if len(text) < _SHORTEST else _masked(text, Holding.WORDS)


def mask_codes(text: str) -> str:
    """A text that may hold long numbers of households, persons or projects, which are nobody's secret.

    >>> mask_codes("户编号990101000000000101，990101197003050015")
    '户编号990101000000000101，990101************'
    """
    return text if len(text) < _SHORTEST else _masked(text, Holding.CODES)


def mask_quotations(text: str) -> str:
    """A text made of personal numbers among other things: dates and counts that come from them stay.

    >>> mask_quotations("张三990101700305，1970-03-05"), mask_quotations("17")
    ('张三990*********，1970-03-05', '17')
    """
    return text if len(text) < _WHOLE else _masked(text, Holding.QUOTATIONS)


def mask_all_but_tail(text: str) -> str:
    """An ID number on a form that is taken to the door, where the card is held against its last four digits.

    >>> mask_all_but_tail("990101199001010018"), mask_all_but_tail("123")
    ('**************0018', '***')
    """
    solid = [at for at, character in enumerate(text.translate(PLAIN)) if character.isalnum()]
    shown = set(solid[-_TAIL:]) if len(solid) > _WHOLE else set()
    return "".join(_HIDDEN if at in solid and at not in shown else text[at] for at in range(len(text)))


def told_apart(masks: Iterable[tuple[str, str]]) -> str:
    """Where numbers differ whose masks look alike; empty where none do.

    Args:
        masks: each mask with its number.

    >>> numbers = ["990101197003050015", "990101197003050051", "99010119700305001"]
    >>> told_apart((mask(number), number) for number in numbers[:2])
    '隐去的第17、18位不同'
    >>> told_apart((mask(number), number) for number in numbers[1:])
    '位数不同：18位、17位'
    >>> told_apart([("138****0000", "13812340000"), ("138****0001", "13812340001")])
    ''
    """
    alike: dict[str, list[str]] = {}
    for shown, number in masks:
        if _HIDDEN in shown:
            alike.setdefault(_OUTLINE.sub(_HIDDEN, shown), []).append(_solid(number))
    return "；".join(dict.fromkeys(filter(None, map(_apart, alike.values()))))


def _apart(numbers: Sequence[str]) -> str:
    different = list(dict.fromkeys(numbers))
    if len(different) == 1:
        return ""
    if len({len(number) for number in different}) > 1:
        return f"位数不同：{'、'.join(f'{len(number)}位' for number in different)}"
    places = [at for at, digits in enumerate(zip(*different, strict=True), 1) if len(set(digits)) > 1]
    return f"隐去的第{'、'.join(_ranges(places))}位不同"


def _solid(text: str) -> str:
    """The characters of a number without what only separates them."""
    return "".join(character for character in text.translate(PLAIN).upper() if character.isalnum())


def _ranges(places: Sequence[int]) -> Iterator[str]:
    """`7至14`, `17`, `18`."""
    first = last = places[0]
    for place in (*places[1:], 0):
        if place == last + 1:
            last = place
            continue
        yield from (f"{first}至{last}",) if last - first > 1 else map(str, range(first, last + 1))
        first = last = place


@lru_cache(_REMEMBERED)
def _masked(text: str, holding: Holding) -> str:
    """The text with its personal numbers hidden; of an endless one all digits, which takes no time."""
    if len(text) > _ENDLESS:
        return _DIGIT.sub(_HIDDEN, text)
    numbers = personal_numbers(text, holding)
    if not numbers:
        return text
    if (
        len(numbers) == 1
        and text.isascii()
        and numbers[0].end - numbers[0].start == len(text)
        and text.isalnum()
    ):
        end = len(text) - numbers[0].tail
        return text[: numbers[0].head] + _HIDDEN * (end - numbers[0].head) + text[end:]
    plain, shown = text.translate(PLAIN), list(text)
    for number in numbers:
        places = range(number.start, number.end)
        digits = [at for at in places if plain[at] == "X" or plain[at].isnumeric()]
        for at in digits[number.head : len(digits) - number.tail]:
            shown[at] = _HIDDEN
    return "".join(shown)
