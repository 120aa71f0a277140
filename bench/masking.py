"""What masking costs: microseconds a text, and its share of a whole check.

    python bench/masking.py [FOLDER]       # the ledgers to check; without one the sample county

The share is that of texts masked for the first time: the masks of the latest 65,536 texts are kept.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

from county.records.numbers import id_number
from fupin_audit import audit, masking
from fupin_audit.personal_numbers import Holding, PersonalNumber, personal_numbers

_TEXTS, _BORN = 50_000, date(1940, 1, 1)
_SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "清河县"


def _texts(shape: Callable[[int], str]) -> Sequence[str]:
    return [shape(number) for number in range(_TEXTS)]


def _number(number: int) -> str:
    return id_number(990101, _BORN + timedelta(days=number % 20_000), number // 20_000 + 1)


KINDS = {
    "身份证号": (masking.mask, _number),
    "手机号": (masking.mask, lambda number: f"138{number:08}"),
    "姓名": (masking.mask_text, lambda number: f"张{number}"),
    "户编号": (masking.mask_text, lambda number: f"99010000{number:06}"),
    "一句话": (masking.mask_text, lambda number: f"户{number}：人均纯收入 3,800.50 元，2020-06-01 登记，应为 {number} 元"),
    "写开的号码": (masking.mask_text, lambda number: " ".join(_number(number))),
}  # fmt: skip


def main() -> None:
    """Measure and print."""
    for name, (how, shape) in KINDS.items():
        texts = _texts(shape)
        begun = time.process_time()
        for text in texts:
            how(text)
        print(f"{name}\t{(time.process_time() - begun) / len(texts) * 1e6:.1f} µs")
    print(f"全部核对里打码占 {_share(Path(sys.argv[1]) if sys.argv[1:] else _SAMPLE):.1%}")


def _share(folder: Path) -> float:
    """The time spent in masking, of that of the whole check."""
    spent = 0.0

    def timed(text: str, holding: Holding) -> list[PersonalNumber]:
        nonlocal spent
        begun = time.thread_time()
        found = personal_numbers(text, holding)
        spent += time.thread_time() - begun
        return found

    audit(folder, as_of=date(2020, 12, 31))  # once, so that all is loaded
    masking._masked.cache_clear()
    begun = time.process_time()
    with patch("fupin_audit.masking.personal_numbers", timed):
        audit(folder, as_of=date(2020, 12, 31))
    return spent / (time.process_time() - begun)


if __name__ == "__main__":
    main()
