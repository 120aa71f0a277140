"""Ways to write a Chinese character: data in `rules/characters.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from fupin_audit.errors import RuleError
from fupin_audit.resources import folder

_FIRST, _LAST = 0x4E00, 0x9FFF  # 一 to 鿿


class Characters(BaseModel):
    """What the file holds.

    Attributes:
        variants: usual character → the traditional and variant forms that mean nothing else.
        lookalikes: characters easily mistaken for each other in copying.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    variants: Mapping[str, str]
    lookalikes: tuple[str, ...]


@cache
def characters() -> Characters:
    """The declared characters, read once.

    Raises:
        RuleError: `characters.yaml` is malformed.
    """
    path = folder("rules") / "characters.yaml"
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return Characters.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=loader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise RuleError(f"字表读不出来：{error}", str(path)) from error


@cache
def _usual() -> Mapping[int, str]:
    return {ord(form): usual for usual, forms in characters().variants.items() for form in forms}


def usual(text: str) -> str:
    """The text with traditional and variant characters in their usual form.

    >>> usual("張學軍"), usual("王乾")
    ('张学军', '王乾')
    """
    return text.translate(_usual())


def usual_ranges() -> str:
    """The body of a regular expression's class of the characters that `usual` leaves as they are."""
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in _gaps())


def _gaps() -> Iterator[tuple[int, int]]:
    """The ranges between the characters that have a more usual form, both ends included."""
    bounds = [_FIRST - 1, *sorted(_usual()), _LAST + 1]
    for before, after in pairwise(bounds):
        if after - before > 1:
            yield before + 1, after - 1
