"""The names examples use: a misspelled field would otherwise be taken for a blank one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from fupin_audit.errors import RuleError
from fupin_audit.rulepack.declared.entries import Provable, examples_of, ledgers_of
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import CellRule, Row
from fupin_audit.rulepack.language.vocabulary import Vocabulary
from fupin_audit.rulepack.packs.pack import Catalogue

AS_OF, PARAMETERS, EXPECTED = "截止日期", "参数", "="
LEDGER, HEADERS, FILE, CONTENT = "台账", "表头", "文件", "内容"
_EVERYWHERE = "*"


def errors(catalogue: Catalogue, entry: Provable) -> Iterator[RuleError]:
    """Names in an entry's examples that mean nothing."""
    vocabulary = catalogue.vocabulary
    for row in examples_of(entry):
        found = _in_cell(vocabulary, row) if isinstance(entry, CellRule) else _in_row(vocabulary, entry, row)
        for message in (*_in_figures(catalogue, row), *found):
            yield RuleError(f"例子里{message}", entry.origin.file, entry.origin.line("examples"))


def _in_cell(vocabulary: Vocabulary, row: Row) -> Iterator[str]:
    if LEDGER not in row:
        yield from _unknown(row, (HEADERS, FILE, CONTENT), "没有“{}”这一项")
    elif row[LEDGER] not in vocabulary.ledgers:
        yield f"没有台账“{row[LEDGER]}”{nearest(str(row[LEDGER]), vocabulary.ledgers)}"
    else:
        yield from _unfamiliar(vocabulary, str(row[LEDGER]), set(row) - {LEDGER, HEADERS})


def _in_figures(catalogue: Catalogue, row: Row) -> Iterator[str]:
    """What is wrong with the as-of date and the parameters an example gives."""
    try:
        date.fromisoformat(str(row.get(AS_OF, date.min)))
    except ValueError:
        yield f"“{AS_OF}”应是 2020-12-31 这样的日期"
    given = row.get(PARAMETERS, {})
    if not isinstance(given, Mapping):
        yield f"“{PARAMETERS}”应是“名称: 值”的映射"
        return
    yield from _unknown(given, catalogue.parameters, "没有参数“{}”")
    for name, value in given.items():
        if name in catalogue.parameters:
            try:
                catalogue.parameters[name].figure(value)
            except (TypeError, ValueError) as error:
                yield f"参数“{name}”：{error}"


def _in_row(vocabulary: Vocabulary, entry: Provable, row: Mapping[str, Any]) -> Iterator[str]:
    given = {name: value for name, value in row.items() if name not in (AS_OF, PARAMETERS, EXPECTED)}
    ledgers = {name: rows for name, rows in given.items() if isinstance(rows, list)}
    yield from _unknown(ledgers, vocabulary.ledgers, "没有台账“{}”")
    for title, rows in ledgers.items():
        if not all(isinstance(item, Mapping) for item in rows):
            yield f"“{title}”的每一行应是“字段: 值”的映射"
        elif title in vocabulary.ledgers:
            yield from _unfamiliar(vocabulary, title, dict.fromkeys(name for item in rows for name in item))
    if not ledgers:
        yield from _bare(vocabulary, _home(entry), given)


def _home(entry: Provable) -> str:
    """The ledger a row without a ledger's name is of."""
    return entry.right[0] if isinstance(entry, Reconciliation) else ledgers_of(entry)[0]


def _bare(vocabulary: Vocabulary, home: str, given: Iterable[str]) -> Iterator[str]:
    if home != _EVERYWHERE:
        yield from _unfamiliar(vocabulary, home, given)
    elif not any(set(given) <= set(model.columns()) for model in vocabulary.ledgers.values()):
        yield f"没有台账有这些字段：{'、'.join(given)}"


def _unfamiliar(vocabulary: Vocabulary, title: str, names: Iterable[str]) -> Iterator[str]:
    columns = vocabulary.ledgers[title].columns()
    yield from _unknown(names, columns, f"“{title}”没有字段“{{}}”")


def _unknown(names: Iterable[str], known: Iterable[str], message: str) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield message.format(name) + nearest(name, known)
