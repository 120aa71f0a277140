"""The story's months, followed once for all tests that look at them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fupin_audit.results.tracking import Tracking
from tracking.months import followed_months


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Tracking]:
    """Month → what is said of it."""
    return followed_months(tmp_path_factory.mktemp("三个月"))
