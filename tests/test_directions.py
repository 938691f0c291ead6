"""Forward mode along many directions at once: as one by one, for programs of the corpus, in one run of the primal."""

from __future__ import annotations

import copy
import importlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import columns
from srcgrad.leaves import count

X = np.array([0.3, -0.7, 1.1, 0.4])


def units(x: Any) -> Any:
    return lambda start, end: columns.units(x, start, end)


def both_ways(f: Any, args: tuple[Any, ...], place: int, words: dict[str, Any]) -> bool:
    """Whether all directions go at once; then that they give what they give one by one."""
    x, number = args[place], count(args[place])
    value, expected = columns.one_by_one(f, copy.deepcopy(args), place, words, number, units(x))
    push = columns.all_at_once(f, args, place, words)
    if push is None:
        return False
    again, found = columns.in_blocks(push, number, number, units(x))
    for v, w in zip(columns.leaves(value, value), columns.leaves(again, again), strict=True):
        np.testing.assert_array_equal(v, w)
    for a, b in zip(expected, found, strict=True):
        assert a.shape == b.shape and a.dtype == b.dtype
        scale = 1.0 + np.max(np.abs(a), initial=0.0, where=np.isfinite(a))
        np.testing.assert_allclose(b, a, rtol=0.0, atol=scale * (1e-3 if a.dtype.itemsize < 8 else 1e-12))
    return True


# group: how many of the arguments of its programs go one by one
CORPUS = {
    "inplace_indices": 0, "inplace_flow": 0, "views_aliases": 0, "containers_lists": 2, "shapes": 2, "reductions": 1,
    "linalg": 1, "views_undecided": 9, "objects_records": 0, "checkpoints": 0,
}  # fmt: skip


@pytest.mark.parametrize("group", CORPUS)
def test_as_one_by_one(group: str) -> None:
    seen = Counter[bool]()
    for case in importlib.import_module(group).CASES:
        for place in case.wrt:
            if place < len(case.args) and 1 < count(case.args[place]) < 40:
                try:
                    seen[both_ways(case.function, case.args, place, case.keywords)] += 1
                except srcgrad.SrcgradError:
                    pass  # refused in forward mode
    assert seen[False] <= CORPUS[group], seen


def broken(x: Any) -> Any:
    """An element that is read, and then changes: its tangent must not."""
    x = x.copy()
    first = x[0]
    x[0] = 2.0 * x[1]
    return first * x + np.array([first, x[-1], first, 1.0])


def kept(x: Any) -> Any:
    x = x * 2.0
    items = [x[0], x[1]]
    x[0] *= x[3]
    return x[0] * items[0] + items[1] + x


def ellipsis(x: Any) -> Any:
    m = np.reshape(x, (2, 2))
    m = m * m[..., :1] + m[..., 0] + m[..., None, 1].sum(axis=-1)
    m[..., 1] = m[..., 0] * 3.0
    m[...] *= m[0, 1]
    return m


def unused(x: Any) -> Any:
    return [np.zeros(2), x.sum(), 1.5, "name", np.maximum(x, 0.0)]


def wave(x: Any) -> Any:
    y = np.tanh(x)
    return y * np.sum(x)


def counted(x: Any) -> Any:
    CALLS.append(1)
    return np.tanh(x) * x[::-1]


CALLS: list[int] = []


@pytest.mark.parametrize("f", [broken, kept, ellipsis, unused])
def test_programs(f: Any) -> None:
    assert both_ways(f, (X,), 0, {})


def test_text() -> None:
    """The primal is untouched; tangents have one axis more, the last."""
    derivative = srcgrad.jacobian(wave, mode="forward")
    derivative(X)
    assert srcgrad.source(derivative).split('"""')[-1] == EMITTED
    derivative = srcgrad.jacobian(wave, mode="reverse")
    derivative(X)
    assert "def wave_bwd(saved, d_out):" in srcgrad.source(derivative)
    one = srcgrad.jacobian(directions, mode="forward")
    one(X, 2.0)
    assert "t_out = t_x * directions\n" in srcgrad.source(one) and "[..., None]" not in srcgrad.source(one)


EMITTED = """
    y = np.tanh(x)
    t_y = t_x * (1.0 - y**2)[..., None]
    t_out = t_y * np.sum(x) + np.sum(t_x, axis=0) * y[..., None]
    out = y * np.sum(x)

    return out, t_out
"""


def test_primal_runs_once_for_a_block() -> None:
    CALLS.clear()
    found = srcgrad.jacobian(counted, mode="forward")(X)
    assert len(CALLS) == 1
    np.testing.assert_allclose(found, srcgrad.jacobian(counted, mode="reverse")(X), rtol=1e-14)


def test_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "ROOM", 1)
    monkeypatch.setattr(columns, "FEWEST", 3)
    x = np.linspace(-1.0, 1.0, 10)
    CALLS.clear()
    found = srcgrad.jacobian(counted, mode="forward")(x)
    assert len(CALLS) == 4
    np.testing.assert_allclose(found, srcgrad.jacobian(counted, mode="reverse")(x), rtol=1e-14)


@dataclass
class Model:
    w: Any
    b: float
    name: str = "model"


def predicted(model: Model, rows: Any) -> Any:
    return {"all": np.tanh(rows @ model.w + model.b), "one": float(model.b) * model.w[0]}


def test_objects_and_containers() -> None:
    model, rows = Model(X, 0.5), np.arange(8.0).reshape(2, 4) / 8.0
    found = srcgrad.jacobian(predicted, mode="forward")(model, rows)
    expected = srcgrad.jacobian(predicted, mode="reverse")(model, rows)
    assert found["all"].w.shape == (2, 4) and found["all"].b.shape == (2,) and found["one"].w.shape == (4,)
    for key in ("all", "one"):
        np.testing.assert_allclose(found[key].w, expected[key].w, rtol=1e-14)
        np.testing.assert_allclose(found[key].b, expected[key].b, rtol=1e-14)


def test_shape_is_that_of_result_and_argument() -> None:
    m = np.arange(6.0).reshape(2, 3)
    found = srcgrad.jacobian(lambda a: a.T @ np.ones((2, 4)), mode="forward")(m)
    assert found.shape == (3, 4, 2, 3)
    assert srcgrad.jacobian(lambda a: a * 2.0, mode="forward")(np.zeros((0, 3))).shape == (0, 3, 0, 3)
    assert srcgrad.jacobian(lambda a: a * 2.0, mode="forward")(m.astype(np.float32)).dtype == np.float32


def test_hessian_goes_at_once() -> None:
    def energy(x: Any) -> Any:
        u = x.copy()
        for n in range(3):
            u[1:] += 0.1 * u[:-1] ** 2 * n
        return np.sum(np.sin(u) * x[0])

    gradient = srcgrad.grad(energy)
    assert both_ways(gradient, (X,), 0, {})
    h = srcgrad.hessian(energy)(X)
    np.testing.assert_allclose(h, h.T, rtol=1e-13)


def directions(x: Any, directions: Any) -> Any:
    return x * directions


def test_one_by_one_where_it_cannot_be_told() -> None:
    assert not both_ways(directions, (X, 2.0), 0, {})  # the name is taken
    np.testing.assert_array_equal(srcgrad.jacobian(directions, mode="forward")(X, 2.0), 2.0 * np.eye(4))


def fails(x: Any) -> Any:
    if x[0] > 0.0:
        raise ValueError("not for positive numbers")
    return x * x


def test_exceptions_of_the_function() -> None:
    with pytest.raises(ValueError, match="not for positive numbers"):
        srcgrad.jacobian(fails, mode="forward")(X)
