"""The declared characters: every variant has one usual form, and names keep what makes them names."""

from __future__ import annotations

from collections import Counter

import pytest

from fupin_audit.ledgers.types.characters import characters
from fupin_audit.ledgers.types.kinds import TEXT


def test_a_variant_stands_for_one_usual_character() -> None:
    forms = Counter(form for forms in characters().variants.values() for form in forms)
    assert [form for form, times in forms.items() if times > 1] == []
    assert set(forms).isdisjoint(characters().variants)
    assert all(len(character) == 1 for character in characters().variants)


def test_lookalikes_are_groups_of_different_characters() -> None:
    groups = characters().lookalikes
    assert all(len(group) == len(set(group)) > 1 for group in groups)
    assert len(groups) == len(set(groups))


@pytest.mark.parametrize(
    ("written", "read"), [("張學軍", "张学军"), ("陳　國強", "陈国强"), ("王乾", "王乾")]
)
def test_text_is_read_in_usual_characters(written: str, read: str) -> None:
    assert TEXT.read(written) == read
