"""`fupin-audit rules`: what is checked, why, on what authority; and whether the rules' own examples hold."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fupin_audit.cli.progress import progress_bars
from fupin_audit.errors import UsageError

if TYPE_CHECKING:
    from fupin_audit.proving import Provable
    from fupin_audit.rulepack.pack import Catalogue

_LIST_EPILOG = """\
例子：
  fupin-audit rules list --group INC
  fupin-audit rules list --format json > 规则.json
"""
_TEST_EPILOG = """\
例子：
  fupin-audit rules test               全部规则和派生字段
  fupin-audit rules test KEY-05 INC    一条规则，一组规则
  fupin-audit rules test 我的规则.yaml  自己的规则文件或规则包文件夹

退出码：0 例子都如所述，1 有不如所述的，2 规则有错。
"""
_format = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="text|json",
    help="text 给人看（默认），json 给程序读",
)
_pack = click.option(
    "--pack", "packs", multiple=True, metavar="包", help="加上自己的规则包文件夹或规则文件，可多次"
)


@click.group("rules", help="规则：有哪些，凭什么，怎样改，例子试跑。")
def rules_group() -> None:
    """Group of the rule commands."""


@rules_group.command("list", help="列出全部规则。", epilog=_LIST_EPILOG)
@click.option("--group", metavar="组", help="只列这一组，如 KEY")
@_pack
@_format
def list_rules(group: str | None, packs: tuple[str, ...], style: str) -> None:
    """List the rules, one a line."""
    from fupin_audit.rulepack.describe import summary

    catalogue = _catalogue(packs)
    wanted = _chosen(catalogue, [group]) if group else list(catalogue.rules)
    listed = [summary(catalogue, rule_id) for rule_id in wanted]
    if style == "json":
        _print_json(listed)
    else:
        from fupin_audit.cli.rule_text import rule_table

        _print(rule_table(listed))


@rules_group.command("show", help="一条规则的全部：判什么、怎么判、为什么、怎么改、依据、参数、例子。")
@click.argument("rule_id", metavar="规则")
@_pack
@_format
def show_rule(rule_id: str, packs: tuple[str, ...], style: str) -> None:
    """Show everything one rule says."""
    from fupin_audit.rulepack.describe import details
    from fupin_audit.rulepack.vocabulary import nearest

    catalogue = _catalogue(packs)
    if rule_id not in catalogue.rules:
        raise UsageError(
            f"没有规则“{rule_id}”{nearest(rule_id, catalogue.rules)}。全部规则见 fupin-audit rules list"
        )
    shown = details(catalogue, rule_id)
    if style == "json":
        _print_json(shown)
    else:
        from fupin_audit.cli.rule_text import rule_page

        _print(rule_page(shown))


@rules_group.command("test", help="试跑规则和派生字段自带的例子；不写则全部。", epilog=_TEST_EPILOG)
@click.argument("wanted", nargs=-1, metavar="[规则|文件]…")
def test_rules(wanted: tuple[str, ...]) -> None:
    """Run the examples and say which were not judged as stated."""
    from fupin_audit.proving import misses
    from fupin_audit.rulepack.example_rows import rows_of

    files = [item for item in wanted if Path(item).exists()]
    catalogue = _catalogue(files)
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


def _catalogue(packs: Sequence[str]) -> Catalogue:
    """The built-in packs and the user's, checked."""
    from fupin_audit.rulepack.checking import check
    from fupin_audit.rulepack.pack import load_catalogue

    catalogue = load_catalogue(packs)
    check(catalogue)
    return catalogue


def _provable(catalogue: Catalogue, files: Sequence[str], names: Sequence[str]) -> list[tuple[str, Provable]]:
    """What has examples to run: everything, what the user's files declare, or what is named."""
    declared: list[tuple[str, Provable]] = [
        (name, entry) for name, entries in catalogue.rules.items() for entry in entries
    ]
    declared += [(item.field, item) for pack in catalogue.packs for item in pack.content.derived]
    if not files and not names:
        return declared
    chosen = set(_chosen(catalogue, names))
    return [(name, entry) for name, entry in declared if name in chosen or _stands_in(entry, files)]


def _stands_in(entry: Provable, files: Sequence[str]) -> bool:
    """Whether one of these files or folders declares it."""
    return any(Path(entry.origin.file).is_relative_to(file) for file in files)


def _chosen(catalogue: Catalogue, names: Sequence[str]) -> list[str]:
    """The rules and derived fields named one by one (KEY-05, 年龄) or by their group (KEY)."""
    from fupin_audit.rulepack.vocabulary import nearest

    fields = [field for _, field in catalogue.vocabulary.derived]
    known = [*catalogue.rules, *fields]
    found: list[str] = []
    for name in names:
        matching = [item for item in known if name in (item, item.partition("-")[0])]
        if not matching:
            raise UsageError(f"没有规则、规则组或派生字段“{name}”{nearest(name, known)}")
        found += matching
    return list(dict.fromkeys(found))


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _print(text: Any) -> None:
    from rich.console import Console

    plain = bool(os.environ.get("NO_COLOR"))
    Console(markup=False, highlight=False, color_system=None if plain else "auto").print(text)
