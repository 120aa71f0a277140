"""Coverage-guided fuzzing (libFuzzer through Atheris) of everything that reads what others wrote.

    python bench/fuzz.py [--seconds 600] [--tries N] [--found FOLDER] [TARGET…]

Each target gets bytes, grown from real workbooks, rules and settings, and may answer with an error of ours alone: any
other exception, a crash, 60 seconds or 3 GB is a finding, whose input is kept in FOLDER. With --tries the inputs are the
same each time, so that a change is judged by what it changed. Needs the extra `fuzz`.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_STORED, ZipFile

import atheris

ONE = "--one"  # what a target's own process is started with
with atheris.instrument_imports(include=["fupin_audit"]) if ONE in sys.argv else nullcontext():
    import pyarrow as pa

    from fupin_audit import projectfile
    from fupin_audit.errors import FupinAuditError
    from fupin_audit.ledgers.registry import LEDGERS
    from fupin_audit.rulepack.checks.checking import rule_errors
    from fupin_audit.rulepack.declared import yamlfile
    from fupin_audit.rulepack.declared.packfile import RuleFile
    from fupin_audit.rulepack.declared.rule import Rule
    from fupin_audit.rulepack.packs.pack_loading import load_catalogue
    from fupin_audit.workbook.formats.file_kinds import FileKind
    from fupin_audit.workbook.formats.grid import Grid
    from fupin_audit.workbook.formats.open_grids import READERS
    from fupin_audit.workbook.loading import deliver
    from fupin_audit.workbook.reading import Reader

ROOT = Path(__file__).resolve().parents[1]
RULES, SAMPLES = ROOT / "rules", ROOT / "samples"
SLOWEST_SECONDS, MOST_MB, LONGEST = 60, 3000, 1 << 16
WORKBOOK = min((SAMPLES / "清河县").glob("*.xlsx"), key=lambda path: path.stat().st_size)
PLAIN = (FileKind.TEXT, FileKind.HTML, FileKind.XML, FileKind.XLS)
SEEDS_OF_PLAIN = {".csv", ".xls", ".htm", ".html", ".xml"}
DONE = re.compile(r"stat::number_of_executed_units: (\d+)")


@dataclass(frozen=True)
class Target:
    """Something that takes any bytes, and inputs to begin with."""

    take: Callable[[bytes], object]
    seeds: Callable[[], Iterable[bytes]]


def read_package(data: bytes) -> None:
    """A workbook of which one part is anything: the first byte says which."""
    with ZipFile(WORKBOOK) as original:
        names = original.namelist()
        content = {name: original.read(name) for name in names}
    content[names[data[0] % len(names)]] = data[1:]
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    for grid in READERS[FileKind.XLSX](packed.getvalue()):
        judge_rows(grid)


def parts_of_package() -> Iterator[bytes]:
    """Every part as it is."""
    with ZipFile(WORKBOOK) as archive:
        for at, name in enumerate(archive.namelist()):
            yield bytes([at]) + archive.read(name)


def read_plain(data: bytes) -> None:
    """A file that is no package: the first byte says what it is taken for."""
    for grid in READERS[PLAIN[data[0] % len(PLAIN)]](data[1:]):
        judge_rows(grid)


def plain_files() -> Iterator[bytes]:
    """The beginnings of such files of the samples."""
    for path in sorted(SAMPLES.rglob("*")):
        if path.suffix in SEEDS_OF_PLAIN:
            content = path.read_bytes()[: LONGEST - 1]
            yield from (bytes([at]) + content for at in range(len(PLAIN)))


def read_rows(data: bytes) -> None:
    """Lines of cells with tabs between them, recognised and converted as if somebody had written them."""
    lines = [line.split("\t") for line in data.decode("utf-8", "replace").split("\n")]
    wide = max(map(len, lines))
    rows = [[*(cell or None for cell in line), *[None] * (wide - len(line))] for line in lines]
    judge_rows(Grid("表", tuple(pa.array(column, pa.string()) for column in zip(*rows, strict=True))))


def judge_rows(grid: Grid) -> None:
    """Find headers, convert, assemble."""
    deliver(Reader(LEDGERS).tables("文件.csv", grid), LEDGERS)


def rows_of_ledgers() -> Iterator[bytes]:
    """Every ledger's headers over a row of what is often written."""
    for ledger in LEDGERS:
        names = list(ledger.columns())
        often = ("990101197003050015", "张三", "2020年12月", "是", "1,234.50", "东沟村", "#REF!")
        row = [often[at % len(often)] for at in range(len(names))]
        yield "\n".join(("统计表", "\t".join(names), "\t".join(row), "\t".join(row))).encode()


def check_expression(data: bytes) -> None:
    """A rule whose condition is anything."""
    rule = _RULE.model_copy(update={"require": data.decode("utf-8", "replace")})
    list(rule_errors(_CATALOGUE, rule))


def expressions() -> Iterator[bytes]:
    """The conditions of the rules there are."""
    rules = (entry for entries in _CATALOGUE.rules.values() for entry in entries)
    yield from {rule.require.encode() for rule in rules if isinstance(rule, Rule)}


def read_yaml(data: bytes) -> None:
    """A file of rules."""
    yamlfile.parse(data.decode("utf-8", "replace"), "规则.yaml", RuleFile)


def rule_files() -> Iterator[bytes]:
    """The rule files there are, as far as they may go."""
    yield from (path.read_bytes()[:LONGEST] for path in sorted(RULES.rglob("*.yaml")))


def read_toml(data: bytes) -> None:
    """A project's settings."""
    projectfile.parse(data.decode("utf-8", "replace"), "fupin-audit.toml")


def settings() -> Iterator[bytes]:
    """The settings that the guides show."""
    for page in (ROOT / "docs").glob("*.md"):
        yield from (
            text.encode() for text in re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
        )


TARGETS = {
    "package": Target(read_package, parts_of_package),
    "plain": Target(read_plain, plain_files),
    "rows": Target(read_rows, rows_of_ledgers),
    "expression": Target(check_expression, expressions),
    "yaml": Target(read_yaml, rule_files),
    "toml": Target(read_toml, settings),
}
_CATALOGUE = load_catalogue()
_RULE = next(rule for rule in _CATALOGUE.rules["HOU-03"] if isinstance(rule, Rule))


def main() -> int:
    """Fuzz the targets one after the other; 1 if any gave a finding."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"{', '.join(TARGETS)}; none: all")
    parser.add_argument("--seconds", type=int, default=600, help="for each target, at most")
    parser.add_argument("--tries", type=int, help="so many inputs for each target, the same each time")
    parser.add_argument(
        "--found", type=Path, default=Path("fuzz-found"), help="folder for inputs that are findings"
    )
    asked = parser.parse_args()
    asked.found.mkdir(parents=True, exist_ok=True)
    box = (f"-max_total_time={asked.seconds}", *((f"-runs={asked.tries}", "-seed=1") if asked.tries else ()))
    return max(fuzz_apart(name, box, asked.found.absolute()) for name in asked.targets or TARGETS)


def fuzz_apart(name: str, box: Iterable[str], found: Path) -> int:
    """Fuzz one target in a process of its own, which a finding ends."""
    with TemporaryDirectory() as corpus:
        for at, seed in enumerate(TARGETS[name].seeds()):
            (Path(corpus) / str(at)).write_bytes(seed)
        limits = (f"-timeout={SLOWEST_SECONDS}", f"-rss_limit_mb={MOST_MB}", f"-max_len={LONGEST}")
        said = ("-print_final_stats=1", f"-artifact_prefix={found}/{name}-")
        command = (sys.executable, __file__, ONE, name, *limits, *box, *said, corpus)
        same = {**os.environ, "PYTHONHASHSEED": "1"}
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False, env=same
        )
    tries = DONE.findall(done.stderr)
    print(
        f"{name}: {tries[-1] if tries else '?'} inputs, {'FINDING' if done.returncode else 'none amiss'}",
        flush=True,
    )
    if done.returncode:
        print(done.stdout[-4000:], done.stderr[-2000:], sep="\n")  # the exception, and where the input is
    return int(bool(done.returncode))


def fuzz_here(name: str, arguments: list[str]) -> None:
    """Fuzz one target in this process, till time is up."""
    target = TARGETS[name]

    def take(data: bytes) -> None:
        if data:
            with suppress(FupinAuditError):
                target.take(data)

    atheris.Setup([sys.argv[0], *arguments], take)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == [ONE]:
        fuzz_here(sys.argv[2], sys.argv[3:])
    sys.exit(main())
