"""How long the 整改台账 of many findings takes to write: `python bench/ledger_book.py [--findings 100000]`.

The findings of the sample county over and over, in 300 villages of 20 towns. Seconds of the clock and of the
processor, the most memory, the size of the file.
"""

from __future__ import annotations

import argparse
import resource
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from fupin_audit import audit, resources
from fupin_audit.reports.findings import workbook
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.place import Place

_TOWNS, _VILLAGES = 20, 300


def many(findings: int) -> AuditResult:
    """A result of so many findings."""
    result = audit(resources.folder("samples") / "清河县")
    records = (
        replace(
            finding,
            fingerprint=f"{number:016x}",
            place=Place("清河县", f"镇{number % _TOWNS}", f"村{number % _VILLAGES}"),
        )
        for number, finding in enumerate(islice(cycle(result.records), findings))
    )
    return replace(result, records=tuple(records))


def main() -> None:
    """Write it once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=100_000)
    result = many(parser.parse_args().findings)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "整改台账.xlsx"
        started, worked = time.perf_counter(), time.process_time()
        with path.open("wb") as sink:
            workbook.write(result, sink)
        seconds, processor = time.perf_counter() - started, time.process_time() - worked
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = path.stat().st_size / 1e6
    print(
        f"{len(result.records)} 条：{seconds:.1f} 秒，处理器 {processor:.1f} 秒，{memory:.0f} MB，文件 {size:.0f} MB"
    )


if __name__ == "__main__":
    main()
