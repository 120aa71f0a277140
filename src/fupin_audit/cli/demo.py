"""`fupin-audit demo`: the sample county, checked."""

from __future__ import annotations

import click

from fupin_audit.cli.asked import Judging, Showing
from fupin_audit.cli.check import judge
from fupin_audit.cli.screen import present
from fupin_audit.errors import UsageError
from fupin_audit.resources import folder

MESSY = "清河县"
CLEAN = "清河县-无误"


@click.command("demo", help="核对自带的示例县“清河县”（虚构），看看报告是什么样子。退出码总是 0。")
@click.option("--clean", is_flag=True, help="改用没有错误的那一份")
@click.option("--full", is_flag=True, help="全部列出，不截短")
@click.option("--no-color", is_flag=True, help="不用颜色")
def demo_command(clean: bool, full: bool, no_color: bool) -> None:
    """Shows the report of the sample county; a demonstration is no gate, so it always succeeds."""
    county = folder("samples") / (CLEAN if clean else MESSY)
    if not county.is_dir():
        raise UsageError(f"找不到示例数据 {county}，请重新安装 fupin-audit")
    present(judge((county,), Judging(), quiet=False), Showing(full=full, no_color=no_color))
