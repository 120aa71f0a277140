"""From the text of an expression to a checked SQL tree: every name, type, node and function is known (D4).

Nothing is run here. What the grammar lets through and no handler takes is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlglot import exp

from fupin_audit.errors import RuleError
from fupin_audit.ledgers.relations import Relation
from fupin_audit.results.rule_run import no_value
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.declared.parameter import DATE_UNIT, WORDS_UNIT
from fupin_audit.rulepack.declared.reserved_words import OUTER_ROW, PARAMETER, THIS_COLUMN
from fupin_audit.rulepack.language.aggregation import aggregate, exists, filtered_statistic, some
from fupin_audit.rulepack.language.bound import DATE, NUMBER, TEXT, Bound, blank_of, cast_to, expect, null_of
from fupin_audit.rulepack.language.calls import call, group_of, tolerant
from fupin_audit.rulepack.language.clerk_words import hint
from fupin_audit.rulepack.language.expression import (
    Path,
    as_written,
    function_name,
    parse,
    parts,
    two_arguments,
)
from fupin_audit.rulepack.language.functions import (
    AGGREGATES,
    FUNCTIONS,
    OF_CODES,
    OF_ROWS,
    OF_YEAR,
    TOLERANT,
    ValueKind,
)
from fupin_audit.rulepack.language.needs import Needs
from fupin_audit.rulepack.language.operators import OPERATORS
from fupin_audit.rulepack.language.vocabulary import Available, Everything, Vocabulary

# What the values of a unit are; all others are numbers.
_KINDS_OF_UNITS = {DATE_UNIT: DATE, WORDS_UNIT: TEXT}


@dataclass(frozen=True)
class Binder:
    """Binds expressions of one ledger's row.

    Attributes:
        vocabulary: all names.
        available: what the run has.
        frame: collects what the expressions need.
        path: to-one relations from the frame's row to the row whose names are meant.
        this_column: the field 该列 stands for.
        tolerated: ledgers that count as empty where not delivered.
        blank: fields that count as blank where not delivered.
        outer: binder of the row a statistic starts from, for bare names in its FILTER.
        related: the relation path, as written, that names the rows of the statistic being bound.
    """

    vocabulary: Vocabulary
    available: Available
    frame: Needs
    path: Path = ()
    this_column: str = ""
    tolerated: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    outer: Binder | None = None
    related: Path = ()

    @classmethod
    def on(
        cls,
        vocabulary: Vocabulary,
        available: Available,
        ledger: str,
        *,
        this_column: str = "",
        tolerated: Iterable[str] = (),
    ) -> Binder:
        """A binder for expressions on rows of the ledger, with a frame of its own."""
        return cls(
            vocabulary, available, Needs(ledger), this_column=this_column, tolerated=frozenset(tolerated)
        )

    @classmethod
    def checking(cls, vocabulary: Vocabulary, ledger: str, this_column: str = "") -> Binder:
        """A binder of a run that has everything: it finds what is wrong with an expression, without data."""
        return cls.on(vocabulary, Everything(vocabulary), ledger, this_column=this_column)

    def bind(self, text: str) -> Bound:
        """Parse and check one expression.

        Raises:
            RuleError: it can't be parsed, or names or does something that is not allowed.
        """
        return self.node(parse(text))

    def condition(self, text: str) -> exp.Expr:
        """Like `bind`, for an expression that must be a condition."""
        bound = self.bind(text)
        expect(bound, "boolean", parse(text))
        return bound.tree

    def node(self, node: exp.Expr) -> Bound:
        """Check one node of a parsed expression."""
        if operator := OPERATORS.get(type(node)):
            return operator(self, node)
        if isinstance(node, exp.Column):
            return self.name(node)
        if isinstance(node, exp.Filter):
            return filtered_statistic(self, node)
        return self._called(node)

    def _called(self, node: exp.Expr) -> Bound:
        name = function_name(node)
        if name in OF_ROWS:
            return exists(self, node) if name == "EXISTS" else some(self, node)
        if name in AGGREGATES:
            return aggregate(self, node, name, None)
        if name in TOLERANT:
            return tolerant(self, node, name)
        if name in FUNCTIONS:
            return call(self, node, name)
        if name == OF_CODES:
            return group_of(self, node)
        if name == OF_YEAR:
            return self._in_year(node)
        if isinstance(node, exp.Func):
            known = [*FUNCTIONS, *TOLERANT, *AGGREGATES, *OF_ROWS, OF_CODES, OF_YEAR]
            raise RuleError(f"没有函数“{name}”，或不允许使用{nearest(name, known)}")
        raise RuleError(f"表达式里不允许“{as_written(node)}”这样的写法")

    # Names.

    def name(self, node: exp.Column) -> Bound:
        """A name: a field, a related row's field, a parameter."""
        *path, name = parts(node)
        if path == [PARAMETER]:
            return self._parameter(name)
        way = tuple(path)
        if self.outer is not None:
            if way[: len(self.related)] != self.related:
                return self.outer.name(node)
            way = way[len(self.related) :]
        if not way:
            return self.field(name)
        reached = self.reach(way)
        return reached.field(name) if reached else self._unreached(way, name)

    def _unreached(self, path: Path, name: str) -> Bound:
        """Null of the right type for a field of a row this run can't reach; the name is still checked."""
        target = self.walk(self.path + path)[-1].target
        return blank_of(self._apart(target).field(name).kind)

    def field(self, name: str) -> Bound:
        """A field, derived field or constant of the row whose names are meant."""
        if name == THIS_COLUMN and self.this_column:
            name = self.this_column
        if (self.ledger, name) in self.vocabulary.derived:
            return self._derived(name)
        column = self.vocabulary.column(self.ledger, name)
        if column is None:
            return self._constant(name)
        kind = ValueKind(column.type.family, column.type.codes)
        if not self.available.has(self.ledger, name):
            if name not in self.blank:
                self.frame.missing.append(self.available.lacks(self.ledger, name))
            return Bound(null_of(column.type.sql), kind)
        self.frame.mentioned.append((self.path, name))
        return Bound(self._stored(name), kind)

    def _derived(self, name: str) -> Bound:
        if computed := self.available.computed(self.ledger, name):
            self.frame.mentioned += [((*self.path, *path), item) for path, item in computed.mentioned]
            self.frame.counted += [
                ((*self.path, *path), relation, fields) for path, relation, fields in computed.counted
            ]
            self.frame.passed_over += computed.passed_over
            return Bound(self._stored(name), computed.kind)
        derived = self.vocabulary.derived[self.ledger, name]
        inside = replace(self, blank=frozenset(derived.optional), this_column="", outer=None, related=())
        return inside.bind(derived.value)

    def _stored(self, name: str) -> exp.Expr:
        return exp.column(name, table=self.frame.alias_of(self.path), quoted=True)

    def _constant(self, name: str) -> Bound:
        as_of = self.available.as_of
        if name == "截止日期":
            return Bound(cast_to(exp.Literal.string(as_of.isoformat()), "DATE"), DATE)
        if name == "审计年度":
            return Bound(exp.Literal.number(as_of.year), NUMBER)
        near = nearest(name, self.vocabulary.names(self.ledger))
        header = near and "（" in name  # the header's own spelling: 人均纯收入（元）
        raise RuleError(f"“{self.ledger}”没有字段“{name}”{near}{'' if header else hint(name)}")

    def _parameter(self, name: str) -> Bound:
        """The parameter's value for the place and year of the frame's row."""
        if name not in self.vocabulary.parameters:
            raise RuleError(f"没有参数“{name}”{nearest(name, self.vocabulary.parameters)}")
        kind = _KINDS_OF_UNITS.get(self.vocabulary.parameters[name], NUMBER)
        if not self.available.parameter(name):
            self.frame.missing.append(no_value(name))
            return blank_of(kind)
        self.frame.parameters.add(name)
        return Bound(exp.column(name, table=self.frame.parameter_alias, quoted=True), kind)

    def _in_year(self, node: exp.Expr) -> Bound:
        """The parameter's value for the place of the frame's row and the year that is named."""
        named, when = two_arguments(OF_YEAR, node)
        first = parts(named)
        if first[:-1] != (PARAMETER,) or self.outer is not None:
            raise RuleError(
                f"{OF_YEAR} 写参数和年份，如 {OF_YEAR}(param.监测线, YEAR(识别年月))，不能写在统计里"
            )
        year, today = self.node(when), self._parameter(first[-1])
        expect(year, "number", when)
        if first[-1] not in self.frame.parameters:
            return today
        alias = self.frame.alias_of_year(year.tree)
        return replace(today, tree=exp.column(first[-1], table=alias, quoted=True))

    # Relations.

    @property
    def ledger(self) -> str:
        """Title of the ledger whose names are meant."""
        return self.walk(self.path)[-1].target if self.path else self.frame.ledger

    def walk(self, path: Path) -> list[Relation]:
        """The relations along a path from the frame's row.

        Raises:
            RuleError: there is no such relation.
        """
        ledger, found = self.frame.ledger, []
        for name in path:
            relation = self.vocabulary.relation(ledger, name)
            if relation is None:
                raise RuleError(
                    f"“{ledger}”没有关系“{name}”{nearest(name, self.vocabulary.relation_names(ledger))}"
                )
            found.append(relation)
            ledger = relation.target
        return found

    def reach(self, names: Path) -> Binder | None:
        """The binder of the row the to-one relations `names` lead to; None where they lead nowhere in this run."""
        path = self.path + names
        walked = self.walk(path)
        if many := next((r for r in walked if r.many), None):
            raise RuleError(f"“{many.name}”有多行，要用 COUNT、SUM、EXISTS 等统计")
        if not all(self.leads_somewhere(relation) for relation in walked):
            return None
        for length, relation in enumerate(walked, 1):
            self.frame.hops.setdefault(path[:length], relation)
        return replace(self, path=path, this_column="", blank=frozenset(), outer=None, related=())

    def leads_somewhere(self, relation: Relation) -> bool:
        """Whether the relation's rows were delivered with some key to pair them by; what lacks is noted."""
        if gap := self.available.gap(relation):
            if relation.target not in self.tolerated:
                self.frame.missing.append(gap)
            return False
        lacks: list[str] = []
        for pairs in relation.on:
            absent = [item for one, other in pairs for item in self._absent(relation, one, other)]
            if not absent:
                return True
            lacks += absent
        self.frame.missing += lacks
        return False

    def _absent(self, relation: Relation, one: str, other: str) -> list[str]:
        """What a pair of key expressions needs and was not delivered."""
        here, there = self._apart(relation.source), self._apart(relation.target)
        here.bind(one)
        there.bind(other)
        return [*here.frame.missing, *there.frame.missing]

    def over(self, relation: Relation, written: Path) -> Binder:
        """A binder for the rows a to-many relation leads to; what is not named by the path written is of this row."""
        frame = self.frame.inside(relation.target, ".".join((self.frame.alias, *self.path, relation.name)))
        outer = self._of_frame(self.frame.inside(self.ledger, OUTER_ROW))
        return replace(self._of_frame(frame), outer=outer, related=written)

    def unreached(self, relation: Relation, written: Path) -> Binder:
        """Like `over` where the relation leads nowhere in this run: names are checked, nothing of them is needed."""
        return replace(self._apart(relation.target), outer=self, related=written)

    def _of_frame(self, frame: Needs) -> Binder:
        return Binder(self.vocabulary, self.available, frame, tolerated=self.tolerated)

    def _apart(self, ledger: str) -> Binder:
        """A binder of the same run for rows of another ledger, whose needs are not those of this row."""
        return Binder.on(self.vocabulary, self.available, ledger)
