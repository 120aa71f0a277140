"""What tests on Spark begin with: whether it is there, a session they share, a result as bytes."""

from __future__ import annotations

from io import BytesIO

import pytest

from fupin_audit.errors import UsageError
from fupin_audit.options import OnSpark
from fupin_audit.reports.findings import json_file
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.spark.spark_door import refuse_missing

HERE = OnSpark("local[2]")


def lacking() -> str:
    """Why nothing can be tried; empty where Spark and Java are there."""
    try:
        refuse_missing()
    except UsageError as error:
        return str(error)
    return ""


needs_spark = pytest.mark.skipif(bool(lacking()), reason=lacking() or "Spark is there")
# Spark is asked for Arrow alone; that it does not know this pandas yet is of no concern.
old_pandas = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")


def as_bytes(result: AuditResult) -> bytes:
    """The JSON report: everything that was found, with values and addresses, counts and reasons."""
    sink = BytesIO()
    json_file.write(result, sink)
    return sink.getvalue()
