"""Code lists (码表): data in `rules/codes.yaml`, the labels a field may hold and how else they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from fupin_audit.errors import RuleError
from fupin_audit.ledgers.types.text import narrow
from fupin_audit.resources import folder

_BRACKETS = re.compile(r"[()\[\]{}【】〔〕“”\"]")
# Ten times as fast, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Name of the one built-in code profile.
NATIONAL = "2018"
_LEADING_NUMBER = re.compile(r"^[0-9]{1,2}[-.、:_]?(?=[^0-9])")


class CodeList(BaseModel):
    """The values of a coded field.

    Attributes:
        name: the key it stands under in the file.
        numbers: national 2017/18 number → label; numbers differ between systems and are no values.
        unnumbered: labels without a number, such as those of 2021 and later.
        synonyms: label → spellings met in real files.
        suffix: an ending of labels that may be missing, such as 族.
        open: new labels may come; a text that resembles no label is one.
        alone: labels that exclude all others in a cell of several.
        groups: named sets of labels that rules and readers speak of.
        maps: other list → label here → label there.
        blank_since_2021: what a blank cell means in exports of 2021 and later.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    numbers: Mapping[int, str] = Field(default_factory=dict)
    unnumbered: tuple[str, ...] = Field((), alias="labels")
    synonyms: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    suffix: str = ""
    open: bool = False
    alone: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    maps: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    blank_since_2021: str = ""

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The canonical labels in their order."""
        return (*self.numbers.values(), *self.unnumbered)

    def find(self, text: str) -> str | None:
        """The label a text stands for; None where it is none of the list's.

        >>> code_list("脱贫属性").find("已脱贫（享受政策）"), code_list("住房等级").find("三级")
        ('已脱贫', 'C')
        """
        key = _key(text)
        return self._index.get(key) or self._index.get(_LEADING_NUMBER.sub("", key))

    def nearest(self, text: str, score: float = 50) -> str:
        """The label that resembles a text most; empty where none reaches the score (0 to 100)."""
        from rapidfuzz import fuzz, process  # costs more than all else here, and only wrong cells need it

        found = process.extractOne(_key(text), list(self._index), scorer=fuzz.ratio, score_cutoff=score)
        return self._index[found[0]] if found else ""

    @cached_property
    def _index(self) -> Mapping[str, str]:
        return {_key(spelling): label for spelling, label in self._spellings()}

    def _spellings(self) -> Iterator[tuple[str, str]]:
        for label in self.labels:
            yield label, label
            if self.suffix and label.endswith(self.suffix):
                yield label.removesuffix(self.suffix), label
        for label, spellings in self.synonyms.items():
            yield from ((spelling, label) for spelling in spellings)


@dataclass(frozen=True)
class CodeProfile:
    """Which labels the bare numbers of one system stand for (代码表).

    Attributes:
        name: as the user calls it: `2018`, or a file.
        title: what it is, for people.
        numbers: name of a code list → number → label.
    """

    name: str
    title: str
    numbers: Mapping[str, Mapping[int, str]]

    def label(self, codes: CodeList, digits: str) -> str:
        """The label the digits of a cell stand for; empty where the profile has none."""
        labels = {str(number): label for number, label in self.numbers.get(codes.name, {}).items()}
        return labels.get(digits.lstrip("0") or "0", "")


@cache
def national_profile() -> CodeProfile:
    """The national codes of 2017 and 2018, as `codes.yaml` has them."""
    numbers = {name: codes.numbers for name, codes in code_lists().items() if codes.numbers}
    return CodeProfile(NATIONAL, "2017/2018年全国编码", numbers)


def code_list(name: str) -> CodeList:
    """The code list of that name.

    Raises:
        RuleError: there is none, or `codes.yaml` is malformed.
    """
    lists = code_lists()
    if name not in lists:
        raise RuleError(f"没有码表“{name}”", "codes.yaml")
    return lists[name]


@cache
def code_lists() -> Mapping[str, CodeList]:
    """All code lists by name, read once."""
    path = folder("rules") / "codes.yaml"
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
        lists = TypeAdapter(dict[str, CodeList]).validate_python(data)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise RuleError(f"码表读不出来：{error}", str(path)) from error
    return {name: codes.model_copy(update={"name": name}) for name, codes in lists.items()}


def _key(text: str) -> str:
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", narrow(text))).upper()
