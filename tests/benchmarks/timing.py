"""CPU times: medians of samples taken in turn, so that noise hits all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

# CPU time of the process counts helper threads too, and is steadier than the wall clock on a shared machine.
clock = time.process_time

SAMPLE = 0.01
"""Seconds that one sample lasts at least; quick functions are called in a loop."""


def seconds(function: Callable[[], Any], loops: int) -> float:
    """CPU seconds of one call, the mean of `loops` calls."""
    began = clock()
    for _ in range(loops):
        function()
    return (clock() - began) / loops


def enough_loops(function: Callable[[], Any]) -> int:
    """How many calls make up a sample."""
    loops = 1
    while (taken := seconds(function, loops) * loops) < SAMPLE:
        loops *= 10 if taken < SAMPLE / 20 else 2
    return loops


def medians(functions: Mapping[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """Median CPU seconds per call of each function; the first calls are not counted."""
    for function in functions.values():
        function()
    loops = {name: enough_loops(function) for name, function in functions.items()}
    samples: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(rounds):
        for name, function in functions.items():
            samples[name].append(seconds(function, loops[name]))
    return {name: statistics.median(found) for name, found in samples.items()}
