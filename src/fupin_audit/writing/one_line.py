"""Text from cells as a report may show it: on one line, with nothing that could steer a terminal or break XML."""

from __future__ import annotations

import re

BLANK = "（空白）"

# Control characters, direction overrides (they can make `=1+1` look like a name), lone surrogates
# (file names in a foreign encoding) and the two code points XML forbids.
_UNSHOWABLE = re.compile(
    "\r\n|[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_LINE_BREAKS = {"\r\n", "\r", "\n", "\u2028", "\u2029"}


def one_line(text: str | None) -> str:
    r"""The text on one line, unshowable characters made visible; a missing or empty value says so.

    >>> one_line("甲\r\n乙"), one_line("红\x1b[31m"), one_line(None)
    ('甲↵乙', '红�[31m', '（空白）')
    """
    if not text:
        return BLANK
    return _UNSHOWABLE.sub(_visible, text)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, saying how many there were.

    >>> shorten("一二三四五六", 4)
    '一二三四…（共6字）'
    """
    return text if len(text) <= limit else f"{text[:limit]}…（共{len(text)}字）"


def _visible(found: re.Match[str]) -> str:
    return "↵" if found[0] in _LINE_BREAKS else "\N{REPLACEMENT CHARACTER}"
