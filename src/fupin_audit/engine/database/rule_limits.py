"""How long one rule may keep the database busy and how much it may take, and what stops it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import inf
from threading import Condition, Thread
from time import monotonic

_AGAIN = 0.05  # seconds; what is asked to stop between two statements is asked again


@dataclass(frozen=True, slots=True)
class Limits:
    """What one rule may take.

    Attributes:
        seconds: of a rule, the making of the tables it needs included.
        memory: of all that runs at a time, as DuckDB writes it.
        disk: likewise, for what does not fit into memory.
        held: what is free and may be held for what comes next.
    """

    seconds: float
    memory: str
    disk: str
    held: str = "16MB"


# A rule on a large county is done in seconds; one that takes minutes will not be done in hours.
JUDGING = Limits(600, "60%", "50GB")
# Where counties are judged one by one as memory is short.
SPARING = replace(JUDGING, held="1MB")
# What is asked of all counties at once, however many there are.
PLACING = replace(SPARING, seconds=7200, memory="512MB")
# An example is a handful of rows.
PROVING = Limits(4, "1GB", "1GB")


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a rule's time is over, on the clock that only goes forward."""

    seconds: float
    ends: float

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return monotonic() >= self.ends


class Watch:
    """One thread that interrupts whatever is not done in time, again and again until that is left.

    It starts with the first that is watched, and sleeps until the first could be late.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._watched: dict[object, tuple[float, Callable[[], None]]] = {}  # when it is late, what stops it
        self._thread: Thread | None = None
        self._looks = inf  # when the thread looks next, on the clock that only goes forward

    @contextmanager
    def deadline(self, seconds: float, interrupt: Callable[[], None]) -> Iterator[Deadline]:
        """Interrupt what still runs after so many seconds."""
        own, allowed = object(), Deadline(seconds, monotonic() + seconds)
        with self._changed:
            self._watched[own] = allowed.ends, interrupt
            self._look_by(allowed.ends)
        try:
            yield allowed
        finally:
            with self._changed:
                del self._watched[own]

    def close(self) -> None:
        """Watch nothing any more."""
        with self._changed:
            thread, self._thread = self._thread, None
            self._changed.notify()
        if thread:
            thread.join()

    def _look_by(self, moment: float) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._look, daemon=True)
            self._thread.start()
        elif moment < self._looks:
            self._changed.notify()

    def _look(self) -> None:
        with self._changed:
            while self._thread:
                now = monotonic()
                for late, interrupt in self._watched.values():
                    if late <= now:
                        interrupt()
                self._looks = min(
                    (max(late, now + _AGAIN) for late, _ in self._watched.values()), default=inf
                )
                self._changed.wait(None if self._looks == inf else self._looks - now)
