"""An interrupt at any moment: said, exit code 130, no traceback, nothing left."""

from __future__ import annotations

import signal
import sys
import time
from itertools import product
from pathlib import Path

import pytest

from effort import is_night, some_by_day
from process import SMALL, ended, environment, is_watchful, start, until_watchful

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux when a process obeys signals")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# For a change each signal at a moment of its own, at night all of them at each of twenty.
MOMENTS = 20 if is_night() else 3
INTERRUPTS = list(product(range(MOMENTS), SIGNALS) if is_night() else enumerate(SIGNALS))
WHOLE_RUN = 12.0  # seconds, about
INTERRUPTED = 130, "已中断\n"
FIRST = [at * 0.03 for at in range(1, 11)]  # seconds: at the end of them a check is well under way


@pytest.mark.parametrize(
    ("moment", "number"), some_by_day(INTERRUPTS), ids=lambda given: getattr(given, "name", given)
)
def test_an_interrupt_ends_a_check_at_once(moment: int, number: signal.Signals, tmp_path: Path) -> None:
    temporary, written = tmp_path / "临时", tmp_path / "写出"
    temporary.mkdir()
    written.mkdir()
    outputs = [f"--output=xlsx={written / '台账.xlsx'}", f"--output=json={written / '结果.json'}"]
    run = start("check", SMALL, *outputs, env=environment(TMPDIR=str(temporary)))
    until_watchful(run)
    time.sleep(WHOLE_RUN * moment / MOMENTS)
    run.send_signal(number)
    code, said = ended(run)
    if code != 1:  # it had not ended before
        assert (code, said.splitlines()[-1]) == (130, "已中断")
        assert "Traceback" not in said
    assert list(temporary.iterdir()) == []
    assert {path.name for path in written.iterdir()} <= {"台账.xlsx", "结果.json"}


@pytest.mark.parametrize("moment", FIRST)
def test_an_interrupt_of_a_start_is_obeyed_from_our_first_line_on(moment: float, tmp_path: Path) -> None:
    """Before it, Python itself is starting, and ends in its own way; nothing was written then."""
    temporary, written = tmp_path / "临时", tmp_path / "写出"
    temporary.mkdir()
    written.mkdir()
    run = start(
        "check", SMALL, f"--output=json={written / '结果.json'}", env=environment(TMPDIR=str(temporary))
    )
    time.sleep(moment)
    ready = is_watchful(run.pid)
    run.send_signal(signal.SIGINT)
    code, said = ended(run)
    if ready:
        assert (code, said) == INTERRUPTED
    else:
        assert code in (130, 1, -signal.SIGINT)
    assert [*temporary.iterdir(), *written.iterdir()] == []


def test_nothing_but_what_signals_need_is_imported_before_they_are_obeyed() -> None:
    ours = "fupin_audit fupin_audit.version fupin_audit.cli fupin_audit.cli.entry fupin_audit.cli.interrupts"
    code = (
        "import sys, types\n"
        "import signal; signals = set(sys.modules)\n"
        "def said(*_): print(*sorted(set(sys.modules) - signals)); sys.exit()\n"
        "signal.signal = said\n"
        "from fupin_audit.cli import entry\n"
        "entry.run()\n"
    )
    run = start(code=code)
    said, _ = run.communicate(timeout=60)
    assert set(said.decode().split()) - {"__future__"} == set(ours.split())


def test_an_interrupt_is_obeyed_while_a_library_is_busy() -> None:
    """Python's own way would wait until the database, or whatever works without Python, has answered."""
    busy = (
        "from fupin_audit.cli import interrupts; interrupts.watch()\n"
        "import duckdb, fupin_audit.writing.scratch as scratch\n"
        "(scratch.scratch() / '一半').write_text('1'); print(scratch.scratch(), flush=True)\n"
        "duckdb.execute('select sum(a.range * b.range) from range(10000000) a, range(1000000) b').fetchall()"
    )
    run = start(code=busy)
    assert run.stdout
    folder = Path(run.stdout.readline().decode().strip())
    time.sleep(0.5)
    begun = time.monotonic()
    run.send_signal(signal.SIGINT)
    assert ended(run) == INTERRUPTED
    assert time.monotonic() - begun < 5
    assert not folder.exists()


def interrupted(code: str, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
    """How this code ends that is interrupted once it watches for it and is at work."""
    run = start(code=code)
    until_watchful(run)
    time.sleep(0.2)
    run.send_signal(number)
    return ended(run)


def test_an_interrupt_is_obeyed_while_a_module_is_being_imported() -> None:
    """The thread that imports it may wait for the one that ends the process."""
    code = (
        "import sys, time, types\n"
        "from fupin_audit.cli import interrupts; interrupts.watch()\n"
        "sys.modules['fupin_audit.writing.scratch'] = types.ModuleType('half of it')\n"
        "time.sleep(60)\n"
    )
    assert interrupted(code) == INTERRUPTED


def test_a_file_a_folder_is_tried_by_does_not_stay(tmp_path: Path) -> None:
    code = (
        "import os, time\n"
        "from fupin_audit.cli import interrupts; interrupts.watch()\n"
        "import tempfile\n"
        "unlink = os.unlink\n"
        "def slowly(path): time.sleep(1); unlink(path)\n"
        "os.unlink = slowly\n"
        "tempfile.gettempdir()\n"
        "time.sleep(60)\n"
    )
    run = start(code=code, env=environment(TMPDIR=str(tmp_path)))
    latest = time.monotonic() + 30
    while not any(tmp_path.iterdir()) and time.monotonic() < latest:
        time.sleep(0.01)
    run.send_signal(signal.SIGINT)
    assert ended(run) == INTERRUPTED
    assert list(tmp_path.iterdir()) == []


def test_the_interrupt_has_the_last_word() -> None:
    """What fails because things are being cleared away is no crash."""
    code = (
        "import time\n"
        "from fupin_audit.cli import commands, entry\n"
        "import fupin_audit.writing.scratch as scratch\n"
        "def slow(): time.sleep(1)\n"
        "scratch.discard = slow\n"
        "def fail(**_): time.sleep(0.5); raise OSError('没了')\n"
        "commands.main.main = fail\n"
        "entry.run()\n"
    )
    assert interrupted(code, signal.SIGTERM) == INTERRUPTED


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_an_interrupt_of_a_run_that_is_over_changes_nothing(number: signal.Signals) -> None:
    """All is done and said; only its folder is still being cleared away."""
    code = (
        "import os, threading, time\n"
        "from fupin_audit.cli import commands, entry\n"
        "import fupin_audit.writing.scratch as scratch\n"
        "def slow():\n"
        "    if threading.current_thread() is threading.main_thread():\n"
        "        os.write(1, b'over\\n'); time.sleep(1)\n"
        "scratch.discard = slow\n"
        "commands.main.main = lambda **_: 1\n"
        "entry.run()\n"
    )
    run = start(code=code)
    assert run.stdout
    assert run.stdout.readline() == b"over\n"
    run.send_signal(number)
    _, said = run.communicate(timeout=60)
    assert (run.returncode, said.decode()) == (1, "")
