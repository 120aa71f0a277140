"""`check --cache`: the same bytes with what was read before, and nothing kept that must not be."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from books import household, person, write_books
from fupin_audit.cli import main


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "清河县"
    folder.mkdir()
    write_books(folder, {"户": [household("1")], "人口": [person("1", 0), person("1", 2)]})
    return folder


def check(county: Path, *options: str) -> Result:
    command = ["check", str(county), "--as-of", "2020-12-31", "--quiet", *options]
    for title in ("户", "人口"):
        command += ["--as", f"{title}={title}.csv"]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def test_what_was_read_before_gives_the_same_bytes(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [tmp_path / f"{number}.json" for number in range(3)]
    cache = ("--cache", str(tmp_path / "缓存"))
    check(county, "--output", f"json={reports[0]}")
    check(county, "--output", f"json={reports[1]}", *cache)
    monkeypatch.setattr("fupin_audit.workbook.loading.open_file", None)
    check(county, "--output", f"json={reports[2]}", *cache)
    assert len({report.read_bytes() for report in reports}) == 1


def test_what_is_encrypted_is_not_kept_in_the_clear(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUPIN_AUDIT_PASSWORD", "1234")
    check(county, "--cache", str(tmp_path / "缓存"))
    assert not (tmp_path / "缓存").exists()


def test_the_folder_is_none_that_is_checked(county: Path) -> None:
    refused = check(county, "--cache", str(county / "缓存"))
    assert refused.exit_code == 2
    assert "请放在外面" in refused.output
    assert not (county / "缓存").exists()


OWN = """
derived:
  - {field: 有电话, ledger: 户, value: WHAT IS NOT NULL, note: 登记了电话, examples: [{联系电话: "13912345678", "=": true}]}
"""


@pytest.mark.slow
def test_a_wrong_rule_is_refused_every_time(county: Path, tmp_path: Path) -> None:
    """What was right before need not be checked again; what has changed since is."""
    pack, cache = tmp_path / "本县.yaml", ("--cache", str(tmp_path / "缓存"))
    for field in ("联系话", "联系话", "联系电话", "联系电话", "联系话"):
        pack.write_text(OWN.replace("WHAT", field), encoding="utf-8")
        told = check(county, "--pack", str(pack), *cache).output
        assert ("本县.yaml:3" in told) == (field == "联系话"), told
