"""The register of what is planted: sample → fault → the households that it has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import yaml

from county.planting.places import Places

REGISTER = Path(__file__).with_name("planted.yaml")
Register: TypeAlias = Mapping[str, Places]
_HEAD = """\
# Which households each fault of each sample has: 户编号, its companions after its own.
# `python bench/make_samples.py` keeps this file. What stands here stays, so that a new fault moves no other.
"""
_WIDE = 1000  # a fault a line


def read_register(path: Path = REGISTER) -> Register:
    """What is planted where; nothing if there is no register yet."""
    return (yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else None) or {}


def write_register(register: Register, path: Path = REGISTER) -> None:
    """Write it, faults in the order of their names."""
    plain = {
        sample: {fault: list(places[fault]) for fault in sorted(places)}
        for sample, places in register.items()
        if places
    }
    text = yaml.safe_dump(plain, allow_unicode=True, default_flow_style=None, sort_keys=False, width=_WIDE)
    path.write_text(_HEAD + text, encoding="utf-8", newline="\n")
