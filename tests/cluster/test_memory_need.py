"""Whether a delivery is too large to be judged in one."""

from __future__ import annotations

from pathlib import Path

from fupin_audit.cluster.memory_need import half_of_machine, needed


def test_what_is_compressed_takes_more_than_text_and_other_files_nothing(tmp_path: Path) -> None:
    for name in ("人口.csv", "户.xlsx", "说明.docx"):
        (tmp_path / name).write_bytes(b"0" * 1000)
    assert needed([tmp_path / "人口.csv"]) < needed([tmp_path / "户.xlsx"]) < 100_000
    assert needed([tmp_path]) == needed([tmp_path / "人口.csv"]) + needed([tmp_path / "户.xlsx"])


def test_there_is_some_memory() -> None:
    assert (half_of_machine() or 0) > 100 << 20
