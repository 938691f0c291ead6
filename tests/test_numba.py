"""The numba target: compiled derivatives are those of NumPy; what cannot be compiled is refused in its place."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad.files import Request, emit_text
from tests.numba_target import outcome

pytest.importorskip("numba")
SELECTED = {
    "stencils": 4, "shared_factors": 4, "while_loops": 3, "branches": 3, "elementwise": 3, "inplace_stores": 3,
    "products": 2,
}  # fmt: skip


def cases() -> list[Any]:
    """The first cases of some groups; `python -m tests.numba_target` runs them all."""
    return [pytest.param(c, id=f"{g}-{c.name}") for g, n in SELECTED.items() for c in group(g)[:n]]


def group(name: str) -> list[Any]:
    return [c for c in importlib.import_module(name).CASES if not c.keywords]


@pytest.mark.parametrize("c", cases())
def test_compiled_derivatives_are_those_of_numpy(c: Any) -> None:
    with np.errstate(all="ignore"):
        try:
            srcgrad.vjp(c.function, *c.args)
        except srcgrad.SrcgradError:
            pytest.skip("refused in both targets")
        assert outcome(c) in ("", "SG501", "SG502")


def newton(a: float, b: float, steps: int) -> float:
    x = a
    for _ in range(steps):
        x = x - (x * x * x - b) / (3.0 * x * x)
        if x > 10.0:
            x = 10.0
    return x * b


def diffuse(u: np.ndarray, k: float, steps: int) -> Any:
    for _ in range(steps):
        u[1:-1] += k * (u[2:] - 2.0 * u[1:-1] + u[:-2])
    return np.sum(u * u)


def picked(x: Any, i: Any) -> Any:
    return np.sum(x[i] ** 2)


def spectrum(x: Any) -> Any:
    return np.sum(np.abs(np.fft.fft(x)))


def two_ranks(x: Any) -> Any:
    y = 0.0
    for _ in range(2):
        y = y * x + x
    return np.sum(y)


GLOBAL = 2.0


def reads_a_global(x: float) -> float:
    return GLOBAL * x


U = np.array([0.3, -0.8, 1.4, 0.6, -0.2])


@pytest.mark.parametrize(
    ("f", "args", "wrt"), [(newton, (2.0, 3.0, 9), (0, 1)), (diffuse, (U, 0.1, 4), (0, 1))], ids=["newton", "diffuse"]
)
def test_every_function_of_the_api_compiles(f: Any, args: Any, wrt: Any) -> None:
    before = [np.copy(a) for a in args]
    value, gradients = srcgrad.value_and_grad(f, wrt=wrt)(*args)
    found, compiled = srcgrad.value_and_grad(f, wrt=wrt, compile="numba")(*args)
    np.testing.assert_allclose(found, value, rtol=1e-12)
    for a, b in zip(compiled, gradients, strict=True):
        assert type(a) is type(b)
        np.testing.assert_allclose(a, b, rtol=1e-12)
    np.testing.assert_allclose(srcgrad.grad(f, wrt=1, compile="numba")(*args), gradients[1], rtol=1e-12)
    along = tuple(np.ones_like(a) if n in wrt else None for n, a in enumerate(args))
    along = tuple(float(t) if t is not None and np.ndim(t) == 0 else t for t in along)
    expected = srcgrad.jvp(f, args, along)
    np.testing.assert_allclose(srcgrad.jvp(f, args, along, compile="numba")[1], expected[1], rtol=1e-12)
    for a, b in zip(args, before, strict=True):
        np.testing.assert_array_equal(a, b)


def products(u: Any, k: float) -> Any:
    out = np.empty_like(u)
    for n in range(len(u)):
        out[n] = u[n] ** 2 * u[n - 1] * k
    return out


def total(u: Any, k: float) -> Any:
    s = 0.0
    for n in range(len(u)):
        s += k * np.sin(u[n]) * u[n - 1] ** 2
    return s


def of_compiled(u: Any, k: float) -> Any:
    """What is differentiated again is part of the outer derivative, which says how it runs."""
    return np.sum(srcgrad.jacobian(products, compile="numba")(u, k) ** 2)


@pytest.mark.parametrize("options", [{}, {"mode": "forward"}, {"mode": "reverse"}, {"sparsity": "detect"}])
def test_jacobians_compile(options: dict[str, Any]) -> None:
    jacobian = srcgrad.jacobian(products, compile="numba", **options)
    found, expected = jacobian(U, 0.5), srcgrad.jacobian(products)(U, 0.5)
    np.testing.assert_allclose(found.toarray() if "sparsity" in options else found, expected, rtol=1e-12)
    assert "sparsity" in options or "def products_" in srcgrad.source(jacobian)


def test_second_derivatives_compile() -> None:
    expected = srcgrad.hessian(total)(U, 0.5)
    np.testing.assert_allclose(srcgrad.hessian(total, compile="numba")(U, 0.5), expected, rtol=1e-12)
    np.testing.assert_allclose(srcgrad.hvp(compile="numba")(total)(U, 0.5, U), expected @ U, rtol=1e-12)
    of_numpy = srcgrad.grad(lambda u: np.sum(srcgrad.jacobian(products)(u, 0.5) ** 2))(U)
    np.testing.assert_allclose(srcgrad.grad(of_compiled)(U, 0.5), of_numpy, rtol=1e-12)


def test_an_emitted_file_stands_alone(tmp_path: Path) -> None:
    source = "import numpy as np\n\n\ndef f(u, k: float):\n" '    """Shapes: u[n]"""\n    u[1:] += k * u[:-1]\n'
    (tmp_path / "model.py").write_text(source + "    return np.sum(u * u)\n", encoding="utf-8")
    text = emit_text(Request(f"{tmp_path / 'model.py'}:f", target="numba"))
    (tmp_path / "model_grad.py").write_text(text, encoding="utf-8")
    program = (
        "import sys, numpy as np, model_grad\n"
        "value, (d_u, d_k) = model_grad.f_grad(np.array([1.0, 2.0, 3.0]), 0.5)\n"
        "print(value, d_u.tolist(), d_k, 'srcgrad' in sys.modules)\n"
        "try:\n    model_grad.f_grad(np.arange(3), 0.5)\nexcept TypeError as e:\n    print('refused')\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "NUMBA_CACHE_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, cwd=tmp_path, check=False
    )
    assert done.stdout == "23.25 [4.5, 9.0, 8.0] 21.0 False\nrefused\n", done.stdout + done.stderr


@pytest.mark.parametrize(
    ("f", "args", "message"),
    [
        (spectrum, (U,), "SG501 numba has no equal for `np.fft.fft`"),
        (reads_a_global, (2.0,), "SG501 compiled code would keep the values that stand outside of the function"),
        (two_ranks, (U,), "SG502 numba cannot compile this: "),
    ],
    ids=["no equal", "global", "two ranks"],
)
def test_what_cannot_be_compiled_is_refused_in_its_place(f: Any, args: Any, message: str) -> None:
    with pytest.raises(srcgrad.SrcgradError) as caught:
        srcgrad.grad(f, compile="numba")(*args)
    assert message in str(caught.value)
    assert caught.value.filename == __file__ and caught.value.lineno == f.__code__.co_firstlineno


def test_jacobians_that_cannot_be_compiled_are_refused() -> None:
    with pytest.raises(srcgrad.SrcgradError, match="SG501 numba has no equal for"):
        srcgrad.hessian(spectrum, compile="numba")(U)
    for maker in (srcgrad.jacobian, srcgrad.hessian, srcgrad.hvp):
        with pytest.raises(ValueError, match='SG413 `compile` is "numpy" or "numba", not \'jax\''):
            maker(total, compile="jax")


def test_another_compiler_is_refused() -> None:
    with pytest.raises(srcgrad.SrcgradError, match='`compile` is "numpy" or "numba", not \'jax\''):
        srcgrad.grad(newton, compile="jax")


def test_numba_is_loaded_when_it_is_first_needed() -> None:
    program = "import sys, srcgrad; srcgrad.grad(lambda x: x * x)(2.0); print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
