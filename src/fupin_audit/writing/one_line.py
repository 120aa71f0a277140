"""Text from files as it may be shown: with nothing that steers a terminal, hides, misleads or breaks XML."""

from __future__ import annotations

import re

BLANK = "（空白）"

_UNSHOWABLE = re.compile(
    "\r\n|["
    "\x00-\x1f\x7f-\x9f\u2028\u2029"  # control characters, line breaks
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # directions: they can make `=1+1` look like a name
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # of no width
    "\ud800-\udfff"  # halves of characters, from file names in a foreign encoding
    "\ufffe\uffff"  # XML forbids them
    "]"
)
_LINE_BREAKS = {"\r\n", "\r", "\n", "\u2028", "\u2029"}


def one_line(text: str | None) -> str:
    r"""The text on one line, unshowable characters made visible; a missing or empty value says so.

    >>> one_line("甲\r\n乙"), one_line("红\x1b[31m"), one_line("张\u200b三"), one_line(None)
    ('甲↵乙', '红�[31m', '张�三', '（空白）')
    """
    if not text:
        return BLANK
    return _UNSHOWABLE.sub(_shown, text)


def visible(text: str) -> str:
    r"""The same for a text of several lines, which it keeps.

    >>> visible("甲\n\x1b乙")
    '甲\n�乙'
    """
    return _UNSHOWABLE.sub(lambda found: "\n" if found[0] == "\n" else _shown(found), text)


def escaped(json: str) -> str:
    r"""The same for JSON: an escape in the place of the character, so that the value stays what it is.

    >>> escaped('"张\u200b三"')
    '"张\\u200b三"'
    """
    return _UNSHOWABLE.sub(lambda found: "\n" if found[0] == "\n" else _escape(found[0]), json)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, saying how many there were.

    >>> shorten("一二三四五六", 4)
    '一二三四…（共6字）'
    """
    return text if len(text) <= limit else f"{text[:limit]}…（共{len(text)}字）"


def _shown(found: re.Match[str]) -> str:
    return "↵" if found[0] in _LINE_BREAKS else "\N{REPLACEMENT CHARACTER}"


def _escape(character: str) -> str:
    r"""`\u200b`; beyond the first 65,536 characters JSON spells the two halves."""
    halves = character.encode("utf-16-be", errors="surrogatepass")
    return "".join(f"\\u{halves[at : at + 2].hex()}" for at in range(0, len(halves), 2))
