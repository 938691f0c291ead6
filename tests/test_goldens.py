"""The emitted modules beside their programs: the text as committed, and right when run."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from srcgrad.files import emit_text, parse_header
from tests.loading import load as load_file
from tests.trees import difference, direction, inner, same_bits

FOLDER = Path(__file__).parent / "goldens"
RNG = np.random.default_rng(3)
NORMAL = RNG.standard_normal
NETWORK = (NORMAL((5, 3)), NORMAL((5, 2)), NORMAL((3, 4)), NORMAL(4), NORMAL((4, 2)), NORMAL(2))
CASES: dict[str, tuple[str, tuple[Any, ...], tuple[int, ...]]] = {
    "bounce": ("bounce", (0.7, 1.2, 0.95, 90), (0, 1, 2)),
    "mlp_loss": ("mlp_loss", NETWORK, (2, 3, 4, 5)),
    "newton": ("newton", (1.3, 4.0, 50, 1e-9), (0, 1)),
    "diffuse": ("diffuse", (2.0 * NORMAL(9), 0.1, 4), (0, 1)),
    "jacobi_2d": ("jacobi_2d", (0.1 * NORMAL((6, 7)), 0.3, 3), (0, 1)),
    "upwind": ("upwind", (NORMAL(8), 0.2, 3), (0, 1)),
    "rows": ("rows", (NORMAL((4, 3)), NORMAL(4)), (0, 1)),
    "layers": ("two_layers", (NETWORK[0], *NETWORK[2:]), (1, 2, 3, 4)),
}


def load(name: str) -> ModuleType:
    return load_file(FOLDER / f"{name}.py", f"golden_{name}", known=False)


EMITTED = sorted([*FOLDER.glob("*_grad.py"), *FOLDER.glob("*_jvp.py")])


@pytest.mark.parametrize("path", EMITTED, ids=lambda p: p.stem)
def test_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    request = parse_header(text.partition("\n")[0], path)
    assert emit_text(request, path) == text


@pytest.mark.parametrize("name", CASES)
def test_derivative(name: str) -> None:
    function, args, wrt = CASES[name]
    f = getattr(load(name), function)
    value, gradients = getattr(load(f"{name}_grad"), f"{function}_grad")(*args)
    assert same_bits(value, f(*args))
    directions = [direction(args[n], RNG) for n in wrt]
    exact = sum(inner(g, d) for g, d in zip(gradients, directions, strict=True))
    assert np.isclose(exact, difference(f, list(args), wrt, directions, 1.0, 1e-4), rtol=1e-7, atol=1e-9)


def test_a_wrong_shape_is_refused() -> None:
    x, t, w1, b1, w2, b2 = NETWORK
    with pytest.raises(ValueError, match=r"b1 must be \[h\]"):
        load("mlp_loss_grad").mlp_loss_grad(x, t, w1, b1[:1], w2, b2)


def test_a_hessian_times_a_direction() -> None:
    """The tangent of the emitted gradient, emitted from its file."""
    _, args, wrt = CASES["diffuse"]
    gradient, product = load("diffuse_grad").diffuse_grad, load("diffuse_grad_jvp").diffuse_grad_jvp
    u, v = ([direction(args[n], RNG) for n in wrt] for _ in range(2))
    (value, found), (slope, second) = product(*args, t_u=u[0], t_k=u[1])
    assert same_bits((value, found), gradient(*args))
    assert np.isclose(slope, inner(found, u), rtol=1e-12)
    expected = difference(lambda *a: gradient(*a)[1], list(args), wrt, u, tuple(v), 1e-5)
    assert np.isclose(inner(v, second), expected, rtol=1e-7)
    (_, _), (_, other) = product(*args, t_u=v[0], t_k=v[1])
    assert np.isclose(inner(u, other), inner(v, second), rtol=1e-11)  # u.Hv = v.Hu


def test_a_gradient_of_a_gradient() -> None:
    """The gradient of the emitted gradient, emitted from its file, along a cotangent of the gradient: u.Hv = v.Hu."""
    _, args, wrt = CASES["upwind"]
    gradient, product = load("upwind_grad").upwind_grad, load("upwind_grad_grad").upwind_grad_grad
    u, v = ([direction(args[n], RNG) for n in wrt] for _ in range(2))
    value, second = product(*args, grad_result=(0.0, tuple(v)))
    assert same_bits(value, gradient(*args))
    expected = difference(lambda *a: gradient(*a)[1], list(args), wrt, u, tuple(v), 1e-5)
    assert np.isclose(inner(u, second), expected, rtol=1e-7)
    _, other = product(*args, grad_result=(0.0, tuple(u)))
    assert np.isclose(inner(v, other), inner(u, second), rtol=1e-11)
    _, (first, slope) = product(*args, grad_result=(1.0, (np.zeros_like(args[0]), 0.0)))
    assert same_bits((first, slope), gradient(*args)[1])
