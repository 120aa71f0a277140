"""What the documents say is so: commands and options exist, links lead somewhere, what is shown runs."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from inspect import signature
from pathlib import Path

import click
import pytest
import yaml

import build_docs
from books import Book, household, judge_books, person
from fupin_audit import audit, projectfile
from fupin_audit.engine.database.duckdb import Database
from fupin_audit.engine.proving.indicator_examples import prove_indicator
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.masking import mask
from fupin_audit.reports.findings.json_file import SCHEMA
from fupin_audit.rulepack.checks.checking import errors
from fupin_audit.rulepack.declared.profile_file import load_profile
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.tasks.proving import misses

ROOT = Path(__file__).parents[1]
DOCUMENTS = {
    path.name: path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
}
REFERENCE, SCORECARD = "reference-cli.md", "guide-scorecard.md"
FOREIGN_OPTIONS = {"--nightly", "--slow", "--update-golden"}

every_document = pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)


@cache
def known() -> dict[tuple[str, ...], click.Command]:
    """All commands by their words."""
    return dict(build_docs.commands())


def options_of(*found: click.Command) -> set[str]:
    """The options of these commands."""
    return {name for command in found for option in command.params for name in option.opts} | {"--help"}


# Generated parts: tests/test_pages.py.


def test_the_indicator_of_the_guide_is_right(proving: Database, tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCUMENTS[SCORECARD], re.DOTALL)
    (tmp_path / "指标.yaml").write_text(example, encoding="utf-8")
    catalogue = load_catalogue([tmp_path / "指标.yaml"])
    assert list(errors(catalogue)) == []
    assert [str(miss) for miss in prove_indicator(proving, catalogue, catalogue.indicators["XYZ-01"])] == []


def test_readme_shows_python_that_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENTS["README.md"], re.DOTALL)
    exec(code.replace("数据文件夹", str(ROOT / "samples/清河县")), {})
    assert "清河镇" in capsys.readouterr().out
    (named,) = re.findall(r"`audit\((.*?)\)` 只有", DOCUMENTS["README.md"])
    assert [word for word in named.split(", ") if word != "*"] == list(signature(audit).parameters)


# Commands and links.


def test_ci_runs_the_commands_of_the_readme() -> None:
    setup, tests = re.findall(r"\*\*[一二]、.*?```sh\n(.*?)\n```", DOCUMENTS["README.md"], re.DOTALL)
    script = (ROOT / ".ci/run").read_text(encoding="utf-8").replace("--quiet ", "").replace('"', "")
    *_, install = tests.partition(" && ")
    assert install in script
    assert setup.endswith(" && fupin-audit demo")
    assert "python3 -m venv $work/venv && . $work/venv/bin/activate" in script


def mentioned(text: str) -> Iterator[list[str]]:
    """The words of every `fupin-audit …` in code; a pipe, a comment or a redirection ends it."""
    code = re.findall(r"```(?:sh|yaml)\n(.*?)```|`([^`\n]+)`", text, re.DOTALL)
    for line in "\n".join("".join(found) for found in code).splitlines():
        for call in re.findall(r"(?<![\w./-])fupin-audit ([a-z][^|>#&]*)", line):
            yield shlex.split(call.replace("…", ""))


@every_document
def test_commands_and_options_exist(text: str) -> None:
    for words in mentioned(text):
        path = next(path for path in (tuple(words[:2]), tuple(words[:1]), ()) if path in known())
        assert path, words
        assert {word.partition("=")[0] for word in words if word.startswith("-")} <= options_of(known()[path])


@every_document
def test_options_named_alone_exist(text: str) -> None:
    named = {code.partition(" ")[0] for code in re.findall(r"`(--[a-z][^`\n]*)`", text)}
    assert named - FOREIGN_OPTIONS <= options_of(*known().values())


def test_every_command_has_help_and_is_told_of() -> None:
    told = "".join(text for name, text in DOCUMENTS.items() if name != REFERENCE)
    for path, command in known().items():
        assert command.help, path
        assert path[:1] == () or f"fupin-audit {path[0]}" in told, path


def test_readme_tells_of_every_group_of_rules() -> None:
    groups = {rule.partition("-")[0] for rule in load_catalogue().rules}
    told = re.findall(r"[A-Z]{2,}", " ".join(re.findall(r"^\| .*$", DOCUMENTS["README.md"], re.MULTILINE)))
    assert groups <= set(told)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    folder = ROOT if (ROOT / name).is_file() else ROOT / "docs"
    links = re.findall(r"\]\(([^)#\s]+)\)", DOCUMENTS[name])
    assert [link for link in links if not link.startswith("http") and not (folder / link).exists()] == []


@pytest.mark.parametrize("schema", sorted(SCHEMA.parent.glob("*.json")), ids=lambda path: path.name)
def test_every_name_of_the_json_is_explained(schema: Path) -> None:
    def names(schema: dict[str, object]) -> Iterator[str]:
        for key, value in schema.items():
            if key == "properties" and isinstance(value, dict):
                yield from value
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, dict):
                    yield from names(child)

    text = DOCUMENTS["reference-json.md"]
    wanted = set(names(json.loads(schema.read_text(encoding="utf-8"))))
    assert {name for name in wanted if f"`{name}`" not in text} == set()


def test_numbers_are_masked_as_told() -> None:
    shown = re.findall(r"\| `(\w+)` \| `([\d*]+)` \|", DOCUMENTS["privacy.md"])
    assert len(shown) > 1
    assert [mask(number) for number, _ in shown] == [masked for _, masked in shown]


# Files shown in the guides.


def shown(document: str, language: str, opening: str) -> str:
    """The one block of that language in a document that begins so."""
    blocks = re.findall(rf"```{language}\n(.*?)```", DOCUMENTS[document], re.DOTALL)
    (found,) = (block for block in blocks if block.startswith(opening))
    return str(found)


def test_the_project_file_of_the_guide_is_one() -> None:
    said = projectfile.parse(shown("guide-check.md", "toml", "# fupin-audit.toml"), "guide")
    left_blank = {name for name in type(said).model_fields if not getattr(said, name)}
    assert left_blank == set(), "the example shows every key"


def test_the_code_profile_of_the_guide_is_one(tmp_path: Path) -> None:
    path = tmp_path / "代码.yaml"
    path.write_text(shown("guide-check.md", "yaml", "title:"), encoding="utf-8")
    assert load_profile(path, LEDGERS).numbers["与户主关系"][2] == "配偶"


EXAMPLES = {"一行之内": "STA-20", "台账之间，一个地方的规定": "HOU-20", "一类台账": "TGT-11"}


@pytest.mark.parametrize(("opening", "rule"), EXAMPLES.items(), ids=EXAMPLES.values())
def test_the_rules_of_the_guide_are_the_catalogues_and_hold(
    opening: str, rule: str, tmp_path: Path, proving: Database
) -> None:
    text = shown("guide-rules.md", "yaml", f"# {opening}\n")
    own = f"QHX-{rule[-2:]}"
    path = tmp_path / "规则.yaml"
    path.write_text(text.replace(rule, own), encoding="utf-8")
    packs = load_catalogue([path])
    assert list(errors(packs)) == []
    assert [str(miss) for entry in packs.rules[own] for miss in misses(proving, packs, entry)] == []
    (given,) = yaml.safe_load(text)["rules"]
    assert given in national_rules()


@cache
def national_rules() -> Sequence[object]:
    """The rules of the national pack as their files have them."""
    files = (ROOT / "rules/national").iterdir()
    said = (yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for path in files)
    return [each for file in said for each in file.get("rules", ())]


def guide_pack(folder: Path) -> Path:
    """The county pack of the guide, as its files."""
    for name in ("pack.yaml", "参数.yaml", "规则.yaml"):
        text = shown("guide-rules.md", "yaml", f"# 清河县包/{name}")
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("county", "expected"),
    [("清河县", {"INC-17": ("info", "5500"), "QHX-01": ("warning", "联系电话")}), ("石桥县", {})],
)
def test_the_county_pack_of_the_guide_holds_in_its_county(
    county: str, expected: Mapping[str, tuple[str, str]], tmp_path: Path
) -> None:
    (tmp_path / "包").mkdir()
    (tmp_path / "台账").mkdir()
    packs = load_catalogue([guide_pack(tmp_path / "包")])
    assert list(errors(packs)) == []
    number = "990101000001"
    books: Mapping[str, Book] = {
        "户": [household(number, 县=county, 联系电话="", 脱贫属性="未脱贫")],
        "人口": [person(number, 0)],
        "户年度": [
            {
                "户编号": number,
                "年度": "2020",
                "人均纯收入": "5400",
                "生产经营性收入": "500",
                "生产经营性支出": "0",
            }
        ],
    }
    judged = judge_books(tmp_path / "台账", books, ["INC-17", "QHX-01", "INC-16"], within=packs)
    told = {f.rule: f for f in judged.findings if f.rule in {"INC-17", "QHX-01"}}
    assert told.keys() == expected.keys()
    for rule, (severity, word) in expected.items():
        assert (told[rule].severity, word in told[rule].message) == (severity, True)
        assert any("清政发〔2020〕3号" in basis for basis in told[rule].basis)
    assert any(f.rule == "INC-16" for f in judged.findings) == (county != "清河县")
