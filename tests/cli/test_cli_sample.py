"""`fupin-audit sample`: what it says, what it writes, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from books import household, person, write_books
from fupin_audit.cli import main
from fupin_audit.followup.sampling.book_writing import MANIFEST, TO_FILL
from fupin_audit.followup.sampling.manifest import read_manifest


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Two villages of eight households; 1 has no member left, 2 is helped by 钱七."""
    folder = tmp_path / "清河县"
    folder.mkdir()
    villages = {number: ("东沟村", "西坡村")[number % 2] for number in range(1, 17)}
    households = [household(str(number), village=village) for number, village in villages.items()]
    people = [person(str(number), 0, 成员状态="死亡" if number == 1 else "正常") for number in villages]
    write_books(folder, {"户": households, "人口": people, "帮扶责任人": [{"户编号": "2", "帮扶人": "钱七"}]})
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["sample", *map(str, arguments)], terminal_width=80)


def drawing(county: Path, *more: object) -> Result:
    return run(county, "--output", county.parent / "抽查", "--as-of", "2020-12-31", *more)


def test_a_draw_is_told_and_written(county: Path) -> None:
    result = drawing(county, "--share", "0.5", "--seed", "7", "--checkers", "钱七、孙八")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "15户抽中8户" in result.stdout
    assert "种子 7" in result.stdout
    assert "注意：1户没有在册成员" in result.stdout
    assert [line for line in result.stdout.splitlines() if cell_len(line) > 80] == []
    manifest = read_manifest(county.parent / "抽查" / MANIFEST)
    assert {visit.checker for visit in manifest.visits} == {"钱七", "孙八"}
    assert {visit.checker for visit in manifest.visits if visit.household == "2"} <= {"孙八"}
    assert len(list((county.parent / "抽查" / TO_FILL).glob("*.xlsx"))) == 2


def test_the_share_is_the_parameter_of_the_place(county: Path) -> None:
    result = drawing(county)
    assert result.exit_code == 2
    assert "清河县没有参数“抽查比例”的值，请用 --share" in result.stderr
    assert drawing(county, "--set", "抽查比例=1").exit_code == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--share", "0"), "应大于 0，不超过 1"),
        (("--share", "30"), "应大于 0，不超过 1"),
        (("--share", "三成"), "不是数字"),
        (("--share", "0.3", "--checkers", "没有.csv"), "没有核查人员名单"),
        (("--share", "0.3", "--by", "县"), "不在可选的值里"),
    ],
)
def test_wrong_options_are_told(county: Path, options: tuple[str, ...], told: str) -> None:
    result = drawing(county, *options)
    assert (result.exit_code, told in result.stderr) == (2, True)
    assert not (county.parent / "抽查").exists()


def test_blank_sheets_are_not_written_among_the_ledgers(county: Path) -> None:
    result = run(county, "--output", county / "抽查", "--share", "0.3")
    assert (result.exit_code, "请写到外面" in result.stderr) == (2, True)


def test_filled_sheets_are_not_written_over(county: Path) -> None:
    assert drawing(county, "--share", "0.3").exit_code == 0
    result = drawing(county, "--share", "0.3")
    assert (result.exit_code, "已有文件" in result.stderr) == (2, True)


def test_without_households_there_is_nothing_to_draw(tmp_path: Path) -> None:
    (tmp_path / "县").mkdir()
    write_books(
        tmp_path / "县", {"低保": [{"姓名": "张三", "证件号码": "990101197003050015", "月保障金": "400"}]}
    )
    result = run(tmp_path / "县", "--output", tmp_path / "抽查", "--share", "0.3", "--as-of", "2020-12-31")
    assert (result.exit_code, "没有可抽的户" in result.stderr) == (2, True)
