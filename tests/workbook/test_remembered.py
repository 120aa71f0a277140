"""What files were read as is the same the next time; an entry that does not fit is none, and nobody else sees any."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from books import household, person, write_csv
from fupin_audit.delivery import Delivery
from fupin_audit.errors import UsageError
from fupin_audit.resources import folder
from fupin_audit.workbook.files.discovery import InputFile
from fupin_audit.workbook.loading import ToRead, load, loaded
from fupin_audit.workbook.reading import Opened, open_file
from fupin_audit.workbook.remembered import Remembered, own_folder

SAMPLE = "考核样例-2021"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return shutil.copytree(
        folder("samples") / SAMPLE,
        tmp_path / "县",
        ignore=lambda _, names: [name for name in names if name > "5"],
    )


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are opened."""
    names: list[str] = []

    def noted(file: InputFile, password: str | None, wait: Callable[[], None]) -> Opened:
        names.append(file.name)
        return open_file(file, password, wait)

    monkeypatch.setattr("fupin_audit.workbook.loading.open_file", noted)
    return names


def remembered(tmp_path: Path, settings: str = "") -> Remembered:
    return Remembered(own_folder(tmp_path / "缓存"), settings)


def assert_same(one: Delivery, other: Delivery) -> None:
    assert (one.inputs, one.export_years, one.missing_columns) == (
        other.inputs,
        other.export_years,
        other.missing_columns,
    )
    assert one.tables.keys() == other.tables.keys()
    for title, table in one.tables.items():
        again = other.tables[title]
        assert again.data.equals(table.data)
        assert again.data.schema == table.data.schema
        assert again.problems == table.problems
        assert again.cells.sources == table.cells.sources
        for own, other_source in zip(table.cells.sources, again.cells.sources, strict=True):
            assert own.written == other_source.written
        for name in ("source", "excel_row", "years"):
            assert np.array_equal(getattr(again.cells, name), getattr(table.cells, name))
        assert again.cells.texts.keys() == table.cells.texts.keys()
        assert all(again.cells.texts[name].equals(texts) for name, texts in table.cells.texts.items())
        assert all(np.array_equal(again.origins[name], at) for name, at in table.origins.items())


def test_what_was_read_is_not_read_again(county: Path, tmp_path: Path, opened: list[str]) -> None:
    first = loaded(ToRead([county], remembered=remembered(tmp_path)))
    assert opened
    opened.clear()
    again = loaded(ToRead([county], remembered=remembered(tmp_path)))
    assert opened == []
    assert_same(first, again)
    assert_same(load([county]), again)


def test_columns_begin_where_their_numbers_may_stand(county: Path, tmp_path: Path) -> None:
    files = [path for path in county.iterdir() if path.name.startswith("1.")]
    for _ in range(2):
        delivery = loaded(ToRead(files, remembered=remembered(tmp_path)))
    columns = [
        chunk
        for table in delivery.tables.values()
        for column in table.data.columns
        for chunk in column.chunks
    ]
    addresses = [buffer.address for column in columns for buffer in column.buffers() if buffer]
    assert {address % 8 for address in addresses} == {0}


def test_only_the_file_that_changed_is_read(county: Path, tmp_path: Path, opened: list[str]) -> None:
    loaded(ToRead([county], remembered=remembered(tmp_path)))
    opened.clear()
    changed = next(county.glob("2.*"))
    shutil.copyfile(next(county.glob("1.*")), changed)
    again = loaded(ToRead([county], remembered=remembered(tmp_path)))
    assert opened == [changed.name]
    assert_same(load([county]), again)


def test_a_sheet_without_rows_is_not_read_again(tmp_path: Path, opened: list[str]) -> None:
    """A ledger that was handed in and is empty is there, and empty, the second time, too."""
    write_csv(tmp_path / "户.csv", [household("1")])
    (tmp_path / "人口.csv").write_text(",".join(person("1", 0)) + "\n", encoding="utf-8")
    files = [tmp_path / "户.csv", tmp_path / "人口.csv"]
    first = loaded(ToRead(files, remembered=remembered(tmp_path)))
    assert first.tables["人口"].data.num_rows == 0
    opened.clear()
    again = loaded(ToRead(files, remembered=remembered(tmp_path)))
    assert opened == []
    assert_same(first, again)


def test_what_is_dated_by_its_printing_is_not_read_again(tmp_path: Path, opened: list[str]) -> None:
    """Where nothing else tells the year the files are read twice, and each reading is known the next time."""
    path = tmp_path / "村医.csv"
    path.write_text(
        "村医花名册\n打印日期：2020年12月31日\n,姓名,证件号码,村\n,张三,990101197003050015,东沟村\n",
        encoding="utf-8",
    )
    first = loaded(ToRead([path], remembered=remembered(tmp_path)))
    assert len(opened) == 2
    opened.clear()
    again = loaded(ToRead([path], remembered=remembered(tmp_path)))
    assert opened == []
    assert_same(first, again)


@pytest.mark.parametrize(
    "damaged",
    [
        lambda content: b"",
        lambda content: content[:100],
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda content: content[:50] + bytes([content[50] ^ 1]) + content[51:],
        lambda content: b"\x00" * len(content),
    ],
)
def test_a_damaged_entry_is_none_and_written_anew(
    county: Path, tmp_path: Path, opened: list[str], damaged: Callable[[bytes], bytes]
) -> None:
    first = loaded(ToRead([county], remembered=remembered(tmp_path)))
    entry = min((tmp_path / "缓存").iterdir())
    whole = entry.read_bytes()
    entry.write_bytes(damaged(whole))
    opened.clear()
    assert_same(first, loaded(ToRead([county], remembered=remembered(tmp_path))))
    assert len(opened) == 1
    assert entry.read_bytes() == whole


def test_other_settings_read_anew(county: Path, tmp_path: Path, opened: list[str]) -> None:
    loaded(ToRead([county], remembered=remembered(tmp_path)))
    read = len(opened)
    loaded(ToRead([county], remembered=remembered(tmp_path, "另一套代码")))
    assert len(opened) == 2 * read


def test_what_could_not_be_read_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "县").mkdir()
    (tmp_path / "县" / "坏.xlsx").write_bytes(b"PK\x03\x04")
    loaded(ToRead([tmp_path / "县"], remembered=remembered(tmp_path)))
    assert list((tmp_path / "缓存").iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="elsewhere rights are told otherwise")
def test_only_its_owner_can_look_into_it(county: Path, tmp_path: Path) -> None:
    loaded(ToRead([county], remembered=remembered(tmp_path)))
    cache = tmp_path / "缓存"
    assert cache.stat().st_mode & 0o777 == 0o700
    assert {entry.stat().st_mode & 0o777 for entry in cache.iterdir()} == {0o600}
    cache.chmod(0o750)
    with pytest.raises(UsageError, match="别人也能看"):
        own_folder(cache)
