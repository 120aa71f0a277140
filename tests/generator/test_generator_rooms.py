"""The county generator has rooms that a newcomer can find the way in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from county.faults.all_faults import FAULTS
from fupin_audit.resources import folder

COUNTY = Path(__file__).parents[2] / "bench" / "county"
MODULES = [path for path in COUNTY.rglob("*.py") if path.name != "__init__.py"]
ROOMS = (
    ("records",),
    ("sheets",),
    ("households",),
    ("further",),
    ("clean",),
    ("planting",),
    ("faults",),
    ("drops",),
    ("answers",),
    ("samples", "bulk"),
)
"""Each knows only those before it."""


@pytest.fixture(scope="module")
def imports() -> list[tuple[str, str]]:
    graph = grimp.build_graph("county", exclude_type_checking_imports=False, cache_dir=None)
    return [(one, other) for one in graph.modules for other in graph.find_modules_directly_imported_by(one)]


def test_rooms_know_only_the_rooms_before_them(imports: list[tuple[str, str]]) -> None:
    level = {name: at for at, names in enumerate(ROOMS) for name in names}
    rooms = [(one, other) for one, other in imports if _room(one) != _room(other)]
    assert [(one, other) for one, other in rooms if level[_room(other)] >= level[_room(one)]] == []
    assert {_room(f"county.{path.relative_to(COUNTY).parts[0]}") for path in MODULES} == level.keys()


def _room(module: str) -> str:
    return module.split(".")[1]


def test_no_import_goes_in_a_circle(imports: list[tuple[str, str]]) -> None:
    known: dict[str, set[str]] = defaultdict(set)
    for one, other in imports:
        known[one].add(other)
    while free := [one for one in known if not known[one] & known.keys()]:
        for one in free:
            del known[one]
    assert dict(known) == {}


def test_no_folder_is_crowded() -> None:
    crowded = {folder: count for folder, count in Counter(p.parent for p in MODULES).items() if count > 20}
    assert crowded == {}


def test_names_stand_once() -> None:
    rooms = [path.parent.name for path in COUNTY.rglob("__init__.py")]
    classes = [name for path in MODULES for name in _classes(path.read_text(encoding="utf-8"))]
    for names in ([*(path.stem for path in MODULES), *rooms], classes):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def _classes(source: str) -> Iterator[str]:
    yield from re.findall(r"^class (\w+)", source, re.MULTILINE)


def test_a_fault_stands_in_the_module_named_as_the_file_of_its_rule() -> None:
    """So that somebody who adds a rule knows where its fault belongs."""
    text = {path.stem: path.read_text(encoding="utf-8") for path in folder("rules").glob("national/*.yaml")}
    home = {rule: stem for stem, said in text.items() for rule in re.findall(r"\bid: ([A-Z]+-\d+)", said)}
    modules = {path.stem: path.read_text(encoding="utf-8") for path in (COUNTY / "faults").rglob("*.py")}
    strays = [
        (fault.name, fault.finds[0].rule)
        for fault in FAULTS
        if fault.finds[0].rule not in modules[home[fault.finds[0].rule]]
    ]
    assert strays == []
