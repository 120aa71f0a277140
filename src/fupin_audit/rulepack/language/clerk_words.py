"""What people write out of habit where the rule language has another word, for refusals."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("并且", "而且", "且", "&&"), "AND"),
    **dict.fromkeys(("或者", "或", "||"), "OR"),
    **dict.fromkeys(("≥", "大于等于", "不小于", "不低于"), ">="),
    **dict.fromkeys(("≤", "小于等于", "不大于", "不超过"), "<="),
    **dict.fromkeys(("≠", "！=", "不等于", "不是"), "<>"),
    **dict.fromkeys(("＝", "==", "等于"), "="),
    **dict.fromkeys(("＞", "大于"), ">"),
    **dict.fromkeys(("＜", "小于"), "<"),
    **dict.fromkeys(("“", "”", "‘", "’", '"'), "'"),
    "非空": "IS NOT NULL",
    "为空": "IS NULL",
    "×": "*",
    "÷": "DIVIDE(a, b)",
    "（": "(",
    "）": ")",
    "，": ",",
}
# A word stands between other things; a sign may stand against them.
_WRITTEN = re.compile(
    "|".join(
        rf"(?:(?<=[\s)\d])|^){word}(?=[\s(]|$)" if word.isalpha() else re.escape(word)
        for word in sorted(_WORDS, key=len, reverse=True)
    )
)
_QUOTED = re.compile(r"'(?:[^']|'')*'")
YES, NO = ("是", "有", "对", "真"), ("否", "无", "没有", "错", "假", "不是")


def hint(text: str) -> str:
    """`；“且”应写作 AND`, or nothing where nothing of that kind is written outside quotation marks."""
    found = _WRITTEN.search(_QUOTED.sub("''", text))
    return f"；“{found[0]}”应写作 {_WORDS[found[0]]}" if found else ""


def hint_of_yes(word: str, field: str) -> str:
    """What to write in place of `有劳动力 = 是`; nothing where the word is neither yes nor no."""
    if word in YES:
        return f"；是否字段直接写“{field}”"
    return f"；是否字段直接写“NOT {field}”" if word in NO else ""
