"""A small county as a drop of one month, as typed rows; and what tests do with two such drops."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from books import AS_OF, Row, household, only, person, write_books
from fupin_audit.audit import judge, prepare
from fupin_audit.options import Options, Working
from fupin_audit.results.audit_result import AuditResult

CHANGES = tuple(f"CHG-{number:02}" for number in range(1, 7))
Books = dict[str, list[Row]]
AT_ONCE = Working()

# Check digits are right; of region 990101 as in `books`.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number_of(day: str, order: int) -> str:
    """The ID number of the so-many-th person born on a day (`19700305`)."""
    digits = f"990101{day}{order:03}"
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11]


def home(number: int, village: str) -> tuple[Row, list[Row], list[Row]]:
    """A household of three, its people and its accounts of two years."""
    code = f"9901010000{number:02}"
    ids = [number_of(f"19{60 + order * 10}0{order + 1}15", number * 10 + order) for order in range(3)]
    head = household(
        code, village=village, 户主姓名=f"张{number}安", 户主证件号码=ids[0], 家庭人口="3",
        识别年月="2014-03", 脱贫年度="2018", 返贫年度="", 识别标准="国家标准",
    )  # fmt: skip
    people = [
        person(
            code,
            order,
            姓名=f"{'张李王'[order]}{number}安",
            证件号码=ids[order],
            成员状态="正常",
            增减原因="",
        )
        for order in range(3)
    ]
    accounts: list[Row] = [
        {
            "户编号": code, "年度": year, "家庭人口": "3", "工资性收入": "12000", "生产经营性收入": "6000",
            "财产性收入": "300", "转移性收入": "1200", "生产经营性支出": "1500", "纯收入": "18000", "人均纯收入": "6000",
        }
        for year in ("2019", "2020")
    ]  # fmt: skip
    return head, people, accounts


def county() -> Books:
    """Two villages of twelve households."""
    homes = [home(number, "东沟村" if number <= 12 else "西坡村") for number in range(1, 25)]
    return {
        "户": [head for head, _, _ in homes],
        "人口": [one for _, people, _ in homes for one in people],
        "户年度": [account for _, _, accounts in homes for account in accounts],
    }


def changed(books: Books, ledger: str, which: Mapping[str, str], **fields: str) -> None:
    """Give the rows of a ledger that have these values other ones."""
    rows = books[ledger]
    found = [at for at, row in enumerate(rows) if all(row[name] == text for name, text in which.items())]
    assert found, (ledger, which)
    for at in found:
        rows[at] = {**rows[at], **fields}


def without(books: Books, ledger: str, **which: str) -> None:
    """Leave the rows out that have these values."""
    kept = [row for row in books[ledger] if any(row[name] != text for name, text in which.items())]
    assert len(kept) < len(books[ledger]), (ledger, which)
    books[ledger] = kept


def written(folder: Path, books: Mapping[str, Iterable[Row]]) -> Path:
    """A drop as one CSV file a ledger."""
    folder.mkdir()
    write_books(folder, {title: list(rows) for title, rows in books.items()})
    return folder


def compared(now: Path, last: Path | None, *, as_of: date = AS_OF, working: Working = AT_ONCE) -> AuditResult:
    """What the comparison of two drops tells; of one, why nothing is compared."""
    options = Options(against=[last] if last else [], working=working)
    prepared = prepare(now, as_of=as_of, options=options)
    return judge(replace(prepared, catalogue=only(CHANGES, prepared.catalogue))).result


def told(result: AuditResult) -> list[tuple[str, ...]]:
    """Rule, household, person, first cell's field and file of every finding."""
    return [
        (item.rule, item.household, item.person, item.locations[0].field, item.locations[0].file)
        for item in result.records
    ]


Change = Callable[[Books], None]
