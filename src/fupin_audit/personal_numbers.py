"""Personal numbers in a text: ID numbers, mobile phones, bank accounts, however they are written.

Spaces, hyphens and signs nobody sees may stand between the digits, the digits may be wide ones or another script's,
one may be lacking or too many, a country code or a zero may stand before, two numbers may run into each other, any
sign may divide a number in its usual groups. What only looks like a long number stays: dates and times, amounts,
fractions, numbers of households.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

_REGION, _CARD_HEAD, _PHONE_HEAD, _TAIL = 6, 6, 3, 4
_OLD_ID, _NEW_ID, _CARD = 15, 18, 16  # digits
_SHORTEST, _LONGEST = 11, 22  # of a number that is looked for: a mobile phone, a 残疾证 with its grade
_TELLING = 8  # digits of an unknown number of which the first may be shown

# What stands between digits without being seen: zero-width and directional marks, controls, combining signs.
_UNSEEN = (
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u0300-\u036f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufeff]"
)
# What a number is written in groups with; lists, sums, times and fractions have other signs.
_SIGNS = r"[\s_,，﹐.．·•・'’()（）\-\u2010-\u2015−﹣－]"
# After the X of an ID number a 残疾证 has two digits or four.
_TOKEN = re.compile(rf"[0-9](?:{_UNSEEN}*[0-9])*(?:{_UNSEEN}*X(?![A-Za-z])(?:{_UNSEEN}*[0-9]){{0,4}})?")
_BARE = re.compile(r"[0-9]+X?")
_NOT_SEEN = re.compile(f"{_UNSEEN}+")
_GLUE = re.compile(rf"{_SIGNS}{{0,4}}|\s*")
_ENOUGH = re.compile(rf"(?:[0-9]X?(?:{_SIGNS}|{_UNSEEN})*){{{_SHORTEST}}}")
_SPELT = re.compile(rf"[〇零○一二三四五六七八九]{{{_SHORTEST},}}")
_SCIENTIFIC = re.compile(r"[0-9]\.[0-9]{9,}(?=[Ee]\+?1[0-9](?![0-9]))")
_UNIT = re.compile(r"\s*(?:[元万亿亩斤吨人户个次米㎡%％]|公[斤里顷]|平方|千克)")

_MONTH, _DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
_MONTH_DAY = _MONTH + _DAY
_BIRTHDAY = re.compile(rf"(?:19|20)[0-9]{{2}}{_MONTH_DAY}")
# Whatever a number is divided by, the same sign each time, in groups that a list or a sum would hardly have.
_SAME, _SLASH = r"(\s?[^\w\s]\s?)", r"\s?[/／\\|]\s?"
_NO_SUM = rf"(?![0-9])(?!{_UNIT.pattern})"
_DIVIDED = (
    (rf"[0-9]{{6}}([^0-9])(?:19|20)[0-9]{{2}}{_MONTH_DAY}\1[0-9]{{3}}[0-9X]?", (_REGION, 0)),
    (
        rf"[0-9]{{4}}{_SAME}[0-9]{{2}}(?:19|20)\1[0-9]{{2}}{_MONTH}\1{_DAY}[0-9]{{2}}\1[0-9][0-9X]",
        (_REGION, 0),
    ),
    (rf"1[3-9][0-9]{_SAME}[0-9]{{4}}\1[0-9]{{4}}{_NO_SUM}", (_PHONE_HEAD, _TAIL)),
    (rf"1[3-9][0-9]{_SLASH}[0-9]{{8}}{_NO_SUM}", (_PHONE_HEAD, _TAIL)),
    (
        rf"62[0-9]{{2}}(?:{_SAME}[0-9]{{4}})(?:\1[0-9]{{4}}){{2}}(?:\1[0-9]{{1,3}})?{_NO_SUM}",
        (_CARD_HEAD, _TAIL),
    ),
    (rf"62[0-9]{{4}}{_SLASH}[0-9]{{10,13}}{_NO_SUM}", (_CARD_HEAD, _TAIL)),
)
_DIVIDED_NUMBERS = tuple((re.compile(rf"(?<![0-9]){groups}"), ends) for groups, ends in _DIVIDED)
_MANY_DIGITS = re.compile(rf"(?:[^0-9]*+[0-9]){{{_SHORTEST}}}")
# A group that may be a sum, a year or a day: where all but the first are, it is a list.
_LISTED = re.compile(rf"[1-9][0-9]00|(?:19|20)[0-9]{{2}}(?:{_MONTH_DAY})?|[1-9][0-9]{{3}}0000")
_DIGITS = re.compile("[0-9]+")
_OLD_BIRTHDAY = re.compile(rf"[0-9]{{8}}{_MONTH_DAY}[0-9]{{3}}")
_MOBILE = re.compile(r"(?:0{0,4}(?:86)?0?)(1[3-9][0-9]{9})")
# Cards begin with 62, and so do the region codes of Gansu: 6201 to 6212, 6229, 6230.
_BANK_CARD = re.compile(r"0?62(?!(?:0[1-9]|1[0-2]|29|30)(?:0[1-9]|[12][0-9]|3[01]))[0-9]{14,17}")
_TIMESTAMP = re.compile(rf"20[0-9]{{2}}{_MONTH_DAY}(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9][0-9]{{0,3}}")
_DATE = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}(?:"
    r"([-/.])(?:1[0-2]|0?[1-9])(?:\1(?:3[01]|[12][0-9]|0?[1-9]))?"
    rf"|{_MONTH_DAY})(?![0-9])"
)
_POINT = "."
_PHONE_GROUPS = frozenset({(3, 4, 4), (3, 3, 5), (3, 8), (7, 4), (5, 6), (6, 5), (2, 3, 3, 3)})
_ID_GROUPS = frozenset({(6, 8, 4), (6, 8, 3), (6, 4, 4, 4), (6, 8, 3, 1), (6, 4, 2, 2, 4)})
_OLD_ID_GROUPS = (6, 6, 3)
_THREE, _FOUR = 3, 4  # digits of the usual groups


class _PlainCharacters(dict[int, str]):
    """Any character → the digit it is or stands for, `X` for what is taken for it, else itself."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        digit = unicodedata.digit(character, None)
        self[code] = character if digit is None else str(digit)
        return self[code]


PLAIN = _PlainCharacters()
PLAIN |= dict.fromkeys(map(ord, "xXｘＸхХχΧ×✕✖╳叉"), "X") | dict.fromkeys(map(ord, "〇零○"), "0")


@dataclass(frozen=True, slots=True)
class _Token:
    """Digits with nothing to be seen between them: where they stand, what they are, what stands before them."""

    start: int
    end: int
    digits: str
    glue: str = ""


class Holding(Enum):
    """What a text holds, and from how many digits on what is no known number is taken for a part of one."""

    WORDS = "words", None
    CODES = "words and long numbers of households, persons, projects", None
    QUOTATIONS = "words that quote personal numbers", 7
    NUMBERS = "personal numbers alone", 1

    @property
    def suspicious(self) -> int | None:
        """So many digits are part of a number; None: they may be anything."""
        least: int | None = self.value[1]
        return least


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """Where it stands in a text, and how many of its digits may be shown at either end."""

    start: int
    end: int
    head: int = 0
    tail: int = 0


def personal_numbers(text: str, holding: Holding) -> list[PersonalNumber]:
    """The numbers in a text that must not be shown whole."""
    if _BARE.fullmatch(text):
        ends = _in_one_piece(text, coded=holding is Holding.CODES) or _suspicious(text, holding)
        return [PersonalNumber(0, len(text), *ends)] if ends else []
    plain = text.translate(PLAIN)
    found = [PersonalNumber(*item.span(), _PHONE_HEAD) for item in _SPELT.finditer(text)]
    if _MANY_DIGITS.match(plain):
        found += _divided(plain)
    if holding.suspicious or _ENOUGH.search(plain):
        found += [PersonalNumber(*item.span(), _PHONE_HEAD) for item in _SCIENTIFIC.finditer(plain)]
        found += (number for run in _runs(plain) for number in _of_run(plain, run, holding))
    return found


def _divided(plain: str) -> Iterator[PersonalNumber]:
    """Those in groups divided by what else stands between numbers of a list."""
    for pattern, ends in _DIVIDED_NUMBERS:
        for found in pattern.finditer(plain):
            if not all(map(_LISTED.fullmatch, _DIGITS.findall(found[0])[1:])):
                yield PersonalNumber(*found.span(), *ends)


def _runs(plain: str) -> Iterator[list[_Token]]:
    """Digits that may be read together: nothing but a few signs between them."""
    run: list[_Token] = []
    for found in _TOKEN.finditer(plain):
        glue = _NOT_SEEN.sub("", plain[run[-1].end : found.start()]) if run else ""
        if not _GLUE.fullmatch(glue):
            yield run
            run, glue = [], ""
        run.append(_Token(*found.span(), _NOT_SEEN.sub("", found[0]), glue))
    if run:
        yield run


def _of_run(plain: str, run: Sequence[_Token], holding: Holding) -> Iterator[PersonalNumber]:
    """The numbers written in one piece; between them those written in groups; of the rest what is suspicious."""
    between: list[_Token] = []
    for at, token in enumerate(run):
        fraction = token.glue == _POINT and not (at > 1 and run[at - 1].glue == _POINT)
        shown = _in_one_piece(token.digits, coded=holding is Holding.CODES, fraction=fraction)
        if shown is None:
            between.append(token)
        else:
            yield from _in_groups(plain, between, holding)
            between = []
            yield PersonalNumber(token.start, token.end, *shown)
    yield from _in_groups(plain, between, holding)


def _in_one_piece(digits: str, *, coded: bool, fraction: bool = False) -> tuple[int, int] | None:
    """How much of these digits may be shown at either end; None where they are nobody's number."""
    if phone := _MOBILE.fullmatch(digits):
        return phone.start(1) + _PHONE_HEAD, _TAIL
    if len(digits) < _OLD_ID or _TIMESTAMP.fullmatch(digits):
        return None
    if head := _before_birthday(digits):
        return head, 0
    if len(digits) == _OLD_ID or fraction:
        return None
    if _BANK_CARD.fullmatch(digits):
        return _CARD_HEAD, _TAIL
    # 人编号 have 16 digits, the household numbers of some platforms 18.
    return None if coded and len(digits) in {_CARD, _NEW_ID} else (_REGION, 0)


def _suspicious(digits: str, holding: Holding) -> tuple[int, int] | None:
    """How much may be shown of what is no known number, but stands where numbers are."""
    if holding.suspicious is None or len(digits) < holding.suspicious:
        return None
    return (_PHONE_HEAD if len(digits) >= _TELLING else 0), 0


def _before_birthday(digits: str) -> int:
    """How many digits stand before the birth date of an ID number, of which one may be lacking or too many; 0 for none."""
    if len(digits) == _OLD_ID:
        return _REGION if _OLD_BIRTHDAY.fullmatch(digits) else 0
    slips = () if len(digits) in {_CARD, _NEW_ID} else (_REGION - 1, _REGION + 1)
    heads = (_REGION, *slips) if len(digits) > _CARD else ()
    return next((head for head in heads if _BIRTHDAY.match(digits, head)), 0)


def _in_groups(plain: str, tokens: Sequence[_Token], holding: Holding) -> Iterator[PersonalNumber]:
    """The longest groups first; a date is never cut in two, and dates alone are no number."""
    dated, within = _dated(plain, tokens)
    first = 0
    while first < len(tokens):
        token, last = tokens[first], first + 1
        if found := _longest_group(plain, tokens[first : first + _LONGEST + 1], dated, within):
            last += found[0]
            yield PersonalNumber(token.start, tokens[last - 1].end, *found[1])
        elif ends := _suspicious(token.digits, holding):
            yield PersonalNumber(token.start, token.end, *ends)
        first = last


def _dated(plain: str, tokens: Sequence[_Token]) -> tuple[set[int], set[int]]:
    """Where tokens of dates begin, and which of these places are within a date."""
    if not tokens:
        return set(), set()
    dates = [found.span() for found in _DATE.finditer(plain, tokens[0].start, tokens[-1].end)]
    places = {at for begin, end in dates for at in range(begin, end)}
    return places, places - {begin for begin, _ in dates}


def _longest_group(
    plain: str, tokens: Sequence[_Token], dated: Collection[int], within: Collection[int]
) -> tuple[int, tuple[int, int]] | None:
    """Of the numbers that begin with the first token: how many tokens more the longest has, and what may be shown."""
    if len(tokens) == 1 or tokens[0].start in within:
        return None
    lengths = list(accumulate(len(token.digits) for token in tokens))
    fewest, most = bisect_left(lengths, _SHORTEST), bisect_right(lengths, _LONGEST) - 1
    for more in range(most, max(fewest, 1) - 1, -1):
        chosen = tokens[: more + 1]
        cut = more + 1 < len(tokens) and tokens[more + 1].start in within
        if cut or all(token.start in dated for token in chosen):
            continue
        if shown := _grouped(chosen, plain[chosen[-1].end : chosen[-1].end + _THREE]):
            return more, shown
    return None


def _grouped(chosen: Sequence[_Token], after: str) -> tuple[int, int] | None:
    """How much may be shown of a number written in these groups; None where they are none."""
    digits, sizes = "".join(token.digits for token in chosen), tuple(len(token.digits) for token in chosen)
    if head := _id_head(digits, sizes):
        return head, 0
    signs = {token.glue for token in chosen[1:]}
    if _UNIT.match(after) or (_POINT in signs and len(signs) > 1):
        return None
    if phone := _MOBILE.fullmatch(digits):
        groups = _without_prefix(sizes, phone.start(1))
        amounts = all(token.digits.endswith("00") and token.digits[0] != "0" for token in chosen)
        usual = _is_even(groups) or groups in _PHONE_GROUPS
        return (phone.start(1) + _PHONE_HEAD, _TAIL) if usual or not amounts else None
    if _BANK_CARD.fullmatch(digits):
        return _CARD_HEAD, _TAIL
    thousands = len(signs) == 1 and sizes[0] <= _THREE and set(sizes[1:]) == {_THREE}
    return (_REGION, 0) if len(digits) >= _CARD and (thousands or set(sizes) == {1}) else None


def _id_head(digits: str, sizes: tuple[int, ...]) -> int:
    """How much may be shown of an ID number written in such groups; 0 where it is none."""
    if len(digits) == _OLD_ID and not (sizes == _OLD_ID_GROUPS or (_is_even(sizes) and sizes[0] <= _FOUR)):
        return 0
    return _before_birthday(digits) or (_REGION if sizes in _ID_GROUPS else 0)


def _without_prefix(sizes: Sequence[int], prefix: int) -> tuple[int, ...]:
    groups = list(sizes)
    while prefix:
        taken = min(prefix, groups[0])
        groups[0] -= taken
        prefix -= taken
        groups = groups if groups[0] else groups[1:]
    return tuple(groups)


def _is_even(sizes: Sequence[int]) -> bool:
    """Whether all groups are alike, but for a shorter one at the end."""
    return set(sizes[:-1]) <= {sizes[0]} and sizes[-1] <= sizes[0]
