"""YAML files of a pack, with the line of every rule so that an error can name it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from fupin_audit.errors import RuleError
from fupin_audit.rulepack.declared.validation import foremost, told
from fupin_audit.rulepack.declared.yaml_limits import MAX_CHARACTERS, PlainLoader, refuse_endless, refuse_odd
from fupin_audit.writing.system_errors import reason

_LONGEST_CHARACTER = 4  # bytes
Model = TypeVar("Model", bound=BaseModel)
# Lists and mappings whose items carry their origin.
_WITH_ORIGIN = (
    "rules",
    "cells",
    "reconciliations",
    "screens",
    "indicators",
    "derived",
    "parameters",
    "ledgers",
    "benefits",
    "relations",
)
_NAMED_WITH_ORIGIN = ("codes",)
# Mappings of an item whose keys have lines of their own.
_DEEP = ("fields",)


def read(path: Path, model: type[Model], *, context: object = None) -> Model:
    """Load and validate one YAML file; validators get the context.

    Raises:
        RuleError: it can't be read, is no YAML, or does not fit the model; names file and line.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(_LONGEST_CHARACTER * MAX_CHARACTERS + 1)
    except OSError as error:
        why = "没有这个文件" if isinstance(error, FileNotFoundError) else reason(error)
        raise RuleError(f"读不了这个文件：{why}", str(path)) from error
    return parse(_decoded(content, str(path)), str(path), model, context=context)


def _decoded(content: bytes, file: str) -> str:
    """The text; of one that is too long in any case perhaps not the last character.

    Raises:
        RuleError: it is not in UTF-8.
    """
    endless = len(content) > _LONGEST_CHARACTER * MAX_CHARACTERS
    try:
        text = content.decode("utf-8-sig", errors="ignore" if endless else "strict")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RuleError("这里不是 UTF-8 文本，请另存为 UTF-8 编码", file, line) from error
    return StringIO(text, newline=None).read()


def parse(text: str, file: str, model: type[Model], *, context: object = None) -> Model:
    """Validate YAML text as `model`; `file` is the name errors use.

    Raises:
        RuleError: as `read`.
    """
    try:
        root, data = _composed(text, file)
    except yaml.YAMLError as error:
        message = "YAML 写法有误，多半是缩进、冒号或引号没有写对"
        raise RuleError(message, file, _line_of(error, text)) from error
    if not isinstance(data, dict) or root is None:
        raise RuleError("文件应是“名称: 内容”的 YAML 映射", file, 1)
    _add_origins(data, root, file)
    try:
        return model.model_validate(data, context=context)
    except ValidationError as error:
        first = foremost(error)
        message = told(first, model)
        raise RuleError(message, file, _line(root, first["loc"])) from error


def _composed(text: str, file: str) -> tuple[yaml.Node | None, Any]:
    """The document as nodes, which know their lines, and as values."""
    refuse_endless(text, file)
    loader = PlainLoader(text)
    try:
        root = loader.get_single_node()
        refuse_odd(root, file)  # before `<<` brings further keys in
        return root, None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


def _line_of(error: yaml.YAMLError, text: str) -> int:
    """The line the parser stumbled at; where it can't say, that of the character it can't read, or the first."""
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    if mark:
        return mark.line + 1
    return text.encode().count(b"\n", 0, getattr(error, "position", 0)) + 1


def _add_origins(data: dict[str, Any], root: yaml.Node, file: str) -> None:
    for item, node in _items(data, _entries(root)):
        if isinstance(item, dict):
            item["origin"] = {"file": file, "lines": _lines(node)}
            _add_origins(item, node, file)


def _items(data: dict[str, Any], nodes: Mapping[str, yaml.Node]) -> Iterator[tuple[Any, yaml.Node]]:
    """The items that carry their origin, with their nodes."""
    for key in _WITH_ORIGIN:
        if isinstance(data.get(key), list) and key in nodes:
            yield from zip(data[key], nodes[key].value, strict=True)
    for key in _NAMED_WITH_ORIGIN:
        if isinstance(data.get(key), dict) and key in nodes:
            entries = _entries(nodes[key])
            yield from ((item, entries[name]) for name, item in data[key].items() if name in entries)


def _lines(node: yaml.Node) -> dict[str, int]:
    """Key → its line; the empty key stands for the item itself."""
    lines = {"": node.start_mark.line + 1}
    for name, value in _entries(node).items():
        lines[name] = value.start_mark.line + 1
        if name in _DEEP:
            inner = _entries(value).items()
            lines |= {f"{name}.{key}": deep.start_mark.line + 1 for key, deep in inner}
    return lines


def _entries(node: yaml.Node) -> Mapping[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(key.value): value for key, value in node.value}


def _line(node: yaml.Node, path: tuple[int | str, ...]) -> int:
    """Line of the deepest node on the path that exists."""
    for part in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif (found := _entries(node).get(str(part))) is not None:
            node = found
        else:
            break
    return node.start_mark.line + 1
