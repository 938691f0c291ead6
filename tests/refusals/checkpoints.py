"""Checkpointed loops that must be refused, since their steps are run again; `USUAL` and `INPUTS` give arguments."""

import numpy as np

from srcgrad import checkpoint

LOG = []


def prints_in_a_step(x):
    for t in checkpoint(range(4), snapshots=2):
        x = np.sin(x)
        print(t, x)
    return np.sum(x)


def draws_in_a_step(x):
    for _ in checkpoint(range(4), snapshots=2):
        x = x + np.random.normal() * x
    return np.sum(x)


def noted(x):
    print(x)
    return x * x


def prints_in_a_helper(x):
    for _ in checkpoint(range(4), snapshots=2):
        x = noted(x)
    return np.sum(x)


def assigns_in_the_condition(x):
    while checkpoint((y := np.sin(x)) > 0.1, snapshots=2):
        x = x - 0.1 * y
    return x


def part_of_a_condition(x):
    while x < 100.0 and checkpoint(x > 0.1, snapshots=2):
        x = np.sin(x) * 0.5
    return x


def value_of_checkpoint(x):
    return checkpoint(x, 2) * x


def without_a_number(x):
    for _ in checkpoint(range(4)):
        x = np.sin(x)
    return x


def another_number_of_snapshots_each_time(x):
    while checkpoint(x > 0.1, snapshots=np.random.randint(1, 3)):
        x = np.sin(x) * 0.5
    return x


def swaps_two_names_of_one_list(x):
    a = [x, x * 2.0]
    b = {"a": a, "b": [x, x]}
    for _ in checkpoint(range(4), snapshots=2):
        b["a"], b["b"] = b["b"], b["a"]
        b["a"][0] = b["b"][1] * np.sin(x)
    return a[0] * x


def two_names_for_one_array(x):
    u = x * np.ones(3)
    v = u
    for t in checkpoint(range(4), snapshots=2):
        u[1:] = u[1:] * np.sin(u[:-1])
        w = u + v
        if t > 1:
            u = np.cos(w)
    return np.sum(u * v)


INPUTS: dict[str, object] = {}
SKIPPED = {"noted"}
