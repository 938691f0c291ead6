"""Loops of which few states are kept, and whose steps are run again in the reverse sweep."""

from __future__ import annotations

import numpy as np

import srcgrad
from srcgrad import checkpoint

from case import Case, case


def rebound(u, k, steps):
    """A state that is a new array in every step."""
    for _ in srcgrad.checkpoint(range(steps), snapshots=3):
        u = u + k * np.sin(u)
    return np.sum(u**2)


def in_place(u, k, steps):
    """A state that is changed in place, with a branch; temporaries start anew in every step."""
    v = u.copy()
    for _ in checkpoint(range(steps), 3):
        flux = v[1:] - v[:-1]
        if np.max(np.abs(flux)) > 1.0:
            flux = np.tanh(flux)
        v[1:-1] += k * (flux[1:] - flux[:-1]) * v[1:-1]
    return np.sum(v**2)


def argument_in_place(u, k, steps):
    """The state is the argument itself, of which the function has a copy of its own."""
    for t in srcgrad.checkpoint(range(1, steps), snapshots=2):
        u[1:] += k * np.sin(u[:-1]) / t
    return np.sum(u**3)


def two_buffers(u, k, steps):
    """Two arrays that change roles."""
    v, w = u.copy(), np.zeros_like(u)
    for _ in srcgrad.checkpoint(range(steps), snapshots=4):
        w[1:-1] = v[1:-1] + k * np.sin(v[2:] - 2 * v[1:-1] + v[:-2]) * v[1:-1]
        v, w = w, v
    return np.sum(v**2) + np.sum(w)


def until(u, k, bound):
    """A loop of unknown length."""
    trips = 0
    while srcgrad.checkpoint(np.sum(u**2) > bound and trips < 100, snapshots=3):
        u = u - k * np.tanh(u)
        trips += 1
    return np.sum(u**2) * trips


def until_in_place(u, k, steps):
    """A loop of unknown length whose state is changed in place."""
    v = u.copy()
    t = 0
    while checkpoint(t < steps, snapshots=2):
        v[1:] = v[1:] + k * v[:-1] * v[1:]
        t += 1
    return v @ v


def nested(u, k, outer, inner):
    """A checkpointed loop in a step of another one."""
    for i in srcgrad.checkpoint(range(outer), snapshots=2):
        scale = 1.0 / (1.0 + i)
        for j in srcgrad.checkpoint(range(inner), snapshots=2):
            u = u + scale * k * np.cos(u * (j + 1))
        u = np.tanh(u)
    return np.sum(u)


def in_plain_loop(u, k, outer, inner):
    """A checkpointed loop inside a plain one: each of its runs has snapshots of its own."""
    total = 0.0
    for i in range(outer):
        for _ in srcgrad.checkpoint(range(inner), snapshots=2):
            u = u + k * np.sin(u)
        total = total + np.sum(u) * (i + 1)
    return total


def while_in_plain_loop(u, k, outer, inner):
    """A checkpointed loop of unknown length inside a plain one."""
    for i in range(outer):
        t = 0
        while srcgrad.checkpoint(t < inner + i, snapshots=2):
            u = u + k * np.sin(u)
            t += 1
        u = u * u
    return np.sum(u)


def with_plain_loop(u, k, steps):
    """A plain loop inside each step."""
    for _ in srcgrad.checkpoint(range(steps), snapshots=2):
        for j in range(3):
            u = u * np.cos(k * u + j)
    return np.sum(u)


def over_items(x, u):
    """Steps over items, with several numbers as the state."""
    a, b = 1.0, 0.5
    for i, v in srcgrad.checkpoint(enumerate(x), snapshots=2):
        a, b = np.tanh(a * v + b), b + i * a * v
        if b > 2.0:
            continue
        u = u * a
    return a * b + np.sum(u)


def values_after(u, k, steps):
    """What the steps leave is read after the loop; what they read is changed after it, too."""
    energy = np.sum(u)
    v = np.sin(u)
    c = k * u
    for _ in srcgrad.checkpoint(range(steps), snapshots=2):
        last = v * c
        v = v + np.sin(last)
        energy = energy + np.sum(v * last)
    out = energy + np.sum(np.exp(-last)) + np.sum(v)
    c[0] = 0.5
    v = v * c
    k = k * 2.0
    return out * k + np.sum(v)


def reused_names(u, k, steps):
    """A name that the steps bind anew has a value before the loop that the reverse sweep needs."""
    t = 3.0 * np.sum(u)
    flux = np.exp(u)
    v = flux * np.sin(flux) * np.cos(t)
    for t in srcgrad.checkpoint(range(steps), snapshots=2):
        flux = np.cos(v) * k + t
        v = v * flux
    return np.sum(v)


def view_before(u, k, steps):
    """A view of the state, taken before the loop, is read in its steps and after it."""
    v = u * u
    inner = v[1:-1].copy()
    for _ in srcgrad.checkpoint(range(steps), snapshots=2):
        v[1:-1] = inner + k * inner * (v[2:] - v[:-2])
    return np.sum(inner**2)


def advance(v, k):
    flux = np.tanh(v[1:] - v[:-1])
    v[1:-1] += k * (flux[1:] - flux[:-1]) * v[1:-1]


def norm(v):
    return np.sqrt(np.sum(v * v))


def through_helpers(u, k, steps):
    """Steps that call functions, which change what they are given."""
    v = u.copy()
    scale = 1.0
    for _ in srcgrad.checkpoint(range(steps), snapshots=3):
        advance(v, k)
        scale = scale * norm(v)
    return np.sum(v) * scale


def simulate(v, k, steps):
    for _ in srcgrad.checkpoint(range(steps), snapshots=2):
        v = v + k * np.sin(v) * v
    return v


def simulate_in_place(v, k, steps):
    for _ in srcgrad.checkpoint(range(steps), snapshots=2):
        v[1:] += k * np.sin(v[:-1])


def in_helper(u, k, steps):
    """The loop is in a function that is called twice."""
    v = simulate(u, k, steps)
    return np.sum(v * simulate(v, k, 2))


def in_helper_in_place(u, k, steps):
    """The loop is in a function that changes its argument."""
    v = u * u
    before = np.sum(v**3)
    simulate_in_place(v, k, steps)
    return np.sum(v**2) * before


def returns_state(u, k, steps):
    """The state itself is the result: the reverse sweep must leave it alone."""
    v = u.copy()
    for _ in srcgrad.checkpoint(range(steps), snapshots=2):
        v[1:] += k * np.sin(v[:-1])
    return v


def bound_in_the_first_step(u, k, steps):
    """What the second step starts from has no value before the first."""
    total = 0.0
    for t in srcgrad.checkpoint(range(steps), snapshots=2):
        if t > 0:
            total = total + np.sum(u * previous) * scale

        previous = u * k
        scale = np.sum(u)
        u = u + np.sin(previous)
    return total


def memory_under_another_name(u, k, steps):
    """What the loop starts from has been given away, and is changed after it under another name."""
    v, w = u * k, u * 2.0
    early = norm(v * w)
    for _ in srcgrad.checkpoint(range(steps), snapshots=1):
        v, w = w, v
    w[0] = np.sum(u)
    v[1] = w[0] * v[1]
    return early * np.sum(v * w)


def backwards(u, k, steps):
    """Steps that count down."""
    for t in checkpoint(reversed(range(steps)), snapshots=2):
        u = u + k * t * np.sin(u)
    return np.sum(u)


def of_pairs(u, k, steps):
    """Two states, made anew in every step by a function."""
    a, b = u, u * 2.0
    for _ in checkpoint(range(steps), snapshots=2):
        a, b = turned(a, b, k)
    return np.sum(a * b)


def turned(a, b, k):
    return a + k * np.sin(b), b - k * np.cos(a)


def leaves_an_inner_loop(u, k, steps):
    """A plain loop inside of a step is broken off."""
    for t in checkpoint(range(steps), snapshots=2):
        for j in range(10):
            u = u + k * np.sin(u)
            if np.sum(u) > j + t:
                break
    return np.sum(u)


def element_by_element(x, k):
    """One array that is filled from what is in it already."""
    u = np.zeros(len(x))
    u[0] = k
    for i in checkpoint(range(1, len(x)), snapshots=2):
        u[i] = np.sin(u[i - 1]) + x[i] * k
    return np.sum(u * u)


def descends(u, k, steps):
    """Steps that take a derivative themselves."""
    for _ in checkpoint(range(steps), snapshots=2):
        u = u - k * srcgrad.grad(lambda y: np.sum(y**4) * k)(u)
    return np.sum(u)


def matrix_state(a, x, steps):
    """The recurrence of a power iteration."""
    for _ in srcgrad.checkpoint(range(steps), snapshots=1):
        x = a @ x
        x = x / np.sqrt(np.sum(x * x))
    return x @ a @ x


def no_step(u, k, steps):
    """What the loop would have restored is changed after it."""
    v = u * u
    energy = np.sum(np.sin(v))
    for _ in checkpoint(range(steps), 2):
        v[1:] = v[1:] * v[:-1] + k
    v[0] = 3.0
    v[2] = np.sum(u)
    return energy * np.sum(v)


def list_that_grows(u, k, steps):
    """The history of the steps, read in them and after them."""
    path = [u]
    for t in checkpoint(range(steps), 2):
        path.append(path[-1] + k * np.sin(path[max(t - 1, 0)]))
    return np.sum(path[-1] * path[2])


def queue(u, k, steps):
    """A list that is added to and taken from, of arrays that change in place."""
    waiting = [u * 1.0, u * k]
    total = 0.0
    for t in checkpoint(range(steps), snapshots=2):
        first = waiting.pop(0).copy()
        first[1:] += np.sin(waiting[0][:-1]) * k
        total = total + np.sum(first * waiting[0])
        waiting.append(first * 0.9)
    return total + np.sum(waiting[-1])


def dict_of_state(u, k, steps):
    """The state in a dict, with a number that counts and an array that changes."""
    state = {"u": u.copy(), "steps": 0, "sum": 0.0}
    while checkpoint(state["steps"] < steps, snapshots=2):
        state["u"][1:] += k * np.sin(state["u"][:-1])
        state["sum"] += np.sum(state["u"] ** 2)
        state["steps"] += 1
    return state["sum"] * state["steps"]


class Particles:
    def __init__(self, x, v):
        self.x, self.v = x, v
        self.energies = []
        self.count = 0

    def push(self, k):
        self.v = self.v - k * np.sin(self.x)
        self.x = self.x + 0.1 * self.v
        self.count += 1

def object_of_state(u, k, steps):
    """An object whose fields are assigned and changed by its methods."""
    p = Particles(u, u * k)
    for t in checkpoint(range(steps), 3):
        p.push(k)
        if t % 2:
            p.energies.append(np.sum(p.v**2) - np.sum(np.cos(p.x)))
    return p.energies[0] * p.energies[-1] + p.count * np.sum(p.x)


def two_objects(u, k, steps):
    """Objects that pull at each other, in nested checkpointed loops."""
    a, b = Particles(u, u * k), Particles(u * 2.0, u * 0.0)
    for _ in checkpoint(range(steps), 2):
        for _ in checkpoint(range(2), 1):
            a.v = a.v + k * np.tanh(b.x - a.x)
        b.push(k)
        a.push(np.sum(b.v))
    return np.sum(a.x * b.v)


def fill_in(buffer, k):
    buffer[1:] = np.sin(buffer[:-1]) * k
    buffer[0] = buffer[1] * k


def note(sums, e):
    sums.append(e)
    sums[0] = sums[0] * e


def helpers_with_a_list_and_an_array(u, k, steps):
    """Helpers change a list and an array."""
    sums, buffer = [k], u * k
    for _ in checkpoint(range(steps), 2):
        fill_in(buffer, k)
        note(sums, np.sum(buffer) * sums[-1])
    return sums[0] * np.sum(buffer) + sums[1]


def breaks_off(u, k, steps):
    """What follows the test of a broken-off loop is skipped, and the number of the step is read after it."""
    for t in checkpoint(range(1, steps), 2):
        u = u + k * np.sin(u) * t
        if np.sum(u) > 6.0:
            break
        u = u * 1.01
    return np.sum(u) * t


def returns_from_a_step(u, k, steps):
    """A result from the middle of a loop inside a step, and another one where no step gives one."""
    v = u.copy()
    for t in checkpoint(range(steps), snapshots=2):
        for j in range(3):
            v[1:] += k * np.sin(v[:-1])
            if v[1] > 1.0:
                return np.sum(v) * (t + j)
    return np.sum(v * v)


def with_an_else(u, k, steps):
    """A search that may find nothing, in steps that count down."""
    for t in checkpoint(reversed(range(steps)), 2):
        u = u + k * np.sin(u)
        if t == 2:
            break
    else:
        u = u * u
    return np.sum(u)


def goes_on(u, k, steps):
    """A loop of unknown length that skips the rest of a step, and is left by `break` alone."""
    t = 0
    while checkpoint(True, snapshots=2):
        t += 1
        if t == 3:
            continue
        u = u + k * np.sin(u) * t
        if t > steps:
            break
    return np.sum(u * u)


def array_that_may_be_a_number(x, k, steps):
    """From a file, it is not known that `w` is an array, which the steps change in place."""
    w = x * k
    for _ in checkpoint(range(steps), 2):
        w += 0.5
        x[0] += w[0] * k * x[1]
    w *= 2.0
    return np.sum(x) + np.sum(w * w)


U = np.array([0.3, -0.8, 1.1, 0.4, -0.2, 0.9])
A = np.array([[2.0, 0.3, 0.1], [0.3, 1.5, -0.2], [0.1, -0.2, 1.0]])

CASES: list[Case] = [
    case(rebound, U, 0.2, 11),
    case(rebound, U, 0.2, 1, label="one"),
    case(rebound, U, 0.2, 0, wrt=0, label="none"),
    case(in_place, U, 0.1, 9),
    case(argument_in_place, U, 0.3, 8),
    case(two_buffers, U, 0.1, 7),
    case(until, U, 0.3, 0.3, wrt=(0, 1)),
    case(until_in_place, U, 0.1, 9),
    case(nested, U, 0.2, 4, 5),
    case(in_plain_loop, U, 0.2, 3, 5),
    case(while_in_plain_loop, U, 0.2, 3, 4),
    case(with_plain_loop, U, 0.2, 5),
    case(over_items, np.linspace(0.2, 1.5, 9), U),
    case(values_after, U, 0.2, 4),
    case(reused_names, U, 0.2, 4),
    case(view_before, U, 0.1, 6),
    case(through_helpers, U, 0.1, 6),
    case(in_helper, U, 0.1, 6),
    case(in_helper_in_place, U, 0.1, 6),
    case(returns_state, U, 0.1, 6),
    case(bound_in_the_first_step, U, 0.1, 5),
    case(memory_under_another_name, U, 0.1, 3),
    case(memory_under_another_name, U, 0.1, 0, label="none"),
    case(backwards, U, 0.1, 5),
    case(of_pairs, U, 0.1, 5),
    case(leaves_an_inner_loop, U, 0.2, 4, smooth=False),
    case(element_by_element, U, 0.7),
    case(descends, U, 0.1, 4, file=False),
    case(no_step, U, 0.2, 0, zero=(1,), label="none"),
    case(no_step, U, 0.2, 3),
    case(list_that_grows, U, 0.2, 7),
    case(queue, U, 0.2, 6),
    case(dict_of_state, U, 0.2, 7),
    case(object_of_state, U, 0.2, 7),
    case(two_objects, U, 0.2, 4),
    case(helpers_with_a_list_and_an_array, U, 0.2, 5),
    case(breaks_off, U, 0.2, 9),
    case(breaks_off, U, 0.2, 3, label="never"),
    case(returns_from_a_step, U, 0.2, 9),
    case(returns_from_a_step, U, 0.2, 2, label="never"),
    case(with_an_else, U, 0.2, 6),
    case(with_an_else, U, 0.2, 2, label="never"),
    case(goes_on, U, 0.1, 6),
    case(array_that_may_be_a_number, U, 0.2, 5),
    case(matrix_state, A, np.array([0.5, -0.3, 0.8]), 7),
]
