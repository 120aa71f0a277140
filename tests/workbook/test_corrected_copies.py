"""What a corrected copy is read back for: an empty cell is no text, whatever was meant to stand there."""

from __future__ import annotations

import pytest

from fupin_audit.workbook.correcting.corrected_copy import as_meant
from fupin_audit.workbook.correcting.new_contents import NewContent

EIGHT, DAY = NewContent("8", "8"), NewContent("2013年12月", "41609", "2013-12-01")


@pytest.mark.parametrize(
    ("stands", "wanted", "holds"),
    [
        (None, NewContent("张三"), False),
        ("", NewContent("张三"), False),
        (None, NewContent(""), True),
        ("张三", NewContent(""), False),
        ("张三", NewContent("张三"), True),
        ("123", NewContent("0123"), False),
        ("8.0", EIGHT, True),
        ("80", EIGHT, False),
        ("2013-12-01 00:00:00", DAY, True),
        ("2013-12-02 00:00:00", DAY, False),
    ],
)
def test_a_cell_holds_what_was_meant(stands: str | None, wanted: NewContent, holds: bool) -> None:
    assert as_meant("原来的", stands, wanted) is holds


def test_a_cell_that_nobody_meant_is_as_it_was() -> None:
    assert as_meant("8", "8", None)
    assert not as_meant("8", "8.0", None)
