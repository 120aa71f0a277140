"""The line of a cell, for programs that know lines only."""

from __future__ import annotations


def line_of(cell: str) -> str:
    """The row of an address; empty where a whole sheet is meant.

    >>> line_of("AB12"), line_of("")
    ('12', '')
    """
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$").lstrip("$")
