"""Making a sample: its county, its faults, its files, its key."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from county.answers.answer_key import Answer, answers, index, write_key
from county.answers.layout_findings import of_layout
from county.clean.other_years import shift
from county.clean.village import villages
from county.drops.all_drops import DROPS
from county.faults.all_faults import FAULTS
from county.further.poverty_office.second_system import copies, draw_again
from county.households.settling import lift_incomes
from county.planting.fault import Fault
from county.planting.habits import keep_habits, with_pastures
from county.planting.inflicting import plant
from county.planting.places import Places
from county.records.record import AUDIT_YEAR, Value, Village
from county.samples.all_samples import Sample
from county.samples.project_file import settle_figures
from county.samples.spoiled_files import SPOILED
from county.sheets.book import Book, write
from county.sheets.guises import Guise, plain

SEED = 20201231
_ONE = 2  # one cell changed: what it said and what it says


@dataclass(frozen=True, slots=True)
class Made:
    """A sample that is ready to be written.

    Attributes:
        sample: what it is.
        books: its files but for the spoiled ones.
        key: what an audit of these must find.
        places: where its faults are planted.
        apart_in_one: households that differ from their clean twins in one cell only.
    """

    sample: Sample
    books: Sequence[Book]
    key: Sequence[Answer]
    places: Places
    apart_in_one: frozenset[str] = frozenset()

    def write(self, out: Path) -> None:
        """Write its folder anew."""
        folder = out / self.sample.folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for book in self.books:
            write(book, folder)
        spoiled = () if self.sample.clean else SPOILED.get(self.sample.drop, ())
        further = [answer for each in spoiled for answer in each.put(folder)]
        settle_figures(self.sample, folder / "fupin-audit.toml")
        write_key(folder / "key.json", [*self.key, *further])


def make(
    sample: Sample,
    places: Places,
    faults: Iterable[Fault] = FAULTS,
    *,
    further: int = 0,
    guise: Guise = plain,
) -> Made:
    """Make a sample, its faults where the register has them.

    Args:
        sample: which.
        places: where faults are planted already.
        faults: those there are.
        further: 0 for the sample itself; another number for another county like it.
        guise: what its files are made to look like.

    Raises:
        LookupError: a fault has no household, no cell, or no severity.
    """
    county = clean_county(sample, further)
    drawn, before = copies(county), _values(county)
    seed = f"{sample.folder}{further or ''}"
    expected, places = plant(county, sample.chosen(faults), seed, places)
    after = _values(county)
    apart = frozenset(
        number for number in before if len(before[number].items() ^ after.get(number, {}).items()) == _ONE
    )
    draw_again(drawn)
    shift(county, sample.year - AUDIT_YEAR)
    books = guise(DROPS[sample.drop].books(county))
    if sample.honest:
        books = with_pastures(books)
    return Made(sample, books, [*answers(expected, index(books)), *of_layout(books)], places, apart)


def _values(county: Iterable[Village]) -> dict[str, dict[tuple[int, str], Value]]:
    """Household → all that is said of it, by row and field."""
    return {
        dossier.household.text("户编号"): {
            (id(record), name): value for record in dossier.records for name, value in record.values.items()
        }
        for village in county
        for dossier in village.dossiers
    }


def clean_county(sample: Sample, further: int = 0) -> list[Village]:
    """The sample's county, or another like it, before anything is planted."""
    county = list(villages(SEED + further, sample.shape, DROPS[sample.drop].families))
    if sample.honest:
        keep_habits(county, SEED + further)
    if sample.comfortable:
        lift_incomes(county)
    return county
