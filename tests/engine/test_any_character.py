"""Whatever characters stand in a number: it is told on its cell, the rest is judged, and characters are counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from books import IDS, Book, found, household, judge_books, person
from effort import examples
from fupin_audit.engine.database import id_facts
from fupin_audit.engine.database.duckdb import Database, open_database
from fupin_audit.engine.database.id_facts import FACTS, fact_column, facts

HEAD = IDS[0]  # 990101197003050015
RULES = ("ID-01", "ID-02", "KEY-04", "MED-02", "DEP-01", "DEP-02")
STRANGE = "Х×〇零叉。Ⅹ٣²x\u0301é\U0001f468"  # of one, two, three and four bytes
MANY = 940_000  # of 18 characters: more than 16 MiB


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with open_database(threads=1) as opened:
        yield opened


@pytest.mark.parametrize("sign", [*"Х×〇零叉。٣é\U0001f468"], ids=lambda sign: f"U{ord(sign):04X}")
@pytest.mark.parametrize("at", [2, 17])
def test_a_character_no_number_has_is_told_on_its_cell(sign: str, at: int, tmp_path: Path) -> None:
    wrong = HEAD[:at] + sign + HEAD[at + 1 :]
    insured = [{"姓名": "张安", "证件号码": HEAD, "年度": "2020", "参保状态": "已参保"}]
    books: Mapping[str, Book] = {
        "户": [household("1", head=1)],
        "人口": [person("1", 0, 证件号码=wrong), person("1", 1)],
        "医保参保": insured,
    }
    judgement = judge_books(tmp_path, books, RULES)
    (told,) = found(judgement, "ID-01")
    assert str(told.locations[0]) == "人口.csv › D2"
    assert "含有号码里不会有的字符" in told.message
    (near,) = found(judgement, "DEP-02")
    assert str(near.cause).startswith("可能是一位不同")


NUMBERS = st.text(alphabet=f"0123456789X{STRANGE}", min_size=0, max_size=22)


@examples(60)
@given(one=NUMBERS, other=NUMBERS)
def test_distances_count_characters(one: str, other: str, database: Database) -> None:
    asked = exp.Anonymous(this="characters_apart", expressions=[*map(exp.Literal.string, (one, other))])
    longer = max(len(one), len(other))
    apart = sum(a != b for a, b in zip(one.ljust(longer, "\0"), other.ljust(longer, "\0"), strict=True))
    assert database.run(exp.select(asked)) == [(apart,)]


@examples(60)
@given(
    texts=st.lists(NUMBERS | st.sampled_from([*IDS, "990101700305001", f"{HEAD}11"]), min_size=1, max_size=9)
)
def test_what_a_column_of_numbers_says_is_what_the_functions_say(
    texts: list[str], database: Database
) -> None:
    stored = dict(facts("号", pa.chunked_array([pa.array(texts, pa.string())])))
    for function in FACTS:
        asked = [exp.Anonymous(this=function, expressions=[exp.Literal.string(text)]) for text in texts]
        assert stored[fact_column("号", function)].to_pylist() == list(database.run(exp.select(*asked))[0])


def test_a_column_of_over_16_mib_of_numbers() -> None:
    days = [f"{date(1930, 1, 1) + timedelta(days=number):%y%m%d}" for number in range(20_000)]
    numbers = [f"990101{days[number % 20_000]}{number // 20_000:03}" for number in range(MANY)]
    said = dict(facts("号", pa.chunked_array([pa.array(numbers, pa.string())])))
    keys = said["号·键"]
    assert (keys.null_count, len(keys.unique())) == (0, MANY)
    assert [keys[at].as_py()[:17] for at in (0, MANY - 1)] == [
        f"{number[:6]}19{number[6:]}" for number in (numbers[0], numbers[-1])
    ]


@pytest.mark.parametrize("coded", [False, True])
def test_a_piece_of_a_column_at_a_time_says_the_same(coded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = pa.array([*IDS, None, "", f"{HEAD}11", IDS[0], "990101700305001", f"{HEAD[:17]}X"])
    column = pa.chunked_array([numbers.dictionary_encode() if coded else numbers])
    whole = {name: values.to_pylist() for name, values in facts("号", column)}
    monkeypatch.setattr(id_facts, "_PIECE", 2)
    assert {name: values.to_pylist() for name, values in facts("号", column)} == whole
    assert len(whole["号·有效"]) == len(numbers)
