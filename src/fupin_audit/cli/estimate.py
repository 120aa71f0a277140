"""`fupin-audit estimate`: from the filled sheets to the share of records that do not match reality."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from fupin_audit.cli.asked import Judging, paths_of
from fupin_audit.cli.flags import grouped, judging_options, output_option
from fupin_audit.cli.output_files import reads_of, refuse_targets
from fupin_audit.cli.progress_bar import progress_bars
from fupin_audit.cli.screen import print_lines
from fupin_audit.cli.speech import say_json, tell
from fupin_audit.masking import mask_text
from fupin_audit.reports.registry import ESTIMATE_REPORTS, write_report

_EPILOG = """\
例子：
  fupin-audit estimate 清河县 抽查2020/填报 --manifest 抽查2020/抽样清单.json
  fupin-audit estimate 清河县 抽查2020/填报 --manifest 抽查2020/抽样清单.json --half-width 0.03
  fupin-audit estimate 清河县 抽查2020/填报 --manifest 抽查2020/抽样清单.json --format json
  fupin-audit estimate 清河县 抽查2020/填报 --manifest 抽查2020/抽样清单.json --output html=推算.html

PATH 要有两样：系统的台账，填好的核查表。只计入抽样清单里的户；没查到的、填错的户逐条列出。
公式和出处见 docs/guide-field.md。
"""


@dataclass(frozen=True, slots=True)
class EstimateShowing:
    """How to show an estimate."""

    half_width: float = 0.05
    format: str = "text"
    full: bool = False
    output: tuple[tuple[str, Path], ...] = ()


_showing_options = grouped(
    "showing",
    EstimateShowing,
    click.option(
        "--half-width",
        type=click.FloatRange(0, 0.5, min_open=True),
        default=0.05,
        metavar="数",
        help="想要的误差，如 0.05 即上下 5 个百分点（默认）；据此说还要查多少户",
    ),
    click.option(
        "--format",
        type=click.Choice(["text", "json"]),
        default="text",
        metavar="text|json",
        help="text 给人看（默认），json 给程序读",
    ),
    click.option("--full", is_flag=True, help="全部列出，不截短"),
    output_option(ESTIMATE_REPORTS, "html=推算.html"),
)


@click.command("estimate", help="由抽中户的入户核查结果推算账实不符率，给出 95% 区间。", epilog=_EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@click.option(
    "--manifest",
    required=True,
    type=click.Path(path_type=Path),
    metavar="文件",
    help="抽样时写出的抽样清单.json",
)
@_showing_options
@judging_options
def estimate_command(
    paths: tuple[Path, ...], manifest: Path, showing: EstimateShowing, judging: Judging
) -> None:
    """Reads, compares, estimates, and shows."""
    # Imported here, so that --help need not wait for the engine.
    from fupin_audit.audit import prepare
    from fupin_audit.cli.estimate_text import estimate_lines
    from fupin_audit.cli.project import options_of
    from fupin_audit.followup.estimation.told import as_json
    from fupin_audit.followup.sampling.manifest import read_manifest
    from fupin_audit.tasks.field_check import estimate_from

    paths = paths_of(paths, judging)
    refuse_targets(showing.output, ESTIMATE_REPORTS, reads_of(paths, judging, manifest))
    drawn = read_manifest(manifest)
    day = judging.day or drawn.as_of
    with progress_bars(wanted=True) as progress:
        read = prepare(
            paths,
            packs=judging.packs,
            as_of=day,
            options=options_of(judging),
            progress=progress,
        )
    estimate = estimate_from(read.delivery, read.catalogue, drawn, day)
    told = as_json(estimate, showing.half_width)
    for name, path in showing.output:
        write_report(told, ESTIMATE_REPORTS[name], path)
        tell(f"已写出 {mask_text(str(path))}")
    if showing.format == "json":
        say_json(told)
    else:
        print_lines(estimate_lines(estimate, showing.half_width, showing.full))
