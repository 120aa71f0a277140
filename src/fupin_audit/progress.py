"""How work that takes long says how far it is: one type for whoever works and whoever shows it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with what is being done (a stage in Chinese, or a rule id), how much of it is done, and of how much."""
