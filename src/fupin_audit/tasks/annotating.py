"""Copies of the files delivered with their wrong cells marked, in a folder that appears whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from fupin_audit.followup.sampling.file_names import FileNames
from fupin_audit.masking import mask_text
from fupin_audit.progress import Progress
from fupin_audit.reports.findings.cell_notes import cell_notes, marked
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.workbook.annotating.annotated_copy import Marking, ending, write_copy
from fupin_audit.workbook.files.discovery import InputFile, discover
from fupin_audit.workbook.formats.open_grids import unlock
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.whole_files import Write, write_folder

ABOUT = "说明.txt"
MARK = "（标注，含个人信息）"
_HEAD = """标注件说明

标注件照录原件的全部内容，含个人信息：身份证号、电话、账号都没有打码。只给要整改的人，用完删除，不要外传。
批注里的号码和报告里的一样处理。原件没有改动。
红色是错误，黄色是疑点，蓝色是提示，鼠标移到格子上看批注；设了条件格式的格子，颜色可能被它盖住，批注照样在。
截止日期 {day}{filtered}
"""
_ALIKE = "有几个文件的名称打码后是“{}”，分不清，都没有标"


@dataclass(frozen=True)
class Originals:
    """The files to be copied.

    Attributes:
        paths: files or folders, as they were audited.
        password: for encrypted workbooks.
    """

    paths: Sequence[Path]
    password: str | None = None


@dataclass
class _About:
    """What is said of the copies, line by line, as they are written."""

    copies: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)

    def text(self, result: AuditResult) -> str:
        """The whole text."""
        filtered = f"；筛选：{result.filtered}" if result.filtered else ""
        parts = [_HEAD.format(day=result.as_of.isoformat(), filtered=filtered)]
        for title, lines in (("标注件", self.copies), ("没有标的", [*self.others, *_without_cell(result)])):
            if lines:
                parts.append("\n".join((title, *lines, "")))
        return "\n".join(parts)


def write_annotated(
    originals: Originals,
    folder: Path,
    result: AuditResult,
    progress: Progress | None = None,
) -> Mapping[str, str]:
    """Write a copy of every file that has cells to mark, and a text that says what is what.

    Returns:
        File → the name of its copy in the folder.

    Raises:
        OutputError: the folder can't be written.
        InputError: a file can't be read any more.
    """
    about = _About()
    write_folder(folder, _files(originals, result, about, progress))
    return about.names


def _files(
    originals: Originals,
    result: AuditResult,
    about: _About,
    progress: Progress | None,
) -> Iterator[tuple[str, Write]]:
    notes, names = cell_notes(result), FileNames()
    shown = str if result.revealed else mask_text
    files = discover(originals.paths).files
    counts = Counter(shown(file.name) for file in files)
    for done, file in enumerate(files):
        if progress:
            progress("标注", done, len(files))
        name = shown(file.name)
        if counts[name] > 1 and name in notes:
            about.others.append(_ALIKE.format(one_line(name)))
        elif name not in notes:
            about.others.append(f"{one_line(name)}：没有要标的格子")
        else:
            yield from _copy(originals, file, Marking(notes[name], shown), names, about)
    yield ABOUT, lambda sink: sink.write(about.text(result).encode("utf-8-sig"))


def _copy(
    originals: Originals, file: InputFile, marking: Marking, names: FileNames, about: _About
) -> Iterator[tuple[str, Write]]:
    original = unlock(file.path, originals.password)
    shown = marking.shown(file.name)
    stem = names.new(shown.replace("/", "_").rpartition(".")[0] or shown)
    name = f"{stem}{MARK}{ending(original)}"

    def write(sink: BinaryIO) -> None:
        remarks = write_copy(original, marking, sink)
        cells = sum(map(len, marking.notes.values()))
        about.names[shown] = name
        about.copies.append(f"{name}：原件 {one_line(shown)}，标了 {cells} 格")
        about.copies += [f"  · {one_line(remark)}" for remark in remarks]

    yield name, write


def _without_cell(result: AuditResult) -> Iterator[str]:
    """Findings on whole files and sheets."""
    for finding in result.records:
        if not marked(finding):
            where = one_line(str(finding.locations[0])) if finding.locations else str(finding.place)
            yield f"{where}：{finding.rule} {one_line(finding.message)}"
