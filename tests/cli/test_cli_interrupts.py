"""An interrupt at any moment: said, exit code 130, no traceback, nothing left."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest

from effort import is_night
from process import SMALL, environment, start, until_watchful

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux when a process obeys signals")
MOMENTS = 20 if is_night() else 3
WHOLE_RUN = 12.0  # seconds, about


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name
)
@pytest.mark.parametrize("moment", range(MOMENTS))
def test_an_interrupt_ends_a_check_at_once(tmp_path: Path, number: signal.Signals, moment: int) -> None:
    temporary, written = tmp_path / "临时", tmp_path / "写出"
    temporary.mkdir()
    written.mkdir()
    outputs = [f"--output=xlsx={written / '台账.xlsx'}", f"--output=json={written / '结果.json'}"]
    run = start("check", SMALL, *outputs, env=environment(TMPDIR=str(temporary)))
    until_watchful(run)
    time.sleep(WHOLE_RUN * moment / MOMENTS)
    run.send_signal(number)
    _, said = run.communicate(timeout=60)
    if run.returncode != 1:  # it had not ended before
        assert (run.returncode, said.decode().splitlines()[-1]) == (130, "已中断")
        assert "Traceback" not in said.decode()
    assert list(temporary.iterdir()) == []
    assert {path.name for path in written.iterdir()} <= {"台账.xlsx", "结果.json"}


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
    _, said = run.communicate(timeout=60)
    assert (run.returncode, said.decode()) == (130, "已中断\n")
    assert time.monotonic() - begun < 5
    assert not folder.exists()


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
    run = start(code=code)
    until_watchful(run)
    time.sleep(0.2)
    run.send_signal(signal.SIGTERM)
    _, said = run.communicate(timeout=60)
    assert (run.returncode, said.decode()) == (130, "已中断\n")
