"""Every generated page and part of a page: `python docs/build_docs.py` writes them, `--check` says which are stale."""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import patch

import click
from click.testing import CliRunner

import offices_lists
from fupin_audit.cli import main as command_line
from fupin_audit.pages import ledger_pages, rule_pages
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.writing.whole_files import write_text

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "fupin_audit"
COMMAND = "python docs/build_docs.py"
WIDTH = 80
_NAMES = 22  # columns for the names of the map


def pages() -> Mapping[str, str | None]:
    """Path below the checkout → its text as it should be; None where the file should no longer be."""
    catalogue = load_catalogue()
    made = {
        **catalogue_pages(catalogue),
        "docs/reference-cli.md": reference(),
        "README.md": _with_part("README.md", "demo", demo()),
        "docs/guide-reading.md": _with_table(
            "docs/guide-reading.md", "lists", offices_lists.table(catalogue)
        ),
        "CONTRIBUTING.md": _with_part("CONTRIBUTING.md", "rooms", "\n".join(rooms())),
    }
    return {**{path: None for path in _leftovers() if path not in made}, **made}


def catalogue_pages(catalogue: Catalogue) -> Mapping[str, str]:
    """The pages about rules and ledgers."""
    return {
        **{f"docs/rules/{name}": text for name, text in rule_pages.rule_pages(catalogue).items()},
        **{f"docs/ledgers/{name}": text for name, text in ledger_pages.ledger_pages(catalogue).items()},
    }


def stale(wanted: Mapping[str, str | None]) -> list[str]:
    """The paths whose file is not as it should be."""
    return sorted(path for path, text in wanted.items() if _now(path) != text)


def write(wanted: Mapping[str, str | None]) -> None:
    """Bring these files up to date."""
    for path, text in wanted.items():
        if text is None:
            (ROOT / path).unlink()
        else:
            write_text(ROOT / path, text)


def _now(path: str) -> str | None:
    return (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).exists() else None


def _leftovers() -> Iterator[str]:
    """Pages generated now or earlier, by the mark they begin with."""
    marks = (rule_pages.GENERATED, ledger_pages.GENERATED)
    for path in (ROOT / "docs").glob("*/*.md"):
        if path.read_text(encoding="utf-8").startswith(marks):
            yield path.relative_to(ROOT).as_posix()


def _with_part(path: str, name: str, text: str) -> str:
    """A document with the text block between its marks `<!-- name -->` and `<!-- /name -->` renewed."""
    block = re.compile(rf"(?<=<!-- {name} -->\n```text\n).*?(?=```\n<!-- /{name} -->)", re.DOTALL)
    return block.sub(lambda _: f"{text}\n", (ROOT / path).read_text(encoding="utf-8"), count=1)


def _with_table(path: str, name: str, text: str) -> str:
    """A document with the Markdown between its marks `<!-- name -->` and `<!-- /name -->` renewed."""
    block = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", re.DOTALL)
    return block.sub(lambda _: f"{text}\n", (ROOT / path).read_text(encoding="utf-8"), count=1)


# The command line.


def commands(
    group: click.Group = command_line, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command by its words, groups before what is in them."""
    yield path, group
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        elif command:
            yield (*path, name), command


def printed(*arguments: str) -> str:
    """What the command prints on a screen of 80 columns."""
    runner = CliRunner(env={"COLUMNS": str(WIDTH)})
    return runner.invoke(command_line, arguments, prog_name="fupin-audit", terminal_width=WIDTH).stdout


def reference() -> str:
    """The command reference: the help of every command."""
    parts = ["# 命令\n", f"由 `--help` 生成：`{COMMAND}`。\n"]
    for path, _ in commands():
        title = " ".join(("fupin-audit", *path))
        text = "\n".join(line.rstrip() for line in printed(*path, "--help").splitlines())
        parts.append(f"## {title}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def demo() -> str:
    """Of the demo's report, as a bare installation has it: the verdict, villages, top rules, the first household."""
    with patch.dict(sys.modules, scipy=None):
        lines = [line.rstrip() for line in printed("demo").splitlines()]
    rules = next(at for at, line in enumerate(lines) if line.startswith("二、"))
    cases = next(at for at, line in enumerate(lines) if line.startswith("三、"))
    households = [at for at, line in enumerate(lines) if line.startswith("  户 ")]
    return "\n".join([*lines[: rules + 5], "……", "", *lines[cases : households[1]], "  ……"])


# The map of the rooms.


def rooms(room: Path = SOURCE, depth: int = 0) -> Iterator[str]:
    """A line a room and what it is for, rooms in it indented; the modules too that stand in no room."""
    yield _entry(f"{room.name}/", room / "__init__.py", depth)
    if room == SOURCE:
        for module in sorted(room.glob("[!_]*.py")):
            yield _entry(module.name, module, depth + 1)
    for inner in sorted(path.parent for path in room.glob("*/__init__.py")):
        yield from rooms(inner, depth + 1)


def _entry(name: str, module: Path, depth: int) -> str:
    said = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return f"{'  ' * depth + name:{_NAMES}} {said.splitlines()[0]}".rstrip()


def main() -> None:
    """Write what is stale, or with --check only name it and fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if something is stale")
    check = parser.parse_args().check
    wanted = pages()
    found = stale(wanted)
    if not check:
        write({path: wanted[path] for path in found})
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(bool(check and found))


if __name__ == "__main__":
    main()
