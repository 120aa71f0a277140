"""The recipes of CONTRIBUTING cost what they say, and leave every check green.

By day: the additions printed there, and five more of each kind under tests/recipes, fit the checkout as it is and
touch as few files as promised. By night those of a kind are made one after the other in a copy — the one printed, and
one of the five in turn — with the commands that CONTRIBUTING names (ruff sorts the imports), the files each takes are
counted, and `.ci/test` is run over the result.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from effort import NIGHTLY
from fupin_audit.engine.database.duckdb import Database
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.example_values import example_row
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.rulepack.checks.checking import errors
from fupin_audit.rulepack.declared.territory import Region
from fupin_audit.rulepack.packs.in_force import in_force
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.rulepack.packs.reach import reaching
from fupin_audit.tasks.proving import misses
from recipe import ROOT, Edit, edits

ALL = "FUPIN_RECIPES"
RECIPES = ROOT / "tests" / "recipes"
# Files written by hand for one addition; what `docs/build_docs.py`, `make_samples.py` and --update-golden write is
# no work. A rule: YAML and a planted fault. A ledger: class, registry, rows in the sample county. A place: its
# folder. A report: its file, registry, test.
COST = {"rules": 2, "ledgers": 3, "places": 2, "reports": 3}
HEADINGS = {"rules": "加一条规则", "ledgers": "加一本台账", "places": "加一个地方", "reports": "加一种报告"}
GENERATED = (
    "samples/",
    "bench/county/samples/planted.yaml",
    "docs/rules/",
    "docs/ledgers/",
    "docs/guide-reading.md",
    "docs/reference-cli.md",
    "tests/golden/",
    "README.md",
)
LEFT_OUT = shutil.ignore_patterns(".git", ".*_cache", "__pycache__", ".hypothesis", ".venv", "*.egg-info")


def printed() -> Mapping[str, Sequence[Edit]]:
    """Kind → the addition printed in CONTRIBUTING."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\S+)[^\n]*\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE))
    return {
        kind: list(edits(next(body for title, body in sections.items() if title.startswith(heading))))
        for kind, heading in HEADINGS.items()
    }


def more(kind: str) -> list[Path]:
    """Five further additions of that kind."""
    return sorted((RECIPES / kind).glob("*.md"))


def additions() -> Iterator[tuple[str, str, Sequence[Edit]]]:
    """Every addition: its name, its kind, what it does."""
    for kind, edits_of in printed().items():
        yield f"printed-{kind}", kind, edits_of
        for path in more(kind):
            yield path.stem, kind, list(edits(path.read_text(encoding="utf-8")))


every_addition = pytest.mark.parametrize(
    ("kind", "made"), [found[1:] for found in additions()], ids=[found[0] for found in additions()]
)


@pytest.mark.parametrize("kind", COST)
def test_there_are_five_more_of_each(kind: str) -> None:
    assert len(more(kind)) == 5


@every_addition
def test_it_touches_as_few_files_as_promised(kind: str, made: Sequence[Edit]) -> None:
    assert len({edit.path for edit in made}) == COST[kind]
    assert kind != "places" or len({Path(edit.path).parent for edit in made}) == 1


@every_addition
def test_it_fits_the_checkout(kind: str, made: Sequence[Edit]) -> None:
    assert {edit.path for edit in made} == fitted(made).keys()


@every_addition
def test_its_modules_have_names_of_their_own(kind: str, made: Sequence[Edit]) -> None:
    taken = {path.name for path in (ROOT / "src").rglob("*.py")}
    new = [Path(edit.path).name for edit in made if edit.language == "python"]
    assert taken.isdisjoint(new)


@pytest.mark.parametrize("kind", COST)
def test_those_of_a_kind_fit_one_after_the_other(kind: str) -> None:
    fitted([edit for _, of_kind, made in additions() if of_kind == kind for edit in made])


def fitted(made: Sequence[Edit]) -> Mapping[str, str]:
    """Path → its text after these edits, which Python and YAML accept."""
    texts: dict[str, str] = {}
    for edit in made:
        path = ROOT / edit.path
        before = texts.get(edit.path) or (path.read_text(encoding="utf-8") if path.exists() else None)
        texts[edit.path] = edit.applied(before)
    for name, text in texts.items():
        if name.endswith(".py"):
            compile(text, name, "exec")
        else:
            yaml.safe_load(text)
    return texts


def drafted(kind: str, folder: Path) -> Catalogue:
    """The built-in rules, and all additions of that kind as a user tries them out before they are built in."""
    packs = set()
    for name, of_kind, made in additions():
        for edit in made if of_kind == kind else ():
            if edit.language == "yaml":
                path = folder / (f"{name}.yaml" if kind == "rules" else edit.path)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(edit.text, encoding="utf-8")
                packs.add(path if kind == "rules" else path.parent)
    return load_catalogue(sorted(packs))


def test_rules_are_asked_for_and_prove_themselves(proving: Database, tmp_path: Path) -> None:
    catalogue = drafted("rules", tmp_path)
    assert [str(error) for error in errors(catalogue)] == []
    own = [
        entry
        for entries in catalogue.rules.values()
        for entry in entries
        if Path(entry.origin.file).is_relative_to(tmp_path)
    ]
    assert len(own) == 6
    here = in_force(catalogue, Region("安和省", "云川市", "清河县"))
    assert [entry.id for entry in own if not reaching(here, entry, date(2020, 12, 31))] == []
    assert [str(miss) for entry in own for miss in misses(proving, catalogue, entry)] == []


def test_places_have_their_figures(tmp_path: Path) -> None:
    catalogue = drafted("places", tmp_path)
    assert [str(error) for error in errors(catalogue)] == []
    here, day = Region("安和省", "云川市", "青石县"), date(2020, 12, 31)
    assert in_force(catalogue, here).value("收入目标", day) == 5500
    assert in_force(catalogue, Region(county="别的县")).value("贫困线", day) == 4000
    assert in_force(catalogue, here).override("HH-05").enabled is False


@pytest.fixture
def module_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[Edit]], ModuleType]:
    """Imports the Python file an addition begins with."""

    def load(made: Sequence[Edit]) -> ModuleType:
        file = tmp_path / Path(made[0].path).name
        file.write_text(made[0].text, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delitem(sys.modules, file.stem, raising=False)
        return import_module(file.stem)

    return load


def of_kind(kind: str) -> pytest.MarkDecorator:
    """Every addition of that kind."""
    found = {name: made for name, of_kind, made in additions() if of_kind == kind}
    return pytest.mark.parametrize("made", found.values(), ids=found)


@of_kind("ledgers")
def test_the_ledger_reads_a_row(
    made: Sequence[Edit], module_of: Callable[[Sequence[Edit]], ModuleType]
) -> None:
    models = [
        model
        for model in vars(module_of(made)).values()
        if isinstance(model, type)
        and issubclass(model, Ledger)
        and model.__module__ == Path(made[0].path).stem
    ]
    assert len(models) == 1
    row = example_row(models[0])
    assert models[0].model_validate({name: str(value) for name, value in row.items()})
    assert all(anchors for anchors in models[0].anchor_sets())


def test_the_printed_ledger_takes_hours_as_a_number(
    module_of: Callable[[Sequence[Edit]], ModuleType],
) -> None:
    training: type[Ledger] = module_of(printed()["ledgers"]).Training
    row = training.model_validate({"姓名": "张三", "证件号码": "990101199001010018", "培训学时": "40学时"})
    assert row.model_dump()["培训学时"] == 40
    assert training.anchor_sets() == (("证件号码",),)


@of_kind("reports")
def test_the_report_is_written(
    made: Sequence[Edit], county: AuditResult, module_of: Callable[[Sequence[Edit]], ModuleType]
) -> None:
    sink = BytesIO()
    module_of(made).write(county, sink)
    assert sink.getvalue().decode("utf-8").strip()


def test_the_printed_report_begins_with_the_verdict(
    county: AuditResult, module_of: Callable[[Sequence[Edit]], ModuleType]
) -> None:
    sink = BytesIO()
    module_of(printed()["reports"]).write(county, sink)
    lines = sink.getvalue().decode("utf-8").splitlines()
    assert lines[0].startswith("不通过：")
    assert len(lines) > 5


# By night.


def tonight(kind: str) -> Mapping[str, Sequence[Edit]]:
    """Name → what is added of that kind: the one printed and one of the five in turn, or all of them."""
    drawn = more(kind)[date.today().toordinal() % 5].stem
    names = {f"printed-{kind}", drawn}
    everything = os.environ.get(ALL) == "all"
    return {
        name: made for name, of_kind, made in additions() if of_kind == kind and (everything or name in names)
    }


def commands(kind: str, made: Sequence[Edit]) -> Iterator[list[str]]:
    """What CONTRIBUTING says to run after an addition of that kind."""
    yield ["ruff", "check", "--fix", "--quiet"]
    if kind in ("rules", "ledgers"):
        yield [sys.executable, "bench/make_samples.py"]
    if tests := [edit.path for edit in made if edit.path.startswith("tests/")]:
        yield [sys.executable, "-m", "pytest", "-q", "--update-golden", *tests]
    yield [sys.executable, "docs/build_docs.py"]


def contents(folder: Path) -> dict[str, bytes]:
    """Path below the folder → bytes, of what is no cache."""
    skipped = ("__pycache__", "_cache", ".hypothesis")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not any(part.endswith(skipped) for part in path.parts)
    }


WHOLE_COUNTIES = {"rules": ("--slow",)}  # what a rule says of them is part of adding one


@pytest.mark.nightly
@pytest.mark.parametrize("kind", COST)
def test_every_check_is_green_afterwards(kind: str, tmp_path: Path) -> None:
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    environment = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {NIGHTLY: "0", "PYTHONPATH": str(copy / "src")}
    for name, made in tonight(kind).items():
        before = contents(copy)
        for edit in made:
            edit.apply(copy)
        for command in commands(kind, made):
            subprocess.run(command, cwd=copy, env=environment, check=True)
        after = contents(copy)
        changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
        by_hand = {edit.path for edit in made}
        assert {path for path in changed if not path.startswith(GENERATED)} == by_hand
        sys.stdout.write(f"{HEADINGS[kind]} {name}：{len(by_hand)} 个文件\n")  # for the table of the night
    subprocess.run(
        ["bash", ".ci/test", *WHOLE_COUNTIES.get(kind, ()), "--ignore", "tests/test_recipes.py"],
        cwd=copy,
        env=environment,
        check=True,
    )
