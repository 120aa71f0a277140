"""The pipelines of the guide: what the vendors take, and lines of a shell that do what they are there for."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from books import household, person, write_books
from fupin_audit.workbook.files.discovery import EXTENSIONS

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs/guide-ci.md").read_text(encoding="utf-8")
HOOKS = ROOT / ".pre-commit-hooks.yaml"
SHOWN: dict[str, str] = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", GUIDE, re.DOTALL))
GITHUB, GITLAB, PRE_COMMIT = ".github/workflows/audit.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"
MONTHLY = {".github/workflows/monthly.yml": "整改进展.xlsx", ".gitlab/monthly.yml": "整改进展.html"}
_GITHUB = ("check_jsonschema", "--builtin-schema", "vendor.github-workflows")
_GITLAB = ("check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
VALIDATORS = {
    GITHUB: _GITHUB,
    GITLAB: _GITLAB,
    **dict(zip(MONTHLY, (_GITHUB, _GITLAB), strict=True)),
    PRE_COMMIT: ("pre_commit", "validate-config"),
}


def module(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, check=False)


def test_the_guide_shows_these() -> None:
    assert set(SHOWN) == set(VALIDATORS)


# The validator needs a newer click than we do, and says so only by not starting.
needs_validator = pytest.mark.skipif(
    tuple(map(int, version("click").split(".")[:2])) < (8, 5), reason="check-jsonschema 要 click 8.5 以上"
)


@needs_validator
@pytest.mark.parametrize("name", VALIDATORS)
def test_the_vendor_takes_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / "shown.yaml"
    path.write_text(SHOWN[name], encoding="utf-8")
    done = module(*VALIDATORS[name], path)
    assert done.returncode == 0, done.stdout + done.stderr


@needs_validator
@pytest.mark.parametrize("name", [GITHUB, GITLAB])
def test_the_vendor_would_refuse_a_wrong_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / "shown.yaml"
    path.write_text(
        SHOWN[name].replace("script:", "skript:").replace("runs-on:", "runs_on:"), encoding="utf-8"
    )
    assert module(*VALIDATORS[name], path).returncode == 1


def test_the_hook_is_one() -> None:
    done = module("pre_commit", "validate-manifest", HOOKS)
    assert done.returncode == 0, done.stdout + done.stderr
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert {ending for ending in EXTENSIONS if re.search(hook["files"], f"数据/低保{ending}")} == EXTENSIONS
    assert not re.search(hook["files"], "说明.md")
    (used,) = yaml.safe_load(SHOWN[PRE_COMMIT])["repos"][0]["hooks"]
    assert used["id"] == hook["id"]


def lines(name: str) -> Iterator[str]:
    """What a shell is told."""
    told: Any = yaml.safe_load(SHOWN[name])
    if "jobs" in told:
        (job,) = told["jobs"].values()
        yield from (step["run"] for step in job["steps"] if "run" in step)
    elif name != PRE_COMMIT:
        (job,) = told.values()
        yield from job["script"]
    else:
        (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
        yield shlex.join([*hook["entry"].split(), *told["repos"][0]["hooks"][0]["args"]])


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with ledgers in which something is wrong, and commands that need no network."""
    (tmp_path / "数据").mkdir()
    write_books(
        tmp_path / "数据", {"户": [household("1", 家庭人口="5")], "人口": [person("1", 0), person("1", 1)]}
    )
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, does in {
        "fupin-audit": f'exec "{sys.executable}" -m fupin_audit "$@" --as-of 2020-12-31',
        "pip": '[ "$*" = "install ./fupin-audit" ]',
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    return tmp_path


def run(name: str, checkout: Path) -> list[subprocess.CompletedProcess[str]]:
    return [
        subprocess.run(
            ["sh", "-c", f'PATH="$PWD/bin:$PATH"; {line}'],
            cwd=checkout, capture_output=True, text=True, encoding="utf-8", check=False,
        )
        for line in lines(name)
    ]  # fmt: skip


def test_github_gets_remarks_and_a_log(checkout: Path) -> None:
    install, check, remarks = run(GITHUB, checkout)
    assert (install.returncode, check.returncode, remarks.returncode) == (0, 1, 0), check.stderr
    assert "::error file=数据/户.csv,line=2,title=KEY-05 " in remarks.stdout
    log = json.loads((checkout / "发现.sarif").read_text(encoding="utf-8"))
    (call,), results = log["runs"][0]["invocations"], log["runs"][0]["results"]
    files = {
        at["physicalLocation"]["artifactLocation"]["uri"] for told in results for at in told["locations"]
    }
    assert "数据/户.csv" in {unquote(uri) for uri in files} <= {"数据/户.csv", "数据/人口.csv"}
    assert (call["exitCode"], call["executionSuccessful"]) == (1, True)
    assert yaml.safe_load(SHOWN[GITHUB])["jobs"]["audit"]["steps"][-1]["with"] == {"sarif_file": "发现.sarif"}


@pytest.mark.slow
@pytest.mark.parametrize("name", MONTHLY)
def test_a_monthly_job_fails_only_for_what_is_new_or_back(name: str, checkout: Path) -> None:
    install, first = run(name, checkout)
    assert (install.returncode, first.returncode) == (0, 1), first.stderr
    _, again = run(name, checkout)  # the same drop on the same day: as before
    assert again.returncode == 1
    people = [{**person("1", order), "民族": "汉族"} for order in (0, 1)]
    write_books(checkout / "数据", {"户": [household("1", 家庭人口="5")], "人口": people})
    _, later = run(name, checkout)
    assert (later.returncode, "新增 0" in later.stdout, "仍存在 0" in later.stdout) == (0, True, False)
    assert (checkout / MONTHLY[name]).stat().st_size > 1000
    assert (checkout / "历史.db").exists()


def test_gitlab_gets_the_reports_it_is_told_of(checkout: Path) -> None:
    install, check = run(GITLAB, checkout)
    assert (install.returncode, check.returncode) == (0, 1), check.stderr
    reports = yaml.safe_load(SHOWN[GITLAB])["audit"]["artifacts"]["reports"]
    issues = json.loads((checkout / reports["codequality"]).read_text(encoding="utf-8"))
    assert ("KEY-05", "数据/户.csv") in {(issue["check_name"], issue["location"]["path"]) for issue in issues}
    assert "KEY-05" in (checkout / reports["junit"]).read_text(encoding="utf-8")


def test_a_commit_with_errors_is_held_back(checkout: Path) -> None:
    (check,) = run(PRE_COMMIT, checkout)
    assert (check.returncode, check.stdout.startswith("不通过")) == (1, True), check.stderr
