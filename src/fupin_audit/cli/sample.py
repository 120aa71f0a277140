"""`fupin-audit sample`: draw the households to visit, write the sheets to take along."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from fupin_audit.cli.asked import Judging, paths_of
from fupin_audit.cli.check import examined
from fupin_audit.cli.flags import grouped, judging_options
from fupin_audit.cli.progress_bar import progress_bars
from fupin_audit.cli.screen import print_lines
from fupin_audit.errors import UsageError

_EPILOG = """\
例子：
  fupin-audit sample 清河县 --output 抽查2020
  fupin-audit sample 清河县 --output 抽查2020 --share 0.1 --by 乡镇 --seed 88
  fupin-audit sample 清河县 --output 抽查2020 --checkers 核查人员.xlsx
  fupin-audit sample 清河县 --output 抽查2020 --checkers 张三、李四、王五

写出的文件夹里：
  填报           每村一个工作簿，入户后照实填写，填好与台账一起 check
  打印           每村一个工作簿，每户一页 A4，带二维码
  抽样总表.xlsx  县级留存：抽法、各村、名单、分工
  抽样清单.json  县级留存：推算不符率要用，不要改动

同样的数据、比例和种子总是抽出同样的户，与行的次序无关。
"""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How to draw, as the command line says it."""

    share: float | None = None
    seed: int | None = None
    by: str = "村"
    checkers: str | None = None


_drawing_options = grouped(
    "drawing",
    Drawing,
    click.option(
        "--share", type=float, metavar="比例", help="抽查比例，如 0.3；不写则用各地的参数“抽查比例”"
    ),
    click.option("--seed", type=int, metavar="数", help="随机种子，可当众产生；不写则由数据得出"),
    click.option(
        "--by",
        type=click.Choice(["村", "乡镇"]),
        default="村",
        metavar="村|乡镇",
        help="村：每个村都达到比例（默认）；乡镇：全乡镇合计达到，每村至少一户",
    ),
    click.option(
        "--checkers",
        metavar="名单",
        help="核查人员：有“姓名”一列（最好还有 证件号码、乡镇、村）的 xlsx 或 csv，或用顿号隔开的姓名",
    ),
)


@click.command(
    "sample", help="按村和风险分层，随机抽取入户核查的户，写出空白核查表、打印表和分工。", epilog=_EPILOG
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@click.option(
    "--output", required=True, type=click.Path(path_type=Path), metavar="文件夹", help="写到这个新文件夹"
)
@_drawing_options
@judging_options
def sample_command(paths: tuple[Path, ...], output: Path, drawing: Drawing, judging: Judging) -> None:
    """Audits, draws, writes, and says what was drawn."""
    # Imported here, so that --help need not wait for the engine.
    from fupin_audit.cli.sample_text import sample_lines
    from fupin_audit.followup.sampling.book_writing import refuse_filled, write_sample
    from fupin_audit.followup.sampling.drawing import RiskLevel
    from fupin_audit.tasks.field_check import Plan, draw_sample, read_checkers

    paths = paths_of(paths, judging)
    _spare_inputs(paths, output)
    refuse_filled(output)
    checkers = read_checkers(drawing.checkers) if drawing.checkers else ()
    plan = Plan(drawing.share, drawing.seed, RiskLevel(drawing.by), checkers)
    sample = draw_sample(examined(paths, judging, quiet=False), plan)
    with progress_bars(wanted=True) as progress:
        write_sample(sample, output, progress)
    print_lines(sample_lines(sample, output))


def _spare_inputs(paths: tuple[Path, ...], output: Path) -> None:
    """Refuses to write blank sheets where the next check would read them."""
    target = output.resolve()
    for path in paths:
        if path.resolve() in {target, *target.parents}:
            raise UsageError(f"{output} 在要核对的文件夹 {path} 里面，空白表会被当成台账读。请写到外面")
