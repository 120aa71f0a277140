"""Whole check of a county against a bare fastexcel read of the same files, in one run.

    python bench/check_county.py FOLDER [--times 3]

Each measurement is a process of its own, taken in turns so that a busy moment does not fall on one of them
alone; times are medians, memory is the largest peak. Processor time counts all cores and does not depend on what
else is running. The bare read opens every workbook with fastexcel as strings and keeps nothing (`read`) or keeps
all its tables (`keep`). The last line has the stages of every check, seconds and processor seconds; 判断 is the
whole rule stage, loading into the database included.
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
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "seconds": time.perf_counter() - started,
    "processor": used.ru_utime + used.ru_stime,
    "peak": used.ru_maxrss / 1024,
    "stages": stages,
}))
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
from fupin_audit.cli.entry import prepare_process
prepare_process()
stages = {}
last = [started, 0.0]
def done(stage):
    now, used = time.perf_counter(), time.process_time()
    stages[stage] = [round(now - last[0], 2), round(used - last[1], 2)]
    last[:] = now, used
from fupin_audit.audit import judge, prepare
done("导入")
prepared = prepare([folder])
done("读取")
result = judge(prepared).result
done("判断")
from fupin_audit.reports.registry import write_report
from pathlib import Path
import tempfile
with tempfile.TemporaryDirectory() as out:
    write_report(result, "findings.json_file", Path(out) / "check.json")
done("报告")
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
    rounds = [
        {name: measure(code, wanted.folder) for name, code in RUNS.items()} for _ in range(wanted.times)
    ]
    print(_table(rounds))
    print("\n" + json.dumps([measured["check"]["stages"] for measured in rounds], ensure_ascii=False))


def _table(rounds: list[dict[str, dict[str, float]]]) -> str:
    lines = [
        "| | seconds | × read | processor seconds | × read | peak MB | × read | × keep |",
        "|" + "---|" * 8,
    ]
    middle = {
        (name, what): median(measured[name][what] for measured in rounds)
        for name in RUNS
        for what in ("seconds", "processor")
    }
    peaks = {name: max(measured[name]["peak"] for measured in rounds) for name in RUNS}
    for name in RUNS:
        seconds, processor = middle[name, "seconds"], middle[name, "processor"]
        lines.append(
            f"| {name} | {seconds:.2f} | {seconds / middle['read', 'seconds']:.2f} "
            f"| {processor:.2f} | {processor / middle['read', 'processor']:.2f} "
            f"| {peaks[name]:.0f} | {peaks[name] / peaks['read']:.2f} | {peaks[name] / peaks['keep']:.2f} |"
        )
    return "\n".join(lines)


def measure(code: str, folder: Path) -> dict[str, float]:
    """Seconds, processor seconds, peak in MB and stages of a process that runs this on a folder."""
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
