"""Lists of one kind of those a ledger is about, and of one service for them, speak of nobody who isn't on them (D14)."""

from __future__ import annotations

import pytest

from fupin_audit.ledgers.registry import ledger
from fupin_audit.workbook.recognising.naming import SheetTitles


def partial(title: str, stem: str) -> str:
    return SheetTitles("Sheet1", "", stem).partial(ledger(title))


@pytest.mark.parametrize(
    ("title", "stem", "word"),
    [
        ("公益岗位", "生态护林员名册", "护林员"),
        ("公益岗位", "村保洁员花名册", "保洁员"),
        ("公益岗位", "公益性岗位人员（护林员、保洁员）", ""),
        ("公益岗位", "公益岗位名册", ""),
        ("残疾人", "残疾人无障碍改造", "无障碍"),
        ("残疾人", "残疾儿童康复报销", "康复"),
        ("残疾人", "持证残疾人", ""),
        ("健康管理", "慢性病名单", ""),
    ],
)
def test_a_list_of_some_is_told_by_its_name(title: str, stem: str, word: str) -> None:
    assert partial(title, stem) == word
