"""What every test may use: the options of this suite, golden files, and one hand-made result."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from effort import NIGHTLY, is_night
from fupin_audit.engine.database.duckdb import Database
from fupin_audit.engine.proving.examples import open_proving
from fupin_audit.results.audit_result import AuditResult
from invented import invented_result
from samples_audited import SampleAudits, shared_folder

GOLDEN = Path(__file__).parent / "golden"
MANY = 1000  # tests


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden files instead of comparing")
    parser.addoption("--slow", action="store_true", help="run what takes whole counties, too")
    parser.addoption("--nightly", action="store_true", help="run all there is")


def pytest_configure(config: pytest.Config) -> None:
    """Before any test module is imported: property tests ask then how many examples they may try."""
    if config.getoption("--nightly"):
        os.environ[NIGHTLY] = "1"
    gc.disable()  # until all is collected: what is made meanwhile stays


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = {"slow": is_night() or config.getoption("--slow"), "nightly": is_night()}
    for name in (name for name, runs in wanted.items() if not runs):
        for item in items:
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=f"--{name}"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """The tests themselves, thousands of objects, need not be looked at each time garbage is collected."""
    if len(session.items) < MANY:
        return
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    gc.enable()


def pytest_unconfigure() -> None:
    gc.unfreeze()


@pytest.fixture(scope="session")
def audits(tmp_path_factory: pytest.TempPathFactory) -> SampleAudits:
    """The audits of the samples."""
    return SampleAudits(shared_folder(tmp_path_factory))


@pytest.fixture(scope="session")
def proving() -> Iterator[Database]:
    """The database examples are judged in, one by one."""
    with open_proving() as database:
        yield database


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with a file under tests/golden, or renews that file with --update-golden."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def county() -> AuditResult:
    return invented_result()
