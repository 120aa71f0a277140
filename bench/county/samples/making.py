"""Making one sample: its county, its faults, its files, its key."""

from __future__ import annotations

import shutil
from pathlib import Path

from county.answers.answer_key import answers, index, write_key
from county.answers.layout_findings import of_layout
from county.drops.all_drops import DROPS
from county.further.office.second_system import copies, draw_again
from county.households.settling import lift_incomes
from county.planting.planting import plant
from county.records.record import AUDIT_YEAR
from county.samples.all_samples import Sample
from county.samples.project_file import settle_figures
from county.samples.spoiled_files import SPOILED
from county.sheets.book import write
from county.villages.other_years import shift
from county.villages.village import villages

SEED = 20201231


def make(sample: Sample, out: Path) -> None:
    """Write one sample and its key."""
    folder = out / sample.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    drop = DROPS[sample.drop]
    county = list(villages(SEED, sample.shape, drop.families))
    if sample.comfortable:
        lift_incomes(county)
    drawn = copies(county)
    expected = plant(county, sample.faults)
    draw_again(drawn)
    shift(county, sample.year - AUDIT_YEAR)
    books = drop.books(county)
    for book in books:
        write(book, folder)
    entries = answers(expected, index(books)) + of_layout(books)
    if not sample.clean:
        entries += [each for spoiled in SPOILED.get(sample.drop, ()) for each in spoiled.put(folder)]
    if drop.families and not sample.local:
        settle_figures(folder / "fupin-audit.toml")
    write_key(folder / "key.json", entries)
