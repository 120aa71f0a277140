"""Findings under the name outside programs know: see `fupin_audit.results.finding`."""

from fupin_audit.results.finding import AuditResult as AuditResult
from fupin_audit.results.finding import Cause as Cause
from fupin_audit.results.finding import CauseKind as CauseKind
from fupin_audit.results.finding import Counts as Counts
from fupin_audit.results.finding import Finding as Finding
from fupin_audit.results.finding import InputSheet as InputSheet
from fupin_audit.results.finding import Location as Location
from fupin_audit.results.finding import Place as Place
from fupin_audit.results.finding import RuleRun as RuleRun
from fupin_audit.results.finding import Severity as Severity
from fupin_audit.results.finding import UnknownColumn as UnknownColumn
