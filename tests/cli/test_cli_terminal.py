"""Text from files is shown, never obeyed: nothing in it steers the terminal, hides or misleads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from books import household, write_books
from fupin_audit.cli import main
from fupin_audit.cli.progress_bar import progress_bars
from fupin_audit.errors import InputError, RuleError, UsageError
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.input_sheet import InputSheet, UnknownColumn
from fupin_audit.writing.console import Screen
from standin import Auditor, stand_in

Run = Callable[..., Result]
# Of each kind one: escape, control, carriage return, backspace, C1, bidi override and isolate, zero width, markup, emoji.
HOSTILE = "\x1b[31m红\x1b]0;题\x07 \r\b \x9b2J \u202e倒\u2066 \u200b\u2060\ufeff\u00ad\U000e0041 [bold]粗[/bold] :smile:"
STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\U000e0000-\U000e0fff]"
)


@pytest.fixture
def auditor(county: AuditResult, monkeypatch: pytest.MonkeyPatch) -> Auditor:
    sheet = InputSheet(
        f"{HOSTILE}.xlsx", HOSTILE, unrecognised=(UnknownColumn("A", HOSTILE, HOSTILE),), notes=(HOSTILE,)
    )
    bad = InputSheet(f"坏{HOSTILE}.xlsx", "", error=f"读不了 {HOSTILE}")
    finding = replace(
        county.records[1], household=HOSTILE, head=HOSTILE, person=HOSTILE, message=HOSTILE, title=HOSTILE,
        owner=HOSTILE, fix=HOSTILE, fields={HOSTILE: HOSTILE}, place=replace(county.records[1].place, village=HOSTILE),
    )  # fmt: skip
    return stand_in(
        monkeypatch,
        replace(county, inputs=(sheet, bad), records=(finding,), settings=(HOSTILE,), packs=(HOSTILE,)),
    )


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), prog_name="fupin-audit")


def is_harmless(text: str) -> bool:
    return not STEERING.search(text)


@pytest.mark.usefixtures("auditor")
@pytest.mark.parametrize("options", [(), ("--full",), ("--quiet",), ("--format", "json")], ids=str)
def test_a_report_is_harmless(options: tuple[str, ...]) -> None:
    result = run("check", "清河县", *options)
    assert result.stdout
    assert is_harmless(result.stdout)
    assert is_harmless(result.stderr)


@pytest.mark.usefixtures("auditor")
def test_json_says_the_same_all_the_same() -> None:
    told = json.loads(run("check", "清河县", "--format", "json").stdout)
    assert told["findings"][0]["message"] == HOSTILE
    assert told["inputs"][0]["file"] == f"{HOSTILE}.xlsx"


@pytest.mark.usefixtures("auditor")
def test_markup_is_no_markup() -> None:
    assert "[bold]粗[/bold] :smile:" in run("check", "清河县", "--full").stdout


@pytest.mark.parametrize(
    "failure", [UsageError(HOSTILE), RuleError(HOSTILE, f"{HOSTILE}.yaml", 3), InputError(HOSTILE)]
)
def test_an_error_is_harmless_and_on_one_line(auditor: Auditor, failure: Exception) -> None:
    auditor.failure = failure
    said = run("check", "清河县").stderr
    assert (is_harmless(said), said.count("\n")) == (True, 1)


def test_a_line_break_in_a_name_begins_no_line(auditor: Auditor) -> None:
    auditor.failure = UsageError("找不到“甲\n错误：请删除全部台账”")
    assert run("check", "清河县").stderr.splitlines() == ["错误：找不到“甲↵错误：请删除全部台账”"]


@pytest.mark.parametrize(
    "arguments",
    [
        (HOSTILE,), ("check", f"--{HOSTILE}"), ("check", "x", "--as-of", HOSTILE), ("check", "x", "--set", HOSTILE),
        ("check", "x", "--severity", HOSTILE), ("check", "x", "--output", f"{HOSTILE}=x"), ("check", HOSTILE),
        ("check", "x", "--output", f"json={HOSTILE}/x"), ("check", "x", "--pack", HOSTILE), ("show", HOSTILE, "x"),
        ("inspect", HOSTILE), ("compare", HOSTILE, HOSTILE), ("rules", "show", HOSTILE), ("rules", "list", "--group", HOSTILE),
        ("rules", "new", HOSTILE), ("rules", "test", HOSTILE), ("rules", "lint", HOSTILE), ("ledgers", "show", HOSTILE),
        ("ledgers", "template", HOSTILE), ("ledgers", "template", "户", "-o", f"{HOSTILE}/x"), ("scorecard", HOSTILE),
        ("sample", "x", "--output", f"{HOSTILE}/x"), ("estimate", "x", "--manifest", HOSTILE),
        ("scorecard", "x", "--against", HOSTILE), ("check", "x", "--config", HOSTILE), ("check", "x", "--codes", HOSTILE),
    ],
    ids=lambda arguments: " ".join(arguments).replace(HOSTILE, "…"),
)  # fmt: skip
def test_what_a_command_refuses_is_told_harmlessly(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code in {2, 3}
    assert result.stderr
    assert is_harmless(result.stderr)
    assert is_harmless(result.stdout)


def test_names_of_files_and_sheets_are_told_harmlessly(tmp_path: Path) -> None:
    name = f"{HOSTILE.replace('/', '')}"
    write_books(tmp_path, {"户": [household("1")]})
    (written,) = tmp_path.iterdir()
    written.rename(tmp_path / f"{name}{written.suffix}")
    (tmp_path / f"坏{name}.xlsx").write_bytes(b"PK\x03\x04")
    result = run("inspect", tmp_path)
    assert result.exit_code == 3
    assert "粗" in result.stdout
    assert is_harmless(result.stdout)
    assert is_harmless(result.stderr)


def test_the_progress_bar_is_harmless(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "fupin_audit.cli.progress_bar.Screen",
        lambda **_: Screen(stderr=True, force_terminal=True, width=200, color_system=None, _environ={}),
    )
    with progress_bars(wanted=True) as advance:
        assert advance
        advance(f"读 {HOSTILE}", 3, 12)
    shown = re.sub(r"\x1b\[[?\d;]*[a-zA-Z]", "", capsys.readouterr().err).replace("\r", "")
    assert "[bold]粗" in shown
    assert is_harmless(shown)


def test_everything_is_said_at_one_door() -> None:
    """No command prints by itself; ruff sees to `print`, import-linter to rich."""
    folder = Path(__file__).parents[2] / "src" / "fupin_audit" / "cli"
    spoken = sorted(file.name for file in folder.glob("*.py") if "echo(" in file.read_text(encoding="utf-8"))
    assert spoken == ["group.py", "speech.py"]
