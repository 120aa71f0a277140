"""The verdict in one sentence; 通过 is said only of what ran (D5)."""

from __future__ import annotations

from fupin_audit.reports.findings.village_tally import UNPLACED, not_demanded, ran, stopped
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.tolerance import Tolerance
from fupin_audit.writing.one_line import one_line

_NAMED = 3  # sheets told of before the report itself begins


def verdict(result: AuditResult) -> str:
    """Outcome, numbers and extent: `不通过：错误 37、疑点 52、提示 8；问题户 41、疑似错格 63；9 个村 135 户`."""
    parts = [f"{outcome(result)}：{numbers(result)}", gathered(result), extent(result)]
    if result.unreadable:
        parts.append(f"有 {len(result.unreadable)} 个文件或工作表没能读取")
    if doubted := sum(bool(sheet.caveats) for sheet in result.inputs):
        parts.append(f"有 {doubted} 个文件或工作表读得不全或有疑问")
    return "；".join(filter(None, parts))


def outcome(result: AuditResult) -> str:
    """The word the verdict opens with."""
    checked = sum(map(ran, result.rules_run))
    unchecked = sum(map(stopped, result.rules_run))
    besides = f"，另有 {unchecked} 条未检查" if unchecked else ""
    if result.filtered:
        return "筛选后"
    if any(not result.tolerates(finding) for finding in _errors(result)):
        return "不通过"
    if not checked:
        return "未能判断（没有一条规则能够检查）"
    if result.unreadable:
        return f"没有读全，已检查的 {checked} 条规则没有发现错误{besides}"
    if _errors(result):
        return f"错误都在容许的不符率以内，已检查 {checked} 条规则{besides}"
    if result.count(Severity.WARNING):
        return f"已检查的 {checked} 条规则没有发现错误，有疑点待核实{besides}"
    return f"已检查的 {checked} 条规则全部通过{besides}"


def _errors(result: AuditResult) -> list[Finding]:
    return [finding for finding in result.records if finding.severity is Severity.ERROR]


def numbers(result: AuditResult) -> str:
    """Findings by severity: `错误 37、疑点 52、提示 8`."""
    return "、".join(f"{severity.label} {result.count(severity)}" for severity in Severity)


def gathered(result: AuditResult) -> str:
    """How many households and how many cells the findings come down to: `问题户 41、疑似错格 63`."""
    return f"问题户 {result.troubled}、疑似错格 {result.suspect_cells}" if result.records else ""


def extent(result: AuditResult) -> str:
    """How much was looked at: `9 个村 135 户`; empty where no household could be placed."""
    number = len([place for place in result.households if place != UNPLACED])
    return f"{number} 个村 {sum(result.households.values())} 户" if result.households else ""


def circumstances(result: AuditResult) -> list[str]:
    """What the verdict depends on: date, packs, rules, options."""
    checked = sum(map(ran, result.rules_run))
    source = f"（{result.as_of_source}）" if result.as_of_source else ""
    lines = [f"截止日期：{result.as_of.isoformat()}{source}"]
    lines += [f"注意：{doubt}" for doubt in result.doubts]
    lines += [f"规则包：{'、'.join(result.packs)}"] if result.packs else []
    elsewhere = f"，本地没有规定的 {number} 条" if (number := len(not_demanded(result))) else ""
    lines += [f"规则：检查了 {checked} 条，未检查 {sum(map(stopped, result.rules_run))} 条{elsewhere}"]
    lines += (
        [f"没有认出、没有参加核对：{'、'.join(unread)}；见 inspect"] if (unread := _unread(result)) else []
    )
    lines += [f"读得不全或有疑问：{_few(doubted)}"] if (doubted := _left_out(result)) else []
    lines += [wanted] if (wanted := _figures_wanted(result)) else []
    lines += [f"容许的不符率：{allowed}"] if (allowed := "；".join(map(_allowed, result.tolerances))) else []
    lines += [left_out(result)] if result.left_out else []
    lines += [f"筛选：{result.filtered}，以下都是筛选后的数"] if result.filtered else []
    lines += [f"设置：{'；'.join(result.settings)}"] if result.settings else []
    lines += ["注意：本报告含完整个人信息，请妥善保管"] if result.revealed else []
    return [one_line(line) for line in lines]


def left_out(result: AuditResult) -> str:
    """How many findings are counted and not listed."""
    return f"只列出最重的 {len(result.listed)} 条（--max-findings），另有 {result.left_out} 条没有列出；数目都是全部的"


def _allowed(tolerance: Tolerance) -> str:
    """`KEY-05 不超过 2%，实际 23.3%（21/90），超过`."""
    most = f"{tolerance.rule} 不超过 {_percent(tolerance.max_rate)}"
    counts = tolerance.counts
    if counts.share is None:
        return f"{most}，没有可判的行"
    actual = f"实际 {_percent(counts.share)}（{counts.failed}/{counts.judged}）"
    return f"{most}，{actual}，{'没有超过' if tolerance.kept else '超过'}"


def _percent(share: float) -> str:
    """Digits enough to tell it from the rate beside it: `2%`, `0.034%`."""
    return f"{share * 100:.4g}%"


def _left_out(result: AuditResult) -> list[str]:
    """Sheets of which a part was left out or read with a doubt, and what."""
    return [f"{sheet.place}：{'；'.join(sheet.caveats)}" for sheet in result.inputs if sheet.caveats]


def _few(items: list[str]) -> str:
    more = f"；……共 {len(items)} 处，见“未检查”" if len(items) > _NAMED else ""
    return "；".join(items[:_NAMED]) + more


def _figures_wanted(result: AuditResult) -> str:
    """The parameters without a value, the rules that wait for each, and how to give it."""
    waiting: dict[str, list[str]] = {}
    for run in result.rules_run:
        for name in run.without_value:
            waiting.setdefault(name, []).append(run.id)
    named = [f"{name}（{'、'.join(ids)}）" for name, ids in sorted(waiting.items())]
    setting = f"--set {next(iter(sorted(waiting)))}=数" if waiting else ""
    return (
        f"参数没有 {result.as_of.year} 年的本地值，有关的没有检查：{'、'.join(named)}；知道的写 {setting}"
        if named
        else ""
    )


def _unread(result: AuditResult) -> list[str]:
    """Sheets delivered and not recognised, each with what it resembles and how many rules wait for that."""
    return [_waited_for(result, sheet) for sheet in result.inputs if sheet.likeness]


def _waited_for(result: AuditResult, sheet: InputSheet) -> str:
    waiting = sum(f"台账“{sheet.likeness}”" in run.reason for run in result.rules_run)
    rules = f"，{waiting} 条规则在等" if waiting else ""
    return f"{sheet.place}（像“{sheet.likeness}”{rules}）"
