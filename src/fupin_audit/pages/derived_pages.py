"""The page of the derived fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fupin_audit.pages import markdown as md
from fupin_audit.pages import page_links
from fupin_audit.pages.example_tables import value_table
from fupin_audit.rulepack.declared.rule import DerivedField
from fupin_audit.rulepack.packs.pack import Catalogue


def derived_page(catalogue: Catalogue, mark: str) -> str:
    """Every derived field: what it means, how it is worked out, examples."""
    return md.page(_parts(catalogue, mark))


def _parts(catalogue: Catalogue, mark: str) -> Iterator[str]:
    yield mark
    yield md.heading("派生字段")
    yield "由台账里的列算出来的字段，规则里像列一样用。"
    fields = catalogue.vocabulary.derived.values()
    yield md.bullets(_contents(fields))
    for field in fields:
        yield from _field(field)


def _contents(fields: Iterable[DerivedField]) -> Iterator[tuple[str, str]]:
    """Ledger by ledger, links to its fields."""
    names: dict[str, list[str]] = {}
    for field in fields:
        names.setdefault(field.ledger, []).append(field.field)
    for ledger, own in names.items():
        yield ledger, "、".join(page_links.derived(ledger, name, name) for name in own)


def _field(field: DerivedField) -> Iterator[str]:
    yield md.heading(f"{field.ledger}.{field.field}", 2)
    optional = f"。没有交付{'、'.join(field.optional)}列时当作空白" if field.optional else ""
    yield f"{page_links.ledger(field.ledger)}的派生字段：{md.text(field.note + optional)}。"
    yield md.expression(field.value)
    yield value_table(field.examples)
