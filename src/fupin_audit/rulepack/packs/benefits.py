"""The table of benefits: for every list of 待遇 the item a row stands for, a county's own lists without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fupin_audit.errors import RuleError
from fupin_audit.ledgers.base import ASSET, BENEFIT, OFFICIAL, Ledger
from fupin_audit.rulepack.declared.benefit import Benefit
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.declared.packfile import RuleFile
from fupin_audit.rulepack.declared.rule import DerivedField

# The derived field of such a list: what the row's person holds; blank where the row does not count.
HELD = "所领待遇"
# In `against`: every ledger of assets that is a county's own.
OWN_ASSETS = f"自建{ASSET}台账"
Ledgers = Sequence[type[Ledger]]


def benefits_of(contents: Sequence[RuleFile], ledgers: Ledgers) -> tuple[Benefit, ...]:
    """The lines of all packs, and one for each of a county's own lists that has none.

    Raises:
        RuleError: a line is of no list of 待遇, of one that has a line, or names what there is not.
    """
    found: dict[str, Benefit] = {}
    for line in (line for content in contents for line in content.benefits):
        _check(line, found, ledgers)
        found[line.ledger] = line.model_copy(update={"against": _meant(line, ledgers)})
    own = [model for model in ledgers if model.kind == BENEFIT and not model.built_in]
    everything = tuple(model.title for model in _registers(ledgers))
    return (*found.values(), *(_own(model, everything) for model in own if model.title not in found))


def _meant(line: Benefit, ledgers: Ledgers) -> tuple[str, ...]:
    """The registers a line names, a county's own of assets by their titles."""
    own = tuple(model.title for model in _registers(ledgers) if not model.built_in)
    return tuple(title for name in line.against for title in (own if name == OWN_ASSETS else (name,)))


def with_items(content: RuleFile, ledgers: Ledgers, benefits: Sequence[Benefit]) -> RuleFile:
    """The same file, with the items of the lists it has a line for, or declares without one."""
    own = {item.title for item in content.ledgers}
    said = {line.ledger for line in content.benefits}
    lines = [line for line in benefits if line.ledger in said or (line.ledger in own and not _written(line))]
    models = {model.title: model for model in ledgers}
    items = tuple(_item(line, models[line.ledger]) for line in lines)
    return content.model_copy(update={"derived": (*content.derived, *items)})


def _item(line: Benefit, model: type[Ledger]) -> DerivedField:
    """Columns that were not delivered count as blank: what can't be told does not count."""
    item = line.item or f"'{line.ledger}'"
    return DerivedField(
        field=HELD,
        ledger=line.ledger,
        value=f"CASE WHEN {line.when} THEN {item} END" if line.when else item,
        note=line.note,
        optional=tuple(model.columns()),
        examples=line.examples,
        origin=line.origin,
    )


def _written(line: Benefit) -> bool:
    """Whether a file says it."""
    return bool(line.origin.file)


def _own(model: type[Ledger], against: tuple[str, ...]) -> Benefit:
    said = ({"=": model.title},)
    return Benefit(ledger=model.title, against=against, note=f"在“{model.title}”里", examples=said)


def _registers(ledgers: Ledgers) -> Iterator[type[Ledger]]:
    return (model for model in ledgers if model.kind in (ASSET, OFFICIAL))


def _check(line: Benefit, found: dict[str, Benefit], ledgers: Ledgers) -> None:
    lists = [model.title for model in ledgers if model.kind == BENEFIT]
    if line.ledger not in lists:
        raise _wrong(line, "ledger", f"没有待遇台账“{line.ledger}”{nearest(line.ledger, lists)}")
    if line.ledger in found:
        raise _wrong(line, "ledger", f"“{line.ledger}”在 benefits 里写了两行")
    known = [OWN_ASSETS, *(model.title for model in _registers(ledgers))]
    for title in line.against:
        if title not in known:
            raise _wrong(line, "against", f"没有资产或村干部台账“{title}”{nearest(title, known)}")


def _wrong(line: Benefit, key: str, message: str) -> RuleError:
    return RuleError(message, line.origin.file, line.origin.line(key))
