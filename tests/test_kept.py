"""What the program knows of itself is kept for its next run, and never believed when somebody else may have written it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from books import household, person, write_books
from fupin_audit import kept as under_test
from fupin_audit.kept import kept


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(under_test, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    return tmp_path / "cache"


def found_now() -> str:
    return "found now"


def keep_one(cache: Path) -> Path:
    assert kept("fact", lambda: ("found", 1)) == ("found", 1)
    (entry,) = cache.iterdir()
    return entry


def test_what_was_found_is_not_looked_for_again(cache: Path) -> None:
    entry = keep_one(cache)
    assert kept("fact", lambda: ("found now", 2)) == ("found", 1)
    assert kept("other", found_now) == "found now"
    assert entry.stat().st_mode & 0o777 == 0o600
    assert cache.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entry: entry.write_bytes(entry.read_bytes()[:-1]),
        lambda entry: entry.write_bytes(b"x" + entry.read_bytes()[1:]),
        lambda entry: entry.write_bytes(b""),
        lambda entry: entry.chmod(0o622),
        lambda entry: entry.parent.chmod(0o777),
        lambda entry: (entry.unlink(), entry.mkdir()),
    ],
    ids=["cut", "changed", "empty", "others-write", "others-write-beside", "folder"],
)
def test_what_others_wrote_or_damaged_is_found_anew(cache: Path, spoil: Callable[[Path], object]) -> None:
    spoil(keep_one(cache))
    assert kept("fact", found_now) == "found now"


def test_another_program_finds_for_itself_and_clears_up(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_one(cache)
    kept("other", found_now)
    monkeypatch.setattr(under_test, "digest_of_program", lambda: "another")
    assert kept("fact", found_now) == "found now"
    assert [path.name[17:] for path in cache.iterdir()] == ["fact"]


def test_what_fails_is_not_kept(cache: Path) -> None:
    def fails() -> str:
        raise LookupError

    with pytest.raises(LookupError):
        kept("fact", fails)
    assert kept("fact", found_now) == "found now"


def test_nowhere_to_keep_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(under_test, "user_cache_path", lambda *_, **__: tmp_path / "file" / "cache")
    assert kept("fact", found_now) == "found now"
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_no_home_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(*_: object, **__: object) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(under_test, "user_cache_path", homeless)
    assert kept("fact", found_now) == "found now"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
def test_an_entry_of_somebody_else_is_not_believed(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_one(cache)
    monkeypatch.setattr(os, "getuid", lambda: 4242)
    assert kept("fact", found_now) == "found now"


@pytest.mark.slow
def test_what_the_program_keeps_is_its_rules_alone(tmp_path: Path) -> None:
    """Whatever stands in the ledgers, the same is kept."""
    kept_by = []
    for name, heads in (("甲", "2"), ("乙", "5")):
        folder, cache = tmp_path / name, tmp_path / f"{name}的缓存"
        folder.mkdir()
        people = [{**person(heads, order), "姓名": f"欧阳{name}"} for order in range(2)]
        write_books(
            folder, {"户": [household(heads, 家庭人口=heads, 联系电话="19900001234")], "人口": people}
        )
        told = [run_check(folder, cache) for _ in range(2)]
        assert told[0] == told[1]
        kept_by.append(
            {path.relative_to(cache): path.read_bytes() for path in cache.rglob("*") if path.is_file()}
        )
    one, other = kept_by
    assert one.keys() == other.keys()
    assert {path.parts[0] for path in one} == {"fupin-audit"}
    assert len(one) == 2
    said = (b"19900001234", "欧阳".encode())
    assert not [path for path, content in {**one, **other}.items() if any(text in content for text in said)]


def run_check(folder: Path, cache: Path) -> str:
    """What a check in a process of its own says, whose user keeps things there."""
    command = [sys.executable, "-m", "fupin_audit", "check", str(folder), "--as-of", "2020-12-31"]
    env = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=env, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout
