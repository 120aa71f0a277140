"""What a cell's text says once typing habits are taken off."""

from __future__ import annotations

import re
import unicodedata

from fupin_audit.ledgers.types.characters import usual

# Zero-width and directional marks, byte order marks, soft hyphens: invisible and never meant.
_HIDDEN = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|_x000[dD]_"
)
_SPACES = re.compile(r"[\s\u3000\xa0]+")
_WRAPPER = re.compile(r'^="(.*)"$', re.DOTALL)
_FULL_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_FULL_WIDTH |= {0x3000: 0x20, 0xA0: 0x20}
_CHINESE_SPACE = re.compile("(?<=[一-鿿]) (?=[一-鿿])")
_CHINESE_DOT = re.compile("(?<=[一-鿿])[.．•‧∙⋅・･](?=[一-鿿])")
_PUNCTUATION = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}

BLANK_WORDS = frozenset({"", "空", "无", "-", "--", "—", "——", "–", "－", "/", "／", "\\", "＼", "NULL", "null", "Null",
                         "nan", "NaN", "NAN", "None", "N/A", "n/a"})  # fmt: skip


def unwrap(text: str) -> str:
    """Take off the `="…"` and `'` wrappers that keep Excel from guessing.

    >>> unwrap('="0012"'), unwrap("'0012")
    ('0012', '0012')
    """
    text = text.strip()
    if match := _WRAPPER.match(text):
        return unwrap(match[1])
    return unwrap(text[1:]) if text.startswith(("'", "\u2018")) and len(text) > 1 else text


def clean(text: str) -> str:
    """The text a reader sees: wrappers and hidden characters gone, full-width letters and digits narrowed.

    >>> clean(" １２\u200b３Ａ　")
    '123A'
    """
    return _SPACES.sub(" ", unwrap(_HIDDEN.sub("", text)).translate(_FULL_WIDTH)).strip()


def narrow(text: str) -> str:
    """Like `clean`, with full-width punctuation narrowed and inner spaces removed: for numbers, dates, codes."""
    return unwrap(_SPACES.sub("", _HIDDEN.sub("", text).translate(_PUNCTUATION)))


def tidy(text: str) -> str:
    """Like `clean`, for names and prose: no spaces in Chinese, one kind of middle dot, usual characters.

    >>> tidy("張　三"), tidy("艾山•买买提"), tidy("A 级 房")
    ('张三', '艾山·买买提', 'A 级房')
    """
    return usual(_CHINESE_DOT.sub("·", _CHINESE_SPACE.sub("", clean(text))))


def is_blank(text: str) -> bool:
    """Whether the cell says nothing; `0` is a value."""
    return clean(text) in BLANK_WORDS


def header_key(text: str) -> str:
    r"""Header text reduced to what is compared: NFKC, no spaces, no line breaks.

    >>> header_key("务工 时间\n（月）")
    '务工时间(月)'
    """
    return _SPACES.sub("", unicodedata.normalize("NFKC", _HIDDEN.sub("", text)))
