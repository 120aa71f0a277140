"""Lists of waivers, in YAML or in a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fupin_audit.errors import InputError, UsageError
from fupin_audit.followup.waivers.waiver import Waiver
from fupin_audit.followup.waivers.waiver_file import HEADERS, from_row, read_yaml
from fupin_audit.ledgers.types.text import header_key
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.open_grids import open_grids

_YAML = frozenset({".yaml", ".yml"})
_HEADER_WITHIN = 10  # rows
_NEEDED = {"理由", "批准人", "有效期"}


def read_waivers(paths: Sequence[Path]) -> tuple[Waiver, ...]:
    """All waivers of these files.

    Raises:
        UsageError: a file can't be read, or is no list of waivers.
        RuleError: an entry does not say what it must.
    """
    return tuple(waiver for path in paths for waiver in _of_file(path))


def _of_file(path: Path) -> Sequence[Waiver]:
    if path.suffix.lower() in _YAML:
        return read_yaml(path)
    try:
        grids = list(open_grids(path))
    except (InputError, OSError) as error:
        raise UsageError(f"--waivers {path}：读不了（{error}）") from error
    found = [waiver for grid in grids for waiver in _of_sheet(grid, path.name)]
    if not any(map(_header, grids)):
        raise UsageError(f"--waivers {path}：没有豁免清单的表头（{'、'.join(HEADERS)}）")
    return found


def _of_sheet(grid: Grid, file: str) -> Iterator[Waiver]:
    found = _header(grid)
    if found is None:
        return
    at, header = found
    for number in range(at + 1, grid.height):
        row = {title: text or "" for title, text in zip(header, grid.row(number), strict=True)}
        if any(row.get(name) for name in HEADERS):
            yield from_row(row, file, number + 1)


def _header(grid: Grid) -> tuple[int, list[str]] | None:
    """The row of headings; None where the sheet has none of a list of waivers."""
    for at in range(min(_HEADER_WITHIN, grid.height)):
        texts = [header_key(text or "") for text in grid.row(at)]
        if set(texts) >= _NEEDED:
            return at, texts
    return None
