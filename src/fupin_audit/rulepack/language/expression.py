"""The text of an expression as a tree; names are not looked up yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sqlglot import exp, parse_one
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.tokenizer_core import TokenType

from fupin_audit.errors import RuleError
from fupin_audit.rulepack.declared.reserved_words import PARAMETER
from fupin_audit.rulepack.language.clerk_words import hint

Path = tuple[str, ...]
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
# What the parser itself says of a call with too few or too many arguments.
_ARGUMENTS = re.compile(r"provided arguments|Required keyword: '\w+' missing for (?!.*\.core\.)")
# Far beyond what people write, and far from where the parser or Python itself gives up.
_MAX_CHARACTERS, _MAX_NESTED, _MAX_DEPTH = 10_000, 25, 80
_TOO_DEEP = "表达式一层套一层，太深了；请分成几条规则，或先写成派生字段"
_SHOWN = 40  # characters of it that are quoted
_OPENING = (TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE, TokenType.CASE)
_CLOSING = (TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE, TokenType.END)
_BEFORE = (TokenType.NOT, TokenType.DASH, TokenType.PLUS, TokenType.TILDE)
# Of half an expression, as `户编号 ->`, the parser itself may stumble over what is not there.
_PARSER_FAULTS = (SqlglotError, TypeError, AttributeError, ValueError, LookupError)
# Functions sqlglot knows under another name than the rules do.
_RULE_NAMES: dict[type[exp.Expr], str] = {exp.DateFromParts: "MAKE_DATE", exp.ArrayAgg: "LIST"}


@lru_cache(maxsize=4096)
def _parse(text: str) -> exp.Expr:
    try:
        _refuse_endless(text)
        tree = parse_one(text, dialect="duckdb", into=exp.Condition)
    except _PARSER_FAULTS as error:
        raise RuleError(f"{_fault(error)}：{text}{hint(text)}") from error
    if _depth(tree) > _MAX_DEPTH:
        raise RuleError(f"{_TOO_DEEP}：{text[:_SHOWN]}…")
    if any(node.comments for node in tree.walk()):
        raise RuleError(f"表达式里不允许注释：{text}")
    return tree


def _refuse_endless(text: str) -> None:
    """Refuse what would take the parser too deep, before it starts: it may not come back."""
    if len(text) > _MAX_CHARACTERS:
        raise RuleError(f"表达式太长（{len(text)}字，最多{_MAX_CHARACTERS}字）：{text[:_SHOWN]}…")
    if not _perhaps_deep(text):
        return
    inside = before = 0  # brackets and CASE that are open; signs and NOT in a row
    for token in DuckDB().tokenize(text):
        inside += (token.token_type in _OPENING) - (token.token_type in _CLOSING)
        before = before + 1 if token.token_type in _BEFORE else 0
        if inside > _MAX_NESTED or before > _MAX_NESTED:
            raise RuleError(f"{_TOO_DEEP}：{text[:_SHOWN]}…")


def _perhaps_deep(text: str) -> bool:
    """Whether there are as many signs of depth at all as would be too many one within another."""
    signs = sum(map(text.count, "([{-+~!")) + sum(map(text.upper().count, ("CASE", "NOT")))
    return signs > _MAX_NESTED


def _depth(tree: exp.Expr) -> int:
    """How many operators and calls stand within each other."""
    depth, level = 0, [tree]
    while level and depth <= _MAX_DEPTH:
        depth, level = depth + 1, [part for node in level for part in node.iter_expressions()]
    return depth


def _fault(error: Exception) -> str:
    """What is wrong with a text that is no expression."""
    said = [str(item.get("description")) for item in error.errors] if isinstance(error, ParseError) else []
    return "函数的参数个数不对" if any(map(_ARGUMENTS.search, said)) else "表达式写法有误"


def parse(text: str) -> exp.Expr:
    """The expression as a tree; names are not looked up yet.

    Raises:
        RuleError: it is no single expression.
    """
    return _parse(text.strip())


def names_in(text: str) -> Iterator[str]:
    """The last part of every name an expression uses."""
    yield from (path[-1] for path in paths_in(text))


@lru_cache(maxsize=4096)
def paths_in(text: str) -> tuple[Path, ...]:
    """Every name an expression uses, each as its parts."""
    return tuple(parts(column) for column in parse(text).find_all(exp.Column))


def through(relation: str, text: str) -> str:
    """The expression with every name reached along the relation."""

    def prefixed(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Column) or parts(node)[0] == PARAMETER:
            return node
        return exp.column(
            *(exp.to_identifier(part, quoted=True) for part in reversed((relation, *parts(node))))
        )

    return parse(text).transform(prefixed).sql(dialect="duckdb")


def placeholders(say: str) -> Iterator[str]:
    """The names between braces in a sentence, in order, each once."""
    yield from dict.fromkeys(_PLACEHOLDER.findall(say))


def parts(node: exp.Expr) -> Path:
    """`户.村.名称` as its parts; nothing for what is no name."""
    return tuple(part.name for part in node.parts) if isinstance(node, exp.Column) else ()


def function_name(node: exp.Expr) -> str:
    """The name a function was called by; empty for what is no call."""
    if isinstance(node, exp.Anonymous):
        return str(node.this).upper()
    return _RULE_NAMES.get(type(node)) or (node.sql_name().upper() if isinstance(node, exp.Func) else "")


def as_written(node: exp.Expr) -> str:
    """A part of an expression, for refusals, with the names its author knows."""
    return node.transform(_called_as_in_rules).sql(dialect="duckdb")


def _called_as_in_rules(node: exp.Expr) -> exp.Expr:
    known = _RULE_NAMES.get(type(node))
    return exp.Anonymous(this=known, expressions=arguments(node)) if known else node


def miscounted(name: str, wanted: str, given: int) -> RuleError:
    """The refusal of a call with too few or too many arguments."""
    return RuleError(f"{name} 的参数个数不对：应有{wanted}个，写了{given}个")


def two_arguments(name: str, node: exp.Expr) -> tuple[exp.Expr, exp.Expr]:
    """The arguments of a call that takes two.

    Raises:
        RuleError: they are more or fewer.
    """
    match arguments(node):
        case [first, second]:
            return first, second
        case given:
            raise miscounted(name, "2", len(given))


def arguments(node: exp.Expr) -> list[exp.Expr]:
    """A call's arguments, or an operator's sides, in their order."""
    if isinstance(node, exp.Anonymous):
        return list(node.expressions)
    values = (node.args.get(key) for key in node.arg_types)
    flat = (item for value in values for item in (value if isinstance(value, list) else [value]))
    return [item for item in flat if isinstance(item, exp.Expr)]
