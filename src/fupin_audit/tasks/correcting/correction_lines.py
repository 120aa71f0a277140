"""The lines of a sheet of corrections: a workbook, a text or a YAML file enters, its lines leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from fupin_audit.errors import InputError, UsageError
from fupin_audit.ledgers.types.text import clean, header_key
from fupin_audit.results.correction import COLUMNS, Correction
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.declared.yamlfile import read
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.open_grids import open_grids

_YAML = frozenset({".yaml", ".yml"})
_NEEDED = ("字段", "原值", "新值")
_HEADER_WITHIN = 15  # rows
_MIDNIGHT = " 00:00:00"


class CorrectionFile(BaseModel):
    """A YAML file of corrections: `更正: [{户编号: …, 字段: …, 原值: …, 新值: …}, …]`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    corrections: tuple[dict[str, str | int | float | None], ...] = Field(alias="更正")


def read_lines(path: Path) -> Sequence[Correction]:
    """The lines that say anything.

    Raises:
        UsageError: it is no sheet of corrections.
        InputError, RuleError: it can't be read.
    """
    if path.suffix.lower() in _YAML:
        return list(_of_yaml(path))
    if not path.exists():
        raise UsageError(f"找不到“{path}”，请检查路径是否写对")
    found = {
        grid.sheet: list(_of_grid(grid, header))
        for grid in open_grids(path)
        if (header := _header(grid)) is not None
    }
    if not found:
        raise InputError(
            f"{path.name}里找不到更正表的表头",
            f"要有 {'、'.join(_NEEDED)} 这几列；可用 --template 先导出一份",
        )
    filled = [sheet for sheet, lines in found.items() if lines]
    if len(filled) > 1:
        raise UsageError(f"{path.name}里有几张更正表（{'、'.join(filled)}）：请合成一张，行号才说得清")
    return found[filled[0]] if filled else []


def _of_yaml(path: Path) -> Iterator[Correction]:
    for number, item in enumerate(read(path, CorrectionFile).corrections, start=1):
        for name in item:
            if name not in COLUMNS:
                raise UsageError(f"{path.name}第{number}条没有“{name}”这一项{nearest(name, COLUMNS)}")
        texts = {name: "" if value is None else clean(str(value)) for name, value in item.items()}
        yield Correction(number, {name: text for name, text in texts.items() if text})


def _header(grid: Grid) -> int | None:
    for row in range(min(grid.height, _HEADER_WITHIN)):
        if set(_NEEDED) <= {header_key(text or "") for text in grid.row(row)}:
            return row
    return None


def _of_grid(grid: Grid, header: int) -> Iterator[Correction]:
    names = [header_key(text or "") for text in grid.row(header)]
    for row in range(header + 1, grid.height):
        texts = {
            name: clean(text.removesuffix(_MIDNIGHT))
            for name, text in zip(names, grid.row(row), strict=True)
            if text and name in COLUMNS
        }
        if texts:
            yield Correction(row + 1, texts)
