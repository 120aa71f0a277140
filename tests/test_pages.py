"""The catalogue as documentation: current, complete, every link leads somewhere."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

import build_docs
from books import catalogue, household, judge_books, person, write_national
from fupin_audit.cli import main
from fupin_audit.errors import OutputError, UsageError
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.pages import markdown as md
from fupin_audit.pages.folder import write_pages
from fupin_audit.pages.rule_pages import GENERATED
from fupin_audit.rulepack.declared.rule import ScreenRule
from fupin_audit.rulepack.packs import pack_loading
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from fupin_audit.rulepack.showing.describe import address

DOCS = Path(__file__).parents[1] / "docs"


@cache
def generated() -> Mapping[str, str]:
    """Path below docs → text of every page about rules and ledgers as it should be."""
    return {
        path.removeprefix("docs/"): text for path, text in build_docs.catalogue_pages(catalogue()).items()
    }


def section(rule_id: str) -> str:
    """The part of the group's page under the rule's heading."""
    page = generated()[f"rules/{rule_id.partition('-')[0]}.md"]
    return page.partition(f"\n## {rule_id}\n")[2].partition("\n## ")[0]


def test_generated_pages_are_current() -> None:
    stale = build_docs.stale(build_docs.pages())
    assert not stale, f"stale: {'、'.join(stale)}. To renew them: {build_docs.COMMAND}"


def test_the_map_of_contributing_names_every_room() -> None:
    source = DOCS.parent / "src" / "fupin_audit"
    rooms = [f"{path.parent.name}/" for path in source.rglob("__init__.py")]
    modules = [path.name for path in source.glob("[!_]*.py")]
    shown = (DOCS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"<!-- rooms -->\n```text\n(.*?)```", shown, re.DOTALL)
    told = [line.split(maxsplit=1) for line in block.splitlines()]
    assert sorted(name for name, _ in told) == sorted([*rooms, *modules])


def test_contributing_tells_of_every_folder() -> None:
    shown = (DOCS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    packed = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    folders = packed["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    told = set(re.findall(r"^\| `([^`]+)/` \|", shown, re.MULTILINE))
    assert told == {name for name in folders if (DOCS.parent / name).is_dir()} - {"src"}


def headings(text: str) -> set[str]:
    """The anchors of a page."""
    return {md.anchor(line.lstrip("#").strip()) for line in text.splitlines() if line.startswith("#")}


def links(text: str) -> set[str]:
    """Where a page leads; expressions in code lead nowhere."""
    return set(re.findall(r"\]\(([^)]+)\)", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)))


def test_links_lead_to_pages_and_headings() -> None:
    anchors = {name: headings(text) for name, text in generated().items()}
    dead = []
    for name, text in generated().items():
        for target in links(text):
            file, _, anchor = target.partition("#")
            path = (DOCS / name).parent / file
            known = anchors.get(str(path.resolve().relative_to(DOCS)), set())
            if not path.exists() or (anchor and anchor not in known):
                dead.append((name, target))
    assert dead == []


def test_every_rule_is_explained_at_its_address() -> None:
    silent = []
    for rule_id, (rule, *_) in catalogue().rules.items():
        said = section(rule_id)
        told = [md.text(text) for text in (rule.title, rule.why, rule.fix, rule.owner, rule.since)]
        shown = ("先排除",) if isinstance(rule, ScreenRule) else ("| 相符 |", "| 不符 |")
        silent += [(rule_id, text) for text in (*told, "**依据**：", *shown) if text not in said]
    assert silent == []


def test_an_address_is_stable() -> None:
    assert address(catalogue(), "INC-01") == "docs/rules/INC.md#inc-01"
    assert "inc-01" in headings(generated()["rules/INC.md"])


def test_a_rule_names_document_clause_fields_and_local_figures() -> None:
    said = section("INC-06")
    for words in (
        "抚脱贫发〔2020〕14号",
        "抚顺市脱贫攻坚领导小组",
        "[户](../ledgers/户.md)（",
        "贫困线",
        "四川省资阳市",
        "3600元/人·年",
    ):
        assert words in said, words


def test_every_indicator_is_explained() -> None:
    page = generated()["rules/indicators.md"]
    for item in catalogue().indicators.values():
        said = page.partition(f"\n## {item.id}\n")[2].partition("\n## ")[0]
        for text in (
            f"**{item.title}**",
            md.text(item.note),
            md.expression(item.count or item.sum),
            "**依据**：",
        ):
            assert text in said, (item.id, text)
    assert "[SCO-04](../rules/indicators.md#sco-04)" in generated()["rules/README.md"]


def test_every_ledger_has_a_page_with_every_column() -> None:
    for model in LEDGERS:
        page = generated()[f"ledgers/{model.title}.md"]
        assert [name for name in model.columns() if f"\n| {md.text(name)} |" not in page] == []


def test_a_ledger_says_how_it_is_filled_in_and_what_it_serves() -> None:
    page = generated()["ledgers/户.md"]
    for words in (
        "一户一行",
        "| 家庭人口 | 整 | 是 | 整数；不小于 0 | 人数、家庭人口数",
        "| 户主证件号码 | 身份证，打码显示 | 是 |",
        "| 人口 | [人口](../ledgers/人口.md) | 对多 | `户编号` = `户编号` | `在册` |",
        "[KEY-05](../rules/KEY.md#key-05)",
        "对各台账都判",
    ):
        assert words in page, words


def test_writing_takes_away_only_pages_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "OLD.md").write_text(f"{GENERATED}\n\n# 旧页\n", encoding="utf-8")
    (tmp_path / "说明.md").write_text("# 自己写的\n", encoding="utf-8")
    write_pages(tmp_path, {"KEY.md": f"{GENERATED}\n"}, GENERATED)
    assert {path.name for path in tmp_path.iterdir()} == {"KEY.md", "说明.md"}


def test_writing_spares_a_file_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# 我的\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"README\.md 不是生成的网页"):
        write_pages(tmp_path, {"KEY.md": f"{GENERATED}\n", "README.md": f"{GENERATED}\n"}, GENERATED)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        "README.md": "# 我的\n"
    }


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "rules").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match=r"不能写到 .*--output"):
        write_pages(tmp_path / "rules", {"KEY.md": ""}, GENERATED)


@pytest.mark.parametrize("words", ["a|b", "*粗*", "<b>", "[x](y)", "`码`", "~~删~~", "# 题", "甲_乙_"])
def test_words_are_no_markup(words: str) -> None:
    marks = set("|*<>[]`~#_")
    escaped = md.text(words)
    assert re.sub(r"\\(.)", r"\1", escaped) == words
    assert not marks & set(re.sub(r"\\.", "", escaped))


def test_long_expressions_are_broken_without_loss() -> None:
    words = (
        "CASE WHEN " + " AND ".join(f"字段{n} IS NOT NULL" for n in range(20)) + " THEN TRUE ELSE FALSE END"
    )
    lines = md.expression(words).splitlines()[1:-1]
    assert " ".join(lines) == words
    assert max(map(len, lines)) <= 80


OWN = (
    "rules: [{id: XYZ-01, title: 应有人口, ledger: 户, require: 家庭人口 > 0, severity: info, say: 人口为空,"
    " why: 无, fix: 无, owner: 村, examples: {good: [{家庭人口: 1}], bad: [{家庭人口: 0}]}}]\n"
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "自定.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_own_rules_get_pages(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    national = write_national(tmp_path / "rules", ["keys"])
    monkeypatch.setattr(pack_loading, "folder", lambda _: national)
    out = tmp_path / "网页"
    result = CliRunner().invoke(main, ["rules", "docs", "--output", str(out), "--pack", str(own)])
    assert (result.exit_code, result.stdout) == (0, f"已写出 {out}：6 页\n")
    assert {path.stem for path in out.iterdir()} == {"README", "KEY", "XYZ", "derived", "parameters", "bases"}
    assert "\n## XYZ-01\n" in (out / "XYZ.md").read_text(encoding="utf-8")


def test_a_run_tells_where_its_rules_are_explained(own: Path, tmp_path: Path) -> None:
    books = {"户": [household("1")], "人口": [person("1", 0)]}
    within = load_catalogue([own])
    judgement = judge_books(tmp_path, books, ["KEY-05", "XYZ-01"], within=within)
    told = {run.id: run.doc for run in judgement.rules}
    assert told == {"KEY-05": "docs/rules/KEY.md#key-05", "XYZ-01": ""}
