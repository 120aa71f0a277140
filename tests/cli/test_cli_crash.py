"""A crash is exit code 4: one sentence, the version, and a file for whoever mends it."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

import fupin_audit
from fupin_audit.cli import crash
from process import environment, start

SECRET = "990101199003070010"


def crashed(tmp_path: Path, failure: str) -> tuple[int, str, Path | None]:
    """Exit code, what was said, and the file, of a run that fails so deep inside."""
    code = (
        "import sys\n"
        f"sys.argv = ['fupin-audit', 'check', '{SECRET}.xlsx']\n"
        "from fupin_audit.cli import commands, entry\n"
        f"def fail():\n    card = '{SECRET} 王秀兰'\n    {failure}\n"
        "commands.main.main = lambda **_: fail()\n"  # calls with ** go on without end in Python 3.13.0
        "entry.run()\n"
    )
    run = start(code=code, env=environment(TMPDIR=str(tmp_path)))
    out, said = run.communicate(timeout=60)
    assert out == b""
    found = list(tmp_path.glob("fupin-audit-error-*.txt"))
    return run.returncode, said.decode(), found[0] if found else None


@pytest.mark.parametrize(
    "failure",
    [
        "raise KeyError(card)",
        "raise MemoryError",
        "fail()",
        "raise BrokenPipeError(32, '')",
        "raise BaseException",
    ],
)
def test_whatever_happens_is_one_sentence_and_exit_code_4(tmp_path: Path, failure: str) -> None:
    code, said, path = crashed(tmp_path, failure)
    assert (code, said.count("\n"), "Traceback" in said) == (4, 1, False)
    assert path
    assert re.fullmatch(
        rf"错误：程序出了意外（fupin-audit {re.escape(fupin_audit.__version__)}），.*写在 {path}，请把它发给开发者\n",
        said,
    )


def test_the_file_tells_where_and_nothing_of_the_data(tmp_path: Path) -> None:
    _, _, path = crashed(tmp_path, "raise ValueError(f'不是数字：{card[:18]}')")
    assert path
    report = path.read_text(encoding="utf-8")
    assert "Traceback" in report
    assert "ValueError" in report
    assert "in fail" in report
    assert report.startswith(f"fupin-audit {fupin_audit.__version__} check\n")
    assert SECRET not in report
    assert "王秀兰" not in report
    assert path.stat().st_mode & 0o077 == 0


def test_the_file_is_of_limited_size(tmp_path: Path) -> None:
    _, _, path = crashed(tmp_path, "raise ValueError('长' * 10_000_000)")
    assert path
    assert path.stat().st_size < 1 << 17
    assert "中间略去" in path.read_text(encoding="utf-8")


def test_where_no_file_can_be_written_it_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: str) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(crash, "_written", full)
    assert crash.crash_message(ZeroDivisionError("毛病")).endswith("经过没能写下来（ZeroDivisionError）")


def test_the_python_interface_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("毛病")

    import_module("fupin_audit.audit")  # the name in the package is the function
    monkeypatch.setattr(sys.modules["fupin_audit.audit"], "prepare", fail)
    with pytest.raises(ZeroDivisionError):
        fupin_audit.audit(["清河县"])
