"""What is wrong with a file that does not fit its model, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fupin_audit.rulepack.declared.nearest_word import nearest

Schema = Mapping[str, Any]

_WORDS = {
    "missing": "没有填写",
    "extra_forbidden": "没有这一项",
    "tuple_type": "应是列表",
    "too_short": "不能是空的",
    "string_type": "应是文本",
    "string_too_short": "不能空着",
    "string_pattern_mismatch": "应写成 KEY-05 的样子",
    "model": "应是“名称: 内容”的映射",
    "mapping": "应是“名称: 内容”的映射",
    "dict": "应是“名称: 内容”的映射",
    "date": "应是 2020-12-31 这样的日期",
    "bool": "应是 true 或 false",
    "float": "应是数",
    "int": "应是整数",
    "finite": "应是一个确定的数",
}
# How a validation error's place ends where a key, not its value, is wrong.
_OF_KEY = "[key]"


def foremost(error: ValidationError) -> ErrorDetails:
    """Of several faults the one to tell: a misspelled key comes before the right one that is missing for it."""
    return min(error.errors(), key=lambda fault: fault["type"] != "extra_forbidden")


def told(error: ErrorDetails, model: type[BaseModel]) -> str:
    """A validation error in Chinese: where, what, and the nearest right key."""
    *above, key = error["loc"] or ("",)
    where = ".".join(str(part) for part in error["loc"] if part != _OF_KEY)
    near = nearest(str(key), _known_keys(model, above)) if error["type"] == "extra_forbidden" else ""
    return f"{where}：{_chinese(error)}{near}"


def _chinese(error: ErrorDetails) -> str:
    """What is wrong with a value, by pydantic's name for it; names of one family share their first word."""
    kind = str(error["type"])
    if expected := error.get("ctx", {}).get("expected"):
        return f"不在允许的值里：{str(expected).replace(' or ', ', ')}"
    message = str(error["msg"]).removeprefix("Value error, ")
    return _WORDS.get(kind) or _WORDS.get(kind.partition("_")[0]) or message


def _known_keys(model: type[BaseModel], path: Sequence[int | str]) -> list[str]:
    """The keys the model knows where `path` (as a validation error has it) ends."""
    schema = model.model_json_schema()
    node = _resolved(schema, schema)
    for part in path:
        anything = next(iter(node.get("patternProperties", {}).values()), node.get("additionalProperties"))
        inside = node.get("properties", {}).get(part) or node.get("items") or anything
        if not isinstance(inside, Mapping):
            return []
        node = _resolved(schema, inside)
    return list(node.get("properties", {}))


def _resolved(schema: Schema, node: Schema) -> Schema:
    """The node itself where it only points elsewhere, or may also be null."""
    for choice in node.get("anyOf", ()):
        if choice.get("type") != "null":
            return _resolved(schema, choice)
    if "$ref" in node:
        return _resolved(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    return node
