"""The examples in the docstrings of the cell readers hold."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from fupin_audit.ledgers.types import characters, codes, dates, id_numbers, numbers, text, yesno

READERS = [characters, codes, dates, numbers, id_numbers, text, yesno]


@pytest.mark.parametrize("module", READERS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_docstrings(module: ModuleType) -> None:
    failed, attempted = doctest.testmod(module)
    assert attempted > 0
    assert failed == 0
