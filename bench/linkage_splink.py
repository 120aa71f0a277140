"""The same two rolls linked with splink, to measure it against the project's own linkage.

    pip install 'splink>=4.0.17,<5' pyarrow        # in an environment of its own
    python bench/linkage.py --out rolls            # writes them
    python bench/linkage_splink.py rolls/1

Levels, blocks and what counts as sure are as near to ours as splink has them: u by random sampling, m by expectation
and maximisation, names the rarer the heavier, one with one. How names sound is given to it as a column.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import pandas as pd
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SURE, MARGIN = 0.99, 0.01
_TURNED = 'substr("出生_l",1,5) || substr("出生_l",9,2) || \'-\' || substr("出生_l",6,2) = "出生_r"'
_YEAR_OFF = 'substr("出生_l",5) = substr("出生_r",5) and abs(cast(substr("出生_l",1,4) as int) - cast(substr("出生_r",1,4) as int)) = 1'


def settings() -> SettingsCreator:
    """What is compared, and how."""
    name = cl.CustomComparison(
        output_column_name="姓名",
        comparison_levels=[
            cll.NullLevel("姓名"),
            cll.ExactMatchLevel("姓名", term_frequency_adjustments=True),
            cll.CustomLevel('"读音_l" = "读音_r"', "同音"),
            cll.CustomLevel('damerau_levenshtein("姓名_l", "姓名_r") <= 1', "差一个字"),
            cll.ElseLevel(),
        ],
    )
    birth = cl.CustomComparison(
        output_column_name="出生",
        comparison_levels=[
            cll.NullLevel("出生"),
            cll.ExactMatchLevel("出生"),
            cll.CustomLevel(_TURNED, "月日颠倒"),
            cll.CustomLevel(_YEAR_OFF, "只差一年"),
            cll.CustomLevel('damerau_levenshtein("出生_l", "出生_r") <= 1', "差一位数"),
            cll.ElseLevel(),
        ],
    )
    place = cl.CustomComparison(
        output_column_name="村",
        comparison_levels=[
            cll.NullLevel("村"),
            cll.ExactMatchLevel("村"),
            cll.CustomLevel('"乡镇_l" = "乡镇_r"', "同乡镇"),
            cll.ElseLevel(),
        ],
    )
    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="row",
        comparisons=[name, birth, cl.ExactMatch("性别"), place],
        blocking_rules_to_generate_predictions=[
            block_on("读音", 'substr("出生",1,4)'),
            block_on("读音", 'substr("出生",6)'),
            block_on("读音", "村"),
            block_on("出生", "村"),
            block_on("出生", 'substr("姓名",1,1)'),
        ],
        additional_columns_to_retain=["who"],
        retain_intermediate_calculation_columns=False,
    )


def linked(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """The pairs that leave no doubt."""
    linker = Linker([left, right], settings(), db_api=DuckDBAPI(), input_table_aliases=["l", "r"])
    linker.training.estimate_probability_two_random_records_match([block_on("姓名", "出生")], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("出生"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("读音"))
    pairs = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    pairs = pairs.sort_values("match_probability", ascending=False, kind="stable")
    odds = pairs.match_probability / (1 - pairs.match_probability).clip(lower=1e-12)
    rivals = [odds.groupby(pairs[side]).transform("sum") - odds for side in ("row_l", "row_r")]
    sure: pd.DataFrame = pairs[(odds / (1 + pd.concat(rivals, axis=1).max(axis=1))) >= SURE / MARGIN]
    return sure


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rolls", type=Path)
    given = parser.parse_args()
    left, right = (pd.read_parquet(given.rolls / f"{side}.parquet") for side in ("left", "right"))
    left, right = (rows.reset_index(names="row") for rows in (left, right))
    start, worked = time.perf_counter(), time.process_time()
    pairs = linked(left, right)
    seconds, processor = time.perf_counter() - start, time.process_time() - worked
    correct, there = int((pairs.who_l == pairs.who_r).sum()), len({*left.who} & {*right.who})
    print(f"{len(left)} × {len(right)} in {seconds:.1f} s ({processor:.1f} s of processor); {len(pairs)} pairs, {len(pairs) - correct} wrong: "
          f"precision {correct / max(1, len(pairs)):.4%}, recall {correct / there:.4%}")  # fmt: skip


if __name__ == "__main__":
    main()
