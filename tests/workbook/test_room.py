"""Room that several threads share."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaitingError

import pytest

from fupin_audit.workbook.files.memory_room import Room

MOMENT = 0.05


def still_waits(taking: Future[None]) -> bool:
    try:
        taking.result(MOMENT)
    except StillWaitingError:
        return True
    return False


def test_what_does_not_fit_waits_and_what_fits_passes_it_by() -> None:
    room = Room(10)
    first, large, small = (room.ask(size) for size in (6, 8, 4))
    with ThreadPoolExecutor() as others:
        with first:
            first.take()
            waiting = others.submit(large.take)
            assert still_waits(waiting)
            with small:
                small.take()
        waiting.result(timeout=10)


def test_room_is_kept_for_those_who_asked_before() -> None:
    room = Room(10)
    first, second = room.ask(8), room.ask(4)
    with ThreadPoolExecutor() as others, second:
        waiting = others.submit(second.take)
        assert still_waits(waiting)
        with first:
            first.take()
        waiting.result(timeout=10)


def test_who_leaves_without_entering_holds_nobody_up() -> None:
    room = Room(10)
    broken, next_one = room.ask(8), room.ask(9)
    with pytest.raises(OSError, match="damaged"), broken:
        raise OSError("damaged")
    with next_one:
        next_one.take()
    with room.ask(10) as whole:
        whole.take()
