"""Additions as CONTRIBUTING prints them: files to write, and lines to put into files that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"```(yaml|python|diff)\n# (\S+)\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Edit:
    """What one block of a recipe does to one file.

    Attributes:
        path: the file, below the checkout.
        language: `diff` changes a file that is there; `yaml` and `python` write one, or go on with one in YAML.
        text: the block without the line that names the file.
    """

    path: str
    language: str
    text: str

    def applied(self, before: str | None) -> str:
        """The file's text afterwards.

        Raises:
            ValueError: the block does not fit the file.
        """
        if self.language == "diff":
            return _patched(before or "", self.text)
        if before is None:
            return self.text
        if self.language == "yaml":
            return _continued(before, self.text)
        raise ValueError(f"{self.path} is there already")

    def apply(self, checkout: Path) -> None:
        """Write the file's text."""
        path = checkout / self.path
        after = self.applied(path.read_text(encoding="utf-8") if path.exists() else None)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(after, encoding="utf-8", newline="\n")


def edits(document: str) -> Iterator[Edit]:
    """The blocks of a document that begin with a file's name."""
    for language, path, text in _BLOCK.findall(document):
        yield Edit(path, language, text)


def _patched(text: str, hunk: str) -> str:
    """The text with the hunk's lines put in beside those it shows as they are."""
    lines = [(line[:1], line[1:]) for line in hunk.splitlines()]
    before = "\n".join(line for mark, line in lines if mark != "+")
    after = "\n".join(line for mark, line in lines if mark != "-")
    if f"\n{text}".count(f"\n{before}\n") != 1:
        raise ValueError(f"not exactly one place reads: {before}")
    return f"\n{text}".replace(f"\n{before}\n", f"\n{after}\n")[1:]


def _continued(text: str, block: str) -> str:
    """A YAML file whose last list goes on with the block's entries."""
    *_, last = yaml.safe_load(text)
    ((key, _),) = yaml.safe_load(block).items()
    if key != last:
        raise ValueError(f"the file ends with {last}, not with {key}")
    return text.rstrip("\n") + "\n\n" + block.partition("\n")[2]
