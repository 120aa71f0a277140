"""Room in memory that several threads share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Condition

_PLAIN = frozenset({".csv", ".tsv", ".xls"})
_PACKED = 4  # bytes that a byte of any other file comes to: it is compressed


def unpacked(path: Path) -> int:
    """About how many bytes are in a file; 0 where that can't be told, as its reading will say."""
    try:
        return path.stat().st_size * (1 if path.suffix.lower() in _PLAIN else _PACKED)
    except OSError:
        return 0


class Room:
    """So much may be held at a time: who asks first enters first, but those who would have to wait are passed by."""

    def __init__(self, size: int) -> None:
        self._free = size
        self._asked: list[Share] = []
        self._changed = Condition()

    def ask(self, size: int) -> Share:
        """Get in line for a share of this size."""
        share = Share(self, size)
        with self._changed:
            self._asked.append(share)
        return share

    def take(self, share: Share) -> None:
        """Wait until there is room for the share."""
        with self._changed:
            self._changed.wait_for(lambda: self._fits(share))
            self._asked.remove(share)
            self._free -= share.size
            self._changed.notify_all()

    def leave(self, share: Share) -> None:
        """Make room again, or get out of the line."""
        with self._changed:
            if share in self._asked:
                self._asked.remove(share)
            else:
                self._free += share.size
            self._changed.notify_all()

    def _fits(self, share: Share) -> bool:
        """Whether there is room for it beside those who asked before and could enter as well."""
        free = self._free
        for other in self._asked:
            if other is share:
                break
            if other.size <= free:
                free -= other.size
        return share.size <= free


@dataclass(frozen=True, eq=False)
class Share:
    """A part of a room, given back at the end of `with`."""

    room: Room
    size: int

    def take(self) -> None:
        """Wait until there is room for it."""
        self.room.take(self)

    def __enter__(self) -> Share:
        return self

    def __exit__(self, *_: object) -> None:
        self.room.leave(self)
