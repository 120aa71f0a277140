"""What `--engine spark` goes with: what needs the rows beside the findings is done in one process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fupin_audit.errors import UsageError
from fupin_audit.reports.registry import BULLETIN, PAGE

if TYPE_CHECKING:
    from fupin_audit.cli.asked import Checking
    from fupin_audit.cli.copies import ShowingInCopies

SPARK = (
    click.option(
        "--engine",
        type=click.Choice(["spark"]),
        metavar="spark",
        help="在 Spark 上核对，几个县同时判；查出的一样。要先装 pip install 'fupin-audit[spark]' 和 Java 17",
    ),
    click.option(
        "--master",
        default="",
        metavar="地址",
        help="Spark 在哪里：本机 local[2]，或 spark://…、yarn；用 spark-submit 启动时不写",
    ),
    click.option(
        "--findings",
        default="",
        metavar="文件夹",
        help="Spark 的各执行器把发现写成 Parquet 放在这个新文件夹，可以是 hdfs://、s3a:// 地址",
    ),
)


def refuse_spark(judging: Checking, showing: ShowingInCopies, *, followed: bool) -> None:
    """Refuses what does not go together with Spark, or without it, before hours of work.

    Raises:
        UsageError: which.
    """
    if not judging.engine:
        if judging.master or judging.findings:
            raise UsageError("--master、--findings 要和 --engine spark 一起用")
        return
    alone = {
        "--by county": judging.by,
        "--memory-limit": judging.memory_limit,
        "--cache": judging.cache,
        "--against": judging.against,
        "--history": followed,
        "--annotate": showing.annotate,
        "--handout": showing.handout,
        "--output html=": PAGE in dict(showing.output),
        "--output docx=": BULLETIN in dict(showing.output),
    }
    if refused := [name for name, asked in alone.items() if asked]:
        raise UsageError(f"{'、'.join(refused)} 不能和 --engine spark 一起用，请去掉，或不带 --engine spark")
