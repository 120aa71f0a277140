"""The one door to SQLite: the file, its editions, and what goes wrong with it in Chinese."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from fupin_audit.errors import OutputError, UsageError
from fupin_audit.writing.whole_files import refuse_place

Row: TypeAlias = Sequence[Any]
Made = TypeVar("Made")
_APPLICATION = 0x66757061  # `fupa`: whose database it is
_OWNER_ONLY = 0o600
_PATIENCE = 20.0  # seconds that another run may take to write
_WRONG = {
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_READONLY: "没有写的权限，或磁盘是只读的",
    sqlite3.SQLITE_CANTOPEN: "打不开，没有权限",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
    sqlite3.SQLITE_BUSY: "另一个程序正在写它，请等它写完再运行",
    sqlite3.SQLITE_LOCKED: "另一个程序正在写它，请等它写完再运行",
}
# The last is what a table or a column that is not there makes of a query.
_NO_HISTORY = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR}
_DAMAGED = "{} 不是历史文件，或已经损坏；没有动它。请换一个文件名，或用备份"
_PRIMARY = 0xFF  # of an error's number

EDITIONS = (
    # 1: runs, and the findings as they stood after each.
    """
    CREATE TABLE runs (
        number INTEGER PRIMARY KEY,
        day TEXT NOT NULL,
        as_of TEXT NOT NULL,
        digest TEXT NOT NULL,
        version TEXT NOT NULL,
        packs TEXT NOT NULL,
        settings TEXT NOT NULL,
        inputs TEXT NOT NULL
    ) STRICT;
    CREATE TABLE findings (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        fingerprint TEXT NOT NULL,
        rule TEXT NOT NULL,
        severity TEXT NOT NULL,
        ledger TEXT NOT NULL,
        cells TEXT NOT NULL,
        county TEXT NOT NULL,
        town TEXT NOT NULL,
        village TEXT NOT NULL,
        household TEXT NOT NULL,
        owner TEXT NOT NULL,
        state TEXT NOT NULL,
        since TEXT NOT NULL,
        due TEXT,
        times INTEGER NOT NULL,
        PRIMARY KEY (run, fingerprint)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX findings_by_fingerprint ON findings (fingerprint, run);
    """,
    # 2: what people say of a finding.
    """
    ALTER TABLE findings ADD COLUMN claimed TEXT NOT NULL DEFAULT '';
    ALTER TABLE findings ADD COLUMN verdict TEXT NOT NULL DEFAULT '';
    ALTER TABLE findings ADD COLUMN done TEXT NOT NULL DEFAULT '';
    """,
)
"""Each edition's change to the one before; a file of an earlier one is brought up to date when it is opened."""


class HistoryFile:
    """An open history.

    Args:
        path: the file.
        untouched: it is only read, and be it somebody else's: not even its rights or its edition are changed.

    Raises, as its methods do:
        UsageError: the file is no history, damaged, or of a later version of the program.
        OutputError: it can't be read or written.
    """

    def __init__(self, path: Path, *, untouched: bool = False) -> None:
        self.path = path
        with _told(path):
            _refuse_other(path)
            self._connection = _in_memory(path) if untouched else _connected(path)
            with ExitStack() as unfit:
                unfit.callback(self._connection.close)
                self._prepare()
                unfit.pop_all()

    def close(self) -> None:
        """Closes it; what was written is in the file."""
        with _told(self.path):
            self._connection.close()

    def rows(self, query: str, given: Row = ()) -> list[Row]:
        """What a query finds."""
        with _told(self.path), closing(self._connection.execute(query, given)) as found:
            return found.fetchall()

    def read(self, query: str, given: Row, made: Callable[[Row], Made]) -> list[Made]:
        """What a query finds, each row as something; of what nobody has written here nothing can be made."""
        rows = self.rows(query, given)
        try:
            return [made(row) for row in rows]
        except (ValueError, TypeError) as error:
            raise UsageError(_DAMAGED.format(self.path)) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written inside, or nothing of it; no other run writes meanwhile."""
        with _told(self.path), self._connection:  # which commits, or takes all back
            self._connection.execute("BEGIN IMMEDIATE")
            yield

    def write(self, statement: str, rows: Sequence[Row]) -> None:
        """Writes rows."""
        self._connection.executemany(statement, rows)

    def _prepare(self) -> None:
        edition = self._edition()  # before anything is changed: it may be somebody else's
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        if edition < len(EDITIONS):
            with self.writing():
                for number in range(self._edition(), len(EDITIONS)):
                    for statement in filter(str.strip, EDITIONS[number].split(";")):
                        self._connection.execute(statement)
                self._connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                self._connection.execute(f"PRAGMA user_version = {len(EDITIONS)}")

    def _edition(self) -> int:
        """Which edition the file is of; 0 where it is empty."""
        edition = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        owner = self._connection.execute("PRAGMA application_id").fetchone()[0]
        tables = self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if owner != _APPLICATION and (tables or edition):
            raise UsageError(f"{self.path} 是别的程序的数据库，没有动它。请换一个文件名")
        if edition > len(EDITIONS):
            raise UsageError(f"历史 {self.path} 是更新的版本写的，请先升级 fupin-audit；没有动它")
        return edition


def is_history(path: Path) -> bool:
    """Whether a file is a SQLite database, as far as its first bytes say."""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _refuse_other(path: Path) -> None:
    """A file that is there must be a database, one that is not must have a place to be."""
    if path.exists() and path.stat().st_size:
        if path.is_dir() or not is_history(path):
            raise UsageError(f"{path} 不是历史文件（SQLite），没有动它。请换一个文件名")
    else:
        refuse_place(path)


def _connected(path: Path) -> sqlite3.Connection:
    """A connection to the file, which only its owner may read and write."""
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, _OWNER_ONLY))
    elif os.name == "posix" and path.stat().st_mode & ~_OWNER_ONLY & 0o777 and os.access(path, os.W_OK):
        path.chmod(_OWNER_ONLY)
    return sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)


def _in_memory(path: Path) -> sqlite3.Connection:
    """A copy in memory: the file may lie where nothing can be written, and no file is to appear beside it."""
    unwritten = path.with_name(f"{path.name}-wal")  # of a run that is going on, or was broken off
    how = "mode=ro" if unwritten.exists() else "immutable=1"
    copy = sqlite3.connect(":memory:", isolation_level=None)
    with ExitStack() as unfit:
        unfit.callback(copy.close)
        source = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", timeout=_PATIENCE, uri=True)
        with closing(source):
            source.backup(copy)
        unfit.pop_all()
    return copy


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What SQLite and the system say, in Chinese."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        if code in _NO_HISTORY:
            raise UsageError(_DAMAGED.format(path)) from error
        raise OutputError(
            f"历史 {path} 没有写成：{_WRONG.get(code, str(error))}；原来的内容没有变"
        ) from error
    except OSError as error:
        raise OutputError(f"历史 {path} 打不开：{error.strerror}；原来的内容没有变") from error
