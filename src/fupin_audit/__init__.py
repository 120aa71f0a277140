"""账账相符、账实相符: audits the ledgers of poverty alleviation and of monitoring against return to poverty.

Example:
    from fupin_audit import audit

    result = audit(["清河县"])
    result.findings[["rule", "village", "household", "message"]]
"""

from __future__ import annotations

import sys
from types import ModuleType

from fupin_audit.version import __version__ as __version__

TYPE_CHECKING = False  # as of `typing`, which takes long to import: a process must soon be ready for signals
if TYPE_CHECKING:
    from fupin_audit.audit import audit as audit
    from fupin_audit.options import Options as Options
    from fupin_audit.results.audit_result import AuditResult as AuditResult
    from fupin_audit.results.scorecard import Scorecard as Scorecard
    from fupin_audit.tasks.scoring import scorecard as scorecard


__all__ = ["AuditResult", "Options", "Scorecard", "__version__", "audit", "scorecard"]


class _Package(ModuleType):
    """Imports what it exports when asked, so that `--help` need not wait for the engine.

    `audit` is a property rather than a case of `__getattr__`, because importing the module
    `fupin_audit.audit` would bind that name to the module for good.
    """

    @property
    def audit(self) -> object:
        from fupin_audit.audit import audit

        return audit

    @audit.setter
    def audit(self, module: ModuleType) -> None:
        """Lets the import system try to bind the module, to no effect."""

    def __getattr__(self, name: str) -> object:
        if name == "AuditResult":
            from fupin_audit.results.audit_result import AuditResult

            return AuditResult
        if name == "Options":
            from fupin_audit.options import Options

            return Options
        if name == "Scorecard":
            from fupin_audit.results.scorecard import Scorecard

            return Scorecard
        if name == "scorecard":
            from fupin_audit.tasks.scoring import scorecard

            return scorecard
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


sys.modules[__name__].__class__ = _Package
