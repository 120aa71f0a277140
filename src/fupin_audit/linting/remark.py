"""What a lint check says of a rule, a derived field or a parameter."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_audit.rulepack.declared.rule import Origin


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: where it stands, what it is about, what is odd."""

    file: str
    line: int
    subject: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}：{self.subject}：{self.message}"


def remark(origin: Origin, key: str, subject: str, message: str) -> Remark:
    """A remark at the line of one of the declaration's keys."""
    return Remark(origin.file, origin.line(key) or 1, subject, message)
