"""`fupin-audit rules`: what is checked, why, on what authority; rules of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fupin_audit.cli.asked import Sources
from fupin_audit.cli.authoring import lint_rules, new_rule, test_rules
from fupin_audit.cli.catalogue import catalogue_in_force, named
from fupin_audit.cli.flags import sources_options
from fupin_audit.cli.speech import say, say_json
from fupin_audit.errors import UsageError

if TYPE_CHECKING:
    from fupin_audit.rulepack.packs.pack import Catalogue

_LIST_EPILOG = """\
例子：
  fupin-audit rules list --group INC
  fupin-audit rules list --place 云阳县 --as-of 2020-12-31
  fupin-audit rules list --format json > 规则.json
"""
_SHOW_EPILOG = """\
例子：
  fupin-audit rules show KEY-05
  fupin-audit rules show 5_15_021   # 系统疑点的编号
"""
_DOCS_EPILOG = """\
写出目录 README.md，每组规则一页，派生字段和参数各一页。台账的页面由
fupin-audit ledgers docs 写在旁边的文件夹，两边互相链接。
"""
_format = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="text|json",
    help="text 给人看（默认），json 给程序读",
)


@click.group("rules", help="规则：有哪些，凭什么，怎样改；写自己的规则。")
def rules_group() -> None:
    """Group of the rule commands."""


@rules_group.command("list", help="列出全部规则。", epilog=_LIST_EPILOG)
@click.option("--group", metavar="组", help="只列这一组，如 KEY")
@click.option("--place", metavar="县", help="只列在这个县（或有规则包的市）判的规则，和在那里有效的依据")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="和 --place 一起：在哪一天")
@sources_options
@_format
def list_rules(
    group: str | None, place: str | None, as_of: datetime | None, sources: Sources, style: str
) -> None:
    """List the rules, one a line."""
    from fupin_audit.rulepack.showing.describe import summary

    if bool(place) is not bool(as_of):
        raise UsageError("--place 和 --as-of 要一起写，如 --place 云阳县 --as-of 2020-12-31")
    catalogue = catalogue_in_force(sources)
    known = list(catalogue.rules)
    wanted = named(known, [group], "规则或规则组") if group else known
    listed = [summary(catalogue, rule_id) for rule_id in wanted]
    if place and as_of:
        listed = _holding(catalogue, listed, place, as_of.date())
    if style == "json":
        say_json(listed)
    else:
        from fupin_audit.cli.rule_text import rule_table
        from fupin_audit.writing.console import open_screen

        open_screen().print(rule_table(listed))


def _holding(
    catalogue: Catalogue, listed: list[dict[str, object]], place: str, day: date
) -> list[dict[str, object]]:
    """Of the rules those that hold in a place on a day, with what they rest on there."""
    from fupin_audit.rulepack.showing.holding import holding, region_of

    found = holding(catalogue, region_of(catalogue, place), day)
    return [{**rule, **found[rule_id]} for rule in listed if (rule_id := str(rule["id"])) in found]


@rules_group.command(
    "show", help="一条规则的全部：判什么、怎么判、为什么、怎么改、依据、参数、例子。", epilog=_SHOW_EPILOG
)
@click.argument("asked", metavar="规则|疑点编号")
@sources_options
@_format
def show_rule(asked: str, sources: Sources, style: str) -> None:
    """Show everything one rule says; by the number a system gives its doubt, all rules that look at it."""
    from fupin_audit.rulepack.showing.describe import details

    catalogue = catalogue_in_force(sources)
    shown = [details(catalogue, rule_id) for rule_id in _rules_asked(asked, catalogue)]
    if style == "json":
        say_json(shown if len(shown) > 1 else shown[0])
    else:
        from fupin_audit.cli.rule_text import rule_page
        from fupin_audit.writing.console import open_screen

        open_screen().print(*map(rule_page, shown))


def _rules_asked(asked: str, catalogue: Catalogue) -> Sequence[str]:
    """A rule by its id, or those that answer to a number of another system.

    Raises:
        UsageError: neither is known.
    """
    from fupin_audit.rulepack.declared.nearest_word import nearest
    from fupin_audit.rulepack.showing.official_numbers import official_numbers, rules_known_as

    if asked in catalogue.rules:
        return (asked,)
    if found := [rule_id for rule_id in rules_known_as(asked) if rule_id in catalogue.rules]:
        return found
    known = [*catalogue.rules, *official_numbers()]
    raise UsageError(f"没有规则“{asked}”{nearest(asked, known)}。全部规则见 fupin-audit rules list")


@rules_group.command("docs", help="把规则写成网页（Markdown），每条规则有固定的地址。", epilog=_DOCS_EPILOG)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default="docs/rules",
    metavar="文件夹",
    help="写到哪里；默认 docs/rules",
)
@sources_options
def write_rule_pages(output: Path, sources: Sources) -> None:
    """Write the pages about rules."""
    from fupin_audit.pages.folder import write_pages
    from fupin_audit.pages.rule_pages import GENERATED, rule_pages

    pages = rule_pages(catalogue_in_force(sources))
    write_pages(output, pages, GENERATED)
    say(f"已写出 {output}：{len(pages)} 页")


for command in (new_rule, test_rules, lint_rules):
    rules_group.add_command(command)
