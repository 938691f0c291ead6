"""`with` around numerical code: settings of NumPy and of warnings, errors that are suppressed."""

from __future__ import annotations

import contextlib
import logging
import time
import warnings
from contextlib import contextmanager, nullcontext, suppress

import numpy as np
from case import case

X = np.array([0.6, 1.1, 1.7])


def without_warnings(x):
    with np.errstate(divide="ignore", invalid="ignore"):
        y = np.where(x > 0.8, np.log(x - 0.8), 0.0)
    return np.sum(y)


def returned_inside(a, b):
    with np.errstate(all="ignore"):
        return np.sum(a / b)


def in_a_loop(x):
    total = 0.0
    for k in range(3):
        with np.errstate(over="raise"), np.printoptions(precision=3):
            x = x * np.exp(-x)
            if k == 1:
                total = total + np.sum(x * x)
        total = total + x[k]
    return total


def quietly(x):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        y = np.sqrt(x)
    return np.sum(y**3)


def settings_given(x, how):
    with np.errstate(all=how):
        y = x / (x + 1.0)
    return np.sum(y * y)


def no_context(x):
    with nullcontext(x * 2.0) as y:
        z = y * y
    return np.sum(z)


def may_fail(a, b):
    y = a
    with suppress(ZeroDivisionError):
        y = y / b
    return y * a


def may_fail_early(a, values):
    total = a
    with contextlib.suppress(KeyError, IndexError):
        total = total * values[0]
        total = total * values[1]
        total = total * values[2]
    return total * a


def noted(x):
    """Emitted as a function of its own."""
    with np.errstate(all="ignore"):
        y = np.log(x)
        with np.errstate(divide="warn"):
            y = y * y
    return y


def called(x):
    return np.sum(noted(x) * noted(x + 1.0))


class Doubled:
    """While it is entered, the rate of an optimiser is twice what it was."""

    def __init__(self, rate):
        self.rate = rate
        self.saved = None

    def __enter__(self):
        self.saved = self.rate
        self.rate = self.rate * 2.0
        return self

    def __exit__(self, kind, error, trace):
        self.rate = self.saved * self.saved


def entered_by_name(x, rate):
    doubled = Doubled(rate)
    with doubled:
        total = np.sum(x * doubled.rate)
    with doubled as again:
        total += again.rate**2
    return total * doubled.rate


def entered_where_it_is_made(x, rate):
    with Doubled(rate * rate) as doubled:
        return np.sum(x**2) * doubled.rate


@contextlib.contextmanager
def scaled(params, k=2.0):
    """The rate of an optimiser is another one for a while."""
    old = params["rate"]
    params["rate"] = old * k
    try:
        yield params
    finally:
        params["rate"] = old


@contextmanager
def undone(a, n):
    kept = a[n].copy()
    a[n] = a[n] * a[0]
    yield
    a[n] = kept * a[n - 1]


@contextmanager
def timed(name):
    start = time.perf_counter()
    yield
    logging.getLogger(name).debug(f"{name}: {time.perf_counter() - start}")


@contextmanager
def quiet():
    with np.errstate(all="ignore"):
        yield


class Tape:
    def __init__(self, gain):
        self.gain = gain


@contextmanager
def louder(tape, gain):
    tape.gain, gain = gain, tape.gain
    try:
        yield tape.gain
    finally:
        tape.gain = gain


def yields_a_dict(x, rate):
    params = {"rate": rate}
    with scaled(params, x[0]) as inside:
        total = np.sum(x * inside["rate"])
    with scaled(params) as k:
        total += k["rate"] ** 2 * params["rate"]
    return total * params["rate"]


def changes_an_array(x):
    y = x * 1.0
    for n in range(1, 3):
        with undone(y, n):
            y *= y[n] + 0.5
    return y


def leaves_from_inside(x, tape_gain):
    tape = Tape(tape_gain)
    old = 1.5
    with louder(tape, gain=x[1]) as now:
        if x[0] > 0.0:
            return np.sum(x) * now + tape.gain * old
        with quiet():
            old = now / x[0]
    return old


def breaks_off(x):
    tape, total = Tape(0.3), 0.0
    for v in x:
        with timed("loop"), louder(tape, tape.gain * v):
            total += tape.gain * v
            if total > 0.7:
                break
        total += tape.gain
    return total * tape.gain


def timed_and_quiet(x):
    with timed("sum"):
        with quiet():
            y = np.where(x > 0.8, np.log(x - 0.8), 0.0)
        y[0] += x[1]
    return np.sum(y * y)


def loop_inside(x):
    total = 0.0
    with np.errstate(all="ignore"):
        for v in x:
            if v > 1.5:
                break
            total += v / x[0]
    return total


class Logged:
    """Notes what it is given when it is entered, and its square when it is left."""

    def __init__(self, log, value):
        self.log, self.value = log, value

    def __enter__(self):
        self.log.append(self.value)
        return self.value * 2.0

    def __exit__(self, *details):
        self.log.append(self.value**2)


@contextmanager
def around_a_value(log, value):
    log.append(value * 3.0)
    yield value * value
    log.append(value)


def several_at_once(x):
    log = []
    with Logged(log, x[0]) as a, around_a_value(log, a) as b, nullcontext(b * x[1]) as c:
        log.append(a * b * c)
    with np.errstate(all="ignore"), Logged(log, x[2]) as d:
        log.append(d / x[0])
    return sum(n * v for n, v in enumerate(log, 1))


CASES = [
    case(several_at_once, X),
    case(loop_inside, X),
    case(yields_a_dict, X, 0.7),
    case(changes_an_array, X),
    case(leaves_from_inside, X, 0.7),
    case(breaks_off, X),
    case(timed_and_quiet, X),

    case(entered_by_name, X, 0.7),
    case(entered_where_it_is_made, X, 0.7),
    case(without_warnings, np.array([0.6, 1.1, 1.7])),
    case(returned_inside, X, X + 1.0),
    case(in_a_loop, X),
    case(quietly, X),
    case(settings_given, X, "ignore", wrt=0),
    case(no_context, X),
    case(may_fail, 2.0, 3.0),
    case(may_fail, 2.0, 0.0, wrt=0, label="fails"),
    case(may_fail_early, 2.0, np.array([3.0, 4.0])),
    case(called, X),
]
