"""What `inspect --save` writes: a project file that reads the same sheets so again, without asking.

What was recognised stands as it is; what was not, and what is only near, stands behind a `#`: accepting it is
deleting that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from fupin_audit.results.input_sheet import InputSheet

_HEAD = """\
# 由 fupin-audit inspect --save 写出：每张表是哪本台账、没认出的列最像哪一列。
# 行首有 # 的没有把握，没有生效；是的话删去 #，不是的不用管。下次 check、inspect 自动使用。
"""


def mapping_memory(sheets: Sequence[InputSheet]) -> str:
    """The text of a project file.

    Args:
        sheets: how each sheet was understood.
    """
    parts = [_HEAD, "[sheets]", *_sheets(sheets)]
    for title in dict.fromkeys(sheet.ledgers[0] for sheet in sheets if _near(sheet)):
        parts += ["", f"[columns.{_quoted(title)}]", *_columns(title, sheets)]
    return "\n".join(parts) + "\n"


def _sheets(sheets: Sequence[InputSheet]) -> Iterator[str]:
    for sheet in sheets:
        place = _quoted(sheet.place)
        if sheet.ledgers:
            yield f"{place} = {_ledgers(sheet.ledgers)}"
        elif sheet.likeness:
            yield f"# {place} = {_quoted(sheet.likeness)}"


def _ledgers(titles: Sequence[str]) -> str:
    quoted = [_quoted(title) for title in titles]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"


def _columns(title: str, sheets: Sequence[InputSheet]) -> Iterator[str]:
    """Headers of the ledger's sheets that name no field, with the nearest one, each once."""
    own = (sheet for sheet in sheets if sheet.ledgers[:1] == (title,))
    near = {header: field for sheet in own for header, field in _near(sheet)}
    yield from (f"# {_quoted(header)} = {_quoted(field)}" for header, field in near.items())


def _near(sheet: InputSheet) -> list[tuple[str, str]]:
    return [(each.header, each.nearest) for each in sheet.unrecognised if each.nearest and sheet.ledgers]


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)
