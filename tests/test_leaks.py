"""No output of any command says an ID number, phone or account whole, however it is written and wherever it stands (D10)."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain, cycle
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pyarrow.parquet import read_table

from disguises import ACCOUNT, DISGUISES, ID, PHONE, READABLE, said
from effort import is_night
from fupin_audit.cli import main
from fupin_audit.errors import FupinAuditError, InputError, RuleError, UsageError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import LEDGERS, ledger
from fupin_audit.masking import mask, mask_codes, mask_text
from fupin_audit.reports.registry import REPORTS, TRACK_REPORTS
from fupin_audit.viewing.finding_household import find_household
from fupin_audit.workbook.loading import load
from leaky_county import HOUSEHOLD, STRANGE, LeakyCounty, good_row, leaky_county, write

SOME = tuple(
    ledger(title, LEDGERS)
    for title in ("户", "人口", "户年度", "帮扶责任人", "明白卡", "低保", "学籍", "残疾人", "一卡通发放", "危房改造", "项目库",
                  "入户核查")
)  # fmt: skip
ON = ("--as-of", "2020-12-31")
# What is left of an ID number: its region, never its end, which with a birth date would give it away. An age may
# follow where the number stands in place of a name.
TOO_MUCH = re.compile(rf"{ID[:6]}\*+(?![0-9]+周?岁)[0-9Xx]")
TAIL = re.compile(r"\*{14}[0-9]{3}[0-9Xx]")
SOON = 5.0  # seconds of computing
OF_ORIGINALS = "含个人信息）"
_NOTES, _EVERYTHING = re.compile("comments|drawing"), re.compile("")
PRIVATE = {name for model in LEDGERS for name, column in model.columns().items() if column.type.private}


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def text_of(path: Path) -> str:
    """All that a file says, part by part; of a copy of what was delivered, what we say of its cells."""
    if path.suffix == ".parquet":
        return str(read_table(path).to_pydict())
    if path.suffix == ".db":
        return remembered(path)
    if path.suffix not in (".xlsx", ".docx"):
        return path.read_text(encoding="utf-8")
    ours = _NOTES if OF_ORIGINALS in path.name else _EVERYTHING
    with zipfile.ZipFile(path) as package:
        names = filter(ours.search, package.namelist())
        parts = [package.read(name).decode("utf-8", "replace") for name in names]
    return re.sub(r"<[^>]*>", "|", "\n".join(parts))


def remembered(path: Path) -> str:
    """All values of a history, each on a line: in the file they stand side by side without anything between them."""
    with closing(sqlite3.connect(path)) as history:
        tables = [name for (name,) in history.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = [row for table in tables for row in history.execute(f"SELECT * FROM {table}")]
    assert len(rows) > 1
    return "\n".join(str(value) for row in rows for value in row)


def commands(county: LeakyCounty, out: Path) -> Iterator[tuple[str, Result]]:
    """Every command that reads ledgers, with every format it writes."""
    told = [*chain.from_iterable(("--as", item) for item in county.told)]
    folder, judged = county.folder, (*told, *ON)

    def to(*names: str) -> list[str]:
        return [*chain.from_iterable(("--output", f"{Path(name).suffix[1:]}={out / name}") for name in names)]

    copies = ("--annotate", out / "标注", "--handout", out / "分发", "--with-data")
    yield "check", run("check", folder, *judged, "--full", *to(*(f"c.{name}" for name in REPORTS)), *copies)
    yield "show", run("show", HOUSEHOLD, folder, *judged, "--full", *to("s.json", "s.text"))
    yield "inspect", run("inspect", folder, *told, "--save", out / "项目.toml")
    yield "inspect json", run("inspect", folder, *told, "--format", "json")
    yield "scorecard", run("scorecard", folder, *judged, "--full", *to("k.json", "k.xlsx", "k.html"))
    kept = ("--history", out / "历史.db", "--lists", out / "清单")
    yield (
        "track",
        run("track", folder, *judged, "--full", *to(*(f"t.{name}" for name in TRACK_REPORTS)), *kept),
    )
    checkers = ("--checkers", f"{ID}李四、王五{PHONE}")
    yield "sample", run("sample", folder, *judged, "--output", out / "抽查", "--share", "1", *checkers)
    drawn = (out / "抽查/填报", "--manifest", out / "抽查/抽样清单.json")
    yield "estimate", run("estimate", folder, *drawn, *judged, "--format", "json", *to("e.html"))
    for model in county_ledgers(county):
        yield f"compare {model.title}", compare(county, model, out)


def county_ledgers(county: LeakyCounty) -> list[type[Ledger]]:
    titles = {name.removesuffix(".csv") for name, _ in county.planted}
    titles &= titles if is_night() else {"人口", "户", "帮扶责任人"}
    return [model for model in LEDGERS if model.title in titles]


def compare(county: LeakyCounty, model: type[Ledger], out: Path) -> Result:
    """The ledger beside one in which nothing is amiss; rows go by their numbers."""
    text, name = (county.folder / f"{model.title}.csv").read_text(encoding="utf-8"), out / model.title
    ours, good = (county.folder.parent / f"{model.title}{which}.csv" for which in ("编号", "好"))
    write(good, [{"行": f"R{at}", **good_row(model)} for at in range(text.count("\n"))])
    ours.write_text(number_rows(text), encoding="utf-8")
    sides = (ours, good, "--key", "行", "--full")
    return run("compare", *sides, "--output", f"json={name}.json", "--output", f"xlsx={name}.xlsx")


def number_rows(text: str) -> str:
    head, *rows = text.splitlines()
    return "\n".join([f"行,{head}", *(f"R{at},{row}" for at, row in enumerate(rows))]) + "\n"


COUNTIES: Mapping[str, Mapping[str, Any]] = {
    "some ledgers": {"ledgers": SOME, "times": 1, "names": 8},
    "all ledgers": {"ledgers": LEDGERS, "times": 8, "names": 1},
    "forty in every column": {"ledgers": SOME[:2], "times": 54, "names": 8},
}
_TODAY, *_TONIGHT = COUNTIES


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(_TODAY, marks=pytest.mark.slow),
        *(pytest.param(name, marks=pytest.mark.nightly) for name in _TONIGHT),
    ],
)
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LeakyCounty:
    return leaky_county(tmp_path_factory.mktemp("县") / "台账", **COUNTIES[request.param])


@pytest.fixture(scope="module")
def outputs(county: LeakyCounty, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What every command printed and wrote."""
    out = tmp_path_factory.mktemp("写出")
    found: dict[str, str] = {}
    for name, result in commands(county, out):
        assert result.exit_code in (0, 1), f"{name}: {result.output}{result.stderr}"
        found[name] = result.output + result.stderr
    for path in sorted(filter(Path.is_file, out.rglob("*"))):
        name = path.relative_to(out).as_posix()
        found[name] = f"{name}\n{text_of(path)}"
    return found


def test_every_output_is_there(outputs: Mapping[str, str]) -> None:
    kinds = {name.rpartition(".")[2] for name in outputs}
    assert {*REPORTS, "toml", "db", "check", "show", "inspect", "track", "sample", "estimate"} <= kinds
    assert {"抽查", "标注", "分发", "清单"} <= {name.partition("/")[0] for name in outputs}
    assert all(outputs.values())
    noted = [text for name, text in outputs.items() if OF_ORIGINALS in name]
    assert len(noted) > 20
    assert any("东关村" in text for text in noted)


def test_nothing_says_a_number_whole(outputs: Mapping[str, str]) -> None:
    assert {name: found for name, text in outputs.items() if (found := said(text))} == {}


# In the larger counties a ledger has many rows of each household, and so says nothing of it as a book.
@pytest.mark.slow
@pytest.mark.parametrize("county", [_TODAY], indirect=True)
def test_a_page_shows_the_books_of_households(outputs: Mapping[str, str]) -> None:
    """So that what is said of pages here is said of those rows too."""
    found = re.search(r'"whole":(\{.*?\})', outputs["c.html"])
    assert found
    assert HOUSEHOLD[:10] in found[1]


# Where every column is full of numbers, the gravest findings, whose neighbours a page shows, stand elsewhere.
@pytest.mark.slow
@pytest.mark.parametrize(
    "county", [_TODAY, pytest.param("all ledgers", marks=pytest.mark.nightly)], indirect=True
)
def test_a_page_shows_what_stands_beside_a_cell(outputs: Mapping[str, str]) -> None:
    """Also in a column nobody knows, and masked there."""
    page = outputs["c.html"]
    beside, _ = json.JSONDecoder().raw_decode(page.partition('"beside":')[2])
    texts, _ = json.JSONDecoder().raw_decode(page.partition('"texts":')[2])
    strange = {
        texts[value] for cells in beside.values() for _, name, value in cells if texts[name] == STRANGE
    }
    assert any("****" in said for said in strange)


def test_no_number_can_be_made_whole_with_a_birth_date(outputs: Mapping[str, str]) -> None:
    """The end of an ID number stands on forms alone, and no birth date with it."""
    forms = {name for name in outputs if name.startswith("抽查")}
    assert [name for name, text in outputs.items() if TOO_MUCH.search(text)] == []
    assert [name for name, text in outputs.items() if TAIL.search(text) and name not in forms] == []
    assert [name for name in forms if "出生" in outputs[name] or "1970-01-01" in outputs[name]] == []


def test_what_is_no_secret_stays_as_it_is(county: LeakyCounty, outputs: Mapping[str, str]) -> None:
    shown = [
        at
        for finding in json.loads(outputs["c.json"].partition("\n")[2])["findings"]
        for at in finding["locations"]
    ]
    harmless = [
        (county.planted[at["file"], at["cell"]][1], at["value"])
        for at in shown
        if county.planted.get((at["file"], at["cell"]), ("", ID))[1] in READABLE
        and county.planted[at["file"], at["cell"]][0] not in PRIVATE
    ]
    assert len(harmless) > 20
    assert [pair for pair in harmless if pair[0] != pair[1]] == []


HANDED = "分发/清河县石桥镇/东关村/整改台账.xlsx"
# Reports that show finding by finding; others may sum up.
ONE_BY_ONE = ("text", "json", "xlsx", "html", "csv", "jsonl", "parquet", "sarif", "github", "gitlab", "junit")


@pytest.mark.parametrize("name", [*(f"c.{form}" for form in ONE_BY_ONE), "check", "s.json", "s.text", HANDED])
def test_every_output_shows_a_village_and_a_household(outputs: Mapping[str, str], name: str) -> None:
    """A grade, an amount and a date as well."""
    text = re.sub(r"\s+", "", outputs[name])
    assert [
        word for word in ("东关村", HOUSEHOLD[:10], "三年级", "12345.67", "2020-06-01") if word not in text
    ] == []


@pytest.mark.parametrize("name", ["人口.json", "人口.xlsx", "compare 人口"])
def test_a_comparison_shows_what_is_no_secret(
    county: LeakyCounty, outputs: Mapping[str, str], name: str
) -> None:
    text = re.sub(r"\s+", "", outputs[name])
    ours = (planted for (file, _), planted in county.planted.items() if file == "人口.csv")
    harmless = [word for field, word in ours if word in READABLE and field not in PRIVATE]
    assert len(harmless) > 5
    assert [word for word in harmless if word not in text] == []


HIDES: Mapping[str, Callable[[str], str]] = {"text": mask_text, "codes": mask_codes, "private": mask}


@pytest.mark.parametrize("how", HIDES)
def test_every_disguise_is_seen_through(how: str) -> None:
    assert [text for text in DISGUISES if not said(text)] == []
    assert [text for text in DISGUISES if said(HIDES[how](text))] == []


@pytest.mark.parametrize("unit", ["12 ", "1", "1,", "990101 ", "一", "①-", "139 1234 5678，"])
@pytest.mark.parametrize("how", HIDES)
def test_an_endless_text_is_masked_in_no_time(how: str, unit: str) -> None:
    text = unit * 20_000 + ID
    begun = process_time()
    shown = HIDES[how](text)
    assert process_time() - begun < SOON
    assert (said(shown), len(shown)) == ([], len(text))


@pytest.mark.parametrize("how", ["text", "codes"])
@pytest.mark.parametrize("text", READABLE, ids=range(len(READABLE)))
def test_what_only_looks_like_a_number_stays(how: str, text: str) -> None:
    assert HIDES[how](text) == text
    assert HIDES[how](f"{text}（{text}）") == f"{text}（{text}）"


@pytest.mark.parametrize("kind", [FupinAuditError, UsageError, InputError, RuleError])
def test_no_error_says_a_number(kind: type[FupinAuditError]) -> None:
    assert [text for text in DISGUISES if said(str(kind(f"找不到“{text}”，请核对")))] == []


def test_no_refusal_of_a_household_says_a_number(tmp_path: Path) -> None:
    write(tmp_path / "户.csv", [good_row(ledger("户", LEDGERS))])
    delivery = load([tmp_path])
    for text in DISGUISES:
        with pytest.raises(UsageError) as refusal:
            find_household(delivery, f"{text}某")
        assert said(str(refusal.value)) == []


REFUSED: Sequence[Sequence[str]] = (
    ("check", "/没有/{}.xlsx"),
    ("check", ".", "--as", "{}=户.csv"),
    ("check", ".", "--as", "户={}.csv"),
    ("check", ".", "--as-of", "{}"),
    ("check", ".", "--set", "{}=1"),
    ("check", ".", "--village", "{}"),
    ("check", ".", "--output", "{}=报告.txt"),
    ("check", ".", "--fail-on", "{}"),
    ("show", "{}", "."),
    ("compare", "户.csv", "{}.csv"),
    ("compare", "户.csv", "户.csv", "--key", "{}"),
    ("sample", ".", "--output", "抽查", "--checkers", "{}.xlsx"),
    ("rules", "show", "{}"),
    ("ledgers", "show", "{}"),
    ("{}",),
)


@pytest.mark.parametrize(
    ("args", "number"), list(zip(REFUSED, cycle([ID, f"+86 {PHONE}", ACCOUNT]))), ids=range(len(REFUSED))
)
def test_no_refusal_says_a_number(
    args: Sequence[str], number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "户.csv", [good_row(ledger("户", LEDGERS))])
    result = run(*(arg.format(number) for arg in args))
    assert result.exit_code == 2
    assert said(result.output + result.stderr) == []
