"""Open workbooks that have a password."""

from __future__ import annotations

from io import BytesIO
from xml.parsers.expat import ExpatError

import msoffcrypto
from cryptography.exceptions import UnsupportedAlgorithm
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from fupin_audit.errors import DamagedFileError, EncryptedFileError
from fupin_audit.workbook.files.refusal import TRUSTING, UNLOCK, damaged_if_it_fails

# Excel locks a file that is only protected against editing with this, and opens it without asking.
_DEFAULT_PASSWORD = "VelvetSweatshop"
# Office spins 100,000 times to make a key; a forged count would keep us busy for days.
_MAX_SPIN = 1_000_000
_FAILURES = (FileFormatError, ParseError, UnsupportedAlgorithm, ExpatError, *TRUSTING)


def decrypt(content: bytes, password: str | None) -> bytes:
    """The workbook inside an encrypted file.

    Args:
        content: an encrypted xls, or the envelope of an encrypted xlsx or xlsb.
        password: as given by the user; without one only write-protected files open.

    Raises:
        EncryptedFileError: no password, or a wrong one.
        DamagedFileError: the envelope is broken.
    """
    opened = BytesIO()
    with damaged_if_it_fails(*_FAILURES, message="加密文件已损坏，或加密方式不受支持"):
        try:
            locked = msoffcrypto.OfficeFile(BytesIO(content))
            _check_spin(locked)
            locked.load_key(password=password or _DEFAULT_PASSWORD)
            locked.decrypt(opened)
        except (InvalidKeyError, DecryptionError) as error:
            raise EncryptedFileError("密码不正确" if password else "文件有打开密码", UNLOCK) from error
    return opened.getvalue()


def _check_spin(locked: object) -> None:
    spin = getattr(locked, "info", {}).get("spinValue", 0)
    if spin > _MAX_SPIN:
        raise DamagedFileError(f"加密参数异常（迭代 {spin} 次）", UNLOCK)
