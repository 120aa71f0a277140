"""The page of the code lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.types.codes import CodeList
from fupin_audit.pages import markdown as md
from fupin_audit.pages import page_links


def code_page(ledgers: Iterable[type[Ledger]], mark: str) -> str:
    """Every code list some ledger uses: its labels, how else they are written, who uses it."""
    lists: dict[str, CodeList] = {}
    users: dict[str, dict[str, None]] = {}
    for model in ledgers:
        for codes in (column.type.codes for column in model.columns().values()):
            if codes:
                lists[codes.name] = codes
                users.setdefault(codes.name, {})[model.title] = None
    return md.page(_parts(lists, users, mark))


def _parts(lists: dict[str, CodeList], users: dict[str, dict[str, None]], mark: str) -> Iterator[str]:
    yield mark
    yield md.heading("码表")
    yield "代码是 2017、2018 年全国系统的编号，各地各年不同，填名称才算数。“也认的写法”读入时换成名称。"
    for name, titles in sorted(users.items()):
        yield md.heading(name, 2)
        yield f"用在{'、'.join(map(page_links.ledger, titles))}。" + _remarks(lists[name])
        yield md.table(("名称", "代码", "也认的写法"), _rows(lists[name]))


def _remarks(codes: CodeList) -> str:
    remarks = ["可以有表外的新名称。" if codes.open else ""]
    if codes.suffix:
        remarks.append(f"末尾的“{codes.suffix}”可以不写。")
    if codes.alone:
        remarks.append(f"{'、'.join(codes.alone)}不与别的同填。")
    if codes.blank_since_2021:
        remarks.append(f"2021 年以后的导出里空白表示“{codes.blank_since_2021}”。")
    return md.text("".join(remarks))


def _rows(codes: CodeList) -> Iterator[tuple[str, ...]]:
    numbers = {label: str(number) for number, label in codes.numbers.items()}
    for label in codes.labels:
        synonyms = "、".join(codes.synonyms.get(label, ()))
        yield md.text(label), numbers.get(label, ""), md.text(synonyms)
