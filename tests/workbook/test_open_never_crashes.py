"""Whatever the bytes: grids or a typed refusal, soon, and without a traceback."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odd import tables

from effort import examples
from fupin_audit.errors import InputError
from fupin_audit.workbook.formats.open_grids import open_grids

SHARED = Path(__file__).parents[3] / "shared" / "odd-workbooks"
HEADS = (
    b"",
    b"PK\3\4",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x09\x08\x10\x00",
    b"<html><table>",
    b"\xff\xfe",
    b"a,b\n",
)


def read_or_refuse(path: Path) -> bool:
    """Whether the file was read; any error but a refusal passes through."""
    try:
        for grid in open_grids(path):
            assert len({len(column) for column in grid.columns}) <= 1
    except InputError:
        return False
    return True


@pytest.mark.parametrize(
    "path", sorted(SHARED.glob("*")) if SHARED.is_dir() else [], ids=lambda path: path.name
)
def test_shared_odd_workbooks(path: Path) -> None:
    assert read_or_refuse(path) in (True, False)


@pytest.mark.parametrize("kind", tables.WRITERS)
def test_flipped_bytes(kind: str, tmp_path: Path) -> None:
    content = tables.WRITERS[kind]()
    dice = random.Random(kind)
    for attempt in range(200):
        flipped = bytearray(content)
        for _ in range(dice.randint(1, 8)):
            flipped[dice.randrange(len(flipped))] = dice.randrange(256)
        path = tmp_path / f"{attempt}.xlsx"
        path.write_bytes(flipped)
        read_or_refuse(path)


@pytest.mark.parametrize("kind", tables.WRITERS)
def test_files_cut_short(kind: str, tmp_path: Path) -> None:
    content = tables.WRITERS[kind]()
    path = tmp_path / "cut.xlsx"
    for length in range(0, len(content), max(1, len(content) // 50)):
        path.write_bytes(content[:length])
        read_or_refuse(path)


@given(head=st.sampled_from(HEADS), rest=st.binary(max_size=2000))
@examples(100)
def test_random_bytes(head: bytes, rest: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "noise.xls"
    path.write_bytes(head + rest)
    read_or_refuse(path)
