"""GradientTape: the published numbers, and every sentence of the contract."""

from __future__ import annotations

import logging
import threading
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import GradientTape

LOG = logging.getLogger(__name__)
WEIGHTS = np.array([[1.0, 2.0], [0.5, -1.0]])
BIAS = 0.5
RNG = np.random.default_rng(4)


# ----- the published examples -----


def test_square_of_a_sum_and_its_intermediate() -> None:
    x = np.ones((2, 2))
    for wanted in ("x", "y"):
        with GradientTape() as t:
            t.watch(x)
            y = np.sum(x)
            z = np.multiply(y, y)
        if wanted == "x":
            np.testing.assert_array_equal(t.gradient(z, x), np.full((2, 2), 8.0))
        else:
            assert t.gradient(z, y) == 8.0


def test_a_persistent_tape() -> None:
    x = 3.0
    with GradientTape(persistent=True) as t:
        t.watch(x)
        y = x * x
        z = y * y
    assert (t.gradient(z, x), t.gradient(y, x)) == (108.0, 6.0)


def powers(x: Any, y: int) -> Any:
    output = 1.0
    for i in range(y):
        if i > 1 and i < 5:
            output = np.multiply(output, x)
    return output


@pytest.mark.parametrize(("steps", "expected"), [(6, 12.0), (5, 12.0), (4, 4.0)])
def test_a_loop_with_a_branch(steps: int, expected: float) -> None:
    x = 2.0
    with GradientTape() as t:
        t.watch(x)
        out = powers(x, steps)
    assert t.gradient(out, x) == expected


def test_nested_tapes() -> None:
    x = 1.0
    with GradientTape() as t:
        with GradientTape() as t2:
            t2.watch(x)
            y = x * x * x
        dy_dx = t2.gradient(y, x)
    assert (dy_dx, t.gradient(dy_dx, x)) == (3.0, 6.0)


def test_three_nested_tapes() -> None:
    x = 2.0
    with GradientTape() as a:
        a.watch(x)
        with GradientTape() as b:
            b.watch(x)
            with GradientTape() as c:
                c.watch(x)
                y = x**4
            g1 = c.gradient(y, x)
        g2 = b.gradient(g1, x)
    assert (g1, g2, a.gradient(g2, x)) == (32.0, 48.0, 48.0)


# ----- what stands in a block -----


def test_loops_comprehensions_and_changes_in_place() -> None:
    x, w = np.array([1.0, 2.0]), 0.5
    with GradientTape(persistent=True) as tape:
        tape.watch([x, w])
        s = 0.0
        for i in range(3):
            if i == 1:
                continue
            s = s + np.sum(w * x**i)
        parts = [v * w for v in x]
        u = np.zeros(2)
        u[0] = s
        u[1] += parts[1]
        total = np.sum(u * u)
    d_x, d_w = tape.gradient(total, [x, w])
    np.testing.assert_allclose(d_x, [7.0, 15.0])
    assert d_w == 53.0
    found = tape.gradient([s, total], {"x": x, "w": w})
    np.testing.assert_allclose(found["x"], [8.0, 17.0])
    assert found["w"] == 60.0
    np.testing.assert_array_equal(tape.gradient(total, u), 2.0 * u)


def test_an_array_that_the_block_changes_counts_as_it_was_at_first() -> None:
    x = np.array([1.0, 2.0])
    with GradientTape() as tape:
        tape.watch(x)
        x *= 2.0
        y = np.sum(x * x)
    np.testing.assert_array_equal(tape.gradient(y, x), [8.0, 16.0])
    np.testing.assert_array_equal(x, [2.0, 4.0])


def test_what_is_changed_after_the_block_does_not_count() -> None:
    x, params = np.array([1.0, 2.0]), {"w": np.array([3.0, 4.0])}
    with GradientTape(persistent=True) as tape:
        tape.watch([x, params])
        y = np.sum(x * params["w"])
    d_x = tape.gradient(y, x)
    x -= 10.0
    params["w"] *= 0.0
    np.testing.assert_array_equal(d_x, tape.gradient(y, x))
    np.testing.assert_array_equal(tape.gradient(y, params)["w"], [1.0, 2.0])


@pytest.mark.parametrize(("limit", "expected"), [(0, (3.0, 9.0, 6.0)), (5, (4.0, 64.0, 48.0))])
def test_a_break_out_of_the_block(limit: int, expected: Any) -> None:
    for k in range(3):
        with GradientTape() as tape:
            x = 2.0 + k
            tape.watch(x)
            y = x * x
            if limit < k:
                break
            y = y * x
    assert (x, y, tape.gradient(y, x)) == expected


def squared_or_tripled(tape: GradientTape, x: float, square: bool) -> float:
    with tape:
        tape.watch(x)
        if square:
            return x * x
        y = x * 3.0
    return y


@pytest.mark.parametrize(("square", "expected"), [(True, 4.0), (False, 3.0)])
def test_a_return_out_of_the_block(square: bool, expected: float) -> None:
    tape, x = GradientTape(), 2.0
    y = squared_or_tripled(tape, x, square)
    assert tape.gradient(y, x) == expected


def test_what_the_user_sees_happens_once(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    x, seen = 3.0, []
    with caplog.at_level("INFO"), GradientTape() as tape:
        tape.watch(x)
        print("once")
        LOG.info("once")
        y = noisy(x)
        seen.append(y)
        assert tape.gradient(y, x) == 6.0
    assert capsys.readouterr().out == "once\nalso once\n"
    assert [r.message for r in caplog.records] == ["once"] and seen == [9.0] and NOTES == [1]


NOTES: list[int] = []


def noisy(x: float) -> float:
    print("also once")
    NOTES.append(1)
    return x * x


def with_noise(x: Any) -> Any:
    return x * RNG.normal() * np.random.random()  # noqa: NPY002


def test_random_numbers_are_drawn_once() -> None:
    x, twin = 3.0, np.random.default_rng(4)
    noise = twin.normal()
    with GradientTape() as tape:
        tape.watch(x)
        y = with_noise(x)
    following = RNG.normal()
    assert tape.gradient(y, x) == pytest.approx(y / x, rel=1e-14) and y / x / noise < 1.0
    assert (following, RNG.normal()) == (twin.normal(), twin.normal())


# ----- where a block stands -----


class Model:
    def __init__(self) -> None:
        self.w, self.b, self.calls = np.array([1.0, 2.0]), 0.5, 0
        self.log = LOG

    def __call__(self, x: Any) -> Any:
        self.calls += 1
        return x @ self.w + self.b

    def slopes(self, x: Any) -> Any:
        with GradientTape() as tape:
            tape.watch([self.w, self.b])
            loss = self(x) ** 2
            self.log.info("loss")
        return tape.gradient(loss, [self.w, self.b])


def test_in_methods_with_attributes_as_sources() -> None:
    model = Model()
    d_w, d_b = model.slopes(np.array([3.0, 4.0]))
    np.testing.assert_array_equal(d_w, [69.0, 92.0])
    assert d_b == 23.0 and model.calls == 1


def hidden_layer(x: Any) -> Any:
    """What it reads from the module,

    it reads from the block."""
    return np.tanh(WEIGHTS @ x)


def test_functions_that_read_what_is_watched() -> None:
    x = np.array([1.0, 3.0])
    with GradientTape() as tape:
        tape.watch([WEIGHTS, BIAS])
        y = np.sum(hidden_layer(x)) + BIAS
    d_weights, d_bias = tape.gradient(y, [WEIGHTS, BIAS])
    np.testing.assert_allclose(d_weights, np.outer(1.0 - np.tanh(WEIGHTS @ x) ** 2, x))
    assert d_bias == 1.0


def test_closures_that_read_what_is_watched() -> None:
    w, k = np.array([1.0, 2.0]), 3.0

    def scaled(v: Any) -> Any:
        return v * k

    def model(x: Any) -> Any:
        return scaled(x @ w)

    x = np.array([1.0, 5.0])
    with GradientTape() as tape:
        tape.watch(w)
        y = model(x)
    np.testing.assert_array_equal(tape.gradient(y, w), [3.0, 15.0])


class OfTheModule:
    def __call__(self, x: Any) -> Any:
        return x @ WEIGHTS


def test_what_is_hidden_from_the_block_is_refused() -> None:
    x, model = np.ones(2), OfTheModule()
    with GradientTape() as tape:
        tape.watch(WEIGHTS)
        y = np.sum(model(x))
    with pytest.raises(srcgrad.SrcgradError, match="SG416 .* reads `WEIGHTS` from outside"):
        tape.gradient(y, WEIGHTS)


def test_threads() -> None:
    found: dict[int, Any] = {}

    def work(k: int) -> None:
        x = float(k)
        for _ in range(3):
            with GradientTape() as tape:
                tape.watch(x)
                y = x**2 + k
            found[k] = tape.gradient(y, x)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert found == {0: 0.0, 1: 2.0, 2: 4.0, 3: 6.0}


def test_overlapping_tapes() -> None:
    x = 2.0
    with GradientTape() as a, GradientTape() as b:
        a.watch(x)
        b.watch(x)
        y = x * x
        with GradientTape() as c:
            c.watch(y)
            z = y * y
    assert (a.gradient(y, x), b.gradient(z, x), c.gradient(z, y)) == (4.0, 32.0, 8.0)


# ----- targets, sources, weights -----


def asked(tape: GradientTape, target: Any, source: Any) -> Any:
    return tape.gradient(target, source)


def test_a_gradient_asked_for_elsewhere() -> None:
    x, c = 2.5, 3.5
    with GradientTape() as tape:
        tape.watch(x)
        y = x**3 * c
    assert asked(tape, y, x) == pytest.approx(65.625)
    same = c
    with GradientTape() as tape:
        tape.watch([c, same])
        y = c * same
    with pytest.raises(ValueError, match="SG416 this number may be `c` or `same`"):
        asked(tape, y, c)


def test_one_array_under_several_names() -> None:
    a = np.array([1.0, 2.0])
    b, both = a, [a, a]
    with GradientTape(persistent=True) as tape:
        tape.watch(a)
        y = np.sum(a * b * both[1])
    np.testing.assert_array_equal(tape.gradient(y, a), [3.0, 12.0])
    np.testing.assert_array_equal(tape.gradient(y, both)[0], [3.0, 12.0])


def test_floats_in_lists_that_are_made_to_be_watched() -> None:
    w, b, x = 2.5, 0.5, np.array([1.0, 2.0])
    params = [w, b]
    with GradientTape(persistent=True) as tape:
        tape.watch(params)
        y = np.sum(x * w + b)
        z = y * y
    assert tape.gradient(z, y) == 2.0 * y
    assert tape.gradient(y, params) == tape.gradient(y, [w, b]) == [3.0, 2.0]
    other = w
    with GradientTape() as tape:
        tape.watch(w)
        y = other * x[1]
        z = y + w
    with pytest.raises(ValueError, match="does not depend on `w`, but on `other`, which is the same number"):
        tape.gradient(y, w)
    assert z == 7.5


def test_tapes_that_were_made_before_they_are_entered() -> None:
    x, b, inner = 3.0, GradientTape(), GradientTape(persistent=True)
    with b:
        b.watch(x)
        y = x * x
    assert b.gradient(y, x) == 6.0
    with GradientTape() as outer:
        outer.watch(x)
        with b, inner:
            b.watch(x)
            inner.watch(x)
            w = x**3
        h = b.gradient(w, x)
        k = h * inner.gradient(w, x)
    assert (h, outer.gradient(k, x)) == (27.0, 36.0 * 27.0)


def test_memory_that_is_there_twice_and_changed_is_refused() -> None:
    a = np.array([1.0, 2.0])
    d = {"u": a.copy(), "v": a}
    with GradientTape() as tape:
        tape.watch(a)
        d["u"] *= 2.0
        y = np.sum(d["u"] * d["v"])
    np.testing.assert_array_equal(tape.gradient(y, a), 2.0 * np.array([1.0, 2.0]))
    d = {"u": a, "v": a}
    with GradientTape() as tape:
        tape.watch(a)
        d["u"] *= 2.0
        y = np.sum(d["u"] * d["v"])
    with pytest.raises(srcgrad.SrcgradError, match="SG421 memory of d, which is changed, is there twice") as refused:
        tape.gradient(y, a)
    assert refused.value.filename == __file__


def test_numbers_that_are_the_same_by_chance() -> None:
    """The guide's x0 and x1, both 3.0, of which only the first is watched."""
    x0, x1, x3 = 3.0, 3.0, 3.0
    with GradientTape() as tape:
        tape.watch(x0)
        y = x0**2 + x1**2
    assert tape.gradient(y, [x0, x1]) == [6.0, None]
    with GradientTape() as tape:
        tape.watch(x0)
        y = x0**2
    with pytest.raises(ValueError, match="SG416 this number may be `x0`"):
        tape.gradient(y, x3)


def test_what_is_not_watched_or_not_connected() -> None:
    x, c, n = 2.0, 3.0, 4
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x * c + n
        z = c * c
    assert tape.gradient(y, [x, c, n]) == [3.0, None, None]
    assert tape.gradient(z, x) is None and tape.gradient(7.5, x) is None
    assert tape.gradient(z, [x, c], unconnected_gradients="zero") == [0.0, 0.0]
    assert tape.jacobian(z, x) is None
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = c * c
        z = x * y
    assert tape.gradient(z, [x, y]) == [9.0, None]
    with pytest.raises(ValueError, match='"none" or "zero", not "other"|not \'other\''):
        tape.gradient(y, x, unconnected_gradients="other")


def test_a_derivative_that_is_zero_is_no_none() -> None:
    x = 2.0
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = 0.0 * x
    assert tape.gradient(y, x) == 0.0


def test_output_gradients() -> None:
    x = np.array([1.0, 2.0, 3.0])
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x * x
        z = x[0]
    np.testing.assert_array_equal(tape.gradient(y, x, output_gradients=np.array([1.0, 0.0, 2.0])), [2.0, 0.0, 12.0])
    np.testing.assert_array_equal(tape.gradient([y, z], x, [None, 3.0]), [5.0, 4.0, 6.0])
    for weights in (np.ones(2), 1.0):
        with pytest.raises(ValueError, match="output gradient has shape"):
            tape.gradient(y, x, weights)
    with pytest.raises(ValueError, match="2 targets and 1 output gradients"):
        tape.gradient([y, z], x, [y])


def test_jacobians() -> None:
    x = np.array([1.0, 2.0, 3.0])
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x[1:] * x[0]
        z = x * 2.0
    np.testing.assert_array_equal(tape.jacobian(y, x), [[2.0, 1.0, 0.0], [3.0, 0.0, 1.0]])
    d_x, d_z = tape.jacobian(z, [x, z])
    np.testing.assert_array_equal(d_x, 2.0 * np.eye(3))
    np.testing.assert_array_equal(d_z, np.eye(3))


def test_intermediates_that_are_bound_in_loops_and_branches() -> None:
    x = 1.5
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x
        for _ in range(3):
            y = y * x
        if x > 1.0:
            w = y * 2.0
        else:
            w = y
        z = w * y
    assert tape.gradient(z, y) == pytest.approx(4.0 * y)
    assert tape.gradient(z, w) == y
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        s = 0.0
        for _ in range(3):
            y = x * x
            s = s + y
    with pytest.raises(ValueError, match="SG416 which value of `y` is meant"):
        tape.gradient(s, y)


def test_a_source_that_the_block_binds_anew() -> None:
    x = 2.0
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        x = x * x
        y = x * x
    assert tape.gradient(y, x) == 8.0


# ----- recording -----


def test_stop_recording() -> None:
    x = 2.0
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        with tape.stop_recording():
            c = x * x
        y = c * x
    assert tape.gradient(y, x) == 4.0


def test_reset() -> None:
    x = 2.0
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x * x
        tape.reset()
        tape.watch(y)
        z = y * y
    assert tape.gradient(z, y) == 8.0 and tape.gradient(z, x) is None


def test_a_gradient_inside_the_block() -> None:
    x = 2.0
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x
        d = tape.gradient(y, x)
        y = y * 100.0
    assert d == 4.0
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x * x
        d = tape.gradient(y, x)
        z = y * x
    assert d == 4.0 and tape.gradient(z, x) == 12.0
    with GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x * x
        d = tape.gradient(y, x)
        z = y * d
    with pytest.raises(ValueError, match="SG209 a gradient of a tape is a part of what this tape has recorded"):
        tape.gradient(z, x)


def test_faults() -> None:
    x = 2.0
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x
    tape.gradient(y, x)
    with pytest.raises(RuntimeError, match="gives one gradient"):
        tape.gradient(y, x)
    with pytest.raises(RuntimeError, match="recorded nothing"):
        GradientTape().gradient(y, x)
    with pytest.raises(RuntimeError, match="in its block only"):
        tape.watch(x)
    with GradientTape(persistent=True) as tape:
        for other in ("x", None, 3, True, [x, "x"], np.arange(3)):
            with pytest.raises(ValueError, match="is watched, which has no derivative"):
                tape.watch(other)
        with pytest.raises(RuntimeError, match="is recording already"):
            tape.__enter__()
    with pytest.raises(TypeError, match="the target is None"):
        tape.gradient(None, x)
    with pytest.raises(TypeError, match="the target is a string"):
        tape.gradient("x", x)
    with pytest.raises(ZeroDivisionError), GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x / 0
    with pytest.raises(RuntimeError, match="left by an exception"):
        tape.gradient(y, x)


class Clock:
    now = 0.0


def ticking(x: Any) -> Any:
    Clock.now += 1.0
    return x * Clock.now


def test_a_block_that_gives_another_value_again_is_refused() -> None:
    x = 2.0
    clock = iter([1.0, 2.0])
    with GradientTape() as tape:
        tape.watch(x)
        y = x * next(clock)
    with pytest.raises(srcgrad.SrcgradError):
        tape.gradient(y, x)
    assert next(clock) == 2.0


def test_a_refusal_is_located_in_the_block() -> None:
    x = np.ones(3)
    with GradientTape() as tape:
        tape.watch(x)
        y = np.sum(x)
        z = np.polydiv(x, np.ones(2))[0][0] * y
    with pytest.raises(LookupError) as caught:
        tape.gradient(z, x)
    assert "z = np.polydiv(x, np.ones(2))[0][0] * y" in str(caught.value) and "SG301" in str(caught.value)


# ----- inside of functions that are differentiated -----


def slope_squared(x: Any, w: Any) -> Any:
    with GradientTape() as tape:
        tape.watch(x)
        y = np.tanh(x * w)
        z = np.sum(y * y)
    d = tape.gradient(z, x)
    return np.sum(d * d)


def slope_by_intermediate(x: Any) -> Any:
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x
        z = np.sum(np.exp(y))
    return np.sum(tape.gradient(z, y) * x)


def descent(w: Any, x: Any) -> Any:
    for _ in range(3):
        with GradientTape() as tape:
            tape.watch(w)
            loss = np.sum((w * x - 1.0) ** 2)
        w = w - 0.1 * tape.gradient(loss, w)
    return np.sum(w * w)


def weighted_slopes(x: Any, c: Any) -> Any:
    u = x.copy()
    with GradientTape() as tape:
        tape.watch([u, c])
        u[0] = u[1] * c
        v = u * u * c
    d_u, d_c = tape.gradient(v, [u, c], output_gradients=x)
    return np.sum(d_u * d_u) + d_c


def left_early(x: Any) -> Any:
    total = 0.0
    for k in range(4):
        with GradientTape() as tape:
            tape.watch(x)
            y = x**k
            if k == 2:
                continue
            y = y * x
        total = total + tape.gradient(y, x)
    return total


X = np.array([0.3, -0.7, 1.1])


@pytest.mark.parametrize(
    ("f", "args"),
    [
        (slope_squared, (X, np.array([1.0, 0.5, -0.4]))),
        (slope_by_intermediate, (X,)),
        (descent, (X, X + 1.0)),
        (left_early, (1.3,)),
    ],
)
def test_tapes_inside_functions_that_are_differentiated(f: Any, args: Any) -> None:
    srcgrad.check_grads(f, args)
    value = f(*args)
    assert srcgrad.value_and_grad(f)(*args)[0] == pytest.approx(value, rel=1e-13)


def test_gradients_of_intermediates_inside() -> None:
    np.testing.assert_allclose(slope_by_intermediate(X), np.sum(np.exp(X * X) * X), rtol=1e-14)


def one_of_two(x: Any) -> Any:
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x
        z = 3.0
    return tape.gradient(z, x) + y


def not_watched(x: Any) -> Any:
    with GradientTape() as tape:
        y = x * x
    return tape.gradient(y, x)


@pytest.mark.parametrize(("f", "why"), [(one_of_two, "does not depend on `x`"), (not_watched, "`x` is not watched")])
def test_a_gradient_that_is_none_is_refused_inside(f: Any, why: str) -> None:
    with pytest.raises(srcgrad.SrcgradError, match=why):
        srcgrad.grad(f)(2.0)
