"""Polynomials of numpy.polynomial by their functions: values, derivatives, integrals and fits in six bases.

What is done to coefficients is linear, so a matrix tells all of it: what becomes of those that are 0 but for one.
"""

# ruff: noqa: S102  (the rows of the six bases are one text)
from __future__ import annotations

from types import FunctionType
from typing import Any

from .declare import Rule, add

FAMILIES = {
    "polynomial": "poly", "chebyshev": "cheb", "legendre": "leg", "hermite": "herm", "hermite_e": "herme",
    "laguerre": "lag",
}  # fmt: skip
VALUE = """
def value(x, c, out, d_out, t_x, t_c):
    basis = P.vander(x, np.shape(c)[0] - 1)
    slope = P.val(x, P.der(c))
    d_x = unbroadcast(d_out * slope, x)
    d_c = coefficients_adjoint(d_out, basis, c)
    t_out = t_x * slope
    t_out += coefficients_tangent(t_c, basis)
"""
VANDER = """
def vander(x, deg, d_out, t_x):
    slope = P.vander(x, max(deg - 1, 0)) @ P.der(np.eye(deg + 1))
    d_x = np.sum(d_out * slope, axis=-1)
    t_out = np.expand_dims(t_x, -1) * slope
"""
DERIVATIVE = """
def derivative(c, m, d_out, t_c):
    matrix = P.der(np.eye(np.shape(c)[0]), m)
    d_c = first_axis(matrix.T, d_out)
    t_out = first_axis(matrix, t_c)
"""
INTEGRAL = """
def integral(c, m, d_out, t_c):
    matrix = P.int(np.eye(np.shape(c)[0]), m)
    d_c = first_axis(matrix.T, d_out)
    t_out = first_axis(matrix, t_c)
"""
FIT = """
def fit(x, y, deg, w, out, d_out, t_x, t_y, t_w):
    basis = P.vander(x, deg)
    slope = P.vander(x, max(deg - 1, 0)) @ P.der(np.eye(deg + 1))
    weights = 1.0 if w is None else w
    d_x = np.sum(fit_adjoints(d_out, basis, y, weights, out)[0] * slope, axis=1)
    d_y = fit_adjoints(d_out, basis, y, weights, out)[1]
    d_w = fit_adjoints(d_out, basis, y, weights, out)[2]
    t_out = fit_tangent(np.expand_dims(t_x, 1) * slope, 0.0, basis, y, weights, out)
    t_out += fit_tangent(np.zeros_like(basis), t_y, basis, y, weights, out)
    t_out += fit_weights_tangent(t_w, basis, y, weights, out)
"""


def written(kind: str, pattern: str, source: str) -> None:
    """A row whose template is text."""
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    template = next(f for f in namespace.values() if isinstance(f, FunctionType))
    add(Rule(kind, pattern, template=template, numba=False, source=source.strip() + "\n"))


for module, prefix in FAMILIES.items():
    home = f"np.polynomial.{module}.{prefix}"
    for pattern, text in (
        ("val(x, c, tensor=True)", VALUE), ("vander(x, deg)", VANDER),
        ("der(c, m=1, scl=1, axis=0)", DERIVATIVE), ("int(c, m=1, k=[], lbnd=0, scl=1, axis=0)", INTEGRAL),
        ("fit(x, y, deg, rcond=None, full=False, w=None)", FIT),
    ):  # fmt: skip
        written("rule", home + pattern, text.replace("P.", home))
