"""Powers with a constant exponent: the derivative in its shortest form, without a mask where it is finite."""

from __future__ import annotations

from .declare import elementwise

for name in ("np.power(x1, x2)", "math.pow(x1, x2)", "builtins.pow(x1, x2, mod=None)"):
    elementwise(name, "0.0", None, when="x2 == 0")
    elementwise(name, "1.0", None, when="x2 == 1")
    elementwise(name, "2.0 * x1", None, when="x2 == 2")
    elementwise(name, "3.0 * x1**2", None, when="x2 == 3")
    elementwise(name, "4.0 * x1 * x1 * x1", None, when="x2 == 4")
    elementwise(name, "x2 * x1 ** (x2 - 1)", None, when="x2 > 1")
    elementwise(name, "-1.0 / x1**2", None, when="x2 == -1", singular="pole")
    elementwise(name, "x2 * x1 ** (x2 - 1)", None, when="x2 < 0", singular="pole")
elementwise("np.power(x1, x2)", "0.5 / out", None, when="x2 == 0.5 and not isinstance(x1, float)", singular="root")
