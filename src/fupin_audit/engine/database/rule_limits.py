"""How long one rule may keep the database busy and how much it may take, and what stops it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic

_AGAIN = 0.05  # seconds; what is asked to stop between two statements is asked again


@dataclass(frozen=True, slots=True)
class Limits:
    """What one rule may take.

    Attributes:
        seconds: of a rule, the making of the tables it needs included.
        memory: of all that runs at a time, as DuckDB writes it.
        disk: likewise, for what does not fit into memory.
    """

    seconds: float
    memory: str
    disk: str


# A rule on a large county is done in seconds; one that takes minutes will not be done in hours.
JUDGING = Limits(600, "60%", "50GB")
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


@contextmanager
def deadline(seconds: float, interrupt: Callable[[], None]) -> Iterator[Deadline]:
    """Interrupt what still runs after so many seconds, again and again until this is left."""
    done = Event()

    def watch() -> None:
        late = not done.wait(seconds)
        while late and not done.wait(_AGAIN):
            interrupt()

    watching = Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield Deadline(seconds, monotonic() + seconds)
    finally:
        done.set()
        watching.join()
