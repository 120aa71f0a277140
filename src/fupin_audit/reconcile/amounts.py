"""Quantities: how one figure may have become the other."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from fupin_audit.ledgers.types.fieldtypes import Value
from fupin_audit.results.finding import Cause, CauseKind

_TEN_THOUSAND = 4  # 万元 against 元, as a power of ten
_TELLING = 2  # digits that, where some were rounded off, are no chance
# What was rounded to, as a power of ten; and the digits that must be gone for it to be no chance.
_ROUNDINGS = ((-1, "一位小数", 1), (0, "整数", 1), (1, "十位", 2), (2, "百位", 2), (3, "千位", 2))
_NEAR = Decimal("0.01")  # a rounding changes less than this share
_LEAST_DIGITS = 4  # of a figure in which a slip of one digit is no chance


def figure_cause(left: Value, right: Value, books: tuple[str, str]) -> Cause | None:
    """Why two figures may differ.

    Args:
        left: a number; anything else has no cause of this kind.
        right: likewise.
        books: what people call the records they stand in.

    >>> str(figure_cause(1.52, 15200, ("系统", "明白卡")))
    '可能是单位不同：系统的1.52×10000＝明白卡的15200，像是万元与元'
    """
    if isinstance(left, bool) or isinstance(right, bool):
        return None
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        return None
    sides = [(_exact(left), books[0]), (_exact(right), books[1])]
    small, big = sorted(sides, key=lambda side: abs(side[0]))
    return _unit(small, big) or _rounded(small, big) or _rounded(big, small) or _slipped(*sides)


def _exact(value: float) -> Decimal:
    return Decimal(str(round(value, 6))).normalize()


def _unit(small: tuple[Decimal, str], big: tuple[Decimal, str]) -> Cause | None:
    """Ten thousand times the other, or what is left of that after rounding."""
    figure, times = small[0], small[0].scaleb(_TEN_THOUSAND)
    digits = len(figure.as_tuple().digits)
    if not figure or (times != big[0] and (digits < _TELLING or not _is_rounded(big[0], times))):
        return None
    sign = "＝" if times == big[0] else "≈"
    evidence = f"{small[1]}的{figure:f}×10000{sign}{big[1]}的{big[0]:f}，像是万元与元"
    return Cause(CauseKind.UNIT, evidence)


def _is_rounded(value: Decimal, rounded: Decimal) -> bool:
    return value.quantize(_step(rounded), ROUND_HALF_UP) == rounded


def _step(value: Decimal) -> Decimal:
    """The worth of the last digit that is not zero."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def _rounded(fine: tuple[Decimal, str], coarse: tuple[Decimal, str]) -> Cause | None:
    """One figure is the other, rounded."""
    if abs(fine[0] - coarse[0]) > abs(fine[0]) * _NEAR:
        return None
    last = int(fine[0].as_tuple().exponent)
    for power, place, gone in _ROUNDINGS:
        step = Decimal(1).scaleb(power)
        if last <= power - gone and fine[0].quantize(step, ROUND_HALF_UP) == coarse[0]:
            evidence = f"{fine[1]}的{fine[0]:f}四舍五入到{place}就是{coarse[1]}的{coarse[0]:f}"
            return Cause(CauseKind.ROUNDED, evidence)
    return None


def _slipped(one: tuple[Decimal, str], other: tuple[Decimal, str]) -> Cause | None:
    """Equally long, with one digit different, or two neighbours exchanged.

    >>> str(figure_cause(8520, 8250, ("系统", "明白卡")))
    '可能是两位颠倒：系统的8520与明白卡的8250，第2位与第3位互换后相同'
    >>> str(figure_cause(13620, 13920, ("系统", "明白卡")))
    '可能是一位不同：系统的13620与明白卡的13920，只有第3位不同'
    """
    texts = [f"{abs(value):f}" for value, _ in (one, other)]
    digits = [len(value.normalize().as_tuple().digits) for value, _ in (one, other)]
    whole = [len(text.partition(".")[0]) for text in texts]
    if len({*map(len, texts)}) > 1 or min(whole) < _LEAST_DIGITS or min(digits) < _LEAST_DIGITS - 1:
        return None
    sides = f"{one[1]}的{texts[0]}与{other[1]}的{texts[1]}"
    match [at for at, (a, b) in enumerate(zip(*texts, strict=True)) if a != b]:
        case [at]:
            return Cause(CauseKind.ONE_DIGIT, f"{sides}，只有第{at + 1}位不同")
        case [at, to] if to == at + 1 and texts[0][at] == texts[1][to] and texts[0][to] == texts[1][at]:
            return Cause(CauseKind.SWAPPED_DIGITS, f"{sides}，第{at + 1}位与第{to + 1}位互换后相同")
    return None
