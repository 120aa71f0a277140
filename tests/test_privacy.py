"""docs/privacy.md is true to the letter: every promise of it stands here with the test that holds it to it."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from sqlglot import parse_one

from books import AS_OF, IDS, household, person, write_books
from fupin_audit import Options, audit
from fupin_audit.cli import main
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.loaded.subjects import fingerprint
from fupin_audit.followup.sampling.frame import frame_of
from fupin_audit.masking import mask, mask_text
from fupin_audit.workbook.loading import load

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "privacy.md"
SHOWN = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \| (.+) \|$", re.MULTILINE)

LEAKS, SHEETS, HERE = "test_leaks.py", "followup/test_sheets.py", "test_privacy.py"
# What the page promises → the file and the test that would fail if it were not so.
PROMISES: Mapping[str, tuple[str, str]] = {
    "在一切输出里打码：屏幕、整改台账、网页、JSON、CSV、Parquet、SARIF、注解、JUnit、错误信息、Python结果": (LEAKS, "test_nothing_says_a_number_whole"),
    "打码在得出结果时完成，先于任何报告": ("test_masking.py", "test_the_data_frame_shows_no_secret"),
    "同一个号码总是打成同一个样子": (HERE, "test_the_table_is_what_masks_do"),
    "证件号码的后几位从不显示": (LEAKS, "test_no_number_can_be_made_whole_with_a_birth_date"),
    "填错了地方的也打码：姓名、村、户编号、备注等列，表头、工作表名、文件名里的身份证号、手机号、账号": (LEAKS, "test_nothing_says_a_number_whole"),
    "怎么写都一样：夹着空格、横线、逗号、看不见的字符，全角，带`+86`，开头多个0，小写`x`，身份证号少一位、多一位，两个号码连在一起，几个号码之间用斜线": (LEAKS, "test_every_disguise_is_seen_through"),
    "电话用斜线、顿号等隔成3、4、4位或3、8位，账号隔成4位一段或6、13位，也认得": (LEAKS, "test_every_disguise_is_seen_through"),
    "超过13万字的文字，数字全部隐去": (LEAKS, "test_an_endless_text_is_masked_in_no_time"),
    "认不出的：用这些符号隔成别的样子、或后几段都像金额、年份、日期（`138/1200/3600`）的电话和账号，多一位、少一位的电话。证件号码、电话、账号各列里的照样打码": (HERE, "test_what_is_not_seen_through_is_masked_where_numbers_stand"),
    "打码后看起来一样、其实不同的两个号码，说明哪几位不同": (HERE, "test_two_numbers_that_look_alike_are_told_apart"),
    "**没有打码的**：姓名、户编号、人编号、村名、日期、金额": (LEAKS, "test_what_is_no_secret_stays_as_it_is"),
    "就能从指纹把号码试出来": (HERE, "test_a_fingerprint_can_be_tried_out"),
    "证件号码只印末四位，供核对身份证，表上没有出生日期；电话照样打码": (LEAKS, "test_no_number_can_be_made_whole_with_a_birth_date"),
    "户编号像证件号码、电话或账号的户不抽，并说明有几户": (HERE, "test_a_household_numbered_like_a_person_is_not_drawn"),
    "`--reveal`完整显示号码，报告里会注明“含完整个人信息”": ("test_masking.py", "test_reveal_shows_them_and_says_so"),
    "错误信息始终打码": (LEAKS, "test_no_refusal_says_a_number"),
    "不联网：不检查更新，不上传，不收集任何使用情况": (HERE, "test_nothing_goes_over_the_net"),
    "数据库引擎在进程内运行，关掉了对文件和网络的访问": (HERE, "test_the_database_reads_no_file"),
    "历史里没有姓名、证件号码、电话、单元格的值": ("tracking/test_history.py", "test_nobody_is_named_in_it"),
    "`--history-without-households`连户编号也不记": ("tracking/test_history.py", "test_nobody_is_named_in_it"),
    "历史文件只有主人能读写": ("tracking/test_history.py", "test_only_its_owner_may_read_it"),
    "只有规则，没有台账里的任何东西，只有主人能读写，随时可以删；写不了就不记": ("test_kept.py", "test_what_the_program_keeps_is_its_rules_alone"),
    "原文件只读。只在写了`--cache`时才记下读到的台账；只在写了`--history`时才有历史；只写你用`--output`或重定向要的文件": (HERE, "test_nothing_is_written_that_was_not_asked_for"),
    "只有文件的主人能读写": ("reports/test_report_registry.py", "test_a_report_is_for_its_owner_alone"),
    "结束或被中断时删掉": ("cli/test_cli_interrupts.py", "test_an_interrupt_ends_a_check_at_once"),
    "被强行杀掉的，下次启动时清掉": ("writing/test_scratch.py", "test_the_folder_of_a_killed_run_is_cleared_away_and_of_no_other"),
    "只有主人能读的文件：号码打了码，没有变量的值": ("cli/test_cli_crash.py", "test_the_file_tells_where_and_nothing_of_the_data"),
    "人们填写的内容原样带过来，不打码": ("tasks/test_carrying_over.py", "test_what_people_typed_is_carried_over_as_it_is"),
    "标注件照录原件的全部内容，号码不打码：只在写了`--annotate`时写，文件夹和文件只有主人能读写，文件名和说明里注明含个人信息": ("tasks/test_annotated_copies.py", "test_copies_are_their_owners_alone_and_say_what_they_hold"),
    "批注和说明里的号码照样打码": ("tasks/test_annotated_copies.py", "test_notes_show_no_number_whole"),
    "原件不动": ("tasks/test_annotated_copies.py", "test_the_wrong_cells_are_marked_in_copies_and_the_originals_stay"),
    "更正记录和导出的更正表里号码打码": ("tasks/test_correcting.py", "test_the_log_is_masked_and_no_ledger"),
    "写出的副本和原件一样，号码不打码，文件夹和文件只有主人能读写": ("tasks/test_correcting.py", "test_copies_are_their_owners_alone"),
    "一个村的文件夹里没有别村的户、人、号码、村名": ("tasks/test_handing_out.py", "test_a_village_gets_no_value_of_another"),
    "加了`--with-data`才有原件里属于它的各行，号码不打码，文件名里注明含个人信息": ("tasks/test_handing_out.py", "test_a_village_gets_its_rows_as_they_were_delivered"),
    "与别村的记录有关的发现，只写本村的一方": ("tasks/test_handing_out.py", "test_a_finding_between_two_villages_tells_each_its_side_only"),
    "从`--password-file`或环境变量`FUPIN_AUDIT_PASSWORD`读": ("cli/test_cli_check.py", "test_password_may_come_from_the_environment"),
    "不从命令行参数读": (HERE, "test_no_option_takes_a_password"),
    "密码不写进任何输出": (HERE, "test_the_password_is_not_said"),
}  # fmt: skip


def pages_text() -> str:
    return re.sub(r"\s+", "", PAGE.read_text(encoding="utf-8"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "数据"
    folder.mkdir()
    people = [person("1", 0), {**person("1", 1), "证件号码": IDS[0]}]
    write_books(folder, {"户": [household("1")], "人口": people})
    return folder


@pytest.mark.parametrize("promise", PROMISES, ids=range(len(PROMISES)))
def test_every_promise_has_its_test(promise: str) -> None:
    file, name = PROMISES[promise]
    assert promise in pages_text()
    assert f"def {name}(" in (TESTS / file).read_text(encoding="utf-8")


def test_the_table_is_what_masks_do() -> None:
    rows = SHOWN.findall(PAGE.read_text(encoding="utf-8"))
    assert len(rows) == 6
    assert [(number, mask(number)) for number, *_ in rows] == [(number, shown) for number, shown, _ in rows]
    everywhere = [(number, shown) for number, shown, why in rows if "各列" not in why and "这些列" not in why]
    assert [(number, mask_text(number)) for number, _ in everywhere] == everywhere


@pytest.mark.parametrize(
    "text",
    [
        "139/1200/3600",
        "13912、345678",
        "139/20210506",
        "621、700001、0012345678",
        "139123456789",
        "1391234567",
    ],
    ids=range(6),
)
def test_what_is_not_seen_through_is_masked_where_numbers_stand(text: str) -> None:
    assert mask_text(text) == text
    digits = sum(character.isdigit() for character in text)
    assert sum(character.isdigit() for character in mask(text)) <= digits / 2


def test_two_numbers_that_look_alike_are_told_apart(tmp_path: Path) -> None:
    other = "990101197003050031"
    twins = [person("1", 0), {**person("2", 0), "证件号码": other}]
    write_books(tmp_path, {"户": [household("1"), household("2")], "人口": twins})
    told = [f.message for f in audit(tmp_path, as_of=AS_OF).records if f.rule == "ID-08"]
    assert told
    assert all("隐去的第17、18位不同" in message for message in told)
    revealed = audit(tmp_path, as_of=AS_OF, options=Options(reveal=True))
    assert not any("隐去" in finding.message for finding in revealed.records)


def test_a_fingerprint_can_be_tried_out() -> None:
    """Why the page advises to leave fingerprints out: whoever knows the key but for three digits finds them."""
    kept = fingerprint("ID-01", "低保", [IDS[0]], "证件号码")
    tried = (f"{IDS[0][:14]}{number:03}{last}" for number in range(1000) for last in "0123456789X")
    assert [n for n in tried if fingerprint("ID-01", "低保", [n], "证件号码") == kept] == [IDS[0]]


def test_a_household_numbered_like_a_person_is_not_drawn(tmp_path: Path) -> None:
    write_books(tmp_path, {"户": [household("99010000010001"), household(IDS[0])]})
    delivery = load([tmp_path])
    frame = frame_of(delivery)
    assert [item.number for item in frame.households] == ["99010000010001"]
    assert frame.left_out == ("1户的户编号像证件号码、电话或账号，没有参加抽样；请更正户编号，或加 --reveal",)
    assert len(frame_of(delivery, reveal=True).households) == 2


def test_nothing_goes_over_the_net(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the net was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert audit(data, as_of=AS_OF).records


def test_the_database_reads_no_file() -> None:
    asked = parse_one(f"SELECT * FROM read_text('{PAGE}')", dialect="duckdb")
    with open_database() as database, pytest.raises(duckdb.PermissionException):
        database.run(asked)


def test_nothing_is_written_that_was_not_asked_for(
    data: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(
        "XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache"))
    )  # for what tests/test_kept.py is about
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in data.iterdir()}
    result = CliRunner().invoke(
        main, ["check", "数据", "--as-of", "2020-12-31", "--output", "json=报告.json"]
    )
    assert result.exit_code == 1
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in data.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["报告.json", "数据"]


def test_no_option_takes_a_password() -> None:
    page = (PAGE.parent / "reference-cli.md").read_text(encoding="utf-8")
    assert set(re.findall(r"--password[\w-]*", page)) == {"--password-file"}


def test_the_password_is_not_said(data: Path, tmp_path: Path) -> None:
    secret = "三个火枪手1844"
    result = CliRunner(env={"FUPIN_AUDIT_PASSWORD": secret}).invoke(
        main,
        ["check", str(data), "--as-of", "2020-12-31", "--full", "--output", f"json={tmp_path / '报告.json'}"],
    )
    said = result.output + result.stderr + (tmp_path / "报告.json").read_text(encoding="utf-8")
    assert secret not in said
