"""Full disks and kills at any moment: afterwards there is the old output or the new one, whole, and nothing else."""

from __future__ import annotations

import errno
import os
import random
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from effort import is_night, some_by_day
from fupin_audit.errors import OutputError
from fupin_audit.writing import column_files, scratch
from fupin_audit.writing.scratch import clear_dead_runs
from fupin_audit.writing.steady_file import SteadyFile
from outputs import FOLDERS, KINDS, ONCE, content
from process import environment

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # XlsxWriter lets go of some
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="makes small disks as Linux does")
KILLED = tuple(KINDS) if is_night() else ("check-xlsx", "check-json", "template", "annotate")
MOMENTS = 20 if is_night() else 2
TESTS = Path(__file__).parent


@contextmanager
def limited(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "小盘"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path, room: int) -> None:
    """Leaves so many bytes."""
    free = os.statvfs(disk)
    with (disk / "占着").open("wb") as file:
        file.write(b"0" * max(free.f_bavail * free.f_frsize - room, 0))


def once(write: Callable[[Path], None], path: Path) -> dict[str, bytes] | None:
    """What is there when all goes well."""
    write(path)
    return content(path)


def failure(write: Callable[[Path], None], path: Path) -> str:
    """What was told where it failed; empty where it did not."""
    try:
        write(path)
    except OutputError as error:
        return str(error)
    return ""


def first_of(name: str, path: Path) -> dict[str, bytes] | None:
    """Writes the old output, unless this kind is never written over."""
    return None if name in ONCE else once(KINDS[name](0), path)


@on_linux
@pytest.mark.parametrize("room", some_by_day([4096, 0, 16384]))
@pytest.mark.parametrize("name", KINDS)
def test_a_full_disk_leaves_the_old_or_the_new(
    name: str, room: int, small_disk: Path, tmp_path: Path
) -> None:
    new = once(KINDS[name](1), tmp_path / "新的")
    target = small_disk / "报告"
    old = first_of(name, target)
    fill(small_disk, room)
    told = failure(KINDS[name](1), target)
    assert content(target) == (old if told else new)
    assert "磁盘已满" in told or (told, room) == ("", room or -1)
    assert "\n" not in told
    assert {path.name for path in small_disk.iterdir()} - {"占着"} <= ({"报告"} if target.exists() else set())


@on_linux
@pytest.mark.parametrize("name", KINDS)
def test_a_file_that_may_not_grow_leaves_the_old_one(name: str, tmp_path: Path) -> None:
    (tmp_path / "写出").mkdir()
    target = tmp_path / "写出" / "报告"
    old = first_of(name, target)
    new = once(KINDS[name](1), tmp_path / "新的")
    with limited(1000):
        told = failure(KINDS[name](1), target)
    assert content(target) == (old if told else new)
    assert "文件超过了系统允许的大小" in told or max(map(len, (new or {}).values())) <= 1000
    assert {path.name for path in target.parent.iterdir()} == ({"报告"} if target.exists() else set())


BROKEN = OSError(errno.EIO, "Input/output error")


def failing_write(file: SteadyFile, data: Any) -> int:
    """A disk that takes nothing."""
    file.failure = BROKEN
    return memoryview(data).nbytes


def failing_sync(handle: int) -> None:
    """A disk that takes everything and fails when it is to be kept; that of a folder's names loses nothing."""
    if not stat.S_ISDIR(os.fstat(handle).st_mode):
        raise BROKEN


@pytest.mark.parametrize(
    "broken", [(SteadyFile, "write", failing_write), (os, "fsync", failing_sync)], ids=["written", "kept"]
)
@pytest.mark.parametrize("name", KINDS)
def test_a_disk_that_fails_leaves_the_old_one(
    name: str, broken: tuple[object, str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "写出").mkdir()
    target = tmp_path / "写出" / "报告"
    old = first_of(name, target)
    monkeypatch.setattr(*broken)
    assert "磁盘读写出错" in failure(KINDS[name](1), target)
    assert content(target) == old
    assert {path.name for path in target.parent.iterdir()} == ({"报告"} if target.exists() else set())


@on_linux
@pytest.mark.parametrize("name", KINDS)
def test_no_place_for_temporary_files_leaves_the_old_or_the_new(
    name: str, small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "写出" / "报告"
    target.parent.mkdir()
    new = once(KINDS[name](1), tmp_path / "新的")
    old = first_of(name, target)
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    monkeypatch.setattr(scratch._Run, "folder", None)
    fill(small_disk, 0)
    told = failure(KINDS[name](1), target)
    assert content(target) == (old if told else new)
    assert {path.name for path in target.parent.iterdir()} <= {"报告"}


@on_linux
def test_columns_that_find_no_place_are_refused_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(column_files, "scratch", lambda: tmp_path)
    files = column_files.ColumnFiles(smallest=0)
    with limited(4096), pytest.raises(OutputError, match="没有地方放临时文件（文件超过了系统允许的大小）"):
        files.keep([pa.array(range(10_000))])
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def writer() -> Iterator[subprocess.Popen[str]]:
    """A process that has loaded all it needs to write, and starts others that do."""
    command = [sys.executable, str(TESTS / "outputs.py")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()
    ) as process:
        yield process


def kill_one(writer: subprocess.Popen[str], moment: int, *what: object) -> None:
    """Lets it write one output over and over, and kills it at a moment of the half second after the first."""
    assert writer.stdin
    assert writer.stdout
    writer.stdin.write("\t".join(map(str, what)) + "\n")
    writer.stdin.flush()
    one = int(writer.stdout.readline())
    time.sleep(random.Random(moment).random() / 2)
    os.kill(one, signal.SIGKILL)
    assert writer.stdout.readline() == "killed\n"


@cache
def versions(name: str) -> list[dict[str, bytes] | None]:
    """What an output is in either version."""
    with tempfile.TemporaryDirectory() as folder:
        return [once(KINDS[name](number), Path(folder, f"{number}")) for number in (0, 1)]


@on_linux
@pytest.mark.parametrize("moment", range(MOMENTS))
@pytest.mark.parametrize("name", KILLED)
def test_a_kill_leaves_the_old_or_the_new(
    name: str,
    moment: int,
    writer: subprocess.Popen[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old_or_new = versions(name)
    folder, temporary = tmp_path / "写出", tmp_path / "临时"
    folder.mkdir()
    temporary.mkdir()
    kill_one(writer, moment, name, folder / "报告", temporary)
    if name not in FOLDERS:
        # At once, not only after the next start. A new file has no other name, ever; but none takes an old one's
        # place without one, and killed between those two steps it is left, whole and hidden, until the next start.
        extra = [path for path in folder.iterdir() if path.name != "报告"]
        assert (folder / "报告").exists()
        assert [content(path) in old_or_new for path in extra] in ([], [True])
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    clear_dead_runs()
    assert list(temporary.iterdir()) == []
    left = list(folder.iterdir())
    assert left
    assert all(path.name.startswith("报告") and content(path) in old_or_new for path in left)
