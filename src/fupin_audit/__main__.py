"""`python -m fupin_audit` is the command `fupin-audit`."""

from fupin_audit.cli import main

main(prog_name="fupin-audit")
