"""The scorecard as a workbook: counties in detail, towns and villages side by side, what the figures mean."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import xlsxwriter

from fupin_audit.reports.scorecard.matrix import write_matrix
from fupin_audit.reports.scorecard.score_sheets import TITLE, ScoreStyle, write_details, write_meanings
from fupin_audit.results.scorecard import Level, Scorecard

_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(card: Scorecard, path: Path) -> None:
    """Writes 县, then 乡镇 and 村 as tables of places by indicators, 明细 and 口径."""
    with xlsxwriter.Workbook(str(path), _AS_TEXT) as book:
        # Left to itself XlsxWriter reads the clock; the same input must give the same bytes.
        book.set_properties({"title": TITLE, "created": datetime.combine(card.as_of, time())})
        style = ScoreStyle(book)
        write_details(book.add_worksheet("县"), card, (Level.COUNTY, Level.WHOLE), style)
        for level in (Level.TOWN, Level.VILLAGE):
            write_matrix(book.add_worksheet(level), card, level, style)
        write_details(book.add_worksheet("明细"), card, (Level.TOWN, Level.VILLAGE), style)
        write_meanings(book.add_worksheet("口径"), card, style)
