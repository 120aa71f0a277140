"""YAML files of a pack, with the line of every rule so that an error can name it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from fupin_audit.errors import RuleError
from fupin_audit.rulepack.declared.validation import foremost, told

Model = TypeVar("Model", bound=BaseModel)
# Lists and mappings whose items carry their origin.
_WITH_ORIGIN = (
    "rules",
    "cells",
    "reconciliations",
    "indicators",
    "derived",
    "parameters",
    "ledgers",
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
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(
            f"读不了规则文件（{error.__class__.__name__}），应为 UTF-8 文本", str(path)
        ) from error
    return parse(text, str(path), model, context=context)


def parse(text: str, file: str, model: type[Model], *, context: object = None) -> Model:
    """Validate YAML text as `model`; `file` is the name errors use.

    Raises:
        RuleError: as `read`.
    """
    try:
        root, data = _composed(text, file)
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        message = "YAML 写法有误，多半是缩进、冒号或引号没有写对"
        raise RuleError(message, file, mark.line + 1 if mark else None) from error
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
    loader = yaml.CSafeLoader(text)
    try:
        root = loader.get_single_node()
        _refuse_repeats(root, file)  # before `<<` brings further keys in
        return root, None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


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


def _refuse_repeats(node: yaml.Node | None, file: str) -> None:
    """A key written twice: YAML would silently take the second."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _refuse_repeats(child, file)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, child in node.value:
            if key.value in seen:
                raise RuleError(f"“{key.value}”写了两次", file, key.start_mark.line + 1)
            seen.add(str(key.value))
            _refuse_repeats(child, file)


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
