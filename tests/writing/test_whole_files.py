"""Files and folders appear whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from fupin_audit.errors import OutputError, UsageError
from fupin_audit.writing import whole_files
from fupin_audit.writing.steady_file import SteadyFile
from fupin_audit.writing.whole_files import refuse_folder, refuse_place, write_file, write_folder, write_text

FULL = OSError(28, "No space left on device")


@pytest.fixture(params=["nameless", "named"])
def made(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With a file system that can make a file without a name, and with one that can't."""
    if request.param == "named":
        monkeypatch.setattr(whole_files, "_HANDLES", Path("/nowhere"))
    return str(request.param)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.usefixtures("made")
def test_a_file_is_whole_and_its_owners(tmp_path: Path) -> None:
    for text in ("甲\n", "乙乙\n"):
        write_text(tmp_path / "报告", text)
        assert (tmp_path / "报告").read_bytes() == text.encode()
        assert (tmp_path / "报告").stat().st_mode & 0o077 == 0
    assert names(tmp_path) == {"报告"}


@pytest.mark.usefixtures("made")
def test_a_name_of_255_bytes_is_written(tmp_path: Path) -> None:
    write_text(tmp_path / ("中" * 85), "甲")
    assert names(tmp_path) == {"中" * 85}


@pytest.mark.usefixtures("made")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "别处").mkdir()
    (tmp_path / "报告").symlink_to(tmp_path / "别处" / "真的")
    write_text(tmp_path / "报告", "甲")
    assert (tmp_path / "报告").is_symlink()
    assert (tmp_path / "别处" / "真的").read_text(encoding="utf-8") == "甲"


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("failure", [FULL, ZeroDivisionError("毛病")])
def test_what_breaks_off_leaves_the_old_file(tmp_path: Path, failure: Exception) -> None:
    def break_off(sink: BinaryIO) -> None:
        sink.write("一半".encode())
        raise failure

    (tmp_path / "报告").write_text("旧的", encoding="utf-8")
    with pytest.raises((OutputError, ZeroDivisionError)):
        write_file(tmp_path / "报告", break_off)
    assert (tmp_path / "报告").read_text(encoding="utf-8") == "旧的"
    assert names(tmp_path) == {"报告"}


@pytest.mark.usefixtures("made")
def test_a_failure_the_writer_swallows_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def swallow(sink: BinaryIO) -> None:
        for _ in range(5):
            sink.write(b"1" * 100_000)
        sink.seek(0)

    monkeypatch.setattr(whole_files, "SteadyFile", broken_file())
    with pytest.raises(OutputError, match="磁盘已满"):
        write_file(tmp_path / "报告", swallow)
    assert names(tmp_path) == set()


def broken_file() -> type[SteadyFile]:
    """A file on a disk that is full from the third piece on."""

    class Broken(SteadyFile):
        taken = 0

        def write(self, data: Any, /) -> int:
            self.taken += 1
            if self.taken == 3:
                self.failure = FULL
            return super().write(data)

    return Broken


def test_a_folder_is_whole_and_its_owners(tmp_path: Path) -> None:
    def files() -> Iterator[tuple[str, whole_files.Write]]:
        assert [name.startswith(".fupin-audit-") for name in names(tmp_path)] == [True]
        yield "甲.txt", lambda sink: sink.write(b"1")
        yield "内/乙.txt", lambda sink: sink.write(b"2")

    write_folder(tmp_path / "抽查", files())
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*.txt")} == {
        "甲.txt": b"1",
        "乙.txt": b"2",
    }
    assert (tmp_path / "抽查").stat().st_mode & 0o077 == 0


def test_a_folder_that_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    def files() -> Iterator[tuple[str, whole_files.Write]]:
        yield "甲.txt", lambda sink: sink.write(b"1")
        raise FULL

    (tmp_path / "抽查").mkdir()
    with pytest.raises(OutputError, match="磁盘已满"):
        write_folder(tmp_path / "抽查", files())
    assert [path.name for path in tmp_path.rglob("*")] == ["抽查"]


PLACES = {
    "CON": "是 Windows 保留的名称",
    "nul.xlsx": "是 Windows 保留的名称",
    "com1 .txt": "是 Windows 保留的名称",
    "LPT²": "是 Windows 保留的名称",
    "conin$": "是 Windows 保留的名称",
    "..": "它是文件夹，不是文件",
    "中" * 86: "名称太长",
    "长/" * 2000: "名称或路径太长",
    "只读.txt": "它是只读的",
    "锁住/报告": "不能写",
    "普通.txt/报告": "不是文件夹",
    "/dev/full": "它不是普通文件",
    "/dev/null": "它不是普通文件",
}


@pytest.mark.parametrize(("place", "told"), PLACES.items(), ids=map(str, range(len(PLACES))))
def test_where_nothing_can_be_written_it_is_told_before(tmp_path: Path, place: str, told: str) -> None:
    (tmp_path / "只读.txt").write_text("旧的", encoding="utf-8")
    (tmp_path / "只读.txt").chmod(0o444)
    (tmp_path / "普通.txt").write_text("", encoding="utf-8")
    (tmp_path / "锁住").mkdir(mode=0o555)
    before = names(tmp_path)
    with pytest.raises(OutputError, match=told) as refusal:
        refuse_place(tmp_path / place)
    assert names(tmp_path) == before
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 500


def test_names_that_only_look_reserved_are_not(tmp_path: Path) -> None:
    for name in ("console.txt", "com.txt", "我的CON.txt", "lpt10"):
        refuse_place(tmp_path / name)


def test_a_missing_folder_is_wrong_usage(tmp_path: Path) -> None:
    for refuse in (refuse_place, refuse_folder):
        with pytest.raises(UsageError, match=f"文件夹 {re.escape(str(tmp_path / '没有'))} 不存在"):
            refuse(tmp_path / "没有" / "报告")


def test_a_folder_of_a_reserved_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="保留"):
        refuse_folder(tmp_path / "aux")


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="only Linux has files without a name")
def test_nothing_is_seen_of_a_file_before_it_is_whole(tmp_path: Path) -> None:
    seen: list[set[str]] = []

    def look(sink: BinaryIO) -> None:
        sink.write(b"1")
        seen.append(names(tmp_path))

    write_file(tmp_path / "报告", look)
    assert seen == [set()]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="only Linux makes files without a name")
def test_a_new_file_never_has_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill then leaves nothing, not even for a moment."""
    monkeypatch.setattr(whole_files, "beside", None)
    write_text(tmp_path / "报告", "甲")
    assert names(tmp_path) == {"报告"}


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="only Linux makes files without a name")
def test_a_file_that_came_meanwhile_is_replaced(tmp_path: Path) -> None:
    def meanwhile(sink: BinaryIO) -> None:
        sink.write(b"new")
        (tmp_path / "报告").write_bytes(b"somebody else's")

    write_file(tmp_path / "报告", meanwhile)
    assert (tmp_path / "报告").read_bytes() == b"new"
    assert names(tmp_path) == {"报告"}
