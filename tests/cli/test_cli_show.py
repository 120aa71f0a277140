"""`fupin-audit show`: what is shown where, and the exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from fupin_audit.cli import main
from fupin_audit.reports.findings import json_file as json_report
from fupin_audit.reports.household.json_file import SCHEMA
from fupin_audit.results.household import HouseholdView
from fupin_audit.viewing import viewing

COUNTY = Path(__file__).parents[2] / "samples" / "清河县"
CODE = "99010000060005"
ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["show", *arguments], prog_name="fupin-audit")


@pytest.fixture(scope="module")
def once() -> tuple[str, HouseholdView]:
    """A whole run that looks a household up by its head's name: what is printed, and what was found."""
    found: list[HouseholdView] = []
    view = viewing.view_household

    def recorded(*arguments: Any) -> HouseholdView:
        found.append(view(*arguments))
        return found[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
        patch.setattr(viewing, "view_household", recorded)
        result = run("唐根德", str(COUNTY))
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout, found[0]


@pytest.fixture
def text(once: tuple[str, HouseholdView]) -> str:
    return once[0]


@pytest.fixture
def found(once: tuple[str, HouseholdView], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same household found without its being read and judged again."""
    monkeypatch.setattr(import_module("fupin_audit.audit"), "prepare", lambda *_, **__: None)
    monkeypatch.setattr(viewing, "view_household", lambda *_: once[1])


def test_books_members_and_records_read_as_agreed(text: str, golden: Callable[[str, str], None]) -> None:
    """Findings change with every rule that is added, so they are left out."""
    lines = re.sub(r"\n\n四、发现\n.*?(?=\n\n五)", "", text, flags=re.DOTALL)
    golden(
        "reports/household-80.txt",
        re.sub(r"错误 \d+、疑点 \d+、提示 \d+|错误\n\d+、疑点 \d+、提示 \d+", "……", lines),
    )


def test_it_fits_the_screen_and_masks(text: str) -> None:
    assert max(map(cell_len, text.splitlines())) <= 80
    assert not ID.search(text)
    assert "CRD-05" in text


@pytest.mark.usefixtures("found")
def test_json_fits_its_schema() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    result = run("唐根德", str(COUNTY), "--format", "json")
    shown = json.loads(result.stdout)
    jsonschema.validate(shown, schema, jsonschema.Draft202012Validator)
    assert (shown["household"], result.stderr.partition("（")[0]) == (CODE, f"户 {CODE} 唐根德")
    finding = json.loads(json_report.SCHEMA.read_text(encoding="utf-8"))["$defs"]["finding"]
    assert schema["$defs"]["finding"] == finding


def test_an_unreadable_input_is_told_and_a_file_says_all(tmp_path: Path) -> None:
    (tmp_path / "户.csv").write_text(
        "户编号,户主姓名,户主证件号码,家庭人口,脱贫属性,脱贫年度\n1,张三,,2,已脱贫,2020\n", encoding="utf-8"
    )
    (tmp_path / "坏.xlsx").write_bytes(b"PK\3\4broken")
    report = tmp_path / "户.txt"
    given = (
        "--as",
        "户=户.csv",
        "--as-of",
        "2020-12-31",
        "--disable",
        "KEY-01",
        "--output",
        f"text={report}",
    )
    result = run("1", str(tmp_path), *given)
    assert (result.exit_code, result.stderr) == (3, f"已写出 {report}\n")
    assert "坏.xlsx 没能读取，这里可能不全" in result.stdout
    assert "脱贫属性 已脱贫；" not in result.stdout
    assert "脱贫属性 已脱贫；" in report.read_text(encoding="utf-8")


def test_who_is_not_found_is_no_traceback() -> None:
    result = run("没有这人", str(COUNTY))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("错误：没有找到“没有这人”")


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize("width", [40, 60])
def test_on_a_narrow_screen_no_masked_number_is_torn(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = run(CODE, str(COUNTY)).stdout
    assert max(map(cell_len, shown.splitlines())) <= width
    assert "990101************" in shown
    assert re.findall(r"990101\*{0,11}(?![*\d])", shown) == []
    for book in ("系统", "明白卡"):
        assert book in shown
