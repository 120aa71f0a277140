"""Digests of files, and of this program itself: what was worked out by other code or from other files is no longer good."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from fupin_audit.resources import folder

_LIBRARIES = (
    "duckdb",
    "fastexcel",
    "lxml",
    "numpy",
    "openpyxl",
    "pyarrow",
    "pydantic",
    "rapidfuzz",
    "sqlglot",
    "xlrd",
)


def digest_of_file(path: Path) -> str:
    """Of what a file holds.

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of(*told: object) -> str:
    """Of values that are written the same whenever they are the same."""
    return hashlib.sha256(repr(told).encode()).hexdigest()


def digest_of_paths(paths: Iterable[Path]) -> str:
    """Of files, and of all files in folders, with their names there."""
    found = [
        (str(file.relative_to(path)), digest_of_file(file))
        for path in paths
        for file in ([path] if path.is_file() else sorted(path.rglob("*")))
        if file.is_file()
    ]
    return digest_of(found)


@cache
def digest_of_program() -> str:
    """Of the code, the rules that come with it, and the libraries that read and judge."""
    package = Path(__file__).parent
    code = [path for path in sorted(package.rglob("*")) if path.suffix in {".py", ".sql", ".yaml"}]
    return digest_of(
        [(str(path.relative_to(package)), digest_of_file(path)) for path in code],
        digest_of_paths([folder("rules")]),
        [version(name) for name in _LIBRARIES],
    )
