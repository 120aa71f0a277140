"""A list of waivers as people write it: what an entry must say, and what is wrong with one that does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from fupin_audit.errors import RuleError, UsageError
from fupin_audit.followup.waivers.waiver import Waiver
from fupin_audit.ledgers.types.fieldtypes import CellError
from fupin_audit.ledgers.types.kinds import DAY
from fupin_audit.rulepack.declared import yamlfile
from fupin_audit.rulepack.declared.validation import foremost, told

HEADERS = ("指纹", "户编号", "规则", "字段", "原值", "理由", "佐证", "经办人", "批准人", "有效期")
_TITLE = "豁免"
_HEAD = f"""\
# 豁免清单：fupin-audit check 数据 --history 历史.db --waivers 本文件
# 每条写明理由、批准人、有效期；到期、原值变了、对不上发现的，会提醒。
{_TITLE}:
"""
_NO_ENTRY = re.compile(rf"^{_TITLE}:[ \t]*(?:\[[ \t]*\])?[ \t]*$", re.MULTILINE)


def _as_text(value: object) -> object:
    """A number of a household, or a name, as it is written."""
    return (
        str(value).strip() if isinstance(value, int | float | str) and not isinstance(value, bool) else value
    )


def _as_day(value: object) -> object:
    """A day as ledgers may write it; 20211231 is one, and not seconds since 1970."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return value
    try:
        return DAY.read(str(value))
    except CellError as error:
        raise ValueError(f"{error}，应是 2020-12-31 这样的日期") from error


_Words = Annotated[str, BeforeValidator(_as_text)]
_Said = Annotated[str, BeforeValidator(_as_text), StringConstraints(min_length=1)]


class WaiverEntry(BaseModel):
    """One entry: which finding, why, who allows it, until when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fingerprint: _Words = Field("", alias="指纹")
    household: _Words = Field("", alias="户编号")
    rule: Annotated[_Words, AfterValidator(str.upper)] = Field("", alias="规则")
    field: _Words = Field("", alias="字段")
    value: _Words = Field("", alias="原值")
    reason: _Said = Field(alias="理由")
    evidence: _Words = Field("", alias="佐证")
    by: _Words = Field("", alias="经办人")
    approved_by: _Said = Field(alias="批准人")
    until: Annotated[date, BeforeValidator(_as_day)] = Field(alias="有效期")

    @model_validator(mode="after")
    def _is_about_something(self) -> WaiverEntry:
        if not self.fingerprint and not (self.household and self.rule):
            raise ValueError("要写“指纹”，或“户编号”和“规则”，才知道豁免的是哪一条")
        return self

    def waiver(self, where: str) -> Waiver:
        """The entry; `where` is its place in the file."""
        return Waiver(
            self.reason, self.approved_by, self.until, self.fingerprint, self.household, self.rule, self.field,
            self.value, self.by, self.evidence, where,
        )  # fmt: skip


class WaiverFile(BaseModel):
    """A YAML file of entries."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entries: Annotated[tuple[WaiverEntry, ...], BeforeValidator(lambda given: given or ())] = Field(
        alias=_TITLE
    )


def read_yaml(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a YAML file.

    Raises:
        RuleError: it can't be read, or an entry does not say what it must; names file and line.
    """
    entries = yamlfile.read(path, WaiverFile).entries
    return tuple(entry.waiver(f"{path.name} 第{number}条") for number, entry in enumerate(entries, 1))


def from_row(row: Mapping[str, str], file: str, number: int) -> Waiver:
    """The waiver of a row of a sheet.

    Raises:
        RuleError: the row does not say what it must.
    """
    return _entry(row, file, number).waiver(f"{file} 第{number}行")


def _entry(row: Mapping[str, object], file: str, number: int | None = None) -> WaiverEntry:
    said = {name: row[name] for name in HEADERS if row.get(name)}
    try:
        return WaiverEntry.model_validate(said)
    except ValidationError as error:
        raise RuleError(told(foremost(error), WaiverEntry), file, number) from error


def appended(text: str, waiver: Waiver, file: str) -> str:
    """A YAML file with one entry more; what stands in it, remarks too, stays as it is.

    Raises:
        RuleError: the entry does not say what it must, or `text` is no list of waivers.
        UsageError: the list is not written in a way that an entry can be added to.
    """
    named: dict[str, object] = {
        "指纹": waiver.fingerprint, "户编号": waiver.household, "规则": waiver.rule, "字段": waiver.field,
        "原值": waiver.value, "理由": waiver.reason, "佐证": waiver.evidence, "经办人": waiver.by,
        "批准人": waiver.approved_by, "有效期": waiver.until,
    }  # fmt: skip
    added = _entry(named, file)
    lines = yaml.safe_dump(
        [{name: value for name, value in named.items() if value}],
        allow_unicode=True,
        sort_keys=False,
        width=1000,
    ).splitlines()
    before = _NO_ENTRY.sub(f"{_TITLE}:", text if text.strip() else _HEAD)
    after = before.rstrip("\n") + "\n" + "".join(f"  {line}\n" for line in lines)
    known = yamlfile.parse(text, file, WaiverFile).entries if text.strip() else ()
    if _entries(after, file) != (*known, added):
        raise UsageError(f"{file} 的写法接不上新的一条：每条要从“  - ”（行首空两格）写起，改好再运行")
    return after


def _entries(text: str, file: str) -> tuple[WaiverEntry, ...]:
    """The entries of a text; none where it is no list."""
    try:
        return yamlfile.parse(text, file, WaiverFile).entries
    except RuleError:
        return ()
