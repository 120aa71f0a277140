"""In which order derived fields can be worked out."""

from __future__ import annotations

from collections.abc import Iterator

from fupin_audit.errors import RuleError
from fupin_audit.rulepack.language.expression import Path, paths_in
from fupin_audit.rulepack.language.vocabulary import Vocabulary

Key = tuple[str, str]  # ledger title, field
# Names an expression may come to when every derived field is written out; the national pack's longest has few hundred.
_MAX_NAMES, _MAX_LEVELS = 20_000, 20


def levels(vocabulary: Vocabulary) -> Iterator[list[Key]]:
    """Derived fields, those first that rest on none still to come.

    Raises:
        RuleError: fields rest on each other in a circle.
    """
    waiting = {key: _rests_on(vocabulary, key) for key in vocabulary.derived}
    while waiting:
        ready = [key for key, needs in waiting.items() if not needs & waiting.keys()]
        if not ready:
            first = vocabulary.derived[next(iter(waiting))]
            names = "、".join(field for _, field in waiting)
            raise RuleError(f"派生字段互相引用：{names}", first.origin.file, first.origin.line("value"))
        yield ready
        waiting = {key: needs for key, needs in waiting.items() if key not in ready}


def _rests_on(vocabulary: Vocabulary, key: Key) -> set[Key]:
    """The derived fields its expression names, on whatever ledger the relations lead to."""
    return {other for other in _names(vocabulary, key) if other in vocabulary.derived}


def _names(vocabulary: Vocabulary, key: Key) -> list[Key]:
    """What its expression names, as often as it does."""
    return [named(vocabulary, key[0], path) for path in paths_in(vocabulary.derived[key].value)]


def named(vocabulary: Vocabulary, ledger: str, path: Path) -> Key:
    """What a name means on a row of the ledger: the ledger its relations lead to, and the field there."""
    *steps, name = path
    for step in steps:
        relation = vocabulary.relation(ledger, step)
        ledger = relation.target if relation else ""
    return ledger, name


def refuse_endless(vocabulary: Vocabulary) -> None:
    """Refuse derived fields that rest on each other so often that writing them out would take forever.

    Raises:
        RuleError: names the field.
    """
    sizes: dict[Key, int] = {}
    for depth, level in enumerate(levels(vocabulary)):
        for key in level:
            sizes[key] = sum(sizes.get(other, 1) for other in _names(vocabulary, key)) + 1
            if sizes[key] > _MAX_NAMES or depth > _MAX_LEVELS:
                origin = vocabulary.derived[key].origin
                message = f"派生字段“{key[1]}”一层引用一层，展开以后太长"
                raise RuleError(message, origin.file, origin.line("value"))
