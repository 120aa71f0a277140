"""Copies of what was delivered, for those who mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from fupin_audit.cli.asked import Judging, Showing
from fupin_audit.cli.flags import LEDGER_EXAMPLE, read_day, showing_of
from fupin_audit.cli.output_files import refuse_filled_folder
from fupin_audit.cli.progress_bar import progress_bars
from fupin_audit.cli.speech import tell
from fupin_audit.errors import InputError, OutputError, UsageError
from fupin_audit.masking import mask_text
from fupin_audit.reports.registry import REPORTS
from fupin_audit.results.finding import AuditResult


@dataclass(frozen=True, slots=True)
class ShowingInCopies(Showing):
    """How to show the result, in copies of the files too, and until when things are to be mended."""

    annotate: Path | None = None
    due: date | None = None


copying_options = showing_of(
    REPORTS,
    LEDGER_EXAMPLE,
    click.option(
        "--annotate",
        type=click.Path(path_type=Path),
        metavar="文件夹",
        help="另写标注件到这个新文件夹：原件的副本，有问题的格子涂色、加批注（含个人信息）",
    ),
    click.option("--due", callback=read_day, metavar="日期", help="整改期限，写在批注里，如 2021-03-31"),
    group=ShowingInCopies,
)


def refuse_copies(showing: ShowingInCopies, paths: Sequence[Path]) -> None:
    """Refuses folders nothing can be written to, before hours of work.

    Raises:
        UsageError, OutputError: why not.
    """
    if showing.annotate:
        refuse_filled_folder(showing.annotate, paths)


def copies_lost(
    result: AuditResult, showing: ShowingInCopies, paths: Sequence[Path], judging: Judging
) -> bool:
    """Writes what is asked for and says so; whether something could not be written, which is told."""
    if not showing.annotate:
        return False
    # Imported here, so that a check without copies need not wait for it.
    from fupin_audit.tasks.annotating import Originals, write_annotated

    try:
        with progress_bars(wanted=not showing.quiet) as progress:
            originals = Originals(paths, judging.password)
            write_annotated(originals, showing.annotate, result, showing.due, progress)
    except (InputError, OutputError, UsageError) as error:
        tell(f"错误：{error}")
        return True
    if not showing.quiet:
        tell(f"已写出 {mask_text(str(showing.annotate))}（含个人信息）")
    return False
