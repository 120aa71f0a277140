"""How often something happens by chance, in words."""

from __future__ import annotations

MOST = 12  # orders of magnitude that are told apart
_WAN, _YI = 10**4, 10**8


def one_in(times: float) -> str:
    """A number of times in two digits.

    >>> one_in(3214.7), one_in(123456.0), one_in(2.5e9)
    ('3200', '12万', '25亿')
    """
    rounded = float(f"{times:.2g}")
    if rounded >= _YI:
        return f"{rounded / _YI:g}亿"
    return f"{rounded / _WAN:g}万" if rounded >= _WAN else f"{rounded:g}"
