"""Making samples by name, and what their keys say."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from county.answers.severities import severity
from county.samples.all_samples import SAMPLES
from county.samples.register import read_register, write_register
from fupin_audit.rulepack.packs.pack_loading import load_catalogue

ROOT = Path(__file__).parents[2]


def made(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "bench/make_samples.py", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")


def test_one_sample_is_made_by_its_name(tmp_path: Path) -> None:
    register = (ROOT / "bench/county/samples/planted.yaml").read_bytes()
    assert made("抚顺样例", "--out", tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["抚顺样例"]
    key = Path("抚顺样例/key.json")
    assert (tmp_path / key).read_bytes() == (ROOT / "samples" / key).read_bytes()
    assert (ROOT / "bench/county/samples/planted.yaml").read_bytes() == register


def test_a_wrong_name_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    done = made("抚顺样例", "清河", "--out", tmp_path)
    assert done.returncode == 2
    assert "清河" in done.stderr.splitlines()[-1]
    assert all(sample.folder in done.stderr for sample in SAMPLES)
    assert list(tmp_path.iterdir()) == []


def test_a_rule_is_as_grave_as_its_yaml_says() -> None:
    alike = {
        rule: {entry.severity.value for entry in entries} for rule, entries in load_catalogue().rules.items()
    }
    for rule, severities in alike.items():
        if len(severities) == 1:
            assert {severity(rule)} == severities
        else:
            with pytest.raises(LookupError, match=f"{rule} has {' and '.join(sorted(severities))}"):
                severity(rule)
    assert Counter(map(len, alike.values()))[1] > 200
    with pytest.raises(LookupError, match="XYZ-01 has no entry"):
        severity("XYZ-01")


def test_the_register_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_register(read_register(), tmp_path / "planted.yaml")
    assert read_register(tmp_path / "planted.yaml") == read_register()
    assert read_register(tmp_path / "none.yaml") == {}
