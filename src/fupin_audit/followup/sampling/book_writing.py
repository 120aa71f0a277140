"""All files of a draw, in a folder that appears complete or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from fupin_audit.errors import UsageError
from fupin_audit.followup.sampling.field_sample import Sample
from fupin_audit.followup.sampling.file_names import FileNames
from fupin_audit.followup.sampling.manifest import dump
from fupin_audit.followup.sampling.overview_book import write_overview_book
from fupin_audit.followup.sampling.print_form import write_print_book
from fupin_audit.followup.sampling.village_book import write_village_book
from fupin_audit.progress import Progress
from fupin_audit.results.place import Place
from fupin_audit.writing.whole_files import refuse_folder, write_folder

MANIFEST, OVERVIEW, TO_FILL, TO_PRINT = "抽样清单.json", "抽样总表.xlsx", "填报", "打印"


def write_sample(sample: Sample, folder: Path, progress: Progress | None = None) -> None:
    """Write the manifest, the overview, and for each village the workbook to fill in and the forms to print.

    The folder is readable by its owner alone.

    Raises:
        UsageError: the folder holds something already.
        OutputError: it can't be written.
    """
    refuse_filled(folder)
    write_folder(folder, _files(sample, progress))


def refuse_filled(folder: Path) -> None:
    """Refuse to write over sheets that may hold somebody's visits.

    Raises:
        UsageError: there is a file, or a folder with something in it; or no folder to put it in.
        OutputError: no folder can be made there.
    """
    refuse_folder(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} 里已有文件，可能是填过的核查表，没有写。请用 --output 换一个新文件夹")


def _files(sample: Sample, progress: Progress | None) -> Iterator[tuple[str, Callable[[BinaryIO], object]]]:
    """Name in the folder, and what writes the file."""
    manifest = dump(sample.manifest).encode("utf-8")
    yield MANIFEST, lambda sink: sink.write(manifest)
    yield OVERVIEW, partial(write_overview_book, sample=sample)
    names = FileNames()
    villages = sample.villages()
    counties = {place.county for place, _ in villages}
    for done, (place, visits) in enumerate(villages):
        if progress:
            progress("写核查表", done, len(villages))
        name = names.new(_title(place, named=len(counties) > 1))
        yield f"{TO_FILL}/{name}.xlsx", partial(write_village_book, sample=sample, place=place, visits=visits)
        yield (
            f"{TO_PRINT}/{name}（打印）.xlsx",
            partial(write_print_book, sample=sample, place=place, visits=visits),
        )


def _title(place: Place, *, named: bool) -> str:
    """`清河镇东沟村`, with the county before it where there are several."""
    return f"{place.county if named else ''}{place.town}{place.village}" or "未定位"
