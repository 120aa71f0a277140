"""Findings under the name outside programs know: see `fupin_audit.results.finding`."""

from fupin_audit.results.audit_result import AuditResult as AuditResult
from fupin_audit.results.finding import Cause as Cause
from fupin_audit.results.finding import CauseKind as CauseKind
from fupin_audit.results.finding import Finding as Finding
from fupin_audit.results.finding import Severity as Severity
from fupin_audit.results.input_sheet import InputSheet as InputSheet
from fupin_audit.results.input_sheet import UnknownColumn as UnknownColumn
from fupin_audit.results.place import Location as Location
from fupin_audit.results.place import Place as Place
from fupin_audit.results.rule_run import Counts as Counts
from fupin_audit.results.rule_run import RuleRun as RuleRun
