"""Powers with a constant exponent: the derivative in its shortest form, without a mask where it is finite."""

from __future__ import annotations

from .declare import elementwise

for name in ("np.power(x1, x2)", "operator.pow(x1, x2)", "math.pow(x1, x2)", "builtins.pow(x1, x2, mod=None)"):
    # np.power(0.0, -1.0) is inf, where all the others raise; so its derivative must not raise either
    safe = " and not isinstance(x1, (float, complex))" if name.startswith("np.") else ""
    elementwise(name, "0.0", None, when="x2 == 0")
    elementwise(name, "1.0", None, when="x2 == 1")
    elementwise(name, "2.0 * x1", None, when="x2 == 2")
    elementwise(name, "3.0 * x1**2", None, when="x2 == 3")
    elementwise(name, "4.0 * x1 * x1 * x1", None, when="x2 == 4")
    elementwise(name, "x2 * x1 ** (x2 - 1)", None, when="x2 > 1")
    elementwise(name, "-1.0 / x1 / x1", None, when="x2 == -1" + safe, singular="pole")
    # not x1 ** (x2 - 1), with which a Python float may overflow where the value does not
    elementwise(name, "x2 * x1**x2 / x1", None, when="x2 < 0" + safe, singular="pole")
for name in ("np.power(x1, x2)", "operator.pow(x1, x2)"):
    elementwise(name, "0.5 / out", None, when="x2 == 0.5 and not isinstance(x1, float)", singular="root")
