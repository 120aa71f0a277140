"""What a rule is judged on: one target a ledger and column; a reconciliation becomes rules first (D7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from fupin_audit.rulepack.binding import PARAMETER, Binder
from fupin_audit.rulepack.expression import parse, parts
from fupin_audit.rulepack.frame import Frame
from fupin_audit.rulepack.rule import ReconciledField, Reconciliation, Rule
from fupin_audit.rulepack.vocabulary import Everything, Vocabulary

# Placeholders of a sentence that are no fields.
LEDGER_NAMES = ("列名", "台账")
# In `once_per`: the fields of the ledger's key.
KEY = "键"
# Ledgers whose keys have rules of their own (KEY-01, KEY-02).
_OWN_KEY_RULES = ("户", "人口")


@dataclass(frozen=True, slots=True)
class Target:
    """A rule on one ledger; `column` is what 该列 stands for."""

    rule: Rule
    ledger: str
    column: str = ""


def targets(rule: Rule, vocabulary: Vocabulary) -> Iterator[Target]:
    """Every ledger, and with `columns` every column, the rule judges; `*` without columns: every ledger with a key."""
    everywhere = rule.ledger == ("*",)
    for title in vocabulary.ledgers if everywhere else rule.ledger:
        model = vocabulary.ledgers[title]
        if rule.columns:
            for column in model.columns().values():
                if rule.columns in (column.name, column.type.name):
                    yield Target(rule, title, column.name)
        elif not everywhere or (model.key and title not in _OWN_KEY_RULES):
            yield Target(rule, title)


def expand(reconciliation: Reconciliation, vocabulary: Vocabulary) -> Iterator[Rule]:
    """The rules that say the same."""
    for field in reconciliation.fields:
        yield _difference(reconciliation, field, vocabulary)
    if reconciliation.only_left:
        yield _only_left(reconciliation)
    if reconciliation.only_right:
        yield _only_right(reconciliation, vocabulary)


def _difference(reconciliation: Reconciliation, field: ReconciledField, vocabulary: Vocabulary) -> Rule:
    left, right = reconciliation.left, reconciliation.right
    record = _through(left, field.left or field.field)
    seen = field.right or field.field
    number = _family(vocabulary, right, seen) == "number"
    same = f"WITHIN({seen}, {record}, {field.tolerance})" if number else f"({seen}) = ({record})"
    when = _through(left, reconciliation.when_left) if reconciliation.when_left else ""
    return _rule(
        reconciliation,
        right,
        when=when,
        require=same,
        say=f"{field.field}：{right}为“{{所见}}”，{_book(left)}为“{{所记}}”",
        show={"所见": seen, "所记": record},
        cite=(*_names(seen), *_names(record)),
    )


def _only_left(reconciliation: Reconciliation) -> Rule:
    return _rule(
        reconciliation,
        reconciliation.left,
        when=reconciliation.when_left,
        require=f"EXISTS({reconciliation.right})",
        say=f"{_book(reconciliation.left)}有这一户，{reconciliation.right}里没有",
        cite=("户编号",),
    )


def _only_right(reconciliation: Reconciliation, vocabulary: Vocabulary) -> Rule:
    keys = [name for name in ("户编号", "户主证件号码") if vocabulary.column(reconciliation.right, name)]
    return _rule(
        reconciliation,
        reconciliation.right,
        require=f"EXISTS({reconciliation.left})",
        say=f"{reconciliation.right}有这一户，{_book(reconciliation.left)}里没有",
        cite=tuple(keys),
    )


_SHARED = (
    "id",
    "title",
    "severity",
    "why",
    "fix",
    "owner",
    "basis",
    "since",
    "optional",
    "examples",
    "origin",
)


def _rule(source: Reconciliation, ledger: str, **own: object) -> Rule:
    """A rule that says of itself what the reconciliation says, and judges what is its own."""
    return Rule.model_validate({**{name: getattr(source, name) for name in _SHARED}, "ledger": ledger, **own})


def _through(relation: str, text: str) -> str:
    """The expression with every name reached along the relation."""

    def prefixed(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Column) or parts(node)[0] == PARAMETER:
            return node
        return exp.column(
            *(exp.to_identifier(part, quoted=True) for part in reversed((relation, *parts(node))))
        )

    return parse(text).transform(prefixed).sql(dialect="duckdb")


def _names(text: str) -> tuple[str, ...]:
    named = (parts(node) for node in parse(text).find_all(exp.Column))
    return tuple(".".join(path) for path in named if path[0] != PARAMETER)


def _family(vocabulary: Vocabulary, ledger: str, text: str) -> str | None:
    return Binder(vocabulary, Everything(vocabulary), Frame(ledger)).bind(text).kind.family


def _book(ledger: str) -> str:
    return "系统" if ledger in {"户", "人口", "户年度"} else ledger
