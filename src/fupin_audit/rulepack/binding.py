"""From the text of an expression to a checked SQL tree: every name, type, node and function is known (D4).

Nothing is run here. What the grammar lets through and this module has no handler for is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from fupin_audit.errors import RuleError
from fupin_audit.ledgers.codes import code_list
from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.frame import OUTER, Aggregate, Frame, Path
from fupin_audit.rulepack.functions import AGGREGATES, FUNCTIONS, TOLERANT, Kind
from fupin_audit.rulepack.vocabulary import Available, Vocabulary, nearest

TEXT, NUMBER, DATE, BOOLEAN, NOTHING = Kind("text"), Kind("number"), Kind("date"), Kind("boolean"), Kind(None)
FAMILY_WORDS = {"text": "文本", "number": "数", "date": "日期", "boolean": "是否"}
PARAMETER, THIS_COLUMN = "param", "该列"

_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul)


@dataclass(frozen=True, slots=True)
class Bound:
    """A checked expression: its SQL tree, ready for a SELECT over its frame, and its type."""

    tree: exp.Expression
    kind: Kind


@dataclass(frozen=True)
class Binder:
    """Binds expressions of one ledger's row.

    Attributes:
        vocabulary: all names.
        available: what the run has.
        frame: collects what the expressions need.
        path: to-one relations from the frame's row to the row whose names are meant.
        this_column: the field 该列 stands for.
        blank: fields that count as blank where not delivered.
        outer: binder of the row a statistic starts from, for bare names in its FILTER.
        related: the relation path, as written, that names the rows of the statistic being bound.
    """

    vocabulary: Vocabulary
    available: Available
    frame: Frame
    path: Path = ()
    this_column: str = ""
    blank: frozenset[str] = frozenset()
    outer: Binder | None = None
    related: Path = ()
    outer_used: list[bool] = field(default_factory=list)

    def bind(self, text: str) -> Bound:
        """Parse and check one expression.

        Raises:
            RuleError: it can't be parsed, or names or does something that is not allowed.
        """
        return self.node(parse(text))

    def condition(self, text: str) -> exp.Expression:
        """Like `bind`, for an expression that must be a condition."""
        bound = self.bind(text)
        _expect(bound, "boolean", parse(text))
        return bound.tree

    def node(self, node: exp.Expression) -> Bound:
        """Check one node of a parsed expression."""
        handler = _HANDLERS.get(type(node))
        if handler:
            return handler(self, node)
        name = _function_name(node)
        if name in AGGREGATES:
            return _aggregate(self, node, name, None)
        if name in TOLERANT:
            return _tolerant(self, node, name)
        if name in FUNCTIONS:
            return _function(self, node, name)
        if isinstance(node, exp.Func):
            known = [*FUNCTIONS, *TOLERANT, *AGGREGATES, "EXISTS"]
            raise RuleError(f"没有函数“{name}”，或不允许使用{nearest(name, known)}")
        raise RuleError(f"表达式里不允许“{node.sql(dialect='duckdb')}”这样的写法")

    @property
    def ledger(self) -> str:
        """Title of the ledger whose names are meant."""
        if not self.path:
            return self.frame.ledger
        return self.frame.hops[self.path].target if self.path in self.frame.hops else self._walk(self.path)[-1].target

    def _walk(self, path: Path) -> list[Relation]:
        ledger, found = self.frame.ledger, []
        for name in path:
            relation = self.vocabulary.relation(ledger, name)
            if relation is None:
                raise RuleError(f"“{ledger}”没有关系“{name}”{nearest(name, self.vocabulary.relation_names(ledger))}")
            found.append(relation)
            ledger = relation.target
        return found

    def reach(self, names: Path) -> Binder | None:
        """The binder of the row the to-one relations `names` lead to; None where they lead nowhere in this run."""
        path = self.path + names
        walked = self._walk(path)
        if many := next((r for r in walked if r.many), None):
            raise RuleError(f"“{many.name}”有多行，要用 COUNT、SUM、EXISTS 等统计")
        for length, relation in enumerate(walked, 1):
            if gap := self.available.gap(relation):
                if relation.target not in self.frame.tolerated:
                    self.frame.missing.append(gap)
                return None
            if not self._keys_delivered(relation):
                return None
            self.frame.hops.setdefault(path[:length], relation)
        return replace(self, path=path, this_column="", blank=frozenset(), related=())

    def _keys_delivered(self, relation: Relation) -> bool:
        """Whether some way to pair the relation's rows was delivered; what lacks is noted."""
        lacks: list[str] = []
        for pairs in relation.on:
            wanted = [self._missing_in(relation.source, left) for left, _ in pairs]
            wanted += [self._missing_in(relation.target, right) for _, right in pairs]
            absent = [item for items in wanted for item in items]
            if not absent:
                return True
            lacks += absent
        self.frame.missing += lacks
        return False

    def _missing_in(self, ledger: str, text: str) -> list[str]:
        probe = Binder(self.vocabulary, self.available, Frame(ledger, tolerated=self.frame.tolerated))
        probe.bind(text)
        return probe.frame.missing

    def field(self, name: str) -> Bound:
        """A field, derived field or constant of the row whose names are meant."""
        ledger = self.ledger
        if name == THIS_COLUMN and self.this_column:
            name = self.this_column
        if computed := self.available.computed(ledger, name):
            self.frame.mentioned += [((*self.path, *path), field) for path, field in computed.mentioned]
            return Bound(exp.column(name, table=self.frame.alias_of(self.path), quoted=True), computed.kind)
        if derived := self.vocabulary.derived.get((ledger, name)):
            inside = replace(self, blank=frozenset(derived.optional), this_column="", outer=None, related=())
            return inside.bind(derived.value)
        column = self.vocabulary.column(ledger, name)
        if column is None:
            return self._constant(name)
        kind = Kind(column.type.family, column.type.codes)
        if name not in (self.available.columns(ledger) or ()):
            if name not in self.blank:
                self.frame.missing.append(f"{ledger}缺列“{name}”")
            return Bound(_null(column.type.sql), kind)
        self.frame.mentioned.append((self.path, name))
        return Bound(exp.column(name, table=self.frame.alias_of(self.path), quoted=True), kind)

    def _constant(self, name: str) -> Bound:
        as_of = self.available.as_of
        if name == "截止日期":
            return Bound(exp.cast(exp.Literal.string(as_of.isoformat()), "DATE"), DATE)
        if name == "审计年度":
            return Bound(exp.Literal.number(as_of.year), NUMBER)
        raise RuleError(f"“{self.ledger}”没有字段“{name}”{nearest(name, self.vocabulary.names(self.ledger))}")

    def parameter(self, name: str) -> Bound:
        """The parameter's value for the place and year of the frame's row."""
        if name not in self.vocabulary.parameters:
            raise RuleError(f"没有参数“{name}”{nearest(name, self.vocabulary.parameters)}")
        if not self.available.parameter(name):
            self.frame.missing.append(f"参数“{name}”在本地没有值")
            return Bound(_null("DOUBLE"), NUMBER)
        self.frame.parameters.add(name)
        return Bound(exp.column(name, table=self.frame.parameter_alias, quoted=True), NUMBER)


@lru_cache(maxsize=4096)
def _parse(text: str) -> exp.Expression:
    try:
        return parse_one(text, dialect="duckdb", into=exp.Condition)
    except SqlglotError as error:
        raise RuleError(f"表达式写法有误：{text}") from error


def parse(text: str) -> exp.Expression:
    """The expression as a tree; names are not looked up yet.

    Raises:
        RuleError: it is no single expression.
    """
    tree = _parse(text.strip())
    if any(node.comments for node in tree.walk()):
        raise RuleError(f"表达式里不允许注释：{text}")
    return tree


_SQL_TYPES = {"text": "VARCHAR", "number": "DOUBLE", "date": "DATE", "boolean": "BOOLEAN"}


def _blank(kind: Kind) -> Bound:
    """A null of that type."""
    return Bound(_null(_SQL_TYPES[kind.family or "text"]), kind)


def _null(sql_type: str) -> exp.Expression:
    return exp.cast(exp.null(), sql_type)


def _expect(bound: Bound, family: str, written: exp.Expression) -> None:
    if family != "any" and bound.kind.family not in (family, None):
        got = FAMILY_WORDS[bound.kind.family or "text"]
        text = written.sql(dialect="duckdb")
        raise RuleError(f"“{text}”应为{FAMILY_WORDS[family]}，实为{got}")


def _function_name(node: exp.Expression) -> str:
    if isinstance(node, exp.Anonymous):
        return str(node.this).upper()
    names = {exp.DateFromParts: "MAKE_DATE", exp.ArrayAgg: "LIST"}
    return names.get(type(node)) or (node.sql_name().upper() if isinstance(node, exp.Func) else "")


def _arguments(node: exp.Expression) -> list[exp.Expression]:
    if isinstance(node, exp.Anonymous):
        return list(node.expressions)
    values = (node.args.get(key) for key in node.arg_types)
    flat = (item for value in values for item in (value if isinstance(value, list) else [value]))
    return [item for item in flat if isinstance(item, exp.Expression)]


# One handler a kind of node; what is not listed is refused.


def _column(binder: Binder, node: exp.Expression) -> Bound:
    *names, name = (part.name for part in node.parts)  # type: ignore[attr-defined]
    if names == [PARAMETER]:
        return binder.parameter(name)
    path = tuple(names)
    if binder.outer is not None:
        if path[: len(binder.related)] == binder.related:
            path = path[len(binder.related) :]
        else:
            binder.outer_used.append(True)
            return _column(binder.outer, node)
    if not path:
        return binder.field(name)
    if (reached := binder.reach(path)) is not None:
        return reached.field(name)
    return _unreached(binder, path, name)


def _unreached(binder: Binder, path: Path, name: str) -> Bound:
    """Null of the right type for a field of a row that this run can't reach; the name is still checked."""
    target = binder._walk(binder.path + path)[-1].target
    probe = Binder(binder.vocabulary, binder.available, Frame(target))
    kind = probe.field(name).kind
    return _blank(kind)


def _literal(_: Binder, node: exp.Expression) -> Bound:
    return Bound(node.copy(), TEXT if node.is_string else NUMBER)


def _boolean(_: Binder, node: exp.Expression) -> Bound:
    return Bound(node.copy(), BOOLEAN)


def _nothing(_: Binder, node: exp.Expression) -> Bound:
    return Bound(node.copy(), NOTHING)


def _paren(binder: Binder, node: exp.Expression) -> Bound:
    inner = binder.node(node.this)
    return Bound(exp.paren(inner.tree, copy=False), inner.kind)


def _logical(binder: Binder, node: exp.Expression) -> Bound:
    sides = [binder.node(item) for item in _arguments(node)]
    for side, item in zip(sides, _arguments(node), strict=True):
        _expect(side, "boolean", item)
    return Bound(_same(node, sides), BOOLEAN)


def _comparison(binder: Binder, node: exp.Expression) -> Bound:
    left, right = binder.node(node.this), binder.node(node.expression)
    _comparable(left, right, node)
    return Bound(_same(node, [left, right]), BOOLEAN)


def _arithmetic(binder: Binder, node: exp.Expression) -> Bound:
    sides = [binder.node(item) for item in _arguments(node)]
    for side, item in zip(sides, _arguments(node), strict=True):
        _expect(side, "number", item)
    return Bound(_same(node, sides), NUMBER)


def _membership(binder: Binder, node: exp.Expression) -> Bound:
    if set(node.args) - {"this", "expressions"} and any(node.args.get(k) for k in ("query", "unnest", "field")):
        raise RuleError("IN 后面只能列出值")
    this, *values = (binder.node(item) for item in (node.this, *node.expressions))
    for value in values:
        _comparable(this, value, node)
    return Bound(exp.In(this=this.tree, expressions=[value.tree for value in values]), BOOLEAN)


def _between(binder: Binder, node: exp.Expression) -> Bound:
    this, low, high = (binder.node(node.args[key]) for key in ("this", "low", "high"))
    _comparable(this, low, node)
    _comparable(this, high, node)
    return Bound(exp.Between(this=this.tree, low=low.tree, high=high.tree), BOOLEAN)


def _like(binder: Binder, node: exp.Expression) -> Bound:
    this, pattern = binder.node(node.this), binder.node(node.expression)
    _expect(this, "text", node.this)
    _expect(pattern, "text", node.expression)
    return Bound(exp.Like(this=this.tree, expression=pattern.tree), BOOLEAN)


def _is(binder: Binder, node: exp.Expression) -> Bound:
    if not isinstance(node.expression, exp.Null | exp.Boolean):
        raise RuleError("IS 后面只能是 NULL、TRUE、FALSE")
    this = binder.node(node.this)
    if isinstance(node.expression, exp.Boolean):
        _expect(this, "boolean", node.this)
    return Bound(exp.Is(this=this.tree, expression=node.expression.copy()), BOOLEAN)


def _case(binder: Binder, node: exp.Expression) -> Bound:
    if node.this is not None:
        raise RuleError("CASE 后面直接写 WHEN")
    branches = [(binder.node(item.this), binder.node(item.args["true"])) for item in node.args["ifs"]]
    for condition, _ in branches:
        _expect(condition, "boolean", condition.tree)
    default = binder.node(node.args["default"]) if node.args.get("default") else Bound(exp.null(), NOTHING)
    results = [value for _, value in branches] + [default]
    for value in results:
        _comparable(results[0], value, node)
    ifs = [exp.If(this=condition.tree, true=value.tree) for condition, value in branches]
    return Bound(exp.Case(ifs=ifs, default=default.tree), _common(results))


def _cast(_: Binder, node: exp.Expression) -> Bound:
    literal = node.this
    if not (node.to.is_type("date") and isinstance(literal, exp.Literal) and literal.is_string):  # type: ignore[attr-defined]
        raise RuleError("类型转换只允许日期常量，写作 DATE '2020-12-31'")
    if not _is_date(literal.name):
        raise RuleError(f"没有“{literal.name}”这一天")
    return Bound(node.copy(), DATE)


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _concatenation(binder: Binder, node: exp.Expression) -> Bound:
    sides = [binder.node(node.this), binder.node(node.expression)]
    for side in sides:
        _expect(side, "text", side.tree)
    return Bound(exp.DPipe(this=sides[0].tree, expression=sides[1].tree), TEXT)


def _exists(binder: Binder, node: exp.Expression) -> Bound:
    if not isinstance(node.this, exp.Column):
        raise RuleError("EXISTS 里写关系的名字，如 EXISTS(医保参保)")
    path = tuple(part.name for part in node.this.parts)
    relation = binder._walk(binder.path + path)[-1]
    if not relation.many:
        return _exists_one(binder, path)
    count = _aggregate(binder, exp.Count(this=node.this.copy()), "COUNT", None)
    return Bound(exp.GT(this=count.tree, expression=exp.Literal.number(0)), BOOLEAN)


def _exists_one(binder: Binder, path: Path) -> Bound:
    """Whether a to-one relation leads to a row; null where the row has no key to look by."""
    reached = binder.reach(path)
    if reached is None:
        return Bound(exp.false(), BOOLEAN)
    link = binder.frame.alias_of(reached.path) + ".link"
    keyed = exp.column("l", table=link, quoted=True).is_(exp.null()).not_()
    found = exp.column("r", table=link, quoted=True).is_(exp.null()).not_()
    return Bound(exp.Case(ifs=[exp.If(this=keyed, true=found)], default=exp.null()), BOOLEAN)


def _filter(binder: Binder, node: exp.Expression) -> Bound:
    name = _function_name(node.this)
    if name not in AGGREGATES:
        raise RuleError("FILTER 只能跟在统计后面")
    return _aggregate(binder, node.this, name, node.expression.this)


def _aggregate(binder: Binder, node: exp.Expression, name: str, where: exp.Expression | None) -> Bound:
    """A statistic over the rows of a to-many relation, registered in the frame under its own alias."""
    arguments = _arguments(node)
    distinct = bool(arguments) and isinstance(arguments[0], exp.Distinct)
    if distinct:
        arguments = list(arguments[0].expressions)
    written, path, relation = _relation_of(binder, name, arguments)
    result = AGGREGATES[name].result
    source = binder.reach(path) if path else binder
    if source is None or not _leads_somewhere(binder, relation):
        return _empty(name, binder, relation, arguments, written)
    inner = Frame(relation.target, alias=".".join((binder.frame.alias, *source.path, relation.name)),
                  missing=binder.frame.missing, tolerated=binder.frame.tolerated)  # fmt: skip
    rows = Binder(binder.vocabulary, binder.available, inner, outer=_outer(source), related=written)
    value, kind = _statistic(rows, name, arguments, distinct=distinct)
    if where is not None:
        condition = rows.node(where)
        _expect(condition, "boolean", where)
        value = _filtered(value, condition.tree)
    outer = rows.outer.frame if rows.outer and rows.outer_used else None
    aggregate = Aggregate(source.path, relation, value, inner, outer)
    column = exp.column("v", table=_register(binder.frame, aggregate), quoted=True)
    return Bound(column, kind if result == "same" else Kind(result))  # type: ignore[arg-type]


def _outer(source: Binder) -> Binder:
    frame = Frame(source.ledger, alias=OUTER, missing=source.frame.missing)
    return Binder(source.vocabulary, source.available, frame)


def _relation_of(binder: Binder, name: str, arguments: list[exp.Expression]) -> tuple[Path, Path, Relation]:
    """The relation a statistic runs over: as written, the to-one path before it, and itself."""
    column = next((c for item in arguments for c in item.find_all(exp.Column)), None)
    if column is None:
        raise RuleError(f"{name} 里要写关系，如 COUNT(人口)、SUM(人口.务工时间)")
    names = tuple(part.name for part in column.parts)
    walked: list[Relation] = []
    ledger = binder.ledger
    for item in names:
        relation = binder.vocabulary.relation(ledger, item)
        if relation is None:
            break
        walked.append(relation)
        ledger = relation.target
        if relation.many:
            break
    if not walked or not walked[-1].many:
        known = binder.vocabulary.relation_names(binder.ledger)
        raise RuleError(f"“{binder.ledger}”没有“对多”关系“{'.'.join(names)}”{nearest(names[0], known)}")
    written = names[: len(walked)]
    return written, written[:-1], walked[-1]


def _leads_somewhere(binder: Binder, relation: Relation) -> bool:
    if gap := binder.available.gap(relation):
        if relation.target not in binder.frame.tolerated:
            binder.frame.missing.append(gap)
        return False
    return binder._keys_delivered(relation)


def _empty(name: str, binder: Binder, relation: Relation, arguments: list[exp.Expression], written: Path) -> Bound:
    """What a statistic gives where its rows were not delivered at all; its argument is still checked."""
    if name == "COUNT":
        return Bound(exp.Literal.number(0), NUMBER)
    probe = Binder(binder.vocabulary, binder.available, Frame(relation.target), outer=binder, related=written)
    kind = probe.node(arguments[0]).kind
    result = AGGREGATES[name].result
    return _blank(kind if result == "same" else Kind(result))  # type: ignore[arg-type]


def _statistic(
    rows: Binder, name: str, arguments: list[exp.Expression], *, distinct: bool
) -> tuple[exp.Expression, Kind]:
    if name == "COUNT" and not distinct and _names(arguments[0]) == rows.related:
        return exp.Count(this=exp.column("_row", table=rows.frame.alias, quoted=True)), NUMBER
    bound = [rows.node(item) for item in arguments]
    _expect(bound[0], AGGREGATES[name].arg, arguments[0])
    trees = [item.tree for item in bound]
    if distinct:
        return exp.Anonymous(this=name, expressions=[exp.Distinct(expressions=trees)]), bound[0].kind
    return exp.Anonymous(this=f"STAT_{name}" if name in {"LIST", "LATEST"} else name, expressions=trees), bound[0].kind


def _filtered(value: exp.Expression, condition: exp.Expression) -> exp.Expression:
    """The statistic over the rows where the condition holds."""
    if isinstance(value, exp.Anonymous) and value.name.startswith("STAT_"):
        # An engine's macro takes no FILTER; the statistics it stands for pass over nulls.
        first, *rest = value.expressions
        chosen = exp.Case(ifs=[exp.If(this=condition, true=first)])
        return exp.Anonymous(this=value.name, expressions=[chosen, *rest])
    return exp.Filter(this=value, expression=exp.Where(this=condition))


def _names(node: exp.Expression) -> Path:
    return tuple(part.name for part in node.parts) if isinstance(node, exp.Column) else ()


def _register(frame: Frame, aggregate: Aggregate) -> str:
    """The alias of the statistic in its frame; the same statistic twice is computed once."""
    text = aggregate.value.sql(dialect="duckdb")
    for alias, known in frame.aggregates.items():
        same = (known.path, known.relation) == (aggregate.path, aggregate.relation)
        if same and known.value.sql(dialect="duckdb") == text:
            return alias
    alias = f"{frame.alias}.统计{len(frame.aggregates) + 1}"
    frame.aggregates[alias] = aggregate
    return alias


def _tolerant(binder: Binder, node: exp.Expression, name: str) -> Bound:
    """COALESCE and ANY_OF: arguments whose columns were not delivered are left out, unless none is left."""
    kept: list[Bound] = []
    dropped: list[Bound] = []
    lacking: list[str] = []
    named = False
    for item in _arguments(node):
        before = len(binder.frame.missing)
        bound = binder.node(item)
        if len(binder.frame.missing) > before:
            lacking += binder.frame.missing[before:]
            del binder.frame.missing[before:]
            dropped.append(bound)
            continue
        named = named or item.find(exp.Column) is not None
        kept.append(bound)
    if not named:
        binder.frame.missing += lacking
    if not kept:
        return _blank(_common(dropped))
    return _any_of(kept) if name == "ANY_OF" else _coalesce(kept, node)


def _coalesce(kept: list[Bound], node: exp.Expression) -> Bound:
    for bound in kept:
        _comparable(kept[0], bound, node)
    return Bound(exp.Coalesce(this=kept[0].tree, expressions=[b.tree for b in kept[1:]]), _common(kept))


def _any_of(kept: list[Bound]) -> Bound:
    """TRUE if one holds, NULL if all are blank, else FALSE."""
    for bound in kept:
        _expect(bound, "boolean", bound.tree)
    holds = exp.or_(*(exp.Is(this=exp.paren(b.tree.copy()), expression=exp.true()) for b in kept))
    blank = exp.and_(*(exp.Is(this=exp.paren(b.tree.copy()), expression=exp.null()) for b in kept))
    ifs = [exp.If(this=holds, true=exp.true()), exp.If(this=blank, true=exp.null())]
    return Bound(exp.Case(ifs=ifs, default=exp.false()), BOOLEAN)


def _function(binder: Binder, node: exp.Expression, name: str) -> Bound:
    function, arguments = FUNCTIONS[name], _arguments(node)
    if not function.accepts(len(arguments)):
        raise RuleError(f"{name} 的参数个数不对：{node.sql(dialect='duckdb')}")
    bound = [binder.node(item) for item in arguments]
    for index, (value, item) in enumerate(zip(bound, arguments, strict=True)):
        _expect(value, function.wants(index), item)
    if name == "HAS":
        _check_codes(bound[0], bound[1])
    kind = bound[0].kind if function.result == "same" else Kind(function.result)  # type: ignore[arg-type]
    return Bound(exp.Anonymous(this=name, expressions=[value.tree for value in bound]), kind)


def _same(node: exp.Expression, sides: list[Bound]) -> exp.Expression:
    """The node over the bound sides, in parentheses so that precedence can't shift."""
    keys = ("this", "expression") if len(sides) > 1 else ("this",)
    return exp.paren(type(node)(**{key: side.tree for key, side in zip(keys, sides, strict=True)}), copy=False)


def _comparable(left: Bound, right: Bound, node: exp.Expression) -> None:
    families = {left.kind.family, right.kind.family} - {None}
    if len(families) > 1:
        words = "与".join(sorted(FAMILY_WORDS[f] for f in families if f))
        raise RuleError(f"{words}不能比较：{node.sql(dialect='duckdb')}")
    _check_codes(left, right)
    _check_codes(right, left)


def _check_codes(field: Bound, value: Bound) -> None:
    """A text compared with a code field must be one of its labels."""
    if field.kind.codes and isinstance(value.tree, exp.Literal) and value.tree.is_string:
        labels = code_list(field.kind.codes).labels
        if value.tree.name not in labels:
            raise RuleError(f"码表“{field.kind.codes}”没有“{value.tree.name}”{nearest(value.tree.name, labels)}")


def _common(values: list[Bound]) -> Kind:
    return next((value.kind for value in values if value.kind.family), NOTHING)


def placeholders(say: str) -> Iterator[str]:
    """The names between braces in a sentence, in order, each once."""
    import re

    yield from dict.fromkeys(re.findall(r"\{([^{}]+)\}", say))


_HANDLERS: dict[type[exp.Expression], Callable[[Binder, exp.Expression], Bound]] = {
    exp.Column: _column,
    exp.Literal: _literal,
    exp.Boolean: _boolean,
    exp.Null: _nothing,
    exp.Paren: _paren,
    exp.And: _logical,
    exp.Or: _logical,
    exp.Not: _logical,
    **dict.fromkeys(_COMPARISONS, _comparison),
    **dict.fromkeys(_ARITHMETIC, _arithmetic),
    exp.Neg: _arithmetic,
    exp.In: _membership,
    exp.Between: _between,
    exp.Like: _like,
    exp.Is: _is,
    exp.Case: _case,
    exp.Cast: _cast,
    exp.DPipe: _concatenation,
    exp.Exists: _exists,
    exp.Filter: _filter,
}


def names_in(text: str) -> Iterator[str]:
    """The last part of every name an expression uses."""
    yield from (column.name for column in parse(text).find_all(exp.Column))
