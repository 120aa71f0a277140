"""What a comparison comes to, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from fupin_audit.results.comparison import LEFT, RIGHT, ColumnPair, ComparedSheet, Comparison, KeyFit
from fupin_audit.writing.one_line import one_line

_SUSPECT_SHARE, _SUSPECT_ROWS = 0.5, 20


def verdict(found: Comparison) -> str:
    """`不同：配上 143 行，其中 32 行有 54 处不同；只在右边 1 行。没有比较：右边键空白 2 行`."""
    paired = f"配上 {found.paired} 行"
    if found.same:
        return f"相同：{paired}，{len(found.compared)} 列全部一致"
    parts = [
        f"{paired}，其中 {found.differing} 行有 {len(found.differences)} 处不同"
        if found.differences
        else f"{paired}，{len(found.compared)} 列全部一致",
        *_counted("只在左边", len(found.only_left)),
        *_counted("只在右边", len(found.only_right)),
    ]
    said = f"{'不同' if found.differs else '没有全部比较'}：{'；'.join(parts)}"
    return said if found.complete else f"{said}。没有比较：{'；'.join(_left_aside(found))}"


def _left_aside(found: Comparison) -> Iterator[str]:
    """What could not be compared."""
    yield from _counted("左边键重复", found.left.repeated)
    yield from _counted("右边键重复", found.right.repeated)
    yield from _counted("左边键空白", found.left.keyless)
    yield from _counted("右边键空白", found.right.keyless)
    for label, side in ((LEFT, found.left), (RIGHT, found.right)):
        if side.headless:
            yield f"{label}没有表头的 {side.headless} 列"
    if found.unread:
        yield f"一边读不成的 {len(found.unread)} 格"


def _counted(what: str, rows: int) -> list[str]:
    return [f"{what} {rows} 行"] if rows else []


def circumstances(found: Comparison) -> Iterator[tuple[str, str]]:
    """What was compared and how: label and text."""
    for label, sheet in (("左边", found.left), ("右边", found.right)):
        yield label, one_line(_sheet(sheet))
        for note in sheet.notes:
            yield "", one_line(note)
    yield "配对", f"{found.key}（{'指定' if found.key.given else '自动选出，可用 --key 另选'}）"
    yield "", f"左边{_fit(found.key.left)}；右边{_fit(found.key.right)}"
    if found.settings:
        yield "设置", one_line("；".join(found.settings))
    if found.revealed:
        yield "注意", "含完整个人信息，请妥善保管"


def _sheet(sheet: ComparedSheet) -> str:
    ledgers = f"认作{'、'.join(sheet.ledgers)}，" if sheet.ledgers else "不是已知台账，"
    return f"{sheet}（{ledgers}表头在第{sheet.header_row}行，{sheet.rows} 行）"


def _fit(fit: KeyFit) -> str:
    return f"填写 {percent(fit.filled)}、不重复 {percent(fit.unique)}、对方也有 {percent(fit.found)}"


def percent(share: float) -> str:
    """A share, never rounded up to the whole nor down to nothing.

    >>> percent(1), percent(0.9999), percent(0.0001)
    ('100%', '99.9%', '0.1%')
    """
    if share in {0, 1}:
        return f"{share:.0%}"
    return f"{min(max(share * 100, 0.1), 99.9):.1f}%"


def suspicion(found: Comparison, column: ColumnPair) -> str:
    """What to think of a column that differs nearly everywhere; an empty text where it does not."""
    if column.differing < max(_SUSPECT_ROWS, found.paired * _SUSPECT_SHARE):
        return ""
    return "大半不同的列，多半是年度、口径或单位不同，或列配错了"
