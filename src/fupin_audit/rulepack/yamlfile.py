"""YAML files of a pack, with the line of every rule so that an error can name it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from fupin_audit.errors import RuleError

Model = TypeVar("Model", bound=BaseModel)
# Lists whose items carry their origin.
_WITH_ORIGIN = ("rules", "cells", "reconciliations", "derived", "parameters")
_WORDS = {
    "missing": "没有填写",
    "extra_forbidden": "没有这一项",
    "enum": "不在允许的值里",
    "literal_error": "不在允许的值里",
    "tuple_type": "应是列表",
    "too_short": "不能是空的",
    "string_type": "应是文本",
    "string_too_short": "不能空着",
    "string_pattern_mismatch": "应写成 KEY-05 的样子",
    "model": "应是“名称: 内容”的映射",
    "dict": "应是“名称: 内容”的映射",
    "date": "应是 2020-12-31 这样的日期",
    "bool": "应是 true 或 false",
    "float": "应是数",
}


def read(path: Path, model: type[Model]) -> Model:
    """Load and validate one YAML file.

    Raises:
        RuleError: it can't be read, is no YAML, or does not fit the model; names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(
            f"读不了规则文件（{error.__class__.__name__}），应为 UTF-8 文本", str(path)
        ) from error
    return parse(text, str(path), model)


def parse(text: str, file: str, model: type[Model]) -> Model:
    """Validate YAML text as `model`; `file` is the name errors use.

    Raises:
        RuleError: as `read`.
    """
    try:
        root, data = _composed(text)
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        message = "YAML 写法有误，多半是缩进、冒号或引号没有写对"
        raise RuleError(message, file, mark.line + 1 if mark else None) from error
    if not isinstance(data, dict) or root is None:
        raise RuleError("文件应是“名称: 内容”的 YAML 映射", file, 1)
    _add_origins(data, root, file)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RuleError(f"{where}：{_chinese(first)}", file, _line(root, first["loc"])) from error


def _composed(text: str) -> tuple[yaml.Node | None, Any]:
    """The document as nodes, which know their lines, and as values."""
    loader = yaml.CSafeLoader(text)
    try:
        root = loader.get_single_node()
        return root, None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


def _chinese(error: Any) -> str:
    """What is wrong with a value, by pydantic's name for it; names of one family share their first word."""
    kind = str(error["type"])
    return _WORDS.get(kind) or _WORDS.get(kind.partition("_")[0]) or str(error["msg"])


def _add_origins(data: dict[str, Any], root: yaml.Node, file: str) -> None:
    nodes = _entries(root)
    for key in _WITH_ORIGIN:
        items = data.get(key)
        if not isinstance(items, list) or key not in nodes:
            continue
        for item, node in zip(items, nodes[key].value, strict=True):
            if isinstance(item, dict):
                lines = {name: value.start_mark.line + 1 for name, value in _entries(node).items()}
                item["origin"] = {"file": file, "lines": {"": node.start_mark.line + 1, **lines}}


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
