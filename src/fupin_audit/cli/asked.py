"""What is asked of a command, in groups it takes as one value each."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_audit.errors import UsageError

if TYPE_CHECKING:
    from fupin_audit.options import Working
    from fupin_audit.projectfile import FoundProject

PASSWORD_VARIABLE = "FUPIN_AUDIT_PASSWORD"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where rules and ledgers come from, besides what is built in."""

    pack: tuple[str, ...] = ()
    project: FoundProject | None = None

    @property
    def packs(self) -> tuple[str, ...]:
        """The packs named with the command, else those of the project file."""
        return self.pack or (self.project.packs if self.project else ())


@dataclass(frozen=True, slots=True)
class Reading(Sources):
    """How to read: what the sheets are, what codes mean, with which password."""

    designation: tuple[str, ...] = ()
    complete: bool = False
    columns: str = ""
    codes: str = ""
    password_file: Path | None = None

    @property
    def password(self) -> str | None:
        """For encrypted workbooks."""
        return read_password(self.password_file)


@dataclass(frozen=True, slots=True)
class Judging(Reading):
    """How to judge: what an audit takes besides the paths."""

    as_of: date | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    disable: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    reveal: bool = False

    @property
    def working(self) -> Working:
        """How the run works."""
        from fupin_audit.options import Working  # here, so that --help need not wait for it

        return Working()

    @property
    def day(self) -> date | None:
        """The as-of date of the command, else that of the project file."""
        return self.as_of or (self.project.said.as_of if self.project else None)


@dataclass(frozen=True, slots=True)
class Checking(Judging):
    """How to check: with which other drop the judged one is compared, in how much memory."""

    against: tuple[Path, ...] = ()
    by: str | None = None
    memory_limit: int | None = None
    cache: Path | None = None
    engine: str | None = None
    master: str = ""
    findings: str = ""

    @property
    def working(self) -> Working:
        """How the run works."""
        from fupin_audit.options import OnSpark, Working  # here, so that --help need not wait for it

        spark = OnSpark(self.master, self.findings) if self.engine else None
        return Working(self.by is not None, self.memory_limit, self.cache, spark)


@dataclass(frozen=True, slots=True)
class Showing:
    """How to show the result."""

    format: str = "text"
    output: tuple[tuple[str, Path], ...] = ()
    full: bool = False
    no_color: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class TakingBack(Showing):
    """How to show the result, with what people wrote into copies of the 整改台账."""

    returned: tuple[Path, ...] = ()


def paths_of(paths: tuple[Path, ...], reading: Reading) -> tuple[Path, ...]:
    """The paths of the command, else those of the project file.

    Raises:
        UsageError: there are none.
    """
    found = paths or (reading.project.paths if reading.project else ())
    if not found:
        raise UsageError("缺少 PATH：要核对的文件或文件夹；也可以写在项目文件的 paths 里")
    return found


def read_password(file: Path | None) -> str | None:
    """From the file, else from the environment; never from the command line, which others can see.

    Raises:
        UsageError: the file can't be read.
    """
    if file is None:
        return os.environ.get(PASSWORD_VARIABLE)
    try:
        return file.read_text(encoding="utf-8").splitlines()[0].strip()
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise UsageError(f"读不出密码文件 {file}：密码应写在第一行，UTF-8 编码") from error
