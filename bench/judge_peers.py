"""The rule stage against the same rules in pandera and Great Expectations, in one run.

    python bench/judge_peers.py FOLDER [--times 3] [--spoil 0.005]

All engines judge the same typed tables of a county written by make_county.py, some of whose cells are spoiled
so that every rule finds something. They must find the same rows, or nothing is reported. An engine that is not
installed (`pip install -e .[bench]`) is left out and named.

- judge: until the broken rows are known. Ours, `explained`, also gathers what the findings say and cite. The
  peers' includes working out, in pandas or polars, the columns their checks need: what an ID says, members of a
  household.
- prepare: ours loads the tables into the database, reads the IDs, places every row and works out the derived fields
  the rules rest on; the peers' turns the tables into theirs and builds the schemas or suites.

Times are medians; × is how many times ours. Memory is the largest peak beyond tables and libraries.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from fupin_audit.delivery import Delivery
from peers.county import load_county
from peers.measuring import Engine, Run, run
from peers.rules import KEYS, RULES, Found

OURS = "fupin-audit"
PEERS = {
    "pandera": ("pandera", "peers.with_pandera"),
    "great-expectations": ("great_expectations", "peers.with_expectations"),
    "dataframely": ("dataframely", "peers.with_dataframely"),
    "polars": ("polars", "peers.with_polars"),
}


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument(
        "--spoil", type=float, default=0.005, help="share of a field's cells that are spoiled"
    )
    wanted = parser.parse_args()
    delivery, as_of = load_county(wanted.folder, wanted.spoil)
    runs = _measure(_engines(), delivery, as_of, wanted.times)
    found = _agreed({name: many[0].found for name, many in runs.items()})
    sizes = ", ".join(f"{title} {table.data.num_rows:,}" for title, table in delivery.tables.items())
    rows = sum(map(len, found.values()))
    print(f"{len(RULES)} rules on {sizes}; {rows:,} broken, the same rows in {' and '.join(runs)}\n")
    print(_table(runs))


def _engines() -> Mapping[str, Engine]:
    """The engines that are installed, ours first."""
    ours = import_module("peers.ours")
    engines: dict[str, Engine] = {OURS: ours.opened, f"{OURS}, explained": ours.explained}
    for name, (library, module) in PEERS.items():
        if find_spec(library):
            engines[name] = import_module(module).opened
        else:
            print(f"{name} is not installed and was left out", file=sys.stderr)
    return engines


def _measure(
    engines: Mapping[str, Engine], delivery: Delivery, as_of: date, times: int
) -> Mapping[str, list[Run]]:
    """Runs of every engine, taken in turns so that a busy moment does not fall on one of them alone."""
    runs: dict[str, list[Run]] = {name: [] for name in engines}
    for _ in range(times):
        for name, engine in engines.items():
            runs[name].append(run(engine, delivery, as_of))
    return runs


def _agreed(found: Mapping[str, Found]) -> Found:
    """What all engines found; ends the program where they differ or a rule found nothing."""
    ours = found[OURS]
    differences = [
        f"{rule} on {ledger}: {name} finds {len(theirs[rule, ledger] - ours[rule, ledger])} more rows "
        f"and misses {len(ours[rule, ledger] - theirs[rule, ledger])} of {len(ours[rule, ledger])}"
        for name, theirs in found.items()
        for rule, ledger in KEYS
        if theirs[rule, ledger] != ours[rule, ledger]
    ]
    silent = [
        f"{rule} finds nothing" for rule in RULES if not any(ours[key] for key in KEYS if key[0] == rule)
    ]
    if differences or silent:
        sys.exit("\n".join([*differences, *silent]))
    return ours


def _table(runs: Mapping[str, list[Run]]) -> str:
    rows = {name: _medians(many) for name, many in runs.items()}
    lines = [
        "| | judge s | × ours | judge, processor s | × ours | prepare s | prepare + judge s | × ours | peak MB |",
        "|" + "---|" * 9,
    ]
    for name, (judged, processor, prepared, both, memory) in rows.items():
        times = [judged / rows[OURS][0], processor / rows[OURS][1], both / rows[OURS][3]]
        lines.append(
            f"| {name} {version(name.partition(',')[0])} | {judged:.2f} | {times[0]:.1f} | {processor:.2f} | {times[1]:.1f} "
            f"| {prepared:.2f} | {both:.2f} | {times[2]:.1f} | {memory:.0f} |"
        )
    return "\n".join(lines)


def _medians(runs: list[Run]) -> tuple[float, float, float, float, float]:
    """Seconds of judging, processor seconds of it, seconds of preparing and of both; the largest peak in MB."""
    return (
        median(run.judged for run in runs),
        median(run.processor for run in runs),
        median(run.prepared for run in runs),
        median(run.prepared + run.judged for run in runs),
        max(run.memory for run in runs),
    )


if __name__ == "__main__":
    main()
