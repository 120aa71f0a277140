"""The columns of `columns.work_out`, in polars: whole columns at a time, nothing mapped number by number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import add

import polars as pl

from fupin_audit.delivery import Delivery
from peers.columns import OUT_OF_POVERTY, SOURCES, TRANSFERS
from peers.identity import CHECK, WEIGHTS

ROW = "行号"
Frames = Mapping[str, pl.DataFrame]


def to_frames(delivery: Delivery) -> Frames:
    """Ledger title → its rows, numbered."""
    frames = {title: pl.from_arrow(table.data) for title, table in delivery.tables.items()}
    return {
        title: frame.with_row_index(ROW) for title, frame in frames.items() if isinstance(frame, pl.DataFrame)
    }


def work_out(ledgers: Frames, as_of: date) -> Frames:
    """The frames to be judged: 户, 人口, 户年度, and 在册 for rules on members who have not left.

    Args:
        ledgers: 户, 人口 and 户年度, numbered.
        as_of: the date ages and years are counted at.
    """
    households, persons, yearly = (ledgers[title] for title in ("户", "人口", "户年度"))
    state = pl.col("成员状态")
    members = persons.filter(state.is_null() | state.is_in(["正常", "转入"]))
    wanted = {
        "人口": persons.lazy().select(ROW, "人编号"),
        "在册": _members(members.lazy(), as_of),
        "户": _households(households.lazy(), persons.lazy(), members.lazy(), yearly.lazy(), as_of),
        "户年度": _yearly(yearly.lazy(), as_of),
    }
    return dict(zip(wanted, pl.collect_all(wanted.values()), strict=True))


def _members(members: pl.LazyFrame, as_of: date) -> pl.LazyFrame:
    frame = _with_id_columns(members.select(ROW, "姓名", "证件号码", "性别", "出生日期"), "证件号码", as_of)
    sex = pl.col("全").str.slice(16, 1).cast(pl.Int8, strict=False) % 2
    male = pl.when(sex == 1).then(pl.lit("男")).otherwise(pl.lit("女"))
    return frame.with_columns(
        号码出生=pl.when("合规").then("生日"),
        号码性别=pl.when("合规").then(male),
    )


def _with_id_columns(frame: pl.LazyFrame, field: str, as_of: date) -> pl.LazyFrame:
    """Add what the numbers say: 全 (of 17 or 18 characters), 生日, 合规, 号码有效, 号码年龄."""
    number = pl.col(field)
    body = pl.when(number.str.len_chars().is_in([20, 22])).then(number.str.slice(0, 18)).otherwise(number)
    old = body.str.contains(r"^[0-9]{15}$")
    full = (
        pl.when(old)
        .then(pl.concat_str(body.str.slice(0, 6), pl.lit("19"), body.str.slice(6)))
        .when(body.str.contains(r"^[0-9]{17}[0-9X]$"))
        .then(body)
    )
    digits = (pl.col("全").str.slice(at, 1).cast(pl.Int32, strict=False) * w for at, w in enumerate(WEIGHTS))
    checks = pl.lit(CHECK).str.split("").list
    said, right = pl.col("全").str.slice(17), checks.get(reduce(add, digits) % len(CHECK))
    age = (
        as_of.year
        - pl.col("生日").dt.year()
        - ((pl.col("生日").dt.month() * 100 + pl.col("生日").dt.day()) > as_of.month * 100 + as_of.day)
    )
    sound = pl.col("合规") & (pl.col("生日") <= as_of)
    return (
        frame.with_columns(全=full)
        .with_columns(生日=pl.col("全").str.slice(6, 8).str.to_date("%Y%m%d", strict=False))
        .with_columns(
            合规=(pl.col("生日").is_not_null() & ((said == "") | (said == right))).fill_null(value=False)
        )
        .with_columns(
            号码有效=pl.when(number.str.len_chars() == 18).then(sound.fill_null(value=False)),
            号码年龄=pl.when("合规").then(age),
        )
    )


def _households(
    households: pl.LazyFrame,
    persons: pl.LazyFrame,
    members: pl.LazyFrame,
    yearly: pl.LazyFrame,
    as_of: date,
) -> pl.LazyFrame:
    relation = pl.col("与户主关系")
    ever = persons.group_by("户编号").agg(曾有=pl.len())
    present = members.group_by("户编号").agg(
        现有=pl.len(), 户主=(relation == "户主").sum(), 不明=relation.is_null().any()
    )
    graded = yearly.filter((pl.col("年度") == as_of.year) & pl.col("住房安全等级").is_not_null())
    dangerous = graded.select("户编号", 本年危房=pl.col("住房安全等级").is_in(["C", "D"]))
    joined = (
        households.join(ever, on="户编号", how="left")
        .join(present, on="户编号", how="left")
        .join(dangerous, on="户编号", how="left")
    )
    year, known = pl.col("脱贫年度"), pl.col("识别年月").dt.year()
    out = pl.col("脱贫属性").is_in(OUT_OF_POVERTY).fill_null(value=False)
    unpoor = (pl.col("脱贫属性") == "未脱贫").fill_null(value=False)
    wrong = (year < known).fill_null(value=False) | (year > as_of.year).fill_null(value=False)
    heads = pl.col("户主").fill_null(0)
    told = joined.with_columns(
        饮水安全户困难=pl.when(pl.col("饮水安全").fill_null(value=False)).then("饮水困难"),
        在册人数=pl.when(pl.col("曾有").is_not_null()).then(pl.col("现有").fill_null(0)),
        户主数=pl.when(pl.col("现有").is_not_null() & ~((heads == 0) & pl.col("不明"))).then(heads),
        有脱贫年度=year.is_not_null(),
        应有脱贫年度=pl.when(out | unpoor).then(out),
        脱贫年度合理=pl.when(year.is_not_null() & (wrong | known.is_not_null())).then(~wrong),
    )
    return _with_id_columns(told, "户主证件号码", as_of)


def _yearly(yearly: pl.LazyFrame, as_of: date) -> pl.LazyFrame:
    total = pl.sum_horizontal(*SOURCES, ignore_nulls=False) - pl.col("生产经营性支出")
    size = pl.col("家庭人口").replace(0, None)
    some = pl.any_horizontal(pl.col(*TRANSFERS).is_not_null())
    return yearly.with_columns(
        收支差=pl.col("纯收入") - total,
        人均差=pl.col("人均纯收入") - pl.col("纯收入") / size,
        转移余额=pl.when(some).then(pl.col("转移性收入") + 1 - pl.sum_horizontal(*TRANSFERS)),
        已定等级=pl.when(pl.col("年度") == as_of.year).then(pl.col("住房安全等级").is_not_null()),
    )
