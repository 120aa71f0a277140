"""`fupin-audit demo`: the sample county, checked."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from fupin_audit.cli.asked import Judging
from fupin_audit.cli.check import as_reports_ask, examined, refuse_what_would_be_lost, returned_to
from fupin_audit.cli.copies import ShowingInCopies, copies_of, copying_options, refuse_copies
from fupin_audit.cli.group import Unwritten
from fupin_audit.cli.output_files import reads_of, refuse_targets
from fupin_audit.cli.screen import Besides, present
from fupin_audit.errors import UsageError
from fupin_audit.reports.registry import REPORTS
from fupin_audit.resources import folder

MESSY = "清河县"
CLEAN = "清河县-无误"


@click.command(
    "demo", help="核对自带的示例县“清河县”（虚构），看看报告是什么样子。没有写不成的，退出码总是 0。"
)
@click.option("--clean", is_flag=True, help="改用没有错误的那一份")
@copying_options
def demo_command(clean: bool, showing: ShowingInCopies) -> None:
    """Shows the report of the sample county; a demonstration is no gate, so its findings are no failure."""
    county = folder("samples") / (CLEAN if clean else MESSY)
    if not county.is_dir():
        raise UsageError(f"找不到示例数据 {county}，请重新安装 fupin-audit")
    refuse_targets(showing.output, REPORTS, reads_of((county,), Judging(), *showing.returned))
    refuse_copies(showing, (county,))
    refuse_what_would_be_lost(showing)
    returned = returned_to(showing)
    found = examined((county,), Judging(), quiet=showing.quiet)
    shown = replace(as_reports_ask(found, showing), due=showing.due)
    shown, lost = copies_of(found, showing, (county,), Judging()).written(shown)
    present(shown, showing, Besides(shown, returned, showing.template))
    if lost:
        sys.exit(Unwritten.exit_code)
