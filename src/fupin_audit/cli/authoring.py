"""`fupin-audit rules new|test|lint`: a rule to start from, whether its examples hold, what is odd about it."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fupin_audit.cli.asked import Sources
from fupin_audit.cli.catalogue import checked_catalogue, named
from fupin_audit.cli.flags import sources_options
from fupin_audit.cli.progress_bar import progress_bars
from fupin_audit.cli.speech import say
from fupin_audit.errors import UsageError
from fupin_audit.writing.whole_files import refuse_place, write_text

if TYPE_CHECKING:
    from fupin_audit.rulepack.declared.entries import Provable
    from fupin_audit.rulepack.packs.pack import Catalogue

_TEST_EPILOG = """\
例子：
  fupin-audit rules test               全部规则、指标和派生字段
  fupin-audit rules test KEY-05 INC    一条规则，一组规则
  fupin-audit rules test 我的规则.yaml  自己的规则文件或规则包文件夹

退出码：0 例子都如所述，1 有不如所述的，2 规则有错。
"""
_NEW_EPILOG = """\
例子：
  fupin-audit rules new XYZ-01                         判“户”，写到 XYZ-01.yaml
  fupin-audit rules new XYZ-02 --ledger 人口 --output 我的规则.yaml
  fupin-audit rules new GFG-05 --ledger 光伏公益岗 --pack 光伏公益岗.yaml

写出的规则能直接试跑，每一项上面有说明，照着改。已有的文件不覆盖。
"""
_LINT_EPILOG = """\
例子：
  fupin-audit rules lint               内置的全部规则
  fupin-audit rules lint 我的规则.yaml  自己的规则文件或规则包文件夹，连同内置规则一起看

找的是：永远成立或永远不成立的条件，判不到、查不出的规则，说同一件事或互相矛盾的规则，
没有用到的派生字段、参数、optional，没有引用任何值的句子。

退出码：0 没有发现问题，1 有要看的，2 规则文件有错。
"""
_RULE_FILES = (".yaml", ".yml")


@click.command("new", help="写出一条规则的骨架（YAML），照着改成自己的规则。", epilog=_NEW_EPILOG)
@click.argument("rule_id", metavar="规则")
@click.option("--ledger", "title", default="户", metavar="台账", help="判哪本台账；默认 户")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="文件",
    help="文件名；默认“规则号.yaml”",
)
@sources_options
def new_rule(rule_id: str, title: str, output: Path | None, sources: Sources) -> None:
    """Write a rule to start from; the ledger may be the user's own."""
    from fupin_audit.ledgers.registry import ledger
    from fupin_audit.rulepack.packs.pack_loading import load_catalogue
    from fupin_audit.rulepack.showing.skeleton import skeleton

    path = output or Path(f"{rule_id}.yaml")
    refuse_place(path)
    catalogue = load_catalogue(sources.packs)
    _refuse_number(rule_id, catalogue)
    text = skeleton(rule_id, ledger(title, catalogue.ledgers), str(path))
    if path.exists():
        raise UsageError(f"{path} 已经存在，为免盖掉写好的规则没有写。请用 --output 换一个文件名")
    write_text(path, text)
    say(f"已写出 {path}。试跑：fupin-audit rules test {path}")


def _refuse_number(rule_id: str, catalogue: Catalogue) -> None:
    """Refuse a number no rule can have, or one that is taken."""
    from fupin_audit.rulepack.declared.rule import RULE_ID

    if not re.match(RULE_ID, rule_id):
        raise UsageError(f"规则号“{rule_id}”要写成 XYZ-01 的样子：两到五个大写字母，横线，两到三位数字")
    if rule_id in catalogue.rules:
        raise UsageError(f"规则“{rule_id}”已经有了，看它：fupin-audit rules show {rule_id}。请换一个号")


@click.command("lint", help="找出自相矛盾、重复、永远查不出问题的规则。", epilog=_LINT_EPILOG)
@click.argument("files", nargs=-1, metavar="[文件]…")
def lint_rules(files: tuple[str, ...]) -> None:
    """Say what is odd about the rules."""
    from fupin_audit.linting.lint import lint

    remarks = lint(checked_catalogue(files), files)
    for remark in remarks:
        say(str(remark))
    say(f"有 {len(remarks)} 处要看" if remarks else "没有发现问题")
    sys.exit(int(bool(remarks)))


@click.command("test", help="试跑规则、指标和派生字段自带的例子；不写则全部。", epilog=_TEST_EPILOG)
@click.argument("wanted", nargs=-1, metavar="[规则|文件]…")
@sources_options
def test_rules(wanted: tuple[str, ...], sources: Sources) -> None:
    """Run the examples and say which were not judged as stated."""
    from fupin_audit.engine.proving.examples import open_proving
    from fupin_audit.rulepack.declared.entries import examples_of
    from fupin_audit.tasks.proving import misses

    files = [item for item in wanted if item.endswith(_RULE_FILES) or Path(item).exists()]
    catalogue = checked_catalogue(_packs(sources, files))
    entries = _provable(catalogue, files, [item for item in wanted if item not in files])
    if not entries:
        raise UsageError(f"{'、'.join(files)} 里没有规则，也没有派生字段，没有例子可以试跑")
    wrong = 0
    with progress_bars(wanted=True) as progress, open_proving() as database:
        for done, (name, entry) in enumerate(entries):
            if progress:
                progress(name, done, len(entries))
            for miss in misses(database, catalogue, entry):
                wrong += 1
                say(f"{entry.origin.file}:{entry.origin.line('examples')}：{miss}")
    total = sum(len(examples_of(entry)) for _, entry in entries)
    say(_outcome(total, wrong))
    sys.exit(int(wrong > 0))


def _packs(sources: Sources, files: Sequence[str]) -> list[str]:
    """The files named, and the user's other packs, which they may build on."""
    named_already = {Path(file).resolve() for file in files}
    return [*(item for item in sources.packs if Path(item).resolve() not in named_already), *files]


def _outcome(total: int, wrong: int) -> str:
    return f"{total}个例子里有{wrong}个不如所述" if wrong else f"{total}个例子都如所述"


def _provable(catalogue: Catalogue, files: Sequence[str], names: Sequence[str]) -> list[tuple[str, Provable]]:
    """What has examples to run: everything, what the user's files declare, or what is named."""
    declared: list[tuple[str, Provable]] = [
        (name, entry) for name, entries in catalogue.rules.items() for entry in entries
    ]
    declared += list(catalogue.indicators.items())
    declared += [(item.field, item) for pack in catalogue.packs for item in pack.content.derived]
    if not files and not names:
        return declared
    chosen = set(named([name for name, _ in declared], names, "规则、规则组、指标或派生字段"))
    return [(name, entry) for name, entry in declared if name in chosen or _stands_in(entry, files)]


def _stands_in(entry: Provable, files: Sequence[str]) -> bool:
    """Whether one of these files or folders declares it."""
    return any(Path(entry.origin.file).is_relative_to(file) for file in files)
