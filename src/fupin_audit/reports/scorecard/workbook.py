"""The scorecard as a workbook: counties in detail, towns and villages side by side, what the figures mean."""

from __future__ import annotations

from typing import BinaryIO

from fupin_audit.reports.scorecard.matrix import write_matrix
from fupin_audit.reports.scorecard.score_sheets import TITLE, ScoreStyle, write_details, write_meanings
from fupin_audit.results.scorecard import Level, Scorecard
from fupin_audit.writing.excel import new_workbook
from fupin_audit.writing.marks import SCORE_BOOK, workbook_mark

MARK = workbook_mark(*SCORE_BOOK)


def write(card: Scorecard, sink: BinaryIO) -> None:
    """Writes 县, then 乡镇 and 村 as tables of places by indicators, 明细 and 口径."""
    with new_workbook(sink, TITLE, card.as_of) as book:
        style = ScoreStyle(book)
        write_details(book.add_worksheet("县"), card, (Level.COUNTY, Level.WHOLE), style)
        for level in (Level.TOWN, Level.VILLAGE):
            write_matrix(book.add_worksheet(level), card, level, style)
        write_details(book.add_worksheet("明细"), card, (Level.TOWN, Level.VILLAGE), style)
        write_meanings(book.add_worksheet("口径"), card, style)
