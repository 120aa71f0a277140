"""The first half of an audit: what is asked is settled, the ledgers are read, the date is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fupin_audit.cluster.memory_need import half_of_machine, needed
from fupin_audit.dating import best_guess, doubts
from fupin_audit.delivery import Delivery
from fupin_audit.digests import digest_of, digest_of_paths
from fupin_audit.errors import FupinAuditError, UsageError
from fupin_audit.ledgers.types.codes import CodeProfile
from fupin_audit.masking import mask_text
from fupin_audit.memory import hold_little
from fupin_audit.options import Options, Working, as_read, refuse_rates, settings
from fupin_audit.progress import Progress
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.rulepack.checks.checking import check
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.two_drops import LastDrop, with_last_drop
from fupin_audit.workbook.files.discovery import refuse_shared_files
from fupin_audit.workbook.loading import ToRead, loaded
from fupin_audit.workbook.remembered import Remembered, own_folder
from fupin_audit.writing.column_files import ColumnFiles, in_memory

DEFAULTS = Options()
_LAST = "上期"


@dataclass(frozen=True)
class Asked:
    """What is asked of a run: packs and parameters, checked and laid over each other; files, date, options.

    Attributes:
        catalogue: rules and parameters, ledgers as the user says they are to be read.
        profile: what bare codes stand for.
        paths: files and folders.
        packs: as the user named them.
        as_of: the date to judge at; None where the data is to tell it.
        options: everything else.
    """

    catalogue: Catalogue
    profile: CodeProfile | None
    paths: Sequence[Path]
    packs: Sequence[str | Path]
    as_of: date | None
    options: Options

    @property
    def to_read(self) -> ToRead:
        """What is to be read into memory, and how."""
        options = self.options
        return ToRead(self.paths, options.designations, options.password, self.catalogue.ledgers)


@dataclass(frozen=True)
class Prepared:
    """What an audit judges: packs and parameters, the ledgers that were read, the date and how it was found.

    What could not be read of the last drop is told apart from what this drop has. `files` keeps the ledgers where
    they are too large for the memory; they are judged county by county then.
    """

    catalogue: Catalogue
    delivery: Delivery
    as_of: date
    as_of_source: str
    options: Options
    settings: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    unreadable: tuple[InputSheet, ...] = ()
    files: ColumnFiles | None = None


def prepare(
    paths: Sequence[str | Path] | str | Path,
    *,
    packs: Sequence[str | Path] = (),
    as_of: date | None = None,
    options: Options = DEFAULTS,
    progress: Progress | None = None,
) -> Prepared:
    """The first half of `examine`, for commands that look at the rows before they are judged."""
    asked = settled(paths, packs, as_of, options)
    listed, against = asked.paths, listed_paths(options.against)
    remembered = _remembered([*listed, *against], packs, options)
    check(asked.catalogue)
    refuse_shared_files(listed, against)
    files = _files_for([*listed, *against], options.working)
    keep = files.keep if files else in_memory
    return prepared(asked, replace(asked.to_read, keep=keep, remembered=remembered), files, progress)


def settled(
    paths: Sequence[str | Path] | str | Path,
    packs: Sequence[str | Path],
    as_of: date | None,
    options: Options,
) -> Asked:
    """What is asked, before any file is read; the catalogue is still to be checked."""
    catalogue = load_catalogue(
        packs,
        fixed=options.parameters,
        disabled=options.disabled,
        enabled=options.enabled,
        severities=options.severities,
    )
    refuse_rates(options, catalogue.rules)
    read = as_read(catalogue.ledgers, options)
    catalogue = replace(catalogue, ledgers=read.ledgers)
    return Asked(catalogue, read.profile, listed_paths(paths), packs, as_of, options)


def prepared(
    asked: Asked, read_as: ToRead, files: ColumnFiles | None, progress: Progress | None = None
) -> Prepared:
    """Read what is asked for.

    Args:
        asked: packs, parameters, options.
        read_as: what is read, and how.
        files: where the columns wait for their county; None where all is judged at once.
        progress: called with (读取, files done, of how many).
    """
    options = asked.options
    delivery = loaded(read_as, progress)
    guessed = asked.as_of is None
    day, source = (asked.as_of, "用户指定") if asked.as_of else best_guess(delivery)
    told = tuple(settings(options, delivery, asked.profile))
    doubted = doubts(delivery, day, guessed=guessed)
    unreadable: tuple[InputSheet, ...] = ()
    if options.against:
        last = _last_drop(read_as, listed_paths(options.against), day, progress)
        delivery, unreadable = with_last_drop(delivery, last), tuple(last.unreadable)
        told, doubted = (*told, last.told), (*doubted, *last.doubts)
    if not options.reveal:
        delivery, told = delivery.masked(), tuple(map(mask_text, told))
        unreadable = tuple(sheet.masked() for sheet in unreadable)
        doubted = tuple(map(mask_text, doubted))
    packs = tuple(map(str, asked.packs))
    return Prepared(asked.catalogue, delivery, day, source, options, told, doubted, packs, unreadable, files)


def _remembered(paths: Sequence[Path], packs: Sequence[str | Path], options: Options) -> Remembered | None:
    """What files were read as before, where the user asks for it; what is encrypted is not kept in the clear."""
    cache = options.working.cache
    if cache is None or options.password:
        return None
    if any(cache.resolve().is_relative_to(path.resolve()) for path in paths):
        raise UsageError(f"缓存文件夹 {cache} 在要核对的文件夹里，请放在外面")
    given = [Path(item) for item in (*packs, options.codes) if item and Path(item).exists()]
    said = tuple(map(str, packs)), str(options.codes), options.headers
    return Remembered(own_folder(cache), digest_of(said, digest_of_paths(given)))


def _files_for(paths: Sequence[Path], working: Working) -> ColumnFiles | None:
    """Where columns wait for their county: that is asked for, or the delivery is too large for the memory."""
    limit = half_of_machine() if working.memory is None else working.memory
    if not working.by_county and (limit is None or needed(paths) <= limit):
        return None
    hold_little()
    return ColumnFiles()


def listed_paths(paths: Sequence[str | Path] | str | Path) -> list[Path]:
    """One path or several."""
    return [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]


def _last_drop(this: ToRead, paths: Sequence[Path], as_of: date, progress: Progress | None) -> LastDrop:
    """The drop before this one; sheets that the user has named are named there where they are."""
    named = tuple(replace(item, required=False) for item in this.designations)
    remembered = replace(this.remembered, drop=_LAST) if this.remembered else None
    that = replace(this, paths=paths, designations=named, remembered=remembered)
    delivery = loaded(that, progress)
    try:
        dated = min(best_guess(delivery)[0], as_of)
    except FupinAuditError:  # nothing in it is dated
        dated = as_of
    return LastDrop(delivery, paths, dated)
