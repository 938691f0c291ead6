"""Checkpointed loops: the number of steps that are run again, the memory that is used, the text that comes out."""

from __future__ import annotations

import random
import tracemalloc
from math import comb
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad.runtime import checkpoint, first_snapshots, online_snapshots, revolve


def fewest(steps: int, snapshots: int) -> int:
    """Steps run forward to reverse a chain with snapshots: t(l, c) of Griewank and Walther (2000), equation (3)."""
    repeats = 0
    while comb(snapshots + repeats, snapshots) < steps:
        repeats += 1
    return repeats * steps - comb(snapshots + repeats, snapshots + 1)


def run(steps: Any, snapshots: int, kept: Any, schedule: Any) -> tuple[int, int]:
    """Run the schedule on states that are numbers: how many steps are advanced, how many states are kept at most."""
    states = list(kept)
    present, advanced, most, reversed_ = -1, 0, 0, []
    for action, t in schedule:
        if action == "restore":
            present = states[-1]
            assert steps[present] == t
        elif action == "save":
            states.append(present)
        elif action == "forget":
            states.pop()
        elif action == "advance":
            assert steps[present] == t
            present += 1
            advanced += 1
        else:
            assert steps[present] == t
            reversed_.append(t)
        most = max(most, len(states))
    assert reversed_ == list(reversed(steps))
    assert not states
    return advanced, most


@pytest.mark.parametrize("snapshots", [1, 2, 3, 4, 7, 20])
def test_fewest_steps_are_run(snapshots: int) -> None:
    """All steps but the last run in the forward sweep before the way back begins, as in the paper; the state there is
    kept besides the snapshots."""
    for length in [1, 2, 3, 4, 5, 8, 13, 30, 57, 200]:
        steps = range(3, 3 + 2 * length, 2)
        kept = sorted((t - 3) // 2 for t in first_snapshots(steps, snapshots))
        advanced, most = run(steps, snapshots, kept, revolve(steps, snapshots))
        assert advanced + length - 1 == fewest(length, snapshots)
        assert most <= snapshots + 1


def test_the_formula_is_the_minimum() -> None:
    """Against dynamic programming over every place of the first snapshot."""
    best: dict[tuple[int, int], int] = {}
    for c in range(1, 6):
        for length in range(1, 40):
            ways = [m + best[length - m, c - 1] + best[m, c] for m in range(1, length)] if c > 1 else []
            best[length, c] = min(ways) if ways else length * (length - 1) // 2
            assert best[length, c] == fewest(length, c)


@pytest.mark.parametrize("snapshots", [1, 2, 3, 5, 10])
def test_unknown_number_of_steps(snapshots: int) -> None:
    """Never more states than allowed, and no step much more often than if the number had been known."""
    for length in [1, 2, 5, 19, 100, 400]:
        schedule, states = online_snapshots(snapshots), []
        for step in range(length):
            states.append(step)
            for old in schedule.surplus(step):
                states.pop(old)
            assert states == schedule.steps and len(states) <= snapshots and states[0] == 0
        steps = range(length)
        advanced, most = run(steps, snapshots, states, revolve(steps, snapshots, schedule.steps))
        assert most <= max(snapshots, 1)
        assert advanced + length - 1 <= fewest(length, snapshots) + length


@pytest.mark.parametrize("snapshots", [0, -1, 2.0, True, "3", None])
def test_snapshots_must_be_a_number(snapshots: Any) -> None:
    with pytest.raises(ValueError, match="snapshots must be a whole number of at least 1"):
        checkpoint(range(3), snapshots)


def relax(u: Any, k: Any, steps: int, snapshots: int) -> Any:
    v = u.copy()
    for _ in srcgrad.checkpoint(range(steps), snapshots=snapshots):
        v[1:-1] += k * np.sin(v[2:] - 2.0 * v[1:-1] + v[:-2])
    return np.sum(v**2)


def relax_until(u: Any, k: Any, steps: int, snapshots: int) -> Any:
    t = 0
    while srcgrad.checkpoint(t < steps, snapshots=snapshots):
        u = u + k * np.sin(u)
        t += 1
    return np.sum(u**2)


U = np.linspace(-1.0, 2.0, 11) ** 2


def test_plain_iteration_outside_of_derivatives() -> None:
    assert list(checkpoint(range(4), snapshots=2)) == [0, 1, 2, 3]
    assert relax(U, 0.1, 7, 2) == relax(U, 0.1, 7, 5)


@pytest.mark.parametrize("f", [relax, relax_until])
def test_any_number_of_snapshots_gives_the_same_bits(f: Any) -> None:
    gradient = srcgrad.value_and_grad(f, wrt=(0, 1))
    value, (d_u, d_k) = gradient(U, 0.1, 13, 13)
    assert value == f(U, 0.1, 13, 1)
    for snapshots in range(1, 16):
        again, (e_u, e_k) = gradient(U, 0.1, 13, snapshots)
        assert again == value and e_k == d_k and np.array_equal(e_u, d_u)


def test_a_number_that_is_none_raises() -> None:
    with pytest.raises(ValueError, match="at least 1, not 0"):
        srcgrad.grad(relax)(U, 0.1, 7, 0)


def peak(f: Any, *args: Any) -> int:
    tracemalloc.start()
    try:
        f(*args)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("f", [relax, relax_until])
def test_memory_is_bounded(f: Any) -> None:
    """Ten times the steps take no more memory than the states that are kept and a few temporaries."""
    u = np.linspace(-1.0, 1.0, 20_000)
    gradient = srcgrad.grad(f)
    gradient(u, 0.1, 2, 4)
    few, many = peak(gradient, u, 0.1, 20, 4), peak(gradient, u, 0.1, 200, 4)
    assert many < 25 * u.nbytes
    assert many < few + 2 * u.nbytes


def test_pullback_may_be_called_again() -> None:
    _, pullback = srcgrad.vjp(relax, U, 0.1, 9, 2)
    first, second = pullback(1.0), pullback(1.0)
    assert np.array_equal(first[0], second[0]) and first[1] == second[1]
    np.testing.assert_array_equal(first[0], srcgrad.grad(relax)(U, 0.1, 9, 2))


def test_text() -> None:
    """The reverse sweep is a loop of actions; what a step does last and its reverse puts back first is left out."""
    gradient = srcgrad.grad(relax_until)
    gradient(U, 0.1, 5, 2)
    text = srcgrad.source(gradient)
    assert text.partition("    # ---- forward sweep ----\n")[2] == EXPECTED


EXPECTED = '''\
    t_states = []
    u_states = []
    t = 0
    trips = 0
    u_kept = online_snapshots(snapshots)
    while t < steps:
        t_states.append(t)
        u_states.append(u)
        for u_kept_surplus in u_kept.surplus(trips):
            t_states.pop(u_kept_surplus)
            u_states.pop(u_kept_surplus)
        trips += 1
        u = u + k * np.sin(u)
        t += 1
    out = np.sum(u**2)

    # ---- reverse sweep ----
    # return np.sum(u**2)
    d_u = d_out * 2.0 * u

    for action, _ in revolve(range(trips), snapshots, u_kept.steps):
        if action == "restore":
            t = t_states[-1]
            u = u_states[-1]
        elif action == "save":
            t_states.append(t)
            u_states.append(u)
        elif action == "forget":
            t_states.pop()
            u_states.pop()
        elif action == "advance":
            u = u + k * np.sin(u)
            t = t + 1
        else:
            # u = u + k * np.sin(u)
            d_u += d_u * k * np.cos(u)

    return out, (d_u,)
'''


def drawn(x: float) -> float:
    for _ in range(random.randint(2, 9)):
        x = x * np.sin(x)
    return x


def drawn_and_checkpointed(x: float) -> float:
    for _ in srcgrad.checkpoint(range(random.randint(2, 9)), snapshots=1 + random.randint(1, 2)):
        x = x * np.sin(x)
    return x


@pytest.mark.parametrize("f", [drawn, drawn_and_checkpointed])
def test_the_number_of_steps_is_worked_out_once(f: Any) -> None:
    """The way back does not ask again."""
    gradient = srcgrad.value_and_grad(f)
    for seed in range(5):
        found, values = [], []
        for step in (-1e-6, 0.0, 1e-6):
            random.seed(seed)
            values.append(f(0.7 + step))
            random.seed(seed)
            found.append(gradient(0.7 + step))
        assert [v for v, _ in found] == values
        assert found[1][1] == pytest.approx((values[2] - values[0]) / 2e-6, rel=1e-6, abs=1e-9)
