"""Copies of a 整改台账 that several people sent back, put together: what they typed differently is shown, not chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from fupin_audit.errors import InputError, UsageError
from fupin_audit.reports.findings.sheets.findings_sheet import STATE, STATES
from fupin_audit.reports.findings.three_books import BOOKS_TYPED
from fupin_audit.results.carried import Unlike, Written
from fupin_audit.tasks.earlier_ledger import Earlier, read_book, typed
from fupin_audit.workbook.files.discovery import EXTENSIONS, found_at
from fupin_audit.writing.marks import is_own_report

Key = TypeVar("Key")
_Typed = Callable[[Written], Written]


@dataclass(frozen=True)
class SentBack:
    """The copies that came back.

    Attributes:
        copies: what each is called → what it says; only those that are a 整改台账.
        aside: what is not taken over, in Chinese.
    """

    copies: Mapping[str, Earlier]
    aside: tuple[str, ...] = ()


NOTHING_SENT_BACK = SentBack({})


def read_returned(paths: Sequence[Path]) -> SentBack:
    """The copies among these files, and in these folders.

    Raises:
        UsageError: there is none.
    """
    copies: dict[str, Earlier] = {}
    aside: list[str] = []
    for name, path in _named(paths):
        try:
            copy = read_book(path)
        except InputError as error:
            aside.append(f"{name}：读不了，没有带过来（{error}）")
            continue
        if copy.rows or copy.books:
            copies[name] = copy
            aside += [f"{name} › {sheet}：自己加的工作表，没有带过来" for sheet in copy.strange]
        elif not is_own_report(path):  # a notice has nothing to fill in
            aside.append(f"{name}：没有填写整改的表，没有带过来")
    if paths and not copies:
        raise UsageError(f"收回的里面没有填好的整改台账：{'；'.join(aside)}")
    return SentBack(copies, tuple(aside))


def put_together(base: Earlier, returned: SentBack) -> tuple[Earlier, tuple[Unlike, ...]]:
    """What the copies say over what was known, and where they do not agree.

    Args:
        base: the ledger as it stood before, or nothing.
        returned: the copies.
    """
    unlike: list[Unlike] = []
    rows = {name: _own_keys(name, copy) for name, copy in returned.copies.items()}
    books = {name: copy.books for name, copy in returned.copies.items()}
    together = replace(
        base,
        rows=_together(base.rows, rows, typed, unlike),
        books=_together(base.books, books, _typed_beside, unlike),
        headings=dict.fromkeys(
            (*base.headings, *(title for copy in returned.copies.values() for title in copy.headings))
        ),
    )
    return together, tuple(unlike)


def _named(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """The spreadsheets and what each is called: in a folder by its path there, else as it was typed."""
    for root in paths:
        for entry in found_at(root):
            if entry.path == root:
                yield str(root), root
            elif entry.path.suffix.lower() in EXTENSIONS:
                yield entry.path.relative_to(root).as_posix(), entry.path


def _own_keys(name: str, copy: Earlier) -> Mapping[str, Written]:
    """Rows without a fingerprint are known by their place, in their own file."""
    return {(f"{name}:{key}" if ":" in key else key): row for key, row in copy.rows.items()}


def _typed_beside(line: Written) -> Written:
    return {title: line[title] for title in BOOKS_TYPED if title in line}


def _together(
    base: Mapping[Key, Written],
    copies: Mapping[str, Mapping[Key, Written]],
    typed_in: _Typed,
    unlike: list[Unlike],
) -> dict[Key, Written]:
    found = dict(base)
    for key in dict.fromkeys(key for copy in copies.values() for key in copy):
        said = {name: copy[key] for name, copy in copies.items() if key in copy}
        known = base.get(key, {})
        row = {**next(reversed(said.values())), **known}
        columns = dict.fromkeys(title for each in said.values() for title in typed_in(each))
        for title in columns:
            texts = {name: each[title] for name, each in said.items() if _is_news(title, each, known)}
            row[title] = _taken(title, known.get(title, STATES[0] if title == STATE else ""), texts)
            if len(set(texts.values())) > 1:
                unlike.append(Unlike(row, title, texts, row[title]))
        found[key] = row
    return found


def _is_news(title: str, row: Written, known: Written) -> bool:
    """Whether somebody typed it since: a state nobody has touched is no statement."""
    return row.get(title, "") not in {"", known.get(title, ""), STATES[0] if title == STATE else ""}


def _taken(title: str, known: str, texts: Mapping[str, str]) -> str:
    """What stands in the cell: a state people do not agree on stays as it was, so that nothing is closed too early."""
    said = list(dict.fromkeys(texts.values()))
    if title == STATE and len(said) != 1:
        return known
    return "；".join(said) or known
