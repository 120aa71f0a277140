"""stdout and stderr may be full, closed, or read no further."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from process import SMALL, environment, start

BOOK = str(SMALL / "5.残疾人名册.xlsx")
COMMANDS = (
    ("--help",),
    ("check", "--help"),
    ("--version",),
    ("rules", "list"),
    ("ledgers", "list"),
    ("inspect", BOOK),
    ("compare", BOOK, BOOK),
    ("compare", BOOK, BOOK, "--format", "json", "--quiet"),
)
LONG = (
    ("rules", "show", "KEY-05", "--format", "json"),
    ("check", str(SMALL), "--full", "--fail-on", "never"),
    ("check", str(SMALL), "--format", "json", "--quiet", "--fail-on", "never"),
    ("show", "99010000040010", str(SMALL)),
    ("scorecard", str(SMALL)),
)
every_command = pytest.mark.parametrize(
    "arguments",
    [*COMMANDS, *(pytest.param(words, marks=pytest.mark.nightly) for words in LONG)],
    ids=" ".join,
)
FULL = "错误：屏幕上的结果没有写全：磁盘已满\n"
on_linux = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")


@on_linux
@every_command
def test_a_full_disk_is_one_sentence(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        run = start(*arguments, stdout=full)
        _, said = run.communicate(timeout=120)
    assert (run.returncode, said.decode()) == (3, FULL)


@on_linux
def test_a_full_disk_does_not_hide_wrong_usage() -> None:
    with Path("/dev/full").open("wb") as full:
        run = start("ledgers", "show", "账外账", stdout=full)
        _, said = run.communicate(timeout=120)
    assert (run.returncode, "没有台账“账外账”" in said.decode()) == (2, True)


@on_linux
def test_a_remark_nobody_can_read_changes_nothing() -> None:
    with Path("/dev/full").open("wb") as full:
        run = start("chek", stderr=full)
        assert (run.communicate(timeout=120)[0], run.returncode) == (b"", 2)


@every_command
def test_a_reader_who_has_seen_enough_changes_nothing(arguments: tuple[str, ...]) -> None:
    run = start(*arguments)
    assert run.stdout
    run.stdout.close()
    assert run.stderr
    with run.stderr:
        assert (run.stderr.read(), run.wait(timeout=120)) == (b"", 0)


@pytest.mark.parametrize("closed", [1, 2])
def test_a_closed_stream_changes_nothing(closed: int) -> None:
    command = f'exec "$0" -m fupin_audit ledgers list {closed}>&-'
    run = subprocess.run(
        ["sh", "-c", command, sys.executable], capture_output=True, env=environment(), check=False
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert bool(run.stdout) == (closed == 2)
