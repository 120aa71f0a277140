"""Copies of what was delivered, for those who mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fupin_audit.cli.asked import Judging, Showing, TakingBack
from fupin_audit.cli.flags import LEDGER_EXAMPLE, showing_of
from fupin_audit.cli.followed_runs import read_due
from fupin_audit.cli.output_files import refuse_filled_folder
from fupin_audit.cli.progress_bar import progress_bars
from fupin_audit.cli.speech import tell
from fupin_audit.errors import InputError, OutputError, UsageError
from fupin_audit.masking import mask_text
from fupin_audit.progress import Progress
from fupin_audit.reports.registry import BULLETIN, LEDGER, REPORTS
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity

if TYPE_CHECKING:
    from fupin_audit.audit import Examined
    from fupin_audit.tasks.own_result import SheetRows

Write = Callable[[Path, AuditResult, Progress | None], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ShowingInCopies(TakingBack):
    """How to show the result, in copies of the files too, and until when things are to be mended."""

    annotate: Path | None = None
    handout: Path | None = None
    with_data: bool = False
    due: Mapping[Severity, date] = field(default_factory=dict)
    template: Path | None = None


copying_options = showing_of(
    REPORTS,
    LEDGER_EXAMPLE,
    click.option(
        "--annotate",
        type=click.Path(path_type=Path),
        metavar="文件夹",
        help="另写标注件到这个新文件夹：原件的副本，有问题的格子涂色、加批注（含个人信息）",
    ),
    click.option(
        "--handout",
        type=click.Path(path_type=Path),
        metavar="文件夹",
        help="另写到这个新文件夹：每个乡镇、每个村一个文件夹，各有自己的整改台账、网页报告和一页整改通知",
    ),
    click.option(
        "--with-data",
        is_flag=True,
        help="--handout 的各文件夹里另放原件里属于它的各行，照录、标注（含完整个人信息）",
    ),
    click.option(
        "--due",
        multiple=True,
        callback=read_due,
        metavar="[级别=]日期",
        help="整改期限，写在整改台账、批注和通知里，如 2021-03-31；各级不同的写几个：error=2021-01-31",
    ),
    click.option(
        "--returned",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="文件或文件夹",
        help="收回的整改台账，可多次：填写的内容合到 --output xlsx= 的一份里，填得不一样的另列一张表",
    ),
    click.option(
        "--template",
        type=click.Path(path_type=Path),
        metavar="文件",
        help="通报（--output docx=…）照这个 Word 文件的版式写：页面、页眉页脚、同名样式；正文放在写着【正文】的一行",
    ),
    group=ShowingInCopies,
)


def refuse_copies(showing: ShowingInCopies, paths: Sequence[Path]) -> None:
    """Refuses folders nothing can be written to, before hours of work.

    Raises:
        UsageError, OutputError: why not.
    """
    if showing.template:
        _refuse_template(showing, showing.template)
    if showing.with_data and not showing.handout:
        raise UsageError("--with-data 要和 --handout 文件夹 一起用")
    if showing.returned and LEDGER not in dict(showing.output):
        raise UsageError("--returned 要和 --output xlsx=整改台账.xlsx 一起用：收回的填写写到那里")
    folders = [folder for folder in (showing.annotate, showing.handout) if folder]
    for folder in folders:
        refuse_filled_folder(folder, paths)
    places = [*folders, *(path for _, path in showing.output)]
    if len({place.resolve() for place in places}) < len(places):
        raise UsageError("--annotate、--handout 和 --output 要各写到不同的地方")


def _refuse_template(showing: Showing, template: Path) -> None:
    from fupin_audit.writing.word import (
        open_template,  # here, so that a check without one need not wait for it
    )

    if BULLETIN not in dict(showing.output):
        raise UsageError("--template 是通报的版式，要和 --output docx=文件 一起用")
    open_template(template)


@dataclass(frozen=True)
class Copies:
    """What is written for those who mend: copies of the files, a folder for each village.

    Attributes:
        showing: what is asked for.
        paths, judging: what was audited, and how.
        rows: whose the rows of the sheets are; empty where that is not asked for.
    """

    showing: ShowingInCopies
    paths: Sequence[Path]
    judging: Judging
    rows: SheetRows

    def written(self, result: AuditResult) -> tuple[AuditResult, bool]:
        """Writes what is asked for and says so.

        Returns:
            The result, which knows the marked copies; whether something could not be written, which is told.
        """
        asked = ((self.showing.annotate, self._annotate), (self.showing.handout, self._hand_out))
        made = [self._made(folder, write, result) for folder, write in asked if folder]
        copies = {file: copy for each in made if each for file, copy in each.items()}
        return replace(result, copies=copies), None in made

    def _made(self, folder: Path, write: Write, result: AuditResult) -> Mapping[str, str] | None:
        """The marked copies written into the folder; None where it could not be written."""
        try:
            with progress_bars(wanted=not self.showing.quiet) as progress:
                copies = write(folder, result, progress)
        except (InputError, OutputError, UsageError) as error:
            tell(f"错误：{error}")
            return None
        if not self.showing.quiet:
            tell(f"已写出 {mask_text(str(folder))}（含个人信息）")
        return copies

    def _annotate(self, folder: Path, result: AuditResult, progress: Progress | None) -> Mapping[str, str]:
        # Imported here, as below, so that a check without copies need not wait for it.
        from fupin_audit.tasks.annotating import Originals, write_annotated

        originals = Originals(self.paths, self.judging.password)
        copies = write_annotated(originals, folder, result, progress)
        return {file: str(folder / name) for file, name in copies.items()}

    def _hand_out(self, folder: Path, result: AuditResult, progress: Progress | None) -> Mapping[str, str]:
        from fupin_audit.tasks.annotating import Originals
        from fupin_audit.tasks.handing_out import Handout, write_handout

        data = Originals(self.paths, self.judging.password) if self.showing.with_data else None
        write_handout(folder, result, Handout(self.rows, data), progress)
        return {}


def copies_of(found: Examined, showing: ShowingInCopies, paths: Sequence[Path], judging: Judging) -> Copies:
    """What is to be written of an audit; of its rows only what that needs is kept."""
    rows = found.placed.by_sheet(found.delivery) if showing.handout else {}
    return Copies(showing, paths, judging, rows)
