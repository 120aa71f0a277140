"""The rules as Great Expectations suites on in-memory frames, with every unexpected row (COMPLETE)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

import great_expectations as gx
import great_expectations.expectations as gxe
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.data_context.types.base import ProgressBarsConfig

from fupin_audit.delivery import Delivery
from peers.columns import Frames, work_out
from peers.frames import to_frames
from peers.rules import CHECKS, Between, Check, Found, Is, Like, Same, Unique, gather


@contextmanager
def opened(delivery: Delivery, as_of: date) -> Iterator[Callable[[], Found]]:
    """Frames, context, assets and suites; call what is yielded to work out columns and judge the rules."""
    ledgers = to_frames(delivery)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("county")
    names = tuple(dict.fromkeys(check.frame for check in CHECKS))
    batches = {
        name: source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all") for name in names
    }
    suites = {name: _suite(name) for name in names}
    yield lambda: _judge(batches, suites, work_out(ledgers, as_of))


def _suite(frame: str) -> gx.ExpectationSuite:
    checks = [(number, check) for number, check in enumerate(CHECKS) if check.frame == frame]
    return gx.ExpectationSuite(
        name=frame, expectations=[_expectation(check, {"number": number}) for number, check in checks]
    )


def _expectation(check: Check, meta: dict[str, int]) -> gxe.Expectation:
    column = check.column
    match check.kind:
        case Like(pattern, never=False):
            return gxe.ExpectColumnValuesToMatchRegex(column=column, regex=f"^({pattern})$", meta=meta)
        case Like(pattern):
            return gxe.ExpectColumnValuesToNotMatchRegex(column=column, regex=f"^({pattern})$", meta=meta)
        case Between(low, high, above):
            return gxe.ExpectColumnValuesToBeBetween(
                column=column, min_value=low, max_value=high, strict_min=above, meta=meta
            )
        case Is(value):
            return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=[value], meta=meta)
        case Same(other):
            return gxe.ExpectColumnPairValuesToBeEqual(
                column_A=column, column_B=other, ignore_row_if="either_value_is_missing", meta=meta
            )
        case Unique():
            return gxe.ExpectColumnValuesToBeUnique(column=column, meta=meta)


def _judge(
    batches: Mapping[str, BatchDefinition[None]], suites: Mapping[str, gx.ExpectationSuite], frames: Frames
) -> Found:
    broken: dict[Check, frozenset[int]] = {}
    for name, suite in suites.items():
        batch = batches[name].get_batch({"dataframe": frames[name]})
        result = batch.validate(suite, result_format={"result_format": "COMPLETE"})
        for item in result.results:
            config = item.expectation_config
            if config is None or item.exception_info.get("raised_exception"):
                raise RuntimeError(item.exception_info["exception_message"])
            broken[CHECKS[config.meta["number"]]] = frozenset(item.result["unexpected_index_list"])
    return gather(broken)
