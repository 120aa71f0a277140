"""Who wrote a household's income down: the surveyor named on its survey."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fupin_audit.screening.frames import Book, Frames, Unit

_SURVEY, _WHO = "收入调查表", "调查人"


def recorder_units(
    frames: Frames, book: Book, rows: np.ndarray, year: int, villages: Sequence[Unit]
) -> Sequence[Unit]:
    """The rows by recorder, of those who recorded other households than those of one whole village."""
    survey = frames.books.get(_SURVEY)
    if survey is None or _WHO not in survey.columns:
        return ()
    theirs = survey.rows[survey.household >= 0]
    if "年度" in survey.columns:
        theirs = theirs[survey.columns["年度"][theirs] == year]
    names = np.full(
        int(max(book.household.max(initial=-1), survey.household.max(initial=-1))) + 2, None, object
    )
    names[survey.household[theirs]] = survey.columns[_WHO][theirs]
    by_row = names[book.household]  # the last is nobody: of a household unknown
    known = {tuple(unit.rows.tolist()) for unit in villages}
    found = frames.people(by_row, book.place, rows)
    return [unit for unit in found if tuple(sorted(unit.rows.tolist())) not in known]
