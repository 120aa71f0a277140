"""`fupin-audit waive`: an entry of a list of waivers, from a finding's number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from fupin_audit.cli.flags import grouped, read_day
from fupin_audit.cli.speech import say
from fupin_audit.errors import UsageError
from fupin_audit.masking import mask_text
from fupin_audit.writing.whole_files import write_text

_EPILOG = """\
例子：
  fupin-audit waive 整改台账.xlsx 12 --to 豁免.yaml --reason 系统待放开 --approved-by 周立 --until 2021-12-31

编号是整改台账“全部发现”的序号、JSON 报告里的第几条，或指纹。清单里已有的内容和说明原样保留。
以后 check、track 加 --waivers 豁免.yaml。
"""


@dataclass(frozen=True, slots=True)
class Granted:
    """Why a finding is exempt, by whom, until when, and the list it goes to."""

    to: Path
    reason: str
    approved_by: str
    until: date
    evidence: str = ""
    by: str = ""


@click.command("waive", help="豁免 REPORT 里的第 NUMBER 条发现：写进豁免清单。", epilog=_EPILOG)
@click.argument("report", type=click.Path(path_type=Path), metavar="REPORT")
@click.argument("number", metavar="NUMBER")
@grouped(
    "granted",
    Granted,
    click.option(
        "--to",
        type=click.Path(path_type=Path),
        required=True,
        metavar="文件",
        help="豁免清单（yaml），没有就新建",
    ),
    click.option("--reason", required=True, metavar="文字", help="理由"),
    click.option("--approved-by", required=True, metavar="姓名", help="批准人"),
    click.option("--until", required=True, callback=read_day, metavar="日期", help="有效期，如 2021-12-31"),
    click.option("--evidence", default="", metavar="文字", help="佐证"),
    click.option("--by", default="", metavar="姓名", help="经办人"),
)
def waive_command(report: Path, number: str, granted: Granted) -> None:
    """Finds the finding, adds the entry, says what it covers."""
    # Imported here, so that --help need not wait for it.
    from fupin_audit.followup.waivers.waiver import Waiver
    from fupin_audit.followup.waivers.waiver_file import appended, read_yaml
    from fupin_audit.tasks.pointed_finding import point_at

    if granted.to.suffix.lower() not in {".yaml", ".yml"}:
        raise UsageError(f"--to {granted.to}：只写 yaml 清单，请写成 豁免.yaml；xlsx、csv 的清单请自己加一行")
    found = point_at(report, number)
    there = granted.to.exists() and granted.to.stat().st_size > 0
    if there and any(item.fingerprint == found.fingerprint for item in read_yaml(granted.to)):
        raise UsageError(f"{granted.to} 里已经有指纹 {found.fingerprint} 的豁免，要改请直接改那一条")
    waiver = Waiver(
        granted.reason, granted.approved_by, granted.until, found.fingerprint, found.household, found.rule,
        value=found.value, by=granted.by, evidence=granted.evidence,
    )  # fmt: skip
    before = granted.to.read_text(encoding="utf-8-sig") if there else ""
    write_text(granted.to, appended(before, waiver, granted.to.name))
    say(f"已写进 {mask_text(str(granted.to))}：{found.rule} {found.told}，有效期至 {granted.until}")
    if granted.until < date.today():
        say(f"注意：有效期 {granted.until} 已经过了，从那以后的核对不会豁免")
