"""A county's own code profile, in a YAML file: which number stands for which label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationInfo, field_validator

from fupin_audit.errors import UsageError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.code_profile import code_lists_of
from fupin_audit.ledgers.types.codes import NATIONAL, CodeList, CodeProfile, national_profile
from fupin_audit.rulepack.declared import yamlfile
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.declared.rule import Data, Words

_Labels = Mapping[int, Words]


class ProfileFile(Data):
    """`title`, and for each code list `{号: 名称}`; validated with the code lists of the run as context."""

    title: Words
    numbers: Mapping[str, _Labels]

    @field_validator("numbers")
    @classmethod
    def _of_the_lists(cls, value: Mapping[str, _Labels], info: ValidationInfo) -> Mapping[str, _Labels]:
        lists: Mapping[str, CodeList] = info.context or {}
        for name, labels in value.items():
            if name not in lists:
                raise ValueError(f"没有码表“{name}”{nearest(name, lists)}")
            for label in labels.values():
                if label not in lists[name].labels:
                    raise ValueError(f"码表“{name}”没有“{label}”{nearest(label, lists[name].labels)}")
        return value


def load_profile(name: str | Path, ledgers: Sequence[type[Ledger]]) -> CodeProfile:
    """The built-in profile of that name, or the one in that file.

    Raises:
        UsageError: there is neither.
        RuleError: the file is wrong.
    """
    if str(name) == NATIONAL:
        return national_profile()
    path = Path(name)
    if not path.is_file():
        raise UsageError(
            f"没有代码表“{name}”：应是 {NATIONAL}（{national_profile().title}），或写有代码的 YAML 文件"
        )
    content = yamlfile.read(path, ProfileFile, context=code_lists_of(ledgers))
    return CodeProfile(path.name, content.title, content.numbers)
