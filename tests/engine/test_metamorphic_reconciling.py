"""Reconciliations: every edit is one finding, what means the same changes nothing, left and right are mirrors."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from books import Row, catalogue, judge_books, only
from county_books import households, rows
from fupin_audit.engine.run import Judgement
from fupin_audit.results.finding import Finding
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.packs.pack import Catalogue

RULE = "CRD-07"
LEFT, RIGHT = "人口", "平台人口"
LEDGERS = ("户", LEFT, RIGHT)
EDITED = ("姓名", "证件号码", "户编号", "性别", "与户主关系", "劳动技能", "务工时间", "享受低保", "特困供养",
          "参加城乡居民医保", "参加城乡居民养老")  # fmt: skip
WIDE = {ord(character): ord(character) + 0xFEE0 for character in "0123456789X"}
Books = Mapping[str, Sequence[Row]]


@cache
def persons() -> Books:
    return rows(households(16), LEDGERS)


def edited(books: Books, times: int) -> tuple[Books, list[tuple[str, str]]]:
    """So many rows of the right ledger with one field changed each; and which."""
    chosen = random.Random(3)
    right = [dict(row) for row in books[RIGHT]]
    where = []
    for row in chosen.sample(right, times):
        field = chosen.choice([name for name in EDITED if row[name]])
        others = sorted({other[field] for other in books[RIGHT]} - {row[field], ""})
        row[field] = chosen.choice(others) if field != "证件号码" else _unused(row[field])
        where.append((row["人编号"], field))
    return {**books, RIGHT: right}, where


def _unused(number: str) -> str:
    """A number nobody has, wrong in its region."""
    return ("8" if number[0] != "8" else "7") + number[1:]


def told(findings: Sequence[Finding]) -> Counter[tuple[str, ...]]:
    """Whom, which field, and what either side says."""
    return Counter(
        (
            finding.person_id,
            finding.message.partition("：")[0],
            *sorted((finding.fields["所见"] or "", finding.fields["所记"] or "")),
        )
        for finding in findings
    )


def test_a_thousand_edits_are_a_thousand_findings(tmp_path: Path) -> None:
    books, where = edited(persons(), 1000)
    found = judge_books(tmp_path, books, [RULE]).findings
    assert Counter((finding.person_id, finding.message.partition("：")[0]) for finding in found) == Counter(
        where
    )


def spaced(rows: list[Row]) -> list[Row]:
    return [{name: f" {text} \u3000" for name, text in row.items()} for row in rows]


def widened(rows: list[Row]) -> list[Row]:
    return [{name: text.translate(WIDE) for name, text in row.items()} for row in rows]


def shuffled(rows: list[Row]) -> list[Row]:
    names = random.Random(1).sample(list(rows[0]), len(rows[0]))
    return [{name: row[name] for name in names} for row in random.Random(2).sample(rows, len(rows))]


@pytest.mark.parametrize("change", [spaced, widened, shuffled])
def test_what_means_the_same_changes_nothing(
    change: Callable[[list[Row]], list[Row]], tmp_path: Path
) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "changed").mkdir()
    books, _ = edited(persons(), 40)
    plain = judge_books(tmp_path / "plain", books, [RULE])
    changed = judge_books(tmp_path / "changed", {**books, RIGHT: change(list(books[RIGHT]))}, [RULE])
    assert fingerprints(changed) == fingerprints(plain)
    assert len(plain.findings) == 40


def fingerprints(judgement: Judgement) -> list[tuple[str, str]]:
    return sorted((finding.fingerprint, finding.message) for finding in judgement.findings)


def turned() -> Catalogue:
    """The catalogue with the two systems of CRD-07 exchanged."""
    declared = next(
        item for item in catalogue().rules[RULE] if isinstance(item, Reconciliation) and item.left == LEFT
    )
    mirrored = declared.model_copy(
        update={"left": RIGHT, "right": (LEFT,), "only_left": True, "only_right": True}
    )
    whole = only([])
    national = next(pack for pack in whole.packs if pack.head.id == "national")
    content = national.content.model_copy(update={"reconciliations": (mirrored,)})
    return replace(whole, packs=(replace(national, content=content),))


def test_left_and_right_are_mirrors(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "back").mkdir()
    books, _ = edited(persons(), 200)
    books = {**books, "户": list(books["户"]), RIGHT: books[RIGHT][1:]}
    there = [f for f in judge_books(tmp_path / "there", books, [RULE]).findings if f.ledger in (LEFT, RIGHT)]
    back = judge_books(tmp_path / "back", books, [RULE], within=turned()).findings
    differing = [[f for f in found if "所见" in f.fields] for found in (there, back)]
    alone = [[f for f in found if "所见" not in f.fields] for found in (there, back)]
    values = [Counter(key[1:] for key in told(found).elements()) for found in differing]
    assert values[0] == values[1]
    assert [len(found) for found in alone] == [1, 1]
    causes = [Counter(f.cause.kind for f in found if f.cause) for found in differing]
    assert causes[0] == causes[1]
