"""A command writes over nothing it reads, and over nothing that is not its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from books import household, person, write_books
from fupin_audit.cli import main
from fupin_audit.cli.output_files import Reads, refuse_targets
from fupin_audit.errors import OutputError, UsageError
from fupin_audit.reports import registry
from fupin_audit.reports.findings import json_file, workbook
from fupin_audit.reports.registry import (
    COMPARISON_REPORTS,
    REPORTS,
    SCORE_REPORTS,
    SCREEN_REPORTS,
    TRACK_REPORTS,
    VIEW_REPORTS,
    is_own,
    mark_of,
)
from fupin_audit.results.audit_result import AuditResult
from process import SMALL, start
from standin import Auditor, stand_in

Run = Callable[..., Result]
FULL = OSError(28, "No space left on device")


@pytest.fixture
def auditor(county: AuditResult, monkeypatch: pytest.MonkeyPatch) -> Auditor:
    return stand_in(monkeypatch, county)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), prog_name="fupin-audit")


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two households, as files."""
    folder = tmp_path_factory.mktemp("数据") / "县"
    folder.mkdir()
    write_books(folder, {"户": [household("1"), household("2")], "人口": [person("1", 0), person("2", 0)]})
    return folder


@pytest.fixture
def county_folder(delivered: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(delivered, tmp_path / "县"))


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


COMMANDS: dict[str, tuple[tuple[str, ...], registry.Formats]] = {
    "check": (("check", "{数据}"), REPORTS),
    "scorecard": (("scorecard", "{数据}"), SCORE_REPORTS),
    "screen": (("screen", "{数据}"), SCREEN_REPORTS),
    "track": (("track", "{数据}", "--history", "{历史}"), TRACK_REPORTS),
    "show": (("show", "1", "{数据}"), VIEW_REPORTS),
    "compare": (("compare", "{一张表}", "{一张表}"), COMPARISON_REPORTS),
}


def written(command: str, folder: Path, *more: object) -> Result:
    """Runs a command on the ledgers."""
    one = next(folder.glob("*.*"))
    places = {"{数据}": str(folder), "{一张表}": str(one), "{历史}": str(folder.with_name("历史.db"))}
    dated = () if command == "compare" else ("--as-of", "2020-12-31")
    return run(*(places.get(word, word) for word in COMMANDS[command][0]), *dated, *more)


ALL = [(command, name) for command, (_, formats) in COMMANDS.items() for name in formats]
MARKED = [(command, name) for command, name in ALL if mark_of(COMMANDS[command][1][name])]


def test_every_built_in_report_can_be_written_again() -> None:
    built_in = {
        "check": "text json xlsx junit",
        "scorecard": "text json xlsx html",
        "screen": "text json xlsx html",
        "show": "text json",
        "compare": "text json xlsx",
    }
    assert {(command, name) for command, names in built_in.items() for name in names.split()} <= set(MARKED)


def test_a_report_without_a_mark_is_never_written_over(county: AuditResult, tmp_path: Path) -> None:
    module = "findings.verdict"  # has none
    (tmp_path / "报告").write_text("旧的", encoding="utf-8")
    with pytest.raises(UsageError, match="看不出是本程序写的"):
        refuse_targets([("verdict", tmp_path / "报告")], {"verdict": module}, Reads(()))


@pytest.fixture(scope="module")
def rewritten(delivered: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Result, Path]]:
    """What each command said when it wrote all of its reports for the second time, and where they are."""
    found = {}
    for command in COMMANDS:
        out = tmp_path_factory.mktemp(command)
        targets = {name: out / name / "报告" for owner, name in MARKED if owner == command}
        for target in targets.values():
            target.parent.mkdir()
        outputs = [f"--output={name}={target}" for name, target in targets.items()]
        first, second = (written(command, delivered, *outputs) for _ in range(2))
        assert first.exit_code in {0, 1}
        found[command] = second, out
    return found


@pytest.mark.parametrize(("command", "name"), MARKED)
def test_a_report_is_written_again_over_itself_and_over_nothing_else(
    rewritten: Mapping[str, tuple[Result, Path]], delivered: Path, command: str, name: str
) -> None:
    result, out = rewritten[command]
    target = out / name / "报告"
    assert (result.exit_code in {0, 1}, f"已写出 {target}" in result.stderr) == (True, True)
    module = COMMANDS[command][1][name]
    others = {(c, n) for c, n in ALL if COMMANDS[c][1][n] != module}
    assert is_own(target, module)
    assert [other for other in others if is_own(target, COMMANDS[other[0]][1][other[1]])] == []
    target.write_text("别人的", encoding="utf-8")
    result = written(command, delivered, "--output", f"{name}={target}")
    assert (result.exit_code, "看不出是本程序写的" in result.stderr) == (2, True)
    assert content(target.parent) == {"报告": "别人的".encode()}


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_read_is_not_written(county_folder: Path, command: str) -> None:
    before = content(county_folder)
    name = next(name for name in COMMANDS[command][1] if name in {"json", "xlsx"})
    for target in county_folder.iterdir():
        result = written(command, county_folder, "--output", f"{name}={target}")
        if command != "compare" or "在要核对的数据里" in result.stderr:
            assert (result.exit_code, "写出会盖掉它" in result.stderr) == (2, True)
    assert content(county_folder) == before


@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
def test_a_link_to_what_is_read_is_not_written(
    auditor: Auditor, county_folder: Path, tmp_path: Path, link: Callable[[Path, Path], None]
) -> None:
    ledger = next(county_folder.iterdir())
    link(tmp_path / "报告.xlsx", ledger)
    result = run("check", ledger, "--output", f"xlsx={tmp_path / '报告.xlsx'}")
    assert (result.exit_code, "写出会盖掉它" in result.stderr, auditor.paths) == (2, True, ())


@pytest.mark.parametrize("option", ["--pack", "--codes", "--password-file", "--config"])
def test_rules_and_settings_are_not_written(auditor: Auditor, tmp_path: Path, option: str) -> None:
    given = tmp_path / "我的.yaml"
    given.write_text("" if option != "--config" else "paths = ['x']\n", encoding="utf-8")
    result = run("check", "x", option, given, "--output", f"json={given}")
    assert (result.exit_code, auditor.paths) == (2, ())
    if option != "--pack":
        assert "写出会盖掉它" in result.stderr


def test_the_folder_of_a_pack_is_not_written_into(auditor: Auditor, tmp_path: Path) -> None:
    (tmp_path / "包").mkdir()
    (tmp_path / "包" / "pack.yaml").write_text("id: a", encoding="utf-8")
    result = run("check", "x", "--pack", tmp_path / "包", "--output", f"text={tmp_path / '包' / 'pack.yaml'}")
    assert (result.exit_code, "这次要读的文件" in result.stderr, auditor.paths) == (2, True, ())


def test_the_earlier_scorecard_is_not_written_over(county_folder: Path, tmp_path: Path) -> None:
    june = tmp_path / "6月.json"
    assert written("scorecard", county_folder, "--output", f"json={june}").exit_code == 0
    before = june.read_bytes()
    result = run("scorecard", county_folder, "--against", june, "--output", f"json={june}")
    assert (result.exit_code, "这次要读的文件" in result.stderr) == (2, True)
    assert june.read_bytes() == before


@pytest.mark.parametrize("second", ["报告", "./报告", "子/../报告"])
def test_one_file_is_not_written_twice(auditor: Auditor, tmp_path: Path, second: str) -> None:
    (tmp_path / "子").mkdir()
    result = run(
        "check", "x", "--output", f"json={tmp_path / '报告'}", "--output", f"text={tmp_path / second}"
    )
    assert (result.exit_code, "写了两次" in result.stderr, auditor.paths) == (2, True, ())


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_the_file_the_screen_goes_to_is_not_written(stream: str, tmp_path: Path) -> None:
    target = tmp_path / "报告.json"
    with target.open("wb") as sink:
        words = ("check", SMALL, "--output", f"json={target}")
        started = start(*words, stdout=sink) if stream == "stdout" else start(*words, stderr=sink)
        _, said = started.communicate(timeout=120)
    told = (said or target.read_bytes()).decode()
    assert (started.returncode, "正接着屏幕上的结果" in told) == (2, True)
    assert b"findings" not in target.read_bytes()


@pytest.mark.parametrize("option", ["--annotate", "--handout"])
def test_a_report_and_a_folder_have_their_own_places(auditor: Auditor, tmp_path: Path, option: str) -> None:
    result = run("check", "x", option, tmp_path / "写出", "--output", f"json={tmp_path / '写出'}")
    assert (result.exit_code, "不同的地方" in result.stderr, auditor.paths) == (2, True, ())


def test_an_empty_file_is_no_loss(auditor: Auditor, tmp_path: Path) -> None:
    (tmp_path / "结果.json").touch()
    assert (
        run("check", "x", "--output", f"json={tmp_path / '结果.json'}").exit_code == 3
    )  # an input is unreadable
    assert (tmp_path / "结果.json").stat().st_size


@pytest.mark.parametrize("name", ["CON", "..", "中" * 86, "长/" * 3000, "/dev/full", "只读"])
@pytest.mark.parametrize("form", REPORTS)
def test_an_impossible_place_is_told_before_anything_is_done(
    auditor: Auditor, tmp_path: Path, name: str, form: str
) -> None:
    (tmp_path / "只读").write_text("旧的", encoding="utf-8")
    (tmp_path / "只读").chmod(0o444)
    result = run("check", "x", "--output", f"{form}={tmp_path / name}")
    assert (result.exit_code, result.stderr.count("\n"), auditor.paths) == (3, 1, ())
    assert result.stderr.startswith("错误：不能写到")
    assert content(tmp_path) == {"只读": "旧的".encode()}


def test_one_report_that_fails_keeps_none_of_the_others(
    auditor: Auditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise FULL

    monkeypatch.setattr(json_file, "write", full)
    files = {name: tmp_path / name for name in REPORTS}
    result = run("check", "x", *(f"--output={name}={path}" for name, path in files.items()))
    assert result.exit_code == 3
    assert "不能写到" in result.stderr
    assert "磁盘已满" in result.stderr
    assert result.stdout.startswith("不通过")
    assert {path.name for path in tmp_path.iterdir()} == set(REPORTS) - {"json"}


def test_what_people_wrote_is_looked_at_before_anything_is_done(auditor: Auditor, tmp_path: Path) -> None:
    ledger = tmp_path / "台账.xlsx"
    assert run("check", "x", "--output", f"xlsx={ledger}").exit_code == 3
    ledger.write_bytes(ledger.read_bytes()[:-100])
    auditor.paths = ()
    result = run("check", "x", "--output", f"xlsx={ledger}")
    assert (result.exit_code, auditor.paths) == (2, ())


def test_an_unreadable_earlier_ledger_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fupin_audit.tasks.carrying_over import read_earlier

    (tmp_path / "台账.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(OutputError, match="填写的内容带不过来"):
        read_earlier(tmp_path / "台账.xlsx")


@pytest.mark.parametrize(
    "arguments",
    [
        ("rules", "new", "XYZ-01", "--output", "{}"),
        ("ledgers", "template", "户", "-o", "{}"),
        ("sample", "{数据}", "--share", "0.5", "--as-of", "2020-12-31", "--output", "{}"),
    ],
)
def test_what_writes_once_never_writes_over(
    county_folder: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    target = tmp_path / "写出"
    words = [{"{}": str(target), "{数据}": str(county_folder)}.get(word, word) for word in arguments]
    target.write_text("别人的", encoding="utf-8")
    result = run(*words)
    assert (result.exit_code, "没有写" in result.stderr) == (2, True)
    assert target.read_text(encoding="utf-8") == "别人的"
    for name, code in (("CON", 3), ("中" * 86, 3), ("没有/写出", 2)):
        result = run(*(word.replace(str(target), str(tmp_path / name)) for word in words))
        assert (result.exit_code, result.stderr.count("\n")) == (code, 1)
    target.unlink()
    assert run(*words).exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"县", "写出"}


def test_marks_tell_our_reports_from_one_another(county: AuditResult, tmp_path: Path) -> None:
    """Also after another program has saved the workbook without its title."""
    import openpyxl

    path = tmp_path / "台账.xlsx"
    with path.open("w+b") as sink:
        workbook.write(county, sink)
    book = openpyxl.load_workbook(path)
    book.properties.title = None
    book.save(path)
    assert is_own(path, REPORTS["xlsx"])
    assert not is_own(path, SCORE_REPORTS["xlsx"])
    assert not is_own(path, COMPARISON_REPORTS["xlsx"])
