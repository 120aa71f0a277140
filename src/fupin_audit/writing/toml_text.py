"""Text as TOML spells it."""

from __future__ import annotations

_ESCAPED = {'"', "\\"}


def quoted(text: str) -> str:
    r"""A string of one line, which shows whoever reads the file everything that stands in it.

    >>> quoted('甲"乙\u202e'), quoted("\x7f")
    ('"甲\\"乙\\U0000202e"', '"\\U0000007f"')
    """
    return f'"{"".join(map(_spelled, text))}"'


def _spelled(character: str) -> str:
    if character in _ESCAPED:
        return f"\\{character}"
    if character.isprintable() or character == "\u3000":
        return character
    return f"\\U{ord(character):08x}"
