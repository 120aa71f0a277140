"""What click says by itself, in Chinese: help pages in aligned columns, and messages of wrong usage."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from fupin_audit.masking import mask_codes
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.wrapping import cell_len, pad, wrap

_HELP_WORDS = {
    "Options": "选项",
    "Commands": "命令",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "Show this message and exit.": "显示帮助",
    "[required]": "[必填]",
    "[default: ": "[默认 ",
}
_MESSAGES = (
    (r"No such command '(.+)'\..*", r"没有“\1”这个命令"),
    (r"Option '(.+)' requires an argument\.", r"选项 \1 后面要有值"),
    (r"Option '(.+)' does not take a value\.", r"选项 \1 后面不能有值"),
    (r"Got unexpected extra arguments? \((.+)\)", r"多出了参数：\1"),
    (r"'(.*)' is not one of (.+)\.", r"“\1”不在可选的值里：\2"),
    (r"'(.*)' is not a valid (?:integer|float)(?: range)?\.", r"“\1”不是数字"),
    (r"(\S+) is not in the range (.+)\.", r"\1 不在范围里：\2"),
    (r"\S+ '(.*)' does not exist\.", r"“\1”不存在"),
    (r"\S+ '(.*)' is a directory\.", r"“\1”是文件夹，这里要文件"),
    (r"\S+ '(.*)' is a file\.", r"“\1”是文件，这里要文件夹"),
)
_LEAST_TEXT = 20
_MARGIN = 2
_TERM_COLUMNS = 30


def explain(error: click.ClickException) -> str:
    """The message of a usage error, and where to find help."""
    lines = [f"错误：{one_line(mask_codes(_message(error)))}"]
    if isinstance(error, click.UsageError) and error.ctx:
        lines.append(f"用法见：{error.ctx.command_path} --help")
    return "\n".join(lines)


def _message(error: click.ClickException) -> str:
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_parameter(error)}"
    if isinstance(error, click.NoSuchOption):
        near = "、".join(error.possibilities or ())
        return f"没有选项 {error.option_name}" + (f"，是不是 {near}？" if near else "")
    message = error.message
    for pattern, chinese in _MESSAGES:
        message = re.sub(f"^{pattern}$", chinese, message, flags=re.DOTALL)
    named = isinstance(error, click.BadParameter) and _parameter(error)
    return f"{named}：{message}" if named else message


def _parameter(error: click.BadParameter) -> str:
    """`--as-of`, or `PATH` for an argument."""
    if not error.param:
        return ""
    return (
        error.param.opts[0]
        if isinstance(error.param, click.Option)
        else (error.param.metavar or error.param.name or "").upper()
    )


class ChineseFormatter(click.HelpFormatter):
    """Help pages, measured in columns: a Chinese character takes two."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """`用法：fupin-audit check [选项] PATH…`."""
        self.write(f"用法：{prog} {_translated(args)}".rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        """`选项：`."""
        self.write(f"{' ' * self.current_indent}{_translated(heading)}：\n")

    def write_text(self, text: str) -> None:
        """Keeps the lines of the text apart, with their indent, and breaks those that are too long."""
        for line in text.splitlines():
            indent = " " * (self.current_indent + len(line) - len(line.lstrip()))
            for part in wrap(line.strip(), self.width - len(indent)):
                self.write(f"{indent}{part}".rstrip() + "\n")

    def write_dl(
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = _TERM_COLUMNS,
        col_spacing: int = _MARGIN,
    ) -> None:
        """Terms in one column, what they mean in the next."""
        rows = list(rows)
        first = min(max(cell_len(term) for term, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        hanging = indent + " " * first
        for term, text in rows:
            parts = wrap(_translated(text), max(self.width - len(hanging), _LEAST_TEXT))
            lead = indent + pad(term, first) if cell_len(term) < first - 1 else f"{indent}{term}\n{hanging}"
            self.write((lead + f"\n{hanging}".join(parts)).rstrip() + "\n")


class ChineseContext(click.Context):
    """A context whose help is in Chinese."""

    formatter_class = ChineseFormatter


def _translated(text: str) -> str:
    for english, chinese in _HELP_WORDS.items():
        text = text.replace(english, chinese)
    return text
