"""Showing a result: the report on stdout, remarks on stderr, further reports in files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from fupin_audit.cli.asked import Showing
from fupin_audit.cli.group import Unwritten
from fupin_audit.cli.speech import say, tell
from fupin_audit.errors import OutputError, UsageError
from fupin_audit.masking import mask_text
from fupin_audit.reports.comparison import comparison_verdict
from fupin_audit.reports.comparison import folder_terminal as folder_text
from fupin_audit.reports.comparison import terminal as comparison_text
from fupin_audit.reports.findings import terminal, verdict
from fupin_audit.reports.household import terminal as view_text
from fupin_audit.reports.registry import (
    BULLETIN,
    COMPARISON_REPORTS,
    FOLDER_REPORTS,
    LEDGER,
    REPORTS,
    VIEW_REPORTS,
    Formats,
    write_report,
    writer,
)
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.comparison import Comparison, FolderComparison
from fupin_audit.results.household import HouseholdView
from fupin_audit.writing.console import RenderableType, Screen, Text, open_screen
from fupin_audit.writing.whole_files import write_file
from fupin_audit.writing.wrapping import wrap

if TYPE_CHECKING:
    from fupin_audit.tasks.returned_copies import SentBack

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Faces(Generic[Result]):
    """The ways one kind of result is shown: on the screen, in a sentence, in files of several formats."""

    show: Callable[[Result, Screen, bool], None]
    verdict: Callable[[Result], str]
    formats: Formats
    write: Callable[[Result, str, Path], None] = write_report


AUDIT: Faces[AuditResult] = Faces(terminal.show, verdict.verdict, REPORTS)
COMPARISON: Faces[Comparison] = Faces(comparison_text.show, comparison_verdict.verdict, COMPARISON_REPORTS)
FOLDERS: Faces[FolderComparison] = Faces(folder_text.show, folder_text.verdict, FOLDER_REPORTS)
VIEW: Faces[HouseholdView] = Faces(view_text.show, view_text.summary, VIEW_REPORTS)


@dataclass(frozen=True, slots=True)
class Besides:
    """What reports of an audit are made of besides what is shown of it.

    Attributes:
        whole: the audit of which that is a selection.
        returned: copies that came back, which go into the 整改台账.
        template: what the bulletin is written into.
    """

    whole: AuditResult
    returned: SentBack | None = None
    template: Path | None = None

    def write(self, result: AuditResult, module: str, path: Path) -> None:
        """Writes a report; the 整改台账 keeps what people wrote into the one before."""
        if module == REPORTS[LEDGER]:
            self._write_ledger(result, path)
        elif module == REPORTS[BULLETIN] and self.template:
            from fupin_audit.reports.bulletin.word_file import write_in  # here, as it is seldom asked for

            write_file(path, partial(write_in, self.template, result))
        else:
            write_report(result, module, path)

    def _write_ledger(self, result: AuditResult, path: Path) -> None:
        from fupin_audit.tasks.carrying_over import write_ledger
        from fupin_audit.tasks.returned_copies import NOTHING_SENT_BACK

        listed = replace(result, max_findings=None)
        write_ledger(listed, path, self.whole, self.returned or NOTHING_SENT_BACK)


def present(result: AuditResult, showing: Showing, besides: Besides | None = None) -> None:
    """Shows an audit's result, or what is selected of the whole."""
    write = (besides or Besides(result)).write
    present_as(replace(AUDIT, write=write), result, showing)


def present_as(faces: Faces[Result], result: Result, showing: Showing) -> None:
    """Writes the files, then the report; a file that can't be written keeps none of the others.

    Raises:
        SystemExit: a file could not be written; it has been told.
    """
    failed = [_is_lost(faces, result, output, showing) for output in showing.output]
    _print(faces, result, showing)
    if any(failed):
        sys.exit(Unwritten.exit_code)


def print_lines(parts: Iterable[RenderableType]) -> None:
    """Prints text and tables."""
    screen = open_screen()
    for part in parts:
        screen.print(_broken(part, screen.width) if isinstance(part, str | Text) else part)


def _is_lost(faces: Faces[Result], result: Result, output: tuple[str, Path], showing: Showing) -> bool:
    """Writes one file and says so, or that it could not be written."""
    name, path = output
    try:
        faces.write(result, faces.formats[name], path)
    except (OutputError, UsageError) as error:
        tell(f"错误：{error}")
        return True
    if not showing.quiet:
        tell(f"已写出 {mask_text(str(path))}")
    return False


def _broken(part: str | Text, width: int) -> Text:
    """The text in lines that end where Chinese may."""
    text = Text(part) if isinstance(part, str) else part
    lines = (line for given in text.plain.split("\n") for line in wrap(given, width))
    return Text("\n".join(lines), text.style)


def _print(faces: Faces[Result], result: Result, showing: Showing) -> None:
    if showing.format == "json":
        sys.stdout.flush()
        writer(faces.formats["json"])(result, sys.stdout.buffer)
        if not showing.quiet:
            tell(faces.verdict(result))
    elif showing.quiet:
        say(faces.verdict(result))
    else:
        faces.show(result, open_screen(no_color=showing.no_color), showing.full)
