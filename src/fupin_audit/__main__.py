"""`python -m fupin_audit` is the command `fupin-audit`."""

from fupin_audit.cli.entry import run

run()
