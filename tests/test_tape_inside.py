"""Tapes in functions that are differentiated: Jacobians, and blocks that change what they began with."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import GradientTape, SrcgradError

X = np.array([0.5, 1.2])


def squares_of_a_jacobian(x: Any) -> Any:
    with GradientTape() as tape:
        tape.watch(x)
        y = x**3 * x[::-1]
    return np.sum(tape.jacobian(y, x) ** 2)


def by_an_intermediate(x: Any, a: float) -> Any:
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = np.tanh(x * a)
        z = y[1:] * y[0]
    j, k = tape.jacobian(z, [x, y])
    return np.sum(j * a) * np.sum(k**2) + np.sum(tape.gradient(z, x))


def newton(x: Any) -> Any:
    for _ in range(3):
        with GradientTape() as tape:
            tape.watch(x)
            r = x**3 + x[::-1] - np.array([2.0, 3.0])
        x = x - np.linalg.solve(tape.jacobian(r, x), r)
    return np.sum(x**2)


def of_a_number(x: Any) -> Any:
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x * x
    return tape.jacobian(y, x) * x


@pytest.mark.parametrize(
    ("f", "args"),
    [(squares_of_a_jacobian, (X,)), (by_an_intermediate, (X, 1.3)), (newton, (X,)), (of_a_number, (1.3,))],
)
def test_jacobians(f: Any, args: tuple[Any, ...]) -> None:
    value, _ = srcgrad.value_and_grad(f)(*args)
    assert value == pytest.approx(f(*args), rel=1e-13)
    srcgrad.check_grads(f, args, order=1)


def of_two_targets(x: Any) -> Any:
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x
        z = y * x
    return tape.jacobian([y, z], x)


def reset(x: Any) -> Any:
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x
        tape.reset()
        tape.watch(x)
        z = y * x
    return tape.gradient(z, x)


def paused(x: Any) -> Any:
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x
        with tape.stop_recording():
            z = y * x
        y = y * z
    return tape.gradient(y, x)


class Total:
    def __init__(self) -> None:
        self.total = 0.0

    def add(self, x: Any) -> Any:
        self.total = self.total + x * x
        return self.total


def method_that_changes_its_object(x: Any) -> Any:
    """What the gradient's own run of the block would do to the object a second time."""
    held = Total()
    with GradientTape() as tape:
        tape.watch(x)
        y = held.add(x) * x
    return tape.gradient(y, x) * held.total


def list_that_grows(x: Any) -> Any:
    items: list[Any] = []
    with GradientTape() as tape:
        tape.watch(x)
        items.append(x * x)
        y = items[0] * x
    return tape.gradient(y, x) * len(items) * items[-1]


def array_that_changes(x: Any) -> Any:
    a = np.zeros(2)
    with GradientTape() as tape:
        tape.watch(x)
        a[0] = a[0] + x * x
        y = np.sum(a) * x
    return tape.gradient(y, x) * a[0]


@pytest.mark.parametrize("f", [method_that_changes_its_object, list_that_grows, array_that_changes])
def test_changes_of_a_block_are_made_once_or_refused(f: Any) -> None:
    assert f(1.3) == pytest.approx(3.0 * 1.3**4)
    try:
        value, gradient = srcgrad.value_and_grad(f)(1.3)
    except SrcgradError:
        assert f is not array_that_changes
        return
    assert (value, gradient) == pytest.approx((3.0 * 1.3**4, 12.0 * 1.3**3))


@pytest.mark.parametrize(
    ("f", "line", "message"),
    [
        (of_two_targets, 5, "a Jacobian is that of one target"),
        (reset, 4, "`reset` of a tape cannot be differentiated"),
        (paused, 4, "`with` cannot be differentiated"),
    ],
)
def test_refusals(f: Any, line: int, message: str) -> None:
    with pytest.raises(SrcgradError, match=message) as caught:
        srcgrad.grad(f)(1.3)
    assert f"test_tape_inside.py:{f.__code__.co_firstlineno + line}:" in str(caught.value)


GENERATOR = np.random.default_rng(0)


def told(x: Any) -> Any:
    print("told")
    return x * x


def draws_in_a_block(x: float) -> Any:
    rng = np.random.default_rng(0)
    with GradientTape() as tape:
        tape.watch(x)
        y = rng.normal() * x * x
    return tape.gradient(y, x)


def draws_from_a_global_generator(x: float) -> Any:
    with GradientTape() as tape:
        tape.watch(x)
        y = GENERATOR.normal() * x * x
    return tape.gradient(y, x)


def prints_in_a_helper(x: float) -> Any:
    with GradientTape() as tape:
        tape.watch(x)
        y = told(x)
    return tape.gradient(y, x)


def tells_in_a_loop(x: float) -> Any:
    with GradientTape() as tape:
        tape.watch(x)
        y = x
        for _ in range(2):
            y = told(y)
    return tape.gradient(y, x)


@pytest.mark.parametrize(
    ("f", "code"),
    [
        (draws_in_a_block, "SG415"),
        (draws_from_a_global_generator, "SG415"),
        (prints_in_a_helper, "SG415"),
        (tells_in_a_loop, "SG415"),
    ],
)
def test_what_is_refused_is_located_where_the_gradient_is_taken(f: Any, code: str) -> None:
    """A block runs once more for its gradient, and what was emitted for it is nobody's text."""
    for derive in (srcgrad.grad(f), lambda x: srcgrad.jvp(f, (x,), (1.0,))):
        with pytest.raises(SrcgradError, match=code) as refused:
            derive(3.0)
        assert refused.value.filename == __file__
        assert refused.value.lineno == max(line for *_, line in f.__code__.co_lines() if line is not None)
        assert "tape.gradient(y, x)" in str(refused.value)


class Particle:
    def __init__(self, x: Any) -> None:
        self.x, self.seen = x, []


def lists_that_change(x: Any) -> Any:
    xs = [x * 1.0, x * 2.0]
    with GradientTape() as tape:
        tape.watch(x)
        xs.append(x * x)
        xs[0][1:] *= 2.0
        y = np.sum(sum(v * x for v in xs))
    return np.sum(tape.gradient(y, x) * xs[0])


def objects_that_change(x: Any) -> Any:
    p = Particle(x * 1.0)
    with GradientTape() as tape:
        tape.watch(x)
        p.x = p.x * x
        p.seen.append(np.sum(p.x))
        y = np.sum(p.x * p.x) * p.seen[0]
    return np.sum(tape.gradient(y, x) * p.x)


@pytest.mark.parametrize("f", [lists_that_change, objects_that_change])
def test_containers_that_a_block_changes(f: Any) -> None:
    x = np.array([1.0, 2.0, 3.0])
    assert srcgrad.value_and_grad(f)(x)[0] == pytest.approx(f(x), rel=1e-14)
    srcgrad.check_grads(f, (x,), order=1)


def kept(f: Any) -> Any:
    return f


@kept
def one_in_another(x: float) -> Any:
    """A decorated function: its text begins before its definition."""
    with GradientTape() as outer:
        outer.watch(x)
        with GradientTape() as inner:
            inner.watch(x)
            y = x**4
        z = inner.gradient(y, x) * x
    return outer.gradient(z, x)


def test_tapes_of_a_decorated_function() -> None:
    assert srcgrad.grad(one_in_another)(0.5) == pytest.approx(12.0)


def changed_after_the_block(x: Any) -> Any:
    a = 2.0 * x
    with GradientTape() as tape:
        tape.watch(x)
        y = a * x
    a[0] = 3.0
    return tape.gradient(y, x) * x


def test_a_block_keeps_what_it_began_with() -> None:
    srcgrad.check_grads(changed_after_the_block, (np.array([0.3, 0.7]),), order=1)


def captured_and_changed_after(x: Any) -> Any:
    a = 2.0 * x
    slope = lambda v: np.tanh(a * v)  # noqa: E731
    with GradientTape() as tape:
        tape.watch(x)
        y = slope(x)
    a[0] = 3.0
    return np.sum(tape.gradient(y, x))


def captured_and_changed_inside(x: Any) -> Any:
    a = 2.0 * x
    slope = lambda v: np.tanh(a * v)  # noqa: E731
    with GradientTape() as tape:
        tape.watch(x)
        y = slope(x)
        a = a * 3.0
        y = y + slope(x)
    return np.sum(tape.gradient(y, x))


def targets_of_a_list(x: Any) -> Any:
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        ys = [x[0] * x[1], x[1] ** 2]
    return sum(np.sum(tape.gradient(y, x, unconnected_gradients="zero")) for y in ys)


def target_of_a_lambda(x: Any) -> Any:
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        ys = [x[0] * x[1], x[1] ** 2]
    slope = lambda k: np.sum(tape.gradient(ys[k], x))  # noqa: E731
    return slope(0) * slope(1)


@pytest.mark.parametrize(
    ("f", "message"),
    [
        (targets_of_a_list, "`y` is bound where this gradient is taken, not in the block of the tape"),
        (target_of_a_lambda, "`k` is bound where this gradient is taken, not in the block of the tape"),
        (captured_and_changed_after, "`a` is bound anew between the block of this tape and here"),
        (captured_and_changed_inside, "a function that the block calls reads `a`, which the block binds anew"),
    ],
)
def test_what_functions_of_a_block_read_stays(f: Any, message: str) -> None:
    with pytest.raises(srcgrad.SrcgradError, match=re.escape(message)):
        srcgrad.grad(f)(np.array([0.3, 0.7]))


# ----- sources that are parts, or have other names -----


class Held:
    def __init__(self, w: Any) -> None:
        self.w = w

    def doubled(self, x: Any) -> Any:
        self.w = self.w * 2.0
        return np.sum(self.w * x)


def put_in_its_place(x: Any) -> Any:
    held = Held(x * 1.0)
    with GradientTape() as tape:
        tape.watch(held.w)
        y = held.doubled(x)
    return np.sum(tape.gradient(y, held.w))


def number_of_an_array(x: Any) -> Any:
    with GradientTape() as tape:
        tape.watch(x)
        y = np.sum(x * x)
    return tape.gradient(y, x[0])


def not_watched(x: Any) -> Any:
    held = Held(x * 1.0)
    with GradientTape() as tape:
        tape.watch(x)
        y = np.sum(held.w * x)
    return np.sum(tape.gradient(y, held.w))


def by_another_name(x: Any) -> Any:
    v = x
    with GradientTape() as tape:
        tape.watch(x)
        y = np.sum(x * v)
    return np.sum(tape.gradient(y, x))


def in_an_object(x: Any) -> Any:
    held = Held(x)
    with GradientTape() as tape:
        tape.watch(x)
        q = x * 1.0
        q[0] = held.w[0]
        y = np.sum(q)
    return np.sum(tape.gradient(y, x))


@pytest.mark.parametrize(
    ("f", "code", "message"),
    [
        (put_in_its_place, "SG209", "puts something else in the place of its source"),
        (number_of_an_array, "SG209", "the source of this gradient is a number of an array"),
        (not_watched, "SG209", "`held.w` is not watched"),
        (by_another_name, "SG416", "`x` and `v`, which the block of this gradient reads, may be the same memory"),
        (in_an_object, "SG416", "`x` and `held`, which the block of this gradient reads, may be the same memory"),
    ],
)
def test_parts_and_names_that_are_refused(f: Any, code: str, message: str) -> None:
    with pytest.raises(SrcgradError, match=re.escape(message)) as refused:
        srcgrad.grad(f)(X)
    assert code in str(refused.value) and refused.value.lineno
