"""Programs of a size that nobody writes by hand, but generators of code do."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import srcgrad
from tests.loading import load


def test_functions_that_call_one_another_further_than_the_stack_is_deep(tmp_path: Path) -> None:
    count = 150
    steps = "".join(
        f"def step{n}(u, a):\n    step{n - 1}(u, a)\n    u[1:] += 0.01 * u[:-1]**2\n    u[0] = a * np.sin(u[1])\n\n"
        for n in range(1, count)
    )
    head = "import numpy as np\n\ndef step0(u, a):\n    u[0] = a * u[1]**2\n\n"
    main = f"def f(x, a):\n    u = x.copy()\n    step{count - 1}(u, a)\n    return np.sum(u)\n"
    path = tmp_path / "chain.py"
    path.write_text(head + steps + main)
    f = load(path).f
    x, direction = np.array([0.1, 0.3, 0.2]), np.array([0.5, -0.3, 0.8])
    value, (d_x, d_a) = srcgrad.value_and_grad(f, wrt=("x", "a"))(x, 0.4)
    assert value == f(x, 0.4)
    h = 1e-6
    along = (f(x + h * direction, 0.4 + h) - f(x - h * direction, 0.4 - h)) / (2 * h)
    np.testing.assert_allclose(d_x @ direction + d_a, along, rtol=1e-7)
