"""The floor plan: no import circles, no crowded rooms, no name twice, every room says what it is for."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

SOURCE = Path(__file__).parents[1] / "src" / "fupin_audit"
ROOMS = sorted(path.parent for path in SOURCE.rglob("__init__.py"))
FULL = 20  # modules beside each other
FLAT = {"cli"}  # one file a command: its list is the list of commands
PLACES = {"terminal", "json_file", "workbook"}  # where a report goes, under its own name in each report room
ALIKE = {
    "finding": "an address that outside programs know, and what it stands for",
    "registry": "what there is of a kind: of ledgers, of reports",
    "scorecard": "a command has its own name, which is that of its result",
}


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module as a syntax tree."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


def named(path: Path) -> str:
    """The path below the package."""
    return path.relative_to(SOURCE).as_posix()


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Also not for type checking only; a circle raises CycleError, which names its modules."""
    graph = grimp.build_graph("fupin_audit", exclude_type_checking_imports=False, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert sum(map(len, imports.values())) > len(imports)
    TopologicalSorter(imports).prepare()


@pytest.mark.parametrize("room", ROOMS, ids=named)
def test_no_room_is_crowded(room: Path) -> None:
    modules = [path for path in room.glob("*.py") if path.stem != "__init__"]
    assert len(modules) <= FULL or named(room) in FLAT


@pytest.mark.parametrize("room", ROOMS, ids=named)
def test_every_room_says_in_one_sentence_what_it_is_for(room: Path) -> None:
    said = ast.get_docstring(trees()[room / "__init__.py"]) or ""
    (sentence, *_) = said.split("\n\n")
    assert re.fullmatch(r"[^\n]+\.", sentence)
    assert not re.search(r"\. [A-Z]", sentence)


def twice(names: Iterator[tuple[str, Path]]) -> dict[str, list[str]]:
    """Names that stand at several places, with the places."""
    found = list(names)
    counts = Counter(name for name, _ in found)
    return {
        name: [named(path) for each, path in found if each == name] for name in counts if counts[name] > 1
    }


def test_no_module_name_stands_twice() -> None:
    def modules() -> Iterator[tuple[str, Path]]:
        for path in trees():
            in_a_report = path.parent.parent == SOURCE / "reports"
            if path.stem not in {"__init__", *(PLACES if in_a_report else ())}:
                yield path.stem, path

    assert twice(modules()).keys() == ALIKE.keys()


def test_no_class_name_stands_twice() -> None:
    def classes() -> Iterator[tuple[str, Path]]:
        for path, tree in trees().items():
            yield from ((node.name, path) for node in ast.walk(tree) if isinstance(node, ast.ClassDef))

    assert twice(classes()) == {}
