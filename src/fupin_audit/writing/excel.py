"""The door of XlsxWriter: workbooks in which text stays text, the same bytes for the same content."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import deepcopy
from datetime import date, datetime, time
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from fupin_audit.writing.scratch import scratch

__all__ = ["Format", "Workbook", "Worksheet", "column_name", "new_workbook", "xl_rowcol_to_cell"]
column_name = xl_col_to_name
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def new_workbook(
    sink: BinaryIO, title: str, day: date, options: Mapping[str, Any] | None = None
) -> Iterator[Workbook]:
    """A workbook to fill; it is written to the sink at the end.

    Left to itself XlsxWriter reads the clock, so the day of the data is its date. It is packed in memory: where a
    disk is full XlsxWriter lets go of the package half written, which then closes itself whenever it is cleared up.

    Raises:
        OSError: there is no room for the sheets before they are packed.
    """
    whole = io.BytesIO()
    given = deepcopy(dict(options or {}))  # XlsxWriter changes what it is given
    where = {"tmpdir": str(scratch())} if given.get("constant_memory") else {"in_memory": True}
    book = Workbook(whole, {**_AS_TEXT, **where, **given})
    book.set_properties({"title": title, "created": datetime.combine(day, time())})
    try:
        yield book
        book.close()
    except FileCreateError as error:  # what the system said, wrapped
        raise error.args[0] from error
    finally:
        _let_go(book)
    sink.write(whole.getbuffer())


def _let_go(book: Workbook) -> None:
    """Closes the files in which the rows of a long workbook wait to be packed."""
    for sheet in book.worksheets():
        with suppress(AttributeError, OSError):  # a short one has none
            sheet.row_data_fh.close()
