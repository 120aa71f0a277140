"""Seconds and memory of one engine's run, each in a process of its own that inherits the loaded tables."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from fupin_audit.delivery import Delivery
from peers.rules import Found

Engine = Callable[[Delivery, date], AbstractContextManager[Callable[[], Found]]]


@dataclass(frozen=True)
class Run:
    """One run.

    Attributes:
        prepared: seconds until it was ready to judge.
        judged: seconds of judging.
        processor: seconds of processor time of judging, over all cores.
        memory: MB at its peak, beyond what the loaded tables and imported libraries take.
        found: what it found.
    """

    prepared: float
    judged: float
    processor: float
    memory: float
    found: Found


def run(engine: Engine, delivery: Delivery, as_of: date) -> Run:
    """Run an engine in a forked process.

    Raises:
        RuntimeError: the process ended without a result.
    """
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_measured, args=(engine, delivery, as_of, sender))
    process.start()
    sender.close()
    try:
        result: Run = receiver.recv()
    except EOFError as error:
        raise RuntimeError("the engine ended without a result; its message is above") from error
    process.join()
    return result


def _measured(engine: Engine, delivery: Delivery, as_of: date, sender: Connection) -> None:
    before, started = _resident(), time.perf_counter()
    with engine(delivery, as_of) as judge:
        ready, processor = time.perf_counter(), time.process_time()
        found = judge()
        judged, processor = time.perf_counter() - ready, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sender.send(Run(ready - started, judged, processor, peak - before, found))


def _resident() -> float:
    """MB this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20
