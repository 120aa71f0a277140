"""Who reads ahead ends its threads when it is done or broken off, and never when garbage is cleared away.

A generator that is left half-way lives as long as the failure that broke it off is looked at. Were its threads waited for
when it is cleared away, which any thread may do while another begins or ends, both might wait for each other for good.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import thread as pools
from io import BytesIO
from pathlib import Path

import pytest
from layouts import write

from fupin_audit.workbook import reading
from fupin_audit.workbook.annotating.package_copy import PackageCopy
from fupin_audit.workbook.files.one_ahead import one_ahead
from fupin_audit.workbook.formats import sheet_scan
from fupin_audit.workbook.loading import load


class BrokenOffError(Exception):
    """What is amiss in these tests."""


def fail(*_: object) -> None:
    raise BrokenOffError


def working() -> set[threading.Thread]:
    """The threads of pools."""
    return {thread for thread in threading.enumerate() if thread in pools._threads_queues}


@pytest.fixture(autouse=True)
def before() -> set[threading.Thread]:
    return working()


def test_what_is_worked_out_ahead(before: set[threading.Thread]) -> None:
    with one_ahead(range(9)) as coming:
        assert [next(coming), next(coming)] == [0, 1]
    assert working() == before


def test_files_that_are_opened_ahead(
    before: set[threading.Thread], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "一二三":
        write(tmp_path / f"{name}.xlsx", {"甲": [["姓名", "证件号码"], ["赵甲", "1"]]})
    monkeypatch.setattr(reading.Reader, "file", fail)
    with pytest.raises(BrokenOffError) as caught:
        load([tmp_path])
    assert working() == before
    assert caught.tb is not None  # who looks at it keeps all that was half-way


def test_a_sheet_that_is_unpacked_ahead(
    before: set[threading.Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = b"<worksheet><sheetData>" + b'<row r="1"><c r="A1"/></row>' * 9 + b"</sheetData></worksheet>"
    monkeypatch.setattr(sheet_scan._Piece, "tell", fail)
    with pytest.raises(BrokenOffError) as caught:
        sheet_scan.scan_sheet(BytesIO(sheet))
    assert working() == before
    assert caught.tb is not None


def test_a_part_that_is_made_ahead(before: set[threading.Thread]) -> None:
    def parts() -> Iterator[bytes]:
        yield b"1"
        raise BrokenOffError

    with pytest.raises(BrokenOffError) as caught, PackageCopy(BytesIO(), BytesIO()) as copy:
        copy.write("xl/新.xml", parts())
    assert working() == before
    assert caught.tb is not None
