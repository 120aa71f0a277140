"""`fupin-audit rules test`: whether a rule's own examples hold."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fupin_audit.cli.catalogue import checked_catalogue, named
from fupin_audit.cli.progress import progress_bars

if TYPE_CHECKING:
    from fupin_audit.proving import Provable
    from fupin_audit.rulepack.pack import Catalogue

_TEST_EPILOG = """\
例子：
  fupin-audit rules test               全部规则和派生字段
  fupin-audit rules test KEY-05 INC    一条规则，一组规则
  fupin-audit rules test 我的规则.yaml  自己的规则文件或规则包文件夹

退出码：0 例子都如所述，1 有不如所述的，2 规则有错。
"""


@click.command("test", help="试跑规则和派生字段自带的例子；不写则全部。", epilog=_TEST_EPILOG)
@click.argument("wanted", nargs=-1, metavar="[规则|文件]…")
def test_rules(wanted: tuple[str, ...]) -> None:
    """Run the examples and say which were not judged as stated."""
    from fupin_audit.proving import misses
    from fupin_audit.rulepack.example_rows import rows_of

    files = [item for item in wanted if Path(item).exists()]
    catalogue = checked_catalogue(files)
    entries = _provable(catalogue, files, [item for item in wanted if item not in files])
    wrong = 0
    with progress_bars(wanted=True) as progress:
        for done, (name, entry) in enumerate(entries):
            if progress:
                progress(name, done, len(entries))
            for miss in misses(catalogue, entry):
                wrong += 1
                click.echo(str(miss))
    total = sum(len(rows_of(entry)) for _, entry in entries)
    click.echo(_outcome(total, wrong))
    sys.exit(int(wrong > 0))


def _outcome(total: int, wrong: int) -> str:
    return f"{total}个例子里有{wrong}个不如所述" if wrong else f"{total}个例子都如所述"


def _provable(catalogue: Catalogue, files: Sequence[str], names: Sequence[str]) -> list[tuple[str, Provable]]:
    """What has examples to run: everything, what the user's files declare, or what is named."""
    declared: list[tuple[str, Provable]] = [
        (name, entry) for name, entries in catalogue.rules.items() for entry in entries
    ]
    declared += [(item.field, item) for pack in catalogue.packs for item in pack.content.derived]
    if not files and not names:
        return declared
    chosen = set(named(catalogue, names))
    return [(name, entry) for name, entry in declared if name in chosen or _stands_in(entry, files)]


def _stands_in(entry: Provable, files: Sequence[str]) -> bool:
    """Whether one of these files or folders declares it."""
    return any(Path(entry.origin.file).is_relative_to(file) for file in files)
