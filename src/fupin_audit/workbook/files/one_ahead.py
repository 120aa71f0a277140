"""Work one step ahead in another thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def one_ahead(items: Iterable[T]) -> Iterator[Iterator[T]]:
    """The items, the next one being worked out in another thread while the caller is busy with this one.

    An item is let go before the next is waited for: the large ones are never held two at a time for nothing. The
    thread has ended when the caller is done with them, however that comes about: a generator that waited for its
    thread might be cleared away as garbage by whichever thread looks for some, which may be that very one.
    """
    with ThreadPoolExecutor(max_workers=1) as worker:
        yield _in_turn(iter(items), worker)


def _in_turn(source: Iterator[T], worker: ThreadPoolExecutor) -> Iterator[T]:
    coming = worker.submit(lambda: list(islice(source, 1)))
    while piece := coming.result():
        coming = worker.submit(lambda: list(islice(source, 1)))
        yield piece.pop()
