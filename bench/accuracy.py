"""How well counties are judged that nobody has seen: the samples, made anew of other people and other faults.

    python bench/accuracy.py [NAME…] [--further 1 2 3] [--guises plain banded csv dashed wide]
    python bench/accuracy.py --clean
    python bench/accuracy.py --honest

For every county: of the findings its key expects, how many came (recall), point at the key's cell at all and with
their first cell; of the errors and doubts found, how many the key knows of (precision). What was missed and what
nobody expects is listed. The counties take turns in their guises: headers of two levels, text files, blanks written
as dashes, the members of a household side by side. The last line is of the households that differ from their clean
twins in one cell only. `--clean` makes the same counties with nothing planted, in four years, with a document of
their own and without, and lists what is said of them. `--honest`: clean counties whose people work by season, turn
sixty, enter 低保 in the middle of the year, live in homes or have pastures; the share of their households of which
something is said.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import cycle
from operator import add
from pathlib import Path
from tempfile import TemporaryDirectory

from county.clean.village import Shape
from county.samples.all_samples import SAMPLES, Sample
from county.samples.making import Made, make
from county.sheets.guises import GUISES
from fupin_audit import Options, audit
from fupin_audit.projectfile import ON, find_project
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.place import Location

Key = tuple[str, str, str]
Entry = Mapping[str, str]


@dataclass(frozen=True)
class Tally:
    """What came of one county, or of several."""

    expected: int = 0
    found: int = 0
    at_cell: int = 0
    cell_first: int = 0
    told: int = 0
    known: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*map(add, self.counts, other.counts))

    @property
    def counts(self) -> tuple[int, ...]:
        """The six numbers in order."""
        return self.expected, self.found, self.at_cell, self.cell_first, self.told, self.known

    def __str__(self) -> str:
        recall, at_cell, first = (
            _share(n, self.expected) for n in (self.found, self.at_cell, self.cell_first)
        )
        return (
            f"recall {recall} ({self.found}/{self.expected})  cell {at_cell}  first cell {first}"
            f"  precision {_share(self.known, self.told)} ({self.known}/{self.told})"
        )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2%}" if whole else "-"


_LOCAL = ("辽宁省", "抚顺市", "云溪县")
_ELSEWHERE = ("安和省", "云川市", "清河县")
_CLEAN_YEARS = (("exam-2020", 2018), ("exam-2020", 2020), ("exam-2021", 2021), ("exam-2023", 2023))


def _floor(year: int) -> float:
    """An income above the year's line of monitoring, not so high that poor households must be struck off."""
    return 5200 if year < 2021 else 6200


CLEAN = [
    Sample(
        f"无误-{year}-{place[-1]}",
        drop,
        clean=True,
        shape=Shape(2, 20, 1, *place, floor=_floor(year)),
        year=year,
    )
    for drop, year in _CLEAN_YEARS
    for place in (_LOCAL, _ELSEWHERE)
]
"""Clean counties of each year, in a county with a pack of its own and in one without."""


HONEST = [
    Sample(
        f"如实-{year}-{drop}",
        drop,
        clean=True,
        honest=True,
        shape=Shape(6, 20, 2, *place, floor=_floor(year)),
        year=year,
    )
    for drop, year, place in (
        ("exam-2020", 2018, _ELSEWHERE),
        ("exam-2020", 2020, _ELSEWHERE),
        ("exam-2020", 2020, _LOCAL),
        ("exam-2021", 2021, _ELSEWHERE),
        ("exam-2023", 2023, _ELSEWHERE),
        ("2023", 2023, _ELSEWHERE),
        ("2025", 2025, _ELSEWHERE),
    )
]
"""Counties of each year whose people do what honest people do."""


def main() -> None:
    """Make the counties, judge them, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--further", nargs="+", type=int, default=[1])
    parser.add_argument("--guises", nargs="+", choices=GUISES, default=["plain"])
    parser.add_argument("--clean", action="store_true", help="plant nothing")
    parser.add_argument("--honest", action="store_true", help="plant nothing but honest habits")
    wanted = parser.parse_args()
    planted = [each for each in SAMPLES if not each.clean]
    samples = HONEST if wanted.honest else CLEAN if wanted.clean else planted
    chosen = [each for each in samples if each.folder in (wanted.names or {each.folder})]
    runs = [(sample, further) for further in wanted.further for sample in chosen]
    tallies = [_judged(*run, guise) for run, guise in zip(runs, cycle(wanted.guises), strict=False)]
    print(f"all: {reduce(add, (tally for tally, _ in tallies))}")
    print(f"one cell: {reduce(add, (tally for _, tally in tallies))}")


def _judged(sample: Sample, further: int, guise: str) -> tuple[Tally, Tally]:
    """The tallies of all it has, and of the households that differ from their clean twins in one cell."""
    with TemporaryDirectory() as folder:
        try:
            made = make(sample, {}, further=further, guise=GUISES[guise])
        except LookupError as error:
            print(f"{sample.folder} {further}: can't be made: {error}")
            return Tally(), Tally()
        made.write(Path(folder))
        return _compared(made, Path(folder) / sample.folder, f"{further} {guise}")


def _compared(made: Made, folder: Path, told: str) -> tuple[Tally, Tally]:
    key: Sequence[Entry] = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    records = audit(folder, options=_settled(folder / "fupin-audit.toml")).records
    by_subject: dict[Key, list[Finding]] = {}
    for finding in records:
        by_subject.setdefault((finding.rule, finding.household, finding.person), []).append(finding)
    matched = [(entry, by_subject.get(_subject(entry), [])) for entry in key]
    grave = [each for each in records if each.severity is not Severity.INFO]
    known = {_subject(entry) for entry in key}
    unexpected = [each for each in grave if (each.rule, each.household, each.person) not in known]
    tally = replace(_found(matched), told=len(grave), known=len(grave) - len(unexpected))
    print(f"{folder.name} {told}: {tally}", flush=True)
    if made.sample.clean:
        homes = made.sample.shape.villages * made.sample.shape.households
        about = {each.household or each.person for each in grave}
        print(f"  households of which something is said: {_share(len(about), homes)} ({len(about)}/{homes})")
    _list("missed", (entry["rule"] for entry, found in matched if not found))
    first = (
        e["rule"] for e, found in matched if found and _cell(e) not in {_at(f.locations[0]) for f in found}
    )
    _list("another cell first", first)
    _list("not expected", (each.rule for each in unexpected))
    for each in unexpected:
        print(f"    {each.rule} {each.message}")
    alone = [(entry, found) for entry, found in matched if entry["household"] in made.apart_in_one]
    said = [each for each in grave if each.household in made.apart_in_one]
    return tally, replace(_found(alone), told=len(said), known=sum(each not in unexpected for each in said))


def _settled(project: Path) -> Options:
    """The figures that a project file settles and the rules that it adopts."""
    if not project.is_file():
        return Options()
    said = find_project(project).said
    adopted = tuple(rule for rule, setting in said.rules.items() if setting.severity == ON)
    return Options(parameters=said.parameters, enabled=adopted)


def _found(matched: Sequence[tuple[Entry, Sequence[Finding]]]) -> Tally:
    """What came of what a key expects."""
    return Tally(
        len(matched),
        sum(bool(found) for _, found in matched),
        sum(any(_cell(entry) in map(_at, each.locations) for each in found) for entry, found in matched),
        sum(any(_cell(entry) == _at(each.locations[0]) for each in found) for entry, found in matched),
    )


def _subject(entry: Entry) -> Key:
    return entry["rule"], entry["household"], entry["person"]


def _cell(entry: Entry) -> Key:
    return entry["file"], entry["sheet"], entry["cell"]


def _at(location: Location) -> Key:
    return location.file, location.sheet, location.cell


def _list(title: str, rules: Iterable[str]) -> None:
    counted = Counter(rules)
    if counted:
        print(f"  {title}: {'、'.join(f'{rule}×{n}' for rule, n in sorted(counted.items()))}")


if __name__ == "__main__":
    main()
