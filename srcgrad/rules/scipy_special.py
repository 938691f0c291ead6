"""Derivatives of functions of scipy.special.

An argument whose row has None there (the order of a Bessel function, the shape of an incomplete gamma function) has a
derivative that SciPy cannot compute: where it carries one, the call is refused.
"""

# ruff: noqa: F841
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import exponential_adjoint, exponential_shares
from .declare import constant, elementwise, rule

# ----- error functions -----
SLOPE = "1.1283791670955126"  # 2 / sqrt(pi)
elementwise("scipy.special.erf(x)", f"{SLOPE} * np.exp(-x**2)")
elementwise("scipy.special.erfc(x)", f"-{SLOPE} * np.exp(-x**2)")
elementwise("scipy.special.erfi(x)", f"{SLOPE} * np.exp(x**2)")
elementwise("scipy.special.erfcx(x)", f"2.0 * x * out - {SLOPE}")
elementwise("scipy.special.dawsn(x)", "1.0 - 2.0 * x * out")
elementwise("scipy.special.erfinv(y)", "0.886226925452758 * np.exp(out**2)", singular="pole")
elementwise("scipy.special.erfcinv(y)", "-0.886226925452758 * np.exp(out**2)", singular="pole")
elementwise("scipy.special.ndtr(x)", "0.3989422804014327 * np.exp(-0.5 * x**2)")
elementwise("scipy.special.log_ndtr(x)", "0.3989422804014327 * np.exp(-0.5 * x**2 - out)")
elementwise("scipy.special.ndtri(y)", "2.5066282746310002 * np.exp(0.5 * out**2)", singular="pole")
elementwise(
    "scipy.special.owens_t(h, a)",
    "-0.19947114020071635 * np.exp(-0.5 * h**2) * scipy.special.erf(0.7071067811865476 * a * h)",
    "0.15915494309189535 * np.exp(-0.5 * h**2 * (1.0 + a**2)) / (1.0 + a**2)",
)

# ----- logistic and logarithmic functions -----
elementwise("scipy.special.expit(x)", "out * (1.0 - out)")
elementwise("scipy.special.log_expit(x)", "scipy.special.expit(-x)")
elementwise("scipy.special.logit(x)", "1.0 / (x * (1.0 - x))", singular="pole")
elementwise("scipy.special.xlogy(x, y)", "np.log(y)", "x / y", singular="pole")
elementwise("scipy.special.xlog1py(x, y)", "np.log1p(y)", "x / (1.0 + y)", singular="pole")
elementwise("scipy.special.entr(x)", "-1.0 - np.log(x)", singular="root")
elementwise("scipy.special.rel_entr(x, y)", "1.0 + np.log(x / y)", "-x / y", singular="root")
elementwise("scipy.special.kl_div(x, y)", "np.log(x / y)", "1.0 - x / y", singular="root")
elementwise(
    "scipy.special.huber(delta, r)",
    "np.maximum(np.abs(r) - delta, 0.0)",
    "np.clip(r, -delta, delta)",
)
elementwise("scipy.special.log1p(x)", "1.0 / (1.0 + x)", singular="pole")
elementwise("scipy.special.expm1(x)", "np.exp(x)")
elementwise("scipy.special.exp2(x)", "0.6931471805599453 * out")
elementwise("scipy.special.exp10(x)", "2.302585092994046 * out")
elementwise("scipy.special.cosm1(x)", "-np.sin(x)")
elementwise("scipy.special.cbrt(x)", "1.0 / (3.0 * out**2)", singular="root")
elementwise("scipy.special.boxcox(x, lmbda)", "np.power(x, lmbda - 1.0)", None, singular="root")
elementwise("scipy.special.spence(z)", "np.where(z == 1.0, -1.0, np.log(z) / (1.0 - z + (z == 1.0)))", singular="root")
elementwise("scipy.special.lambertw(z, k=0, tol=1e-08)", "np.exp(-out) / (1.0 + out)", singular="root")

# ----- gamma and beta functions -----
PSI = "scipy.special.psi"
elementwise("scipy.special.gamma(z)", f"out * {PSI}(z)", singular="pole")
elementwise("scipy.special.gammaln(x)", f"{PSI}(x)", singular="pole")
elementwise("scipy.special.loggamma(z)", f"{PSI}(z)", singular="pole")
elementwise("scipy.special.rgamma(z)", f"-out * {PSI}(z)")
elementwise("scipy.special.psi(z)", "scipy.special.polygamma(1, z)", singular="pole")
elementwise("scipy.special.polygamma(n, x)", None, "scipy.special.polygamma(n + 1, x)", singular="pole")
elementwise(
    "scipy.special.multigammaln(a, d)",
    f"np.sum({PSI}(np.expand_dims(a, -1) - 0.5 * np.arange(d)), axis=-1)",
)
elementwise("scipy.special.zeta(x, q)", None, "-x * scipy.special.zeta(x + 1.0, q)", singular="pole")
elementwise("scipy.special.beta(a, b)", f"out * ({PSI}(a) - {PSI}(a + b))", f"out * ({PSI}(b) - {PSI}(a + b))")
elementwise("scipy.special.betaln(a, b)", f"{PSI}(a) - {PSI}(a + b)", f"{PSI}(b) - {PSI}(a + b)")
elementwise(
    "scipy.special.binom(n, k)",
    f"out * ({PSI}(n + 1.0) - {PSI}(n - k + 1.0))",
    f"out * ({PSI}(n - k + 1.0) - {PSI}(k + 1.0))",
)
elementwise("scipy.special.poch(z, m)", f"out * ({PSI}(z + m) - {PSI}(z))", f"out * {PSI}(z + m)")
GAMMAINC = "np.exp(-x) * np.power(x, a - 1.0) / scipy.special.gamma(a)"
elementwise("scipy.special.gammainc(a, x)", None, GAMMAINC, singular="root")
elementwise("scipy.special.gammaincc(a, x)", None, f"-{GAMMAINC}", singular="root")
BETAINC = "np.power(x, a - 1.0) * np.power(1.0 - x, b - 1.0) / scipy.special.beta(a, b)"
elementwise("scipy.special.betainc(a, b, x)", None, None, BETAINC, singular="root")
elementwise("scipy.special.betaincc(a, b, x)", None, None, f"-{BETAINC}", singular="root")
elementwise(
    "scipy.special.stdtr(df, t)",
    None,
    "np.exp(-0.5 * (df + 1.0) * np.log1p(t**2 / df)) / (np.sqrt(df) * scipy.special.beta(0.5 * df, 0.5))",
)

# ----- Bessel functions -----
elementwise("scipy.special.j0(x)", "-scipy.special.j1(x)")
elementwise("scipy.special.y0(x)", "-scipy.special.y1(x)", singular="pole")
elementwise("scipy.special.i0(x)", "scipy.special.i1(x)")
elementwise("scipy.special.k0(x)", "-scipy.special.k1(x)", singular="pole")
elementwise("scipy.special.j1(x)", "0.5 * (scipy.special.j0(x) - scipy.special.jv(2.0, x))")
elementwise("scipy.special.y1(x)", "0.5 * (scipy.special.y0(x) - scipy.special.yv(2.0, x))", singular="pole")
elementwise("scipy.special.i1(x)", "0.5 * (scipy.special.i0(x) + scipy.special.iv(2.0, x))")
elementwise("scipy.special.k1(x)", "-0.5 * (scipy.special.k0(x) + scipy.special.kv(2.0, x))", singular="pole")
elementwise("scipy.special.i0e(x)", "scipy.special.i1e(x) - np.sign(x) * out")
elementwise("scipy.special.i1e(x)", "0.5 * (scipy.special.i0e(x) + scipy.special.ive(2.0, x)) - np.sign(x) * out")
elementwise("scipy.special.k0e(x)", "out - scipy.special.k1e(x)", singular="pole")
elementwise("scipy.special.k1e(x)", "out - 0.5 * (scipy.special.k0e(x) + scipy.special.kve(2.0, x))", singular="pole")
for name, factor, sign, singular in (
    ("jv", "0.5", "-", None), ("yv", "0.5", "-", "pole"), ("yn", "0.5", "-", "pole"),
    ("iv", "0.5", "+", None), ("kv", "-0.5", "+", "pole"), ("kn", "-0.5", "+", "pole"),
):  # fmt: skip
    neighbours = f"(scipy.special.{name}(v - 1, z) {sign} scipy.special.{name}(v + 1, z))"
    elementwise(f"scipy.special.{name}(v, z)", None, f"{factor} * {neighbours}", singular=singular)
elementwise(
    "scipy.special.ive(v, z)",
    None,
    "0.5 * (scipy.special.ive(v - 1, z) + scipy.special.ive(v + 1, z)) - np.sign(z) * out",
)
elementwise(
    "scipy.special.kve(v, z)",
    None,
    "out - 0.5 * (scipy.special.kve(v - 1, z) + scipy.special.kve(v + 1, z))",
    singular="pole",
)

# ----- integrals and hypergeometric functions -----
elementwise("scipy.special.exp1(z)", "-np.exp(-z) / z", singular="pole")
elementwise("scipy.special.expi(x)", "np.exp(x) / x", singular="pole")
elementwise(
    "scipy.special.ellipk(m)",
    "np.where(m == 0.0, 0.39269908169872414, "
    "(scipy.special.ellipe(m) / (1.0 - m) - out) / (2.0 * m + (m == 0.0)))",
    singular="pole",
)  # fmt: skip
elementwise(
    "scipy.special.ellipe(m)",
    "np.where(m == 0.0, -0.39269908169872414, (out - scipy.special.ellipk(m)) / (2.0 * m + (m == 0.0)))",
    singular="root",
)  # fmt: skip
elementwise("scipy.special.hyp0f1(v, z)", None, "scipy.special.hyp0f1(v + 1.0, z) / v")
elementwise("scipy.special.hyp1f1(a, b, x)", None, None, "a / b * scipy.special.hyp1f1(a + 1.0, b + 1.0, x)")
elementwise(
    "scipy.special.hyp2f1(a, b, c, z)",
    None,
    None,
    None,
    "a * b / c * scipy.special.hyp2f1(a + 1.0, b + 1.0, c + 1.0, z)",
)

constant("scipy.special.gammasgn(x)")


# ----- sums of exponentials -----
@rule("scipy.special.logsumexp(a, axis=None, b=None, keepdims=False, return_sign=False)")
def logsumexp(a, axis, b, keepdims, out, d_out, t_a, t_b):
    d_a = exponential_adjoint(d_out, a, a, out, axis, keepdims, b)
    d_b = exponential_adjoint(d_out, b, a, out, axis, keepdims)
    t_out = np.sum(t_a * exponential_shares(a, out, axis, keepdims, b), axis=axis, keepdims=keepdims)
    t_out += np.sum(t_b * exponential_shares(a, out, axis, keepdims), axis=axis, keepdims=keepdims)


@rule("scipy.special.softmax(x, axis=None)")
def softmax(x, axis, out, d_out, t_x):
    d_x = out * (d_out - np.sum(d_out * out, axis=axis, keepdims=True))
    t_out = out * (t_x - np.sum(t_x * out, axis=axis, keepdims=True))


@rule("scipy.special.log_softmax(x, axis=None)")
def log_softmax(x, axis, out, d_out, t_x):
    d_x = d_out - np.exp(out) * np.sum(d_out, axis=axis, keepdims=True)
    t_out = t_x - np.sum(t_x * np.exp(out), axis=axis, keepdims=True)
