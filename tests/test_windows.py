"""What is otherwise on Windows, tested where there is none: names, locks, code pages, line ends, separators."""

from __future__ import annotations

import codecs
import errno
import io
import ntpath
from collections.abc import Callable, Mapping
from pathlib import Path, PureWindowsPath

import pytest

from books import household
from fupin_audit.cli import streams
from fupin_audit.errors import OutputError
from fupin_audit.followup.sampling.file_names import FileNames
from fupin_audit.workbook.files.discovery import discover
from fupin_audit.workbook.loading import load
from fupin_audit.workbook.recognising.recognition import parse_designation
from fupin_audit.writing import whole_files
from fupin_audit.writing.system_errors import reason
from fupin_audit.writing.whole_files import is_device, refuse_folder, refuse_place, write_file, write_folder

DEVICES = (
    "CON",
    "con",
    "PRN",
    "AUX",
    "NUL",
    "nul.xlsx",
    "NUL.东沟村.xlsx",
    "COM1",
    "com9.csv",
    "LPT¹",
    "lpt0",
    "CONIN$",
    "conout$",
    "con .x",
)
NO_DEVICES = ("CONSOLE", "NULL", "东沟村con", "COM", "COM10", "LPTA", "_con", ".con")


def test_devices_are_known_by_their_names() -> None:
    assert [name for name in DEVICES if not is_device(name)] == []
    assert [name for name in NO_DEVICES if is_device(name)] == []


NAMES = {
    "东沟村": "东沟村",
    "上/湾村": "上_湾村",
    'a<b>c:d"e\\f|g?h*i': "a_b_c_d_e_f_g_h_i",
    "一\n二\t三\x7f": "一_二_三_",
    " 村. . ": "村",
    "...": "_",
    "": "_",
    "CON": "_CON",
    "nul.东沟": "_nul.东沟",
    "Lpt1": "_Lpt1",
    "com¹": "_com¹",
    "村" * 99: "村" * 60,
    "𠮷" * 99: "𠮷" * 45,
    "村" * 59 + ". 东": "村" * 59,
    "a" * 400: "a" * 180,
}


@pytest.mark.parametrize(("place", "name"), NAMES.items(), ids=range(len(NAMES)))
def test_a_place_gives_a_file_a_name_windows_takes(place: str, name: str) -> None:
    given = FileNames().new(place)
    assert given == name
    for ending in (".xlsx", "（打印）.xlsx", "（已标注）.xlsx"):
        file = f"{given}(99){ending}"
        assert not is_reserved(file)
        assert PureWindowsPath(file).name == file
        assert len(file.encode()) <= 255


def is_reserved(file: str) -> bool:
    """Whether Windows takes the name for a device, as Python says from 3.13 on in another place."""
    said: Callable[[str], bool] | None = getattr(ntpath, "isreserved", None)
    return said(file) if said else PureWindowsPath(file).is_reserved()


def test_capitals_tell_no_two_names_apart() -> None:
    names = FileNames()
    assert [names.new(place) for place in ("A村", "a村", "A村(2)")] == ["A村", "a村(2)", "A村(2)(2)"]


UNFIT = {
    "报告:2020.xlsx": "Windows 的名称里不能有“:”",
    "报告?.xlsx": "Windows 的名称里不能有“?”",
    "a|b.html": "Windows 的名称里不能有“|”",
    "<报告>.html": "Windows 的名称里不能有“<”",
    '"报告".html': 'Windows 的名称里不能有“"”',
    "*.xlsx": "Windows 的名称里不能有“*”",
    "报告.": "Windows 的名称不能以点或空格结尾",
    "报告.xlsx ": "Windows 的名称不能以点或空格结尾",
}


@pytest.mark.parametrize(("name", "told"), UNFIT.items())
def test_a_name_windows_does_not_take_is_refused_there(
    name: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_place(tmp_path / name)  # elsewhere it is a name like any other
    monkeypatch.setattr(whole_files, "_WINDOWS", True)
    for refuse in (refuse_place, refuse_folder):
        with pytest.raises(OutputError) as refusal:
            refuse(tmp_path / name)
        assert f"：{told}。请换一个" in str(refusal.value)
    refuse_place(tmp_path / "报告 2020.1.xlsx")


class RaisedThereError(PermissionError):
    """What Python raises there; elsewhere errors have no such number."""

    def __init__(self, number: int, winerror: int) -> None:
        super().__init__(number, "Access is denied")
        self.winerror = winerror


@pytest.mark.parametrize(
    ("number", "winerror", "told"),
    [
        (errno.EACCES, 32, "正被别的程序打开"),
        (errno.EACCES, 33, "正被别的程序打开"),
        (errno.EACCES, 5, "没有权限，或正被别的程序打开"),
        (errno.EACCES, 19, "磁盘是只读的"),
        (errno.ENOENT, 206, "名称或路径太长"),  # more than 260 characters
        (errno.ENOENT, 3, "文件夹不存在"),
        (errno.EINVAL, 123, "名称不合规定"),
        (errno.ENOSPC, 112, "磁盘已满"),
        (errno.EINVAL, 39, "磁盘已满"),
        (errno.EINVAL, None, "名称不合规定"),
    ],
)
def test_why_windows_refuses_is_told_in_chinese(number: int, winerror: int, told: str) -> None:
    assert reason(RaisedThereError(number, winerror)) == told


def test_a_report_open_in_excel_is_told_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise RaisedThereError(errno.EACCES, 32)

    report = tmp_path / "整改台账.xlsx"
    report.write_bytes(b"old")
    monkeypatch.setattr(whole_files, "_HANDLES", tmp_path / "nowhere")
    for name in ("replace", "rename"):
        monkeypatch.setattr(Path, name, locked)
    said = "正被别的程序打开。请换一个文件夹，或关闭正打开它的程序"
    with pytest.raises(OutputError, match=said):
        write_file(report, lambda sink: sink.write(b"new"))
    with pytest.raises(OutputError, match=said):
        write_folder(tmp_path / "抽查", [("甲.txt", lambda sink: sink.write(b"1"))])
    assert report.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["整改台账.xlsx"]


# Screens of another code page.


class Terminal(io.BytesIO):
    def isatty(self) -> bool:
        return True


def shown(text: str, encoding: str) -> str:
    """What a terminal of that encoding shows."""
    screen = Terminal()
    stream, file = streams._steady(io.TextIOWrapper(screen, encoding=encoding), 1)
    print(text, end="", file=stream, flush=True)
    assert file is None
    return screen.getvalue().decode(encoding)


SIGNS = {
    "清河镇.xlsx › 人口": "清河镇.xlsx > 人口",
    "30 m² ↔ −1\xa0": "30 m2 <> -1 ",
    "𠮷野家 😀": "\\U00020bb7野家 \\U0001f600",
    "说“好”——第①条…": "说“好”——第①条…",
    "艾山·买买提": "艾山·买买提",
    "\udcff": "\\udcff",
}


@pytest.mark.parametrize(("text", "seen"), SIGNS.items())
def test_a_screen_of_code_page_936_shows_the_nearest_sign(text: str, seen: str) -> None:
    assert shown(text, "cp936") == seen


@pytest.mark.parametrize("encoding", ["cp936", "gb18030", "cp437", "cp1252", "ascii", "utf-8"])
def test_no_sign_of_any_screen_ends_the_program(encoding: str) -> None:
    every = "".join(map(chr, [*range(32, 0x3000, 7), *range(0x3000, 0x110000, 97)]))
    assert shown(every, encoding)


# Files from Windows.

ROWS = [household("1001"), household("1002", village="西坡村")]
MARKS: Mapping[str, tuple[str, bytes]] = {
    "GBK": ("gbk", b""),
    "GB18030": ("gb18030", b""),
    "UTF-8": ("utf-8", b""),
    "UTF-8 with a mark": ("utf-8", codecs.BOM_UTF8),
    "UTF-16 little": ("utf-16-le", codecs.BOM_UTF16_LE),
    "UTF-16 big": ("utf-16-be", codecs.BOM_UTF16_BE),
    "UTF-16 without a mark": ("utf-16-le", b""),
}


@pytest.mark.parametrize("breaks", ["\r\n", "\n", "\r"], ids=["CRLF", "LF", "CR"])
@pytest.mark.parametrize("separator", [",", "\t"], ids=["comma", "tab"])
@pytest.mark.parametrize("mark", MARKS)
def test_a_text_file_is_read_whatever_wrote_it(
    mark: str, separator: str, breaks: str, tmp_path: Path
) -> None:
    encoding, begins = MARKS[mark]
    lines = [separator.join(ROWS[0]), *(separator.join(row.values()) for row in ROWS)]
    (tmp_path / "户.csv").write_bytes(begins + (breaks.join(lines) + breaks).encode(encoding))
    data = load([tmp_path]).tables["户"].data
    assert data.column("户编号").to_pylist() == ["1001", "1002"]
    assert data.column("村").to_pylist() == ["东沟村", "西坡村"]


def test_addresses_have_the_same_separator_everywhere(tmp_path: Path) -> None:
    (tmp_path / "甲镇" / "东沟村").mkdir(parents=True)
    (tmp_path / "甲镇" / "东沟村" / "户.csv").write_text("户编号\n1\n", encoding="utf-8")
    (name,) = (file.name for file in discover([tmp_path]).files)
    assert name == "甲镇/东沟村/户.csv"
    assert parse_designation(r"户=甲镇\东沟村\户.csv!Sheet1").means(name, "Sheet1")
