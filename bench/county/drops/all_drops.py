"""All drops: what a county of each generation hands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from county.drops.exam_drops import exam_2020, exam_2021, exam_2023, exam_field
from county.drops.first_drops import drop_2020, drop_2021, drop_small
from county.drops.system_drops import system_drop
from county.further.families import FAMILIES
from county.further.family import Family
from county.records.record import Village
from county.sheets.book import Book


@dataclass(frozen=True, slots=True)
class Drop:
    """One generation of deliveries.

    Attributes:
        books: writes the villages' rows into files.
        families: further ledgers that its villages keep.
    """

    books: Callable[[Sequence[Village]], list[Book]]
    families: tuple[Family, ...] = ()


DROPS: Mapping[str, Drop] = MappingProxyType(
    {
        "2020": Drop(drop_2020),
        "2021": Drop(drop_2021),
        "small": Drop(drop_small),
        "exam-2020": Drop(exam_2020, FAMILIES),
        "exam-2021": Drop(exam_2021, FAMILIES),
        "exam-2023": Drop(exam_2023, FAMILIES),
        "exam-field": Drop(exam_field, FAMILIES),
        "2023": Drop(partial(system_drop, columns_of="2023")),
        "2025": Drop(partial(system_drop, columns_of="2025")),
    }
)
