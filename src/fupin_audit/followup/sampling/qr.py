"""The QR code of a visit: which household, which draw, as text any phone shows."""

from __future__ import annotations

from io import BytesIO

import segno

_PIXELS_A_MODULE = 6


def qr_text(batch: str, visit: str, household: str) -> str:
    """What the code says: no name, no ID number."""
    return f"入户核查 批次 {batch}\n核查编号 {visit}\n户编号 {household}"


def qr_image(text: str) -> tuple[BytesIO, int]:
    """A PNG, and its width in pixels."""
    code = segno.make_qr(text, encoding="utf-8", error="m")
    image = BytesIO()
    code.save(image, kind="png", scale=_PIXELS_A_MODULE)
    return image, int(code.symbol_size(scale=_PIXELS_A_MODULE)[0])
