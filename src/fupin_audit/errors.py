"""The error tree: what the tool could not do, as opposed to what is wrong with the data (D12).

Every message is Chinese, says where and what to do, and may be shown to a user as it is.
"""

from fupin_audit.masking import mask_codes


class FupinAuditError(Exception):
    """Base of every error this package raises on purpose; personal numbers in its message are masked (D10)."""

    def __init__(self, message: str = "") -> None:
        super().__init__(mask_codes(message))


# Wrong usage, configuration or rules: exit code 2.


class UsageError(FupinAuditError):
    """The call or its options make no sense; nothing was judged."""


class RuleError(FupinAuditError):
    """A rule, pack or parameter file is wrong.

    Args:
        message: what is wrong, with the nearest right name where there is one.
        file: the YAML file, or the name of the text that holds the rule.
        line: its line, counted from 1, where known.
    """

    def __init__(self, message: str, file: str = "", line: int | None = None) -> None:
        self.message = message
        self.file = file
        self.line = line
        place = f"{file}:{line}" if file and line else file
        super().__init__(f"{place}：{message}" if place else message)


# Input that cannot be read: a CEL-10 finding and exit code 3; the rest is still judged.


class InputError(FupinAuditError):
    """A file or sheet that could not be read; `hint` says what the user can do."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message}{hint and '。' + hint}")


class NotASpreadsheetError(InputError):
    """The bytes are no spreadsheet of any kind we know."""


class DamagedFileError(InputError):
    """A spreadsheet whose structure is broken."""


class EncryptedFileError(InputError):
    """A spreadsheet protected by a password."""


class OverLimitError(InputError):
    """A file beyond the safety limits (zip bomb, too many cells)."""


# Output that cannot be written: exit code 3; the rest is still written.


class OutputError(FupinAuditError):
    """A file, folder or stream that could not be written; what was there before is as it was."""
