"""The rows of each village, and those of a town that are of no village, cut out of the county's files: as delivered, with the wrong cells marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import pyarrow as pa

from fupin_audit.errors import InputError
from fupin_audit.followup.sampling.file_names import FileNames
from fupin_audit.masking import mask_text
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.cell_note import FileNotes
from fupin_audit.tasks.annotating import Originals
from fupin_audit.tasks.own_result import NO_ROWS, Holder
from fupin_audit.workbook.annotating.bulk_rows import odd_rows
from fupin_audit.workbook.annotating.cut_copy import CutSheet, write_cut_copy
from fupin_audit.workbook.annotating.cut_grid import Cut, as_shown, names_in
from fupin_audit.workbook.annotating.original_look import looks_of
from fupin_audit.workbook.annotating.sheet_look import PLAIN, SheetLook
from fupin_audit.workbook.files.discovery import InputFile, discover
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.open_grids import unlock
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.sheet_names import SheetNames
from fupin_audit.writing.whole_files import Write

MARK = "（本地各行，含个人信息）"
_NAMELESS = "台账"


@dataclass(frozen=True)
class Recipient:
    """A town or village that gets copies.

    Attributes:
        folder: where they lie.
        holder: whose rows they hold.
        notes: file → what is said of its cells.
        names: of the files in the folder.
        links: file, sheet and cell → the copy, its sheet and the cell there, as they are made.
    """

    folder: str
    holder: Holder
    notes: Mapping[str, FileNotes]
    names: FileNames
    links: dict[tuple[str, str, str], tuple[str, str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Original:
    """A sheet that is cut.

    Attributes:
        grid: its texts.
        named: of each column, which texts hold the name of a place.
        look: how it looks.
        odd: its rows, from 0, that have to be written cell by cell.
    """

    grid: Grid
    named: Sequence[pa.Array]
    look: SheetLook
    odd: frozenset[int]


@dataclass(frozen=True)
class OwnCopies:
    """The copies of all recipients, made file by file so that each is read once.

    Attributes:
        originals: the files.
        result: the audit.
        left_out: what is in no copy, told as it is met.
    """

    originals: Originals
    result: AuditResult
    left_out: list[str]

    def files(self, recipients: Sequence[Recipient]) -> Iterator[tuple[str, Write]]:
        """Name in the folder, and what writes the file."""
        files = discover(self.originals.paths).files
        counts = Counter(self._shown(file.name) for file in files)
        for file in files:
            name = self._shown(file.name)
            if counts[name] > 1:
                self.left_out.append(f"{one_line(name)}：名称打码后与别的文件分不清")
                continue
            sheets = self._sheets(file, recipients)
            for recipient in recipients:
                yield from self._copy(name, sheets, recipient)

    def _shown(self, name: str) -> str:
        return name if self.result.revealed else mask_text(name)

    def _sheets(self, file: InputFile, recipients: Sequence[Recipient]) -> Mapping[str, _Original]:
        """The sheets by the names reports show, those that are one ledger's at least."""
        found: list[Grid] = []
        looks: Mapping[str, SheetLook] = {}
        name = self._shown(file.name)
        headers = {sheet.sheet: sheet.header_row for sheet in self.result.inputs if sheet.file == name}
        any_name = recipients[0].holder.any_name if recipients else ""
        try:
            original = unlock(file.path, self.originals.password)
            found += original.grids()
            looks = looks_of(original, lambda sheet: headers.get(self._shown(sheet)) or 0)
        except InputError as error:
            self.left_out.append(f"{one_line(name)}：{error}")
        counts = Counter(self._shown(grid.sheet) for grid in found)
        known = {
            (sheet.file, sheet.sheet) for sheet in self.result.inputs if sheet.ledgers and sheet.header_row
        }
        kept = {}
        for grid in found:
            sheet = self._shown(grid.sheet)
            if (name, sheet) in known and counts[sheet] == 1:
                look = replace(looks.get(grid.sheet, PLAIN), merged=grid.merged)
                kept[sheet] = _Original(as_shown(grid), names_in(grid, any_name), look, odd_rows(grid))
            else:
                self.left_out.append(f"{one_line(name)} › {one_line(sheet)}：没有认出，或名称分不清")
        return kept

    def _copy(
        self, file: str, sheets: Mapping[str, _Original], recipient: Recipient
    ) -> Iterator[tuple[str, Write]]:
        cut: list[CutSheet] = []
        moved: dict[tuple[str, str], tuple[str, str]] = {}
        names = SheetNames()
        for number, (sheet, whole) in enumerate(sheets.items(), start=1):
            if taken := self._cut(file, sheet, recipient.holder):
                secret = recipient.holder.names_others(whole.grid.sheet)
                named = names.new(f"表{number}" if secret or not whole.grid.sheet else whole.grid.sheet)
                notes = recipient.notes.get(file, {}).get(sheet, {})
                grid = replace(taken.grid(whole.grid, whole.named), sheet=named)
                cut.append(
                    CutSheet(grid, taken.header, taken.notes(notes), whole.look, taken.rows_now(whole.odd))
                )
                moved |= {(sheet, cell): (named, now) for cell, now in taken.moved(notes).items()}
        if cut:
            stem = file.replace("/", "_").rpartition(".")[0] or file
            wanted = _NAMELESS if recipient.holder.names_others(stem) else stem
            name = f"{recipient.folder}/{recipient.names.new(wanted)}{MARK}.xlsx"
            for (sheet, cell), (named, now) in moved.items():
                recipient.links[file, sheet, cell] = name, named, now
            yield name, partial(write_cut_copy, cut)

    def _cut(self, file: str, sheet: str, holder: Holder) -> Cut | None:
        """What the holder has of a sheet; None where that is nothing."""
        # The folders of a town's villages lie in its own: what they hold need not be copied again.
        rows = holder.rows.get((file, sheet), NO_ROWS).places.get(holder.place, ())
        heads = (one.header_row for one in self.result.inputs if (one.file, one.sheet) == (file, sheet))
        header = next(filter(None, heads), None)
        return Cut(header, rows, holder.names_others) if rows and header else None
