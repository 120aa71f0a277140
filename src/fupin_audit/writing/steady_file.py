"""A file whose writers never see it fail, so that none of them answers a full disk in its own way."""

from __future__ import annotations

import io
from typing import Any


class SteadyFile(io.FileIO):
    """Takes everything it is given; `failure` is what went wrong first, to be told by whoever opened it.

    Libraries that write differ in what they do when a disk is full: some wrap the error, some write on while they
    tidy up and fail again where nobody can catch it, some say nothing.
    """

    failure: OSError | None = None

    def write(self, data: Any, /) -> int:
        """Writes what it can; after the first failure nothing more."""
        if self.failure is None:
            try:
                return super().write(data)
            except OSError as error:
                self.failure = error
        return memoryview(data).nbytes
