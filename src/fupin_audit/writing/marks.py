"""How a report is known to be one of ours, which may be written again: by its first names, its last line, its title."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

Mark = re.Pattern[str]
_ZIP = b"PK"
_WORKBOOK_PARTS = ("docProps/core.xml", "xl/workbook.xml")
_MOST_BYTES = 1 << 16  # looked at, at either end
_MOST_FIRST = 400  # bytes a first line is known by

# The workbooks that are written for people to read: their titles, and sheets by which they are known without.
LEDGER_BOOK = ("脱贫攻坚数据审计整改台账", "汇总", "全部发现")
COMPARISON_BOOK = ("两表比较", "汇总", "不同之处")
SCORE_BOOK = ("脱贫攻坚指标评分表", "县", "口径")
SCREEN_BOOK = ("脱贫攻坚台账统计筛查表", "不寻常的地方", "全部检验")
TRACK_BOOK = ("脱贫攻坚数据审计整改进展", "汇总", "仍存在")
SAMPLE_BOOK = ("入户核查抽样总表", "抽样说明", "抽中名单")
LISTS_TITLE = "脱贫攻坚数据审计三张清单"  # begins the titles of three workbooks
NOTICE_TITLE = "脱贫攻坚数据审计整改通知"  # of a workbook whose one sheet anybody may have

# A table of findings: what its first line begins with.
FINDINGS_TABLE: Mark = re.compile(
    r"\A\ufeff?级别,规则,规则名称,县,乡镇,村,户编号,户主,姓名,问题,文件,工作表,单元格,"
)

# The log of corrections: the first of its columns.
CORRECTION_LOG = ("结果", "原因", "改了哪里", "更正表第几行")
_LOG: Mark = re.compile(r"\A\ufeff?" + ",".join(CORRECTION_LOG) + ",")
# The sheet in which corrections are written down.
CORRECTION_BOOK = ("更正表", "更正", "填写说明")


def json_mark(*names: str) -> Mark:
    """A JSON object that begins with these names, each value on one line."""
    return re.compile(r"\A\s*\{\s*" + r"[^\n]*,\s*".join(f'"{name}":' for name in names))


def text_mark(line: str) -> Mark:
    """A text that ends with this line."""
    return re.compile(rf"{re.escape(line)}\s*\Z")


def workbook_mark(title: str, *sheets: str) -> Mark:
    """A workbook of this title, or with these sheets, if any are its own: not every program keeps the title."""
    named = ".*".join(f'name="{sheet}"' for sheet in sheets)
    return re.compile(rf">{re.escape(title)}</" + (f"|{named}" if named else ""), re.DOTALL)


def is_own_report(path: Path) -> bool:
    """Whether a workbook or a table of texts is one that was written for people to read, and so no ledger.

    Raises:
        OSError: it can't be read.
    """
    read = (LEDGER_BOOK, COMPARISON_BOOK, SCORE_BOOK, SCREEN_BOOK, TRACK_BOOK, SAMPLE_BOOK, CORRECTION_BOOK)
    books = (*read, (NOTICE_TITLE,))
    with path.open("rb") as file:
        head = file.read(_MOST_FIRST)
    if not head.startswith(_ZIP):
        text = head.decode("utf-8", errors="ignore")
        return bool(FINDINGS_TABLE.match(text) or _LOG.match(text))
    about = _about_workbook(path)
    return f">{LISTS_TITLE}" in about or any(workbook_mark(*book).search(about) for book in books)


def bears(path: Path, mark: Mark) -> bool:
    """Whether a file bears the mark.

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        head = file.read(_MOST_BYTES)
        file.seek(max(path.stat().st_size - _MOST_BYTES, len(head)))
        tail = file.read(_MOST_BYTES)
    text = _about_workbook(path) if head.startswith(_ZIP) else (head + tail).decode("utf-8", errors="ignore")
    return mark.search(text) is not None


def _about_workbook(path: Path) -> str:
    """What a workbook says of itself: its title, the names of its sheets."""
    try:
        with ZipFile(path) as parts:
            named = set(parts.namelist())
            texts = [parts.open(name).read(_MOST_BYTES) for name in _WORKBOOK_PARTS if name in named]
    except (BadZipFile, NotImplementedError, RuntimeError):  # damaged, packed in an unknown way, encrypted
        return ""
    return b"".join(texts).decode("utf-8", errors="ignore")
