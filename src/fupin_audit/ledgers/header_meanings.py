"""What a user says a header means: it comes before everything the program would make of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fupin_audit.errors import UsageError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.ledger_building import with_columns
from fupin_audit.ledgers.registry import ledger as ledger_of


@dataclass(frozen=True, slots=True)
class HeaderMeaning:
    """In this ledger's sheets the header names this field; levels of a header are joined by `›`."""

    ledger: str
    header: str
    field: str

    def __str__(self) -> str:
        return f"{self.ledger}的“{self.header}”列读作“{self.field}”"


def with_headers(
    ledgers: Sequence[type[Ledger]], meanings: Iterable[HeaderMeaning]
) -> tuple[type[Ledger], ...]:
    """The ledgers, with these headers read so.

    Raises:
        UsageError: there is no such ledger or field; the message names the nearest.
    """
    by_title: dict[str, dict[str, str]] = {}
    for meaning in meanings:
        _check(ledger_of(meaning.ledger, ledgers), meaning)
        by_title.setdefault(meaning.ledger, {})[meaning.header] = meaning.field
    return tuple(_with(ledger, by_title.get(ledger.title, {})) for ledger in ledgers)


def _with(ledger: type[Ledger], headers: Mapping[str, str]) -> type[Ledger]:
    if not headers:
        return ledger
    model = with_columns(ledger, ())
    model.headers = headers
    return model


def _check(ledger: type[Ledger], meaning: HeaderMeaning) -> None:
    fields = ledger.columns()
    if meaning.field not in fields:
        from rapidfuzz import fuzz, process  # only a wrong name needs it

        nearest = process.extractOne(meaning.field, list(fields), scorer=fuzz.ratio)
        raise UsageError(
            f"列的指定：“{ledger.title}”没有字段“{meaning.field}”，最接近的是“{nearest[0]}”。"
            f"全部字段见 fupin-audit ledgers show {ledger.title}"
        )
