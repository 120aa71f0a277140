"""How well counties are judged that nobody has seen: the samples, made anew of other people and other faults.

    python bench/accuracy.py [NAME…] [--further 1 2 3]

For every county: of the findings its key expects, how many came (recall), point at the key's cell at all and with
their first cell; of the errors and doubts found, how many the key knows of (precision). What was missed and what
nobody expects is listed.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from tempfile import TemporaryDirectory

from county.samples.all_samples import SAMPLES, Sample
from county.samples.making import make
from fupin_audit import Options, audit
from fupin_audit.projectfile import find_project
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


def main() -> None:
    """Make the counties, judge them, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--further", nargs="+", type=int, default=[1])
    wanted = parser.parse_args()
    chosen = [each for each in SAMPLES if not each.clean and each.folder in (wanted.names or {each.folder})]
    tallies = [_judged(sample, further) for further in wanted.further for sample in chosen]
    print(f"all: {reduce(add, tallies)}")


def _judged(sample: Sample, further: int) -> Tally:
    with TemporaryDirectory() as folder:
        try:
            make(sample, {}, further=further).write(Path(folder))
        except LookupError as error:
            print(f"{sample.folder} {further}: can't be made: {error}")
            return Tally()
        return _compared(Path(folder) / sample.folder, further)


def _compared(folder: Path, further: int) -> Tally:
    key: Sequence[Entry] = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    project = folder / "fupin-audit.toml"
    options = Options(parameters=find_project(project).said.parameters) if project.is_file() else Options()
    records = audit(folder, options=options).records
    by_subject: dict[Key, list[Finding]] = {}
    for finding in records:
        by_subject.setdefault((finding.rule, finding.household, finding.person), []).append(finding)
    matched = [(entry, by_subject.get(_subject(entry), [])) for entry in key]
    grave = [each for each in records if each.severity is not Severity.INFO]
    known = {_subject(entry) for entry in key}
    unexpected = [each for each in grave if (each.rule, each.household, each.person) not in known]
    tally = Tally(
        len(key),
        sum(bool(found) for _, found in matched),
        sum(any(_cell(entry) in map(_at, each.locations) for each in found) for entry, found in matched),
        sum(any(_cell(entry) == _at(each.locations[0]) for each in found) for entry, found in matched),
        len(grave),
        len(grave) - len(unexpected),
    )
    print(f"{folder.name} {further}: {tally}")
    _list("missed", (entry["rule"] for entry, found in matched if not found))
    first = (
        e["rule"] for e, found in matched if found and _cell(e) not in {_at(f.locations[0]) for f in found}
    )
    _list("another cell first", first)
    _list("not expected", (each.rule for each in unexpected))
    for each in unexpected:
        print(f"    {each.rule} {each.message}")
    return tally


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
