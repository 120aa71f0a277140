"""The rows of each village, and those of a town that are of no village, cut out of the county's files: as delivered, with the wrong cells marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO

from fupin_audit.errors import InputError
from fupin_audit.followup.sampling.file_names import FileNames
from fupin_audit.masking import mask_text
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.cell_note import CellNotes, FileNotes
from fupin_audit.tasks.annotating import Originals
from fupin_audit.tasks.own_result import NO_ROWS, Holder
from fupin_audit.workbook.annotating.cut_grid import Cut
from fupin_audit.workbook.annotating.plain_copy import write_plain_copy
from fupin_audit.workbook.files.discovery import InputFile, discover
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.open_grids import open_grids
from fupin_audit.writing.one_line import one_line
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
    """

    folder: str
    holder: Holder
    notes: Mapping[str, FileNotes]
    names: FileNames


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
            grids = self._grids(file)
            for recipient in recipients:
                yield from self._copy(name, grids, recipient)

    def _shown(self, name: str) -> str:
        return name if self.result.revealed else mask_text(name)

    def _grids(self, file: InputFile) -> Mapping[str, Grid]:
        """The sheets by the names reports show, those that are one ledger's at least."""
        found: list[Grid] = []
        name = self._shown(file.name)
        try:
            found += open_grids(file.path, password=self.originals.password)
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
                kept[sheet] = grid
            else:
                self.left_out.append(f"{one_line(name)} › {one_line(sheet)}：没有认出，或名称分不清")
        return kept

    def _copy(
        self, file: str, grids: Mapping[str, Grid], recipient: Recipient
    ) -> Iterator[tuple[str, Write]]:
        cut: list[Grid] = []
        notes: dict[str, CellNotes] = {}
        for number, (sheet, grid) in enumerate(grids.items(), start=1):
            if taken := self._cut(file, sheet, recipient.holder):
                named = f"表{number}" if recipient.holder.names_others(grid.sheet) else grid.sheet
                cut.append(replace(taken.grid(grid), sheet=named))
                notes[named] = taken.notes(recipient.notes.get(file, {}).get(sheet, {}))
        if cut:
            stem = file.replace("/", "_").rpartition(".")[0] or file
            wanted = _NAMELESS if recipient.holder.names_others(stem) else stem
            name = f"{recipient.folder}/{recipient.names.new(wanted)}{MARK}.xlsx"
            yield name, partial(_write, cut, notes)

    def _cut(self, file: str, sheet: str, holder: Holder) -> Cut | None:
        """What the holder has of a sheet; None where that is nothing."""
        # The folders of a town's villages lie in its own: what they hold need not be copied again.
        rows = holder.rows.get((file, sheet), NO_ROWS).places.get(holder.place, ())
        heads = (one.header_row for one in self.result.inputs if (one.file, one.sheet) == (file, sheet))
        header = next(filter(None, heads), None)
        return Cut(header, rows, holder.names_others) if rows and header else None


def _write(grids: Sequence[Grid], notes: FileNotes, sink: BinaryIO) -> None:
    write_plain_copy(grids, notes, sink)
