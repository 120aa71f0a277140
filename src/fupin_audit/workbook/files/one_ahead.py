"""Work one step ahead in another thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def one_ahead(items: Iterable[T]) -> Iterator[T]:
    """The items, the next one being worked out in another thread while the caller is busy with this one.

    An item is let go before the next is waited for: the large ones are never held two at a time for nothing.
    """
    source = iter(items)
    with ThreadPoolExecutor(max_workers=1) as worker:
        coming = worker.submit(lambda: list(islice(source, 1)))
        while piece := coming.result():
            coming = worker.submit(lambda: list(islice(source, 1)))
            yield piece.pop()
