"""Whole check of a county against a bare fastexcel read of the same files, in one run.

    python bench/check_county.py FOLDER [--times 3]

Each measurement is a process of its own; times are medians, memory is the largest peak. The bare read opens
every workbook with fastexcel as strings and keeps nothing (`read`) or keeps all its tables (`keep`).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import median

_PROLOGUE = """
import json, resource, sys, time
started = time.perf_counter()
folder = sys.argv[1]
"""
_EPILOGUE = """
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": time.perf_counter() - started, "peak": peak, "stages": stages}))
"""
_BARE = """
import fastexcel
from pathlib import Path
stages, kept = {{}}, []
for path in sorted(Path(folder).glob("*.xls*")):
    reader = fastexcel.read_excel(path)
    for number in range(len(reader.sheet_names)):
        sheet = reader.load_sheet(number, header_row=None, skip_rows=0, dtypes="string", eager=True)
        if {keep}:
            kept.append(sheet)
"""
_CHECK = """
from fupin_audit.cli.entry import _WithoutPandas
sys.meta_path.insert(0, _WithoutPandas())
from fupin_audit.audit import audit
last = {"what": "导入", "at": started}
stages = {}
def progress(what, done, total):
    now, stage = time.perf_counter(), "判断" if "-" in what else what
    stages[last["what"]] = stages.get(last["what"], 0) + now - last["at"]
    last.update(what=stage, at=now)
result = audit([folder], progress=progress)
progress("末", 1, 1)
from fupin_audit.reports.registry import write_report
from pathlib import Path
import tempfile
with tempfile.TemporaryDirectory() as out:
    write_report(result, "json", Path(out) / "check.json")
progress("报告", 1, 1)
stages["发现"] = len(result.records)
"""
RUNS = {"read": _BARE.format(keep=False), "keep": _BARE.format(keep=True), "check": _CHECK}


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=3)
    wanted = parser.parse_args()
    measured = {
        name: [_measure(code, wanted.folder) for _ in range(wanted.times)] for name, code in RUNS.items()
    }
    seconds = {name: median(run["seconds"] for run in runs) for name, runs in measured.items()}
    peaks = {name: max(run["peak"] for run in runs) for name, runs in measured.items()}
    print("| | seconds | × read | peak MB | × read | × keep |\n|---|---|---|---|---|---|")
    for name in RUNS:
        print(
            f"| {name} | {seconds[name]:.2f} | {seconds[name] / seconds['read']:.2f} | {peaks[name]:.0f} "
            f"| {peaks[name] / peaks['read']:.2f} | {peaks[name] / peaks['keep']:.2f} |"
        )
    print("\n" + json.dumps(measured["check"][-1]["stages"], ensure_ascii=False))


def _measure(code: str, folder: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _PROLOGUE + code + _EPILOGUE, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


if __name__ == "__main__":
    main()
