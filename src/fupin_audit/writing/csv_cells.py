"""Texts from files as cells of a csv that people open in a spreadsheet."""

from __future__ import annotations

import re

from fupin_audit.writing.one_line import one_line

_FORMULA = re.compile(r"^[=+\-@]")


def csv_cell(text: str) -> str:
    r"""On one line, and never a formula: a spreadsheet would work out what a ledger's cell says.

    >>> csv_cell("=1+1"), csv_cell("甲\n乙"), csv_cell("")
    ("'=1+1", '甲↵乙', '')
    """
    shown = one_line(text) if text else ""
    return f"'{shown}" if _FORMULA.match(shown) else shown
