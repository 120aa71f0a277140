"""What a YAML file must not be before its values are made: endless, nested without end, or not plain data."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from fupin_audit.errors import RuleError

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 30
MAX_VALUES = 100_000
# What a plain file is made of; YAML can also call for Python objects, sets and bytes.
_PLAIN = frozenset(
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "merge", "map", "seq")
)


def refuse_endless(text: str, file: str) -> None:
    """Refuse text that would take forever, or all memory, to make values of.

    Raises:
        RuleError: it is too long, too deep, holds too many values, or an alias stands within its own anchor.
    """
    if len(text) > MAX_CHARACTERS:
        raise RuleError(f"文件太大（{len(text)}字），规则文件最多 {MAX_CHARACTERS} 字", file, 1)
    counted = _Counted(file)
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        counted.take(event)


class _Counted:
    """How deep and how many values a file is so far, with aliases counted as what they stand for."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._open: list[tuple[str | None, int]] = []  # anchor, values before it
        self._sizes: dict[str, int] = {}
        self._values = 0

    def take(self, event: yaml.Event) -> None:
        """Count what an event stands for.

        Raises:
            RuleError: as `refuse_endless`.
        """
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, before = self._open.pop()
            self._named(anchor, before)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open.append((event.anchor, self._values))
            self._values += 1
        elif isinstance(event, yaml.ScalarEvent):
            self._values += 1
            self._named(event.anchor, self._values - 1)
        if len(self._open) > MAX_DEPTH:
            raise self._refusal(event, f"一层套一层，超过 {MAX_DEPTH} 层")
        if self._values > MAX_VALUES:
            raise self._refusal(event, f"内容太多，超过 {MAX_VALUES} 项（引用按它代表的内容算）")

    def _alias(self, event: yaml.AliasEvent) -> None:
        if any(anchor == event.anchor for anchor, _ in self._open):
            raise self._refusal(event, f"“*{event.anchor}”引用了它自己所在的内容")
        self._values += self._sizes.get(event.anchor or "", 1)

    def _named(self, anchor: str | None, before: int) -> None:
        if anchor:
            self._sizes[anchor] = self._values - before

    def _refusal(self, event: yaml.Event, message: str) -> RuleError:
        return RuleError(message, self._file, event.start_mark.line + 1 if event.start_mark else None)


def refuse_odd(node: yaml.Node | None, file: str) -> None:
    """Refuse what is no plain data: a key written twice or that is no text, a tag of YAML's own.

    Raises:
        RuleError: names the line.
    """
    for each in _nodes(node):
        line = each.start_mark.line + 1
        if each.tag not in _PLAIN:
            raise RuleError(f"不允许“{each.tag}”这样的 YAML 标签", file, line)
        if isinstance(each, yaml.MappingNode):
            _refuse_repeats(each, file)


def _nodes(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """Every node once, in the order of the text."""
    waiting = [] if node is None else [node]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        if isinstance(each, yaml.MappingNode):
            waiting += [inner for pair in reversed(each.value) for inner in reversed(pair)]
        elif isinstance(each, yaml.SequenceNode):
            waiting += reversed(each.value)


def _refuse_repeats(node: yaml.MappingNode, file: str) -> None:
    """A key written twice: YAML would silently take the second."""
    seen: set[str] = set()
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise RuleError("名称只能是文字，不能是列表或映射", file, line)
        if key.value in seen:
            raise RuleError(f"“{key.value}”写了两次", file, line)
        seen.add(str(key.value))


class PlainLoader(yaml.CSafeLoader):
    """Makes values of nodes; what looks like a number or day and is none is told with its line."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:
        """The value of a node.

        Raises:
            YAMLError: the value can't be made.
        """
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, KeyError, AttributeError, TypeError, OverflowError) as error:
            written = str(node.value)[:20] if isinstance(node, yaml.ScalarNode) else node.tag
            raise yaml.constructor.ConstructorError(None, None, f"“{written}”", node.start_mark) from error
