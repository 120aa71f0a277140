"""The commands: where each is, and what it is for."""

from __future__ import annotations

import click

from fupin_audit.cli.group import Command, LazyGroup
from fupin_audit.version import __version__

COMMANDS = {
    "check": Command("fupin_audit.cli.check:check_command", "核对台账，逐村逐户列出矛盾"),
    "track": Command("fupin_audit.cli.track:track_command", "跟踪整改：与上一次比，改了多少、谁落后"),
    "waive": Command("fupin_audit.cli.waive:waive_command", "豁免一条发现：理由、批准人、有效期"),
    "scorecard": Command("fupin_audit.cli.scorecard:scorecard_command", "各县、乡镇、村的指标对目标，排名"),
    "screen": Command("fupin_audit.cli.screening:screen_command", "统计筛查：哪里的数看起来像编的"),
    "inspect": Command("fupin_audit.cli.inspect:inspect_command", "查看每个工作表、每一列是怎样认出来的"),
    "compare": Command("fupin_audit.cli.compare:compare_command", "比较任意两张表，逐行逐列列出不同"),
    "correct": Command("fupin_audit.cli.correct:correct_command", "按更正表在副本里改，原件不动"),
    "show": Command("fupin_audit.cli.show:show_command", "查看一户，各本台账并排对照"),
    "sample": Command("fupin_audit.cli.sample:sample_command", "抽取入户核查的户，写出核查表"),
    "estimate": Command("fupin_audit.cli.estimate:estimate_command", "由入户核查推算账实不符率"),
    "rules": Command("fupin_audit.cli.rules:rules_group", "列出、查看、试跑规则"),
    "ledgers": Command("fupin_audit.cli.ledgers:ledgers_group", "列出、查看台账，导出空白模板"),
    "demo": Command("fupin_audit.cli.demo:demo_command", "用自带的示例县演示一遍"),
}

main = LazyGroup(
    "fupin-audit",
    COMMANDS,
    summary="""脱贫攻坚与防返贫监测台账的数据审计：账账相符、账实相符。

    看演示：fupin-audit demo
    核对一个文件夹：fupin-audit check 数据文件夹
    下个月看改了多少：fupin-audit track 数据文件夹 --history 历史.db

    退出码：0 没有要报的，1 有发现，2 用法、设置或规则有错，3 有输入读不了或有输出没写成（其余照常），4 程序出了意外，130 被中断""",
)
click.version_option(__version__, message="fupin-audit %(version)s", help="显示版本")(main)
