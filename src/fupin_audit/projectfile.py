"""The project file `fupin-audit.toml`: what a county settles once instead of writing it with every command."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    WrapValidator,
)

from fupin_audit.errors import RuleError
from fupin_audit.rulepack.declared.rule import Names, RuleId, Words
from fupin_audit.rulepack.declared.validation import foremost, told

NAME = "fupin-audit.toml"
ON, OFF = "on", "off"
_AT_LINE = re.compile(r"\(at line (\d+)")
_TABLE = re.compile(r"\s*\[{1,2}([^\]]+)\]{1,2}")
_KEY = re.compile(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=")
_WORD = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s.\"']+")


def _written(value: object) -> object:
    """A figure as it is written; the catalogue knows whether it should be a number or a date."""
    return str(value) if isinstance(value, int | float | date) else value


def _switched(value: object) -> object:
    return (OFF, ON)[value] if isinstance(value, bool) else value


Figure = Annotated[str, BeforeValidator(_written)]


def _share(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError("应是 0 到 1 之间的数，如 0.02（2%）")
    return value


Level = Annotated[Literal["on", "off", "error", "warning", "info"], BeforeValidator(_switched)]
_LEVEL: TypeAdapter[str] = TypeAdapter(Level)


class RuleSetting(BaseModel):
    """What is said of one rule: `on`, `off` or the severity it gets; the share of its rows that may fail."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    severity: Level | None = None
    max_rate: Annotated[float, AfterValidator(_share)] | None = None


def _spelled_out(value: object, read: Callable[[object], RuleSetting]) -> RuleSetting:
    """A word alone is the severity."""
    if isinstance(value, Mapping):
        return read(value)
    return RuleSetting.model_validate({"severity": _LEVEL.validate_python(value)})


Setting = Annotated[RuleSetting, WrapValidator(_spelled_out)]


class ProjectSettings(BaseModel):
    """What the file says; paths are as written.

    Attributes:
        paths: what `check` checks when it is given no path.
        packs: ids of built-in packs, pack folders, rule files.
        as_of: the as-of date.
        codes: the code profile: `2018`, or a file.
        fail_on: the severity from which the exit code is 1.
        rules: rule → `on`, `off`, or the severity it gets; or a table of that and `max_rate`.
        parameters: parameter → value.
        sheets: `文件` or `文件!工作表` → the ledgers it is.
        columns: ledger → header → field.
        letters: `文件` or `文件!工作表` without a header → field → Excel's letter of its column.
        outputs: format → file to write.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    paths: Names = ()
    packs: Names = ()
    as_of: date | None = Field(None, alias="as-of")
    codes: str = ""
    fail_on: Literal["error", "warning", "info", "never"] | None = Field(None, alias="fail-on")
    rules: Mapping[RuleId, Setting] = Field(default_factory=dict)
    parameters: Mapping[str, Figure] = Field(default_factory=dict)
    sheets: Mapping[str, Names] = Field(default_factory=dict)
    columns: Mapping[str, Mapping[str, Words]] = Field(default_factory=dict)
    letters: Mapping[str, Mapping[str, Words]] = Field(default_factory=dict)
    outputs: Mapping[str, Words] = Field(default_factory=dict)


_NOTHING = ProjectSettings.model_validate({})


@dataclass(frozen=True)
class FoundProject:
    """A project file and where it is; without one, all is empty.

    Attributes:
        name: the file as the user knows it; empty where there is none.
        folder: paths in the file are relative to it.
        said: what the file says.
    """

    name: str = ""
    folder: Path = Path()
    said: ProjectSettings = _NOTHING

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files and folders to check."""
        return tuple(self.folder / path for path in self.said.paths)

    @property
    def packs(self) -> tuple[str, ...]:
        """The user's packs by their paths, built-in ones by their ids."""
        return tuple(self._there(pack) for pack in self.said.packs)

    @property
    def codes(self) -> str:
        """The code profile by its path, the built-in one by its name."""
        return self._there(self.said.codes) if self.said.codes else ""

    @property
    def outputs(self) -> tuple[tuple[str, Path], ...]:
        """Reports to write: format and file."""
        return tuple((name, self.folder / path) for name, path in self.said.outputs.items())

    def _there(self, name: str) -> str:
        """A path as seen from the working directory; what is no path stays as it is."""
        path = self.folder / name
        return str(path) if path.exists() else name


def find_project(given: Path | None) -> FoundProject:
    """The project in the given file, else in the working directory's `fupin-audit.toml`, else an empty one.

    Raises:
        RuleError: the file can't be read, is no TOML, or says what there is not; names file and line.
    """
    path = given or Path(NAME)
    if given is None and not path.is_file():
        return FoundProject()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError("读不了项目文件，应是 UTF-8 编码的文本", str(path)) from error
    return FoundProject(str(path), path.parent, parse(text, str(path)))


def parse(text: str, file: str) -> ProjectSettings:
    """Validate the text of a project file.

    Raises:
        RuleError: as `find_project`.
    """
    try:
        return ProjectSettings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        message = 'TOML 写法有误：文字的值和中文的名字都要加引号，如 "贫困线" = 4000；每项只写一次'
        raise RuleError(message, file, int(found[1]) if found else len(text.splitlines())) from error
    except ValidationError as error:
        first = foremost(error)
        raise RuleError(told(first, ProjectSettings), file, _line(text, first["loc"])) from error


def _line(text: str, path: Sequence[int | str]) -> int | None:
    """The line of the deepest key on the path that the text has; TOML's reader does not tell."""
    wanted = tuple(str(part) for part in path if not isinstance(part, int))
    found = {keys: number for number, keys in _keys(text)}
    depths = range(len(wanted), 0, -1)
    return next((found[wanted[:depth]] for depth in depths if wanted[:depth] in found), None)


def _keys(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every table and key with its line, by its full path."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := _TABLE.match(line):
            table = _words(heading[1])
            yield number, table
        elif key := _KEY.match(line):
            yield number, (*table, *_words(key[1]))


def _words(dotted: str) -> tuple[str, ...]:
    return tuple(word.strip("\"'") for word in _WORD.findall(dotted))
