"""The command line as a whole: help in Chinese, at once, and errors that help."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

import fupin_audit
from fupin_audit.cli import COMMANDS, main
from fupin_audit.results.audit_result import AuditResult

ROOT = Path(__file__).parents[2]
HEAVY = {"pandas", "pyarrow", "duckdb", "openpyxl", "numpy", "sqlglot", "pydantic", "xlsxwriter", "lxml"}


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, encoding="utf-8", env=environment, check=False
    )


def test_help_imports_nothing_heavy() -> None:
    run = python("-X", "importtime", "-m", "fupin_audit", "--help")
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines()}
    assert run.returncode == 0
    assert "click" in imported
    assert imported & HEAVY == set()


def test_help_lists_every_command_in_chinese() -> None:
    text = CliRunner().invoke(main, ["--help"], prog_name="fupin-audit").stdout
    assert text.startswith("用法：fupin-audit [选项] 命令 [参数]…")
    assert all(f"  {name}" in text and entry.summary in text for name, entry in COMMANDS.items())
    assert not any(word in text for word in ("Usage", "Options", "Commands", "Show"))


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("command", ["check", "demo"])
def test_help_pages_fit_the_screen(command: str, width: int) -> None:
    result = CliRunner().invoke(main, [command, "--help"], prog_name="fupin-audit", terminal_width=width)
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if cell_len(line) > width] == []
    assert "Show this message" not in result.stdout


def test_version_is_the_one_of_the_package() -> None:
    result = CliRunner().invoke(main, ["--version"], prog_name="fupin-audit")
    assert result.stdout == f"fupin-audit {fupin_audit.__version__}\n"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project.get("version", fupin_audit.__version__) == fupin_audit.__version__


def test_a_mistyped_command_names_the_nearest() -> None:
    result = CliRunner().invoke(main, ["chek"], prog_name="fupin-audit")
    assert result.exit_code == 2
    assert "没有“chek”这个命令，是不是 check？" in result.stderr


def test_without_a_command_there_is_help() -> None:
    result = CliRunner().invoke(main, [], prog_name="fupin-audit")
    assert result.exit_code == 2
    assert result.stderr.startswith("用法：")


def test_python_m_is_the_same_command() -> None:
    assert python("-m", "fupin_audit", "--version").stdout == f"fupin-audit {fupin_audit.__version__}\n"


def test_redirected_output_is_utf8_whatever_the_locale() -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "gbk",
    }
    run = subprocess.run(
        [sys.executable, "-m", "fupin_audit", "chek"], capture_output=True, env=environment, check=False
    )
    assert "没有“chek”这个命令" in run.stderr.decode("utf-8")


@pytest.mark.parametrize("name", ["text", "json"])
def test_the_reader_may_stop_reading(name: str) -> None:
    script = (
        "import os, sys\n"
        "sys.path.insert(0, 'tests')\n"
        "from invented import invented_result\n"
        "from fupin_audit.cli.asked import Showing\n"
        "from fupin_audit.cli.screen import present\n"
        "from fupin_audit.cli.streams import steady_streams, undelivered\n"
        "read, write = os.pipe(); os.close(read); os.dup2(write, 1)\n"
        "file = steady_streams()\n"
        "present(invented_result(), Showing(format=sys.argv[1]))\n"
        "sys.exit(7 if undelivered(file) is None else 1)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, name], capture_output=True, encoding="utf-8", cwd=ROOT, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert (run.returncode, "Error" in run.stderr) == (7, False)


def test_audit_stays_the_function_when_its_module_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("fupin_audit.audit")
    module.__dict__["audit"] = function = lambda: None
    monkeypatch.setitem(sys.modules, "fupin_audit.audit", module)
    package: Any = fupin_audit
    package.audit = module  # as the import system does
    assert package.audit is function
    assert package.AuditResult is AuditResult


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        attrgetter("nonsense")(fupin_audit)


def test_who_types_nothing_else_is_told_three_things_to_type() -> None:
    said = CliRunner().invoke(main, [])
    typed = re.findall(r"：fupin-audit (\w+)", said.output)
    assert (said.exit_code, typed) == (2, ["demo", "check", "track"])
    assert set(typed) <= set(COMMANDS)
