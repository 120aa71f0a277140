"""The bulletin as a Word file: the layout of an official letter, or that of a template.

People write on in it, so there is nothing by which it is known and may be written over.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from fupin_audit.reports.bulletin.letter_text import ISSUER, NUMBER, SIGNED_ON, LetterTable, letter
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.writing.word import LetterPart, new_letter

TITLE = "台账核对情况通报"


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes the letter with a head and a signature to be filled in."""
    write_in(None, result, sink)


def write_in(template: Path | None, result: AuditResult, sink: BinaryIO) -> None:
    """Writes the letter into a template, which has a head and a signature of its own.

    Raises:
        UsageError: the template can't be opened.
    """
    with new_letter(sink, TITLE, result.as_of, template) as page:
        if not template:
            page.add(LetterPart.ISSUER, ISSUER)
            page.add(LetterPart.NUMBER, NUMBER)
            page.add_red_line()
        for block in letter(result):
            if isinstance(block, LetterTable):
                page.add_table(block.header, block.rows)
            else:
                page.add(block.part, block.text)
        if not template:
            page.add(LetterPart.SIGNATURE, ISSUER)
            page.add(LetterPart.SIGNATURE, SIGNED_ON)
