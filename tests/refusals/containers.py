"""Programs with lists, dicts, deques and sets that must be refused."""

import numpy as np


def pop_inside_an_assert(x):
    stack = [1, 0]
    total = x[0]
    while stack:
        assert stack.pop() < 2
        total = total * x[len(stack)]
    return total


def pop_inside_a_text(x):
    stack = [1, 0]
    total = x[0]
    while stack:
        label = f"item {stack.pop()}"
        total = total * x[len(stack)] * len(label)
    return total


USUAL = np.array([0.8, -0.5, 1.1])
INPUTS: dict[str, object] = {}
SKIPPED: set[str] = set()
