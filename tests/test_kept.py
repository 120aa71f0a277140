"""What the program knows of itself is kept for its next run, and never believed when somebody else may have written it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

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
    assert kept("fact", found_now) == ("found", 1)  # type: ignore[comparison-overlap]
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
