"""What a run keeps on disk while it works dies with it, or is cleared away by the next one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fupin_audit.errors import OutputError
from fupin_audit.writing import scratch as scratch_module
from fupin_audit.writing.scratch import PREFIX, clear_dead_runs

ROOT = Path(__file__).parents[2]
Start = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for temporary files with nothing of other runs in it."""
    folder = tmp_path / "临时"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def start(temporary: Path) -> Iterator[Start]:
    """Starts a run that works until it is killed, and waits until it has begun."""
    runs: list[subprocess.Popen[str]] = []

    def begin(code: str) -> subprocess.Popen[str]:
        script = (
            f"from fupin_audit.writing.scratch import beside, scratch\n{code}\nprint(1, flush=True)\ninput()"
        )
        run = subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(temporary)},
        )  # fmt: skip
        runs.append(run)
        assert run.stdout
        assert run.stdout.readline() == "1\n"
        return run

    yield begin
    for run in runs:
        run.kill()
        run.communicate()


def test_a_run_that_ends_clears_its_folder_away(start: Start, temporary: Path) -> None:
    run = start("(scratch() / '数据').write_text('1')")
    (folder,) = temporary.iterdir()
    assert folder.stat().st_mode & 0o077 == 0
    run.communicate("\n")
    assert (run.returncode, list(temporary.iterdir())) == (0, [])


def test_the_folder_of_a_killed_run_is_cleared_away_and_of_no_other(start: Start, temporary: Path) -> None:
    dead, alive = start("scratch()"), start("scratch()")
    dead.send_signal(signal.SIGKILL)
    dead.communicate()
    assert len(list(temporary.iterdir())) == 2
    clear_dead_runs()
    (left,) = temporary.iterdir()
    assert alive.poll() is None
    alive.kill()
    alive.communicate()
    clear_dead_runs()
    assert not left.exists()


def test_what_a_killed_run_had_begun_elsewhere_is_cleared_away(start: Start, tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    target = tmp_path / "甲" / "抽查"
    run = start(
        "from pathlib import Path\n"
        f"folder = beside(Path({str(target)!r})); folder.mkdir(); (folder / '半').write_text('1')\n"
        f"beside(Path({str(target)!r})).write_text('1')"
    )
    assert len(list(target.parent.iterdir())) == 2
    run.kill()
    run.communicate()
    clear_dead_runs()
    assert list(target.parent.iterdir()) == []


def test_what_is_not_ours_stays(temporary: Path, tmp_path: Path) -> None:
    (tmp_path / "重要").mkdir()
    (tmp_path / "重要" / "held").write_text("1", encoding="utf-8")
    (temporary / f"{PREFIX}link").symlink_to(tmp_path / "重要")
    (temporary / f"{PREFIX}unheld").mkdir()
    (temporary / f"{PREFIX}error-1.txt").write_text("1", encoding="utf-8")
    clear_dead_runs()
    assert len(list(temporary.iterdir())) == 3
    assert (tmp_path / "重要" / "held").exists()


def test_a_note_of_something_else_deletes_nothing(start: Start, tmp_path: Path) -> None:
    (tmp_path / "户.xlsx").write_text("1", encoding="utf-8")
    run = start(f"(scratch() / 'elsewhere').write_text({str(tmp_path / '户.xlsx')!r})")
    run.kill()
    run.communicate()
    clear_dead_runs()
    assert (tmp_path / "户.xlsx").exists()


def test_without_a_place_it_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "没有"))
    monkeypatch.setattr(scratch_module._Run, "folder", None)
    with pytest.raises(OutputError, match=r"没有地方放临时文件（文件夹不存在）.*TMPDIR"):
        scratch_module.scratch()
