"""Tables made for rules: once, kept as long as a rule needs them, dropped when the last rules did without."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from fupin_audit.engine.database import table_cache
from fupin_audit.engine.database.table_cache import MadeTables

KEPT = 2


class Shelf:
    """Counts what is made, remembers what is there."""

    def __init__(self) -> None:
        self.there: set[str] = set()
        self.times = 0
        self.tables = MadeTables(self.there.remove)

    def need(self, name: str, *parts: str) -> None:
        def make() -> None:
            self.times += 1
            self.there.update((name, *parts))

        self.tables.need(name, make, parts=parts)

    def rules(self, number: int) -> None:
        for _ in range(number):
            with self.tables.one_rule():
                pass


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(table_cache, "_KEPT", KEPT)
    return Shelf()


def test_made_once(shelf: Shelf) -> None:
    shelf.need("户→人口")
    shelf.need("户→人口")
    assert shelf.times == 1


def test_goes_with_its_parts_when_the_last_rules_did_without_and_comes_back(shelf: Shelf) -> None:
    shelf.need("户↔明白卡", "户↔明白卡·户", "户↔明白卡·明白卡")
    shelf.rules(KEPT)
    assert shelf.there == {"户↔明白卡", "户↔明白卡·户", "户↔明白卡·明白卡"}
    shelf.rules(1)
    assert shelf.there == set()
    shelf.need("户↔明白卡")
    assert shelf.there == {"户↔明白卡"}
    assert shelf.times == 2


def test_asking_keeps(shelf: Shelf) -> None:
    for _ in range(KEPT + 3):
        with shelf.tables.one_rule():
            shelf.need("户→人口")
    assert shelf.times == 1


def test_stays_while_another_thread_judges_with_it(shelf: Shelf) -> None:
    asked, finish = Event(), Event()

    def slow_rule() -> None:
        with shelf.tables.one_rule():
            shelf.need("户→人口")
            asked.set()
            finish.wait(timeout=60)

    slow = Thread(target=slow_rule)
    slow.start()
    assert asked.wait(timeout=60)
    shelf.rules(KEPT + 3)
    assert shelf.there == {"户→人口"}
    finish.set()
    slow.join(timeout=60)
    shelf.rules(1)
    assert shelf.there == set()
