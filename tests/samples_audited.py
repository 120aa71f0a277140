"""The samples, each audited once a run of the tests, whichever of its processes asks first."""

from __future__ import annotations

import os
import pickle
from functools import cache
from pathlib import Path

import pytest

from fupin_audit import audit
from fupin_audit.options import Options
from fupin_audit.projectfile import ON, find_project
from fupin_audit.results.audit_result import AuditResult

SAMPLES = Path(__file__).parents[1] / "samples"


class SampleAudits:
    """Results of whole audits, kept in a folder that all processes of a run share."""

    def __init__(self, shared: Path) -> None:
        self._shared = shared
        self.of = cache(self._once)

    def _once(self, sample: str) -> AuditResult:
        """What an audit of the sample says, by its project file."""
        kept = self._shared / f"{sample}.pickle"
        if not kept.exists():
            own = kept.with_suffix(f".{os.getpid()}")
            own.write_bytes(pickle.dumps(_audited(SAMPLES / sample)))
            own.replace(kept)  # whole at once, should two processes ask at a time
        result: AuditResult = pickle.loads(kept.read_bytes())
        return result


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder that this process has in common with the other workers, if there are any."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _audited(folder: Path) -> AuditResult:
    path = folder / "fupin-audit.toml"
    return audit(folder, options=settled(path) if path.is_file() else Options())


def settled(path: Path) -> Options:
    """The figures that a project file settles and the rules that it adopts."""
    said = find_project(path).said
    adopted = tuple(rule for rule, setting in said.rules.items() if setting.severity == ON)
    return Options(parameters=said.parameters, enabled=adopted)
