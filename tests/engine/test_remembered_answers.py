"""A query of the same text on the same rows is answered from what was kept; nothing that is said changes by it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import sqlglot

from books import AS_OF, Row, write_books
from county_books import households, rows
from effort import is_night, some_by_day
from fupin_audit import Options, audit
from fupin_audit.engine.database.duckdb import Database, open_database
from fupin_audit.engine.database.query_memory import Memory
from fupin_audit.engine.database.remembered_answers import (
    ARRAYS,
    COLUMNS,
    ROWS,
    TABLE,
    Answers,
    Coding,
    content_digest,
)
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.options import Working
from fupin_audit.reports.registry import REPORTS, write_report

Books = dict[str, list[Row]]
# By day some ledgers that many rules compare, of which 人口 changes; by night all there are, and each of them does.
SOME = ("户", "人口", "户年度", "低保", "学籍", "残疾人", "医保参保", "危房改造", "监测对象")
BOOKS: Books = rows(households(1), [ledger.title for ledger in LEDGERS] if is_night() else SOME)
CHANGED = sorted(BOOKS) if is_night() else ("人口",)
PEOPLE = pa.table({"_row": pa.array([0, 1, 2]), "姓名": ["甲", "乙", "丙"], "年龄": [7, 70, None]})


def report(folder: Path, cache: Path | None) -> bytes:
    path = folder.parent / "报告.json"
    write_report(
        audit(folder, as_of=AS_OF, options=Options(working=Working(cache=cache))), REPORTS["json"], path
    )
    return path.read_bytes()


def written(folder: Path, books: Books) -> Path:
    folder.mkdir()
    write_books(folder, books)
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is kept of the county."""
    root = tmp_path_factory.mktemp("缓存")
    report(written(root / "县", BOOKS), root / "记")
    return root / "记"


@pytest.mark.parametrize("ledger", some_by_day(CHANGED))
def test_the_report_is_the_same_whichever_ledger_has_changed(
    ledger: str, cache: Path, tmp_path: Path
) -> None:
    first, *others = BOOKS[ledger][:-1] or BOOKS[ledger]
    blanked = {name: "" if at % 3 == 2 else text for at, (name, text) in enumerate(first.items())}
    folder = written(tmp_path / "县", {**BOOKS, ledger: [blanked, *others]})
    known = shutil.copytree(cache, tmp_path / "记")
    known.chmod(0o700)
    assert report(folder, known) == report(folder, None)


@pytest.mark.slow
def test_where_nothing_has_changed_nothing_is_asked(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*told: object) -> None:
        raise AssertionError(told)

    folder = written(tmp_path / "县", BOOKS)
    direct = report(folder, None)
    monkeypatch.setattr(Memory, "_make_what_it_names", refuse)
    assert report(folder, cache) == direct


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """The statements a database is asked that remembers what the last one was."""

    def run(people: pa.Table, use: Callable[[Database], object]) -> list[str]:
        answers, statements = Answers(tmp_path / "答", "一版"), list[str]()
        execute = Database._execute

        def noted(self: Database, text: str, fetch: Any) -> Any:
            statements.append(text)
            return execute(self, text, fetch)

        with monkeypatch.context() as watched:
            watched.setattr(Database, "_execute", noted)
            with open_database(threads=1, answers=answers) as database:
                database.load("人口", people)
                use(database)
        answers.save()
        return statements

    return run


def select(text: str) -> Any:
    return sqlglot.parse_one(text, dialect="duckdb")


def old(database: Database) -> object:
    return database.run(select('SELECT "_row" FROM "人口" WHERE "年龄" > 60'))


def with_column(name: str, values: list[Any]) -> pa.Table:
    at = PEOPLE.schema.get_field_index(name)
    return PEOPLE.set_column(at, name, pa.array(values, PEOPLE.schema.field(name).type))


def test_it_is_asked_again_where_a_column_it_names_has_changed(asked: Callable[..., list[str]]) -> None:
    assert len(asked(PEOPLE, old)) == 1
    assert asked(PEOPLE, old) == []
    assert asked(with_column("姓名", ["丁", "乙", "丙"]), old) == []
    assert len(asked(with_column("年龄", [7, 59, None]), old)) == 1
    assert len(asked(PEOPLE.slice(1), old)) == 1


def test_it_is_asked_again_where_it_takes_every_column(asked: Callable[..., list[str]]) -> None:
    def every(database: Database) -> object:
        return database.run(select('SELECT * FROM "人口" WHERE "年龄" > 60'))

    assert len(asked(PEOPLE, every)) == 1
    assert len(asked(with_column("姓名", ["丁", "乙", "丙"]), every)) == 1


def test_a_table_is_made_where_a_query_needs_it(asked: Callable[..., list[str]]) -> None:
    def through(level: int) -> Callable[[Database], object]:
        def use(database: Database) -> object:
            database.create("老人", select('SELECT "_row", "年龄" FROM "人口" WHERE "年龄" > 60'))
            database.create("高龄", select('SELECT "_row" FROM "老人" WHERE "年龄" > 65'))
            return database.run(select(f'SELECT "_row" + {level} FROM "高龄"'))

        return use

    assert len(asked(PEOPLE, through(1))) == 3
    assert asked(PEOPLE, through(1)) == []
    assert len(asked(PEOPLE, through(2))) == 3
    assert len(asked(with_column("年龄", [7, 80, None]), through(1))) == 3


def test_a_table_that_is_made_again_in_other_words_is_the_same(asked: Callable[..., list[str]]) -> None:
    def use(*, let_go: bool) -> Callable[[Database], object]:
        def twice(database: Database) -> object:
            database.create("老人", select('SELECT "_row" FROM "人口" WHERE "年龄" > 60'))
            counted = database.run(select('SELECT COUNT(*) FROM "老人"'))
            if let_go:
                database.drop("老人")
                database.create("老人", select('SELECT "_row" FROM "人口" WHERE 60 < "年龄"'))
            return counted, database.run(select('SELECT MAX("_row") FROM "老人"'))

        return twice

    asked(PEOPLE, use(let_go=False))
    assert asked(PEOPLE, use(let_go=True)) == []
    assert len(asked(with_column("年龄", [7, 80, None]), use(let_go=True))) == 5


def test_quotes_in_texts_hide_no_table(asked: Callable[..., list[str]]) -> None:
    def use(database: Database) -> object:
        database.create('老"人', select('SELECT "_row" FROM "人口"'))
        return database.run(select("""SELECT '' || '"' || 'x''y' || "_row" FROM "老""人" """))

    assert len(asked(PEOPLE, use)) == 2
    assert asked(PEOPLE, use) == []
    assert len(asked(PEOPLE.slice(1), use)) == 2


def test_rows_that_are_lent_are_known_by_what_they_hold(asked: Callable[..., list[str]]) -> None:
    def lent(*numbers: int) -> Callable[[Database], object]:
        def use(database: Database) -> object:
            with database.lent(pa.table({"_row": numbers})) as name:
                return database.run(select(f'SELECT "_row" FROM "{name}"'))

        return use

    assert len(asked(PEOPLE, lent(1, 2))) == 1
    assert asked(PEOPLE, lent(1, 2)) == []
    assert len(asked(PEOPLE, lent(1, 3))) == 1


def held(kind: pa.DataType, bits: int, null: int) -> pa.Array:
    """One, nothing and three, in memory that holds this where nothing is, and these bits past the last of its mask."""
    numbers = np.array([1, null, 3], dtype=np.int32)
    return pa.Array.from_buffers(
        kind, 3, [pa.py_buffer(bytes([0b101 | bits << 3])), pa.py_buffer(numbers.tobytes())]
    )


@pytest.mark.parametrize(
    "made",
    [
        lambda bits, null: held(pa.int32(), bits, null),
        lambda bits, null: held(pa.date32(), bits, null),
        lambda bits, null: pa.DictionaryArray.from_arrays(held(pa.int32(), bits, null), list("甲乙丙丁")),
        lambda bits, _: pa.Array.from_buffers(
            pa.bool_(), 3, [None, pa.py_buffer(bytes([0b101 | bits << 3]))]
        ),
    ],
    ids=["numbers", "days", "codes", "truth values"],
)
def test_what_memory_holds_in_the_place_of_nothing_is_no_change(made: Callable[[int, int], pa.Array]) -> None:
    one, other = (pa.table({"值": made(bits, null)}) for bits, null in ((0, 0), (0b10110, 2)))
    assert one.equals(other)
    assert content_digest(one) == content_digest(other)
    assert content_digest(one) != content_digest(one.slice(1))


def test_a_null_is_something_else_than_any_value() -> None:
    told = [[1, None, 3], [1, 0, 3], [None, 1, 3], [1, 3]]
    assert len({content_digest(pa.table({"值": pa.array(values)})) for values in told}) == len(told)


def test_what_can_not_be_kept_is_asked_again(asked: Callable[..., list[str]]) -> None:
    def length(database: Database) -> object:
        return database.run(select("SELECT INTERVAL 1 DAY"))

    assert len(asked(PEOPLE, length)) == len(asked(PEOPLE, length)) == 1


@pytest.mark.parametrize("damaged", [b"", b"\0" * 50, b"{}"])
def test_a_damaged_file_and_one_of_other_code_are_none(damaged: bytes, tmp_path: Path) -> None:
    path = tmp_path / "答"
    path.write_bytes(damaged)
    answers = Answers(path, "一版")
    assert answers.recalled("问") is None
    answers.keep("问", b"1")
    answers.save()
    assert path.stat().st_mode & 0o077 == 0
    assert Answers(path, "一版").recalled("问") == b"1"
    assert Answers(path, "二版").recalled("问") is None


def test_what_is_not_asked_for_any_more_goes(tmp_path: Path) -> None:
    path = tmp_path / "答"
    for key in ("一", "二"):
        answers = Answers(path, "")
        answers.keep(key, b"1")
        answers.save()
    assert [Answers(path, "").recalled(key) for key in ("一", "二")] == [None, b"1"]


VALUES = [
    None,
    True,
    7,
    1.5,
    "甲",
    date(2020, 2, 29),
    Decimal("1.10"),
    [1, [date(2020, 1, 1)]],
    {"名": None, "数": Decimal(2)},
]


@pytest.mark.parametrize(
    ("coding", "answer"), [(ROWS, []), (ROWS, [tuple(VALUES)]), (COLUMNS, {"列": VALUES, "空": []})]
)
def test_an_answer_is_read_as_it_was_written(coding: Coding[Any], answer: Any) -> None:
    again = coding.read(coding.written(answer))
    assert again == answer
    assert repr(again) == repr(answer)


def test_numbers_come_back_in_the_order_of_the_first_column() -> None:
    arrays: dict[str, np.ndarray] = {
        "row": np.array([5, 0, 3], dtype=np.int32),
        "holds": np.array([-1, 1, 0], dtype=np.int8),
        "share": np.array([0.1, 0.2, 0.3]),
    }
    again = ARRAYS.read(ARRAYS.written(arrays))
    assert {name: column.tolist() for name, column in again.items()} == {
        "row": [0, 3, 5],
        "holds": [1, 0, -1],
        "share": [0.2, 0.3, 0.1],
    }
    assert [column.dtype for column in again.values()] == [column.dtype for column in arrays.values()]


def test_a_table_comes_back_as_it_was() -> None:
    table = pa.table(
        {"名": pa.array(["甲", None]).dictionary_encode(), "日": pa.array([date(2020, 1, 1), None])}
    )
    assert TABLE.read(TABLE.written(table)).equals(table)
