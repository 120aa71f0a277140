"""The door of XlsxWriter: workbooks in which text stays text, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from fupin_audit.writing.scratch import scratch

__all__ = ["Format", "Workbook", "Worksheet", "new_workbook", "xl_rowcol_to_cell"]
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def new_workbook(
    sink: BinaryIO, title: str, day: date, options: Mapping[str, Any] | None = None
) -> Iterator[Workbook]:
    """A workbook to fill; it is written to the sink at the end.

    Left to itself XlsxWriter reads the clock, so the day of the data is its date.
    """
    book = Workbook(sink, {**_AS_TEXT, "tmpdir": str(scratch()), **(options or {})})
    book.set_properties({"title": title, "created": datetime.combine(day, time())})
    yield book
    try:
        book.close()
    except FileCreateError as error:  # what the system said, wrapped
        raise error.args[0] from error
