"""Derivatives of further functions of scipy.special: inverses, spherical Bessel functions, orthogonal polynomials."""

# ruff: noqa: F821, F841  (templates are read as text: SciPy is not imported)
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import unbroadcast
from .declare import elementwise, rule

S = "scipy.special"
PSI = f"{S}.psi"
ROOT_PI = "1.7724538509055159"

# ----- factorials, inverses of distributions -----
elementwise(f"{S}.factorial(n, exact=False, extend='zero')", f"out * {PSI}(np.abs(n) + 1.0)")
elementwise(f"{S}.gammaincinv(a, y)", None, f"{S}.gamma(a) * np.exp(out) * np.power(out, 1.0 - a)", singular="pole")
elementwise(f"{S}.gammainccinv(a, y)", None, f"-{S}.gamma(a) * np.exp(out) * np.power(out, 1.0 - a)", singular="pole")
elementwise(
    f"{S}.betaincinv(a, b, y)", None, None,
    f"{S}.beta(a, b) * np.power(out, 1.0 - a) * np.power(1.0 - out, 1.0 - b)", singular="pole",
)  # fmt: skip
CHI2 = f"np.exp(-0.5 * x) * np.power(0.5 * x, 0.5 * v - 1.0) / (2.0 * {S}.gamma(0.5 * v))"
elementwise(f"{S}.chdtr(v, x)", None, CHI2, singular="root")
elementwise(f"{S}.chdtrc(v, x)", None, f"-{CHI2}", singular="root")
GAMMA = f"np.exp(-a * x) * np.power(a * x, b - 1.0) / {S}.gamma(b)"
elementwise(f"{S}.gdtr(a, b, x)", f"x * {GAMMA}", None, f"a * {GAMMA}", singular="root")
elementwise(f"{S}.pdtr(k, m)", None, f"-np.exp(-m) * np.power(m, np.floor(k)) / {S}.gamma(np.floor(k) + 1.0)")
elementwise(
    f"{S}.stdtrit(df, p)", None,
    f"np.sqrt(df) * {S}.beta(0.5 * df, 0.5) * np.exp(0.5 * (df + 1.0) * np.log1p(out**2 / df))", singular="pole",
)  # fmt: skip

# ----- Box-Cox and Huber -----
elementwise(f"{S}.pseudo_huber(delta, r)", "2.0 * out / delta - r**2 / (delta * s)", "r / s",
            let="s = np.sqrt(1.0 + (r / delta) ** 2)")  # fmt: skip
POWERED = "np.where(lmbda == 0.0, {half}, (np.exp(lmbda * {log}) * {log} - out) / (lmbda + (lmbda == 0.0)))"
elementwise(
    f"{S}.boxcox(x, lmbda)", "np.power(x, lmbda - 1.0)", POWERED.format(log="u", half="0.5 * u**2"),
    let="u = np.log(x)", singular="root",
)  # fmt: skip
elementwise(
    f"{S}.boxcox1p(x, lmbda)", "np.power(1.0 + x, lmbda - 1.0)", POWERED.format(log="u", half="0.5 * u**2"),
    let="u = np.log1p(x)", singular="root",
)  # fmt: skip
INVERSE = "np.where(lmbda == 0.0, -0.5 * y**2, (y / (1.0 + lmbda * y) - np.log1p(lmbda * y) / k) / k)"
for name in ("inv_boxcox", "inv_boxcox1p"):
    whole = "out" if name == "inv_boxcox" else "(1.0 + out)"
    elementwise(
        f"{S}.{name}(y, lmbda)", f"{whole} / (1.0 + lmbda * y)", f"{whole} * {INVERSE}",
        let="k = lmbda + (lmbda == 0.0)", singular="root",
    )  # fmt: skip

# ----- elementary functions -----
elementwise(f"{S}.powm1(x, y)", "y * np.power(x, y - 1.0)", "(out + 1.0) * np.log(x)", singular="root")
SERIES = "0.5 + x * (1.0 / 3.0 + x * (0.125 + x * (1.0 / 30.0 + x * (1.0 / 144.0 + x / 840.0))))"
elementwise(f"{S}.exprel(x)", f"np.where(np.abs(x) < 0.01, {SERIES}, (np.exp(x) - out) / (x + (x == 0.0)))")
elementwise(f"{S}.sindg(x)", f"math.pi / 180.0 * {S}.cosdg(x)")
elementwise(f"{S}.cosdg(x)", f"-math.pi / 180.0 * {S}.sindg(x)")
elementwise(f"{S}.tandg(x)", "math.pi / 180.0 * (1.0 + out**2)")
elementwise(f"{S}.cotdg(x)", "-math.pi / 180.0 * (1.0 + out**2)")

# ----- Bessel functions -----
for name in ("jve", "yve"):
    neighbours = f"0.5 * ({S}.{name}(v - 1, z) - {S}.{name}(v + 1, z))"
    elementwise(f"{S}.{name}(v, z)", None, neighbours, singular=None if name == "jve" else "pole")
for name in ("hankel1", "hankel2"):
    elementwise(f"{S}.{name}(v, z)", None, f"0.5 * ({S}.{name}(v - 1, z) - {S}.{name}(v + 1, z))", singular="pole")
for name, before, after in (("jn", "", "-"), ("yn", "", "-"), ("in", "", "+"), ("kn", "-", "-")):
    op = f"{S}.spherical_{name}"
    lower, upper = f"{before}n * {op}(np.abs(n - 1), z)", f"{after} (n + 1) * {op}(n + 1, z)"
    elementwise(f"{op}(n, z, derivative=False)", None, f"({lower} {upper}) / (2 * n + 1)", singular="pole")
elementwise(f"{S}.struve(v, x)", None, f"{S}.struve(v - 1.0, x) - v * out / x", singular="root")
elementwise(f"{S}.modstruve(v, x)", None, f"{S}.modstruve(v - 1.0, x) - v * out / x", singular="root")

# ----- integrals -----
elementwise(
    f"{S}.expn(n, x)", None,
    f"np.where(n == 0, -np.exp(-x) * (1.0 / x + 1.0 / x**2), -{S}.expn(np.maximum(n - 1, 0), x))", singular="pole",
)  # fmt: skip
elementwise(f"{S}.hyperu(a, b, x)", None, None, f"-a * {S}.hyperu(a + 1.0, b + 1.0, x)", singular="pole")
elementwise(f"{S}.wofz(z)", f"2.0j / {ROOT_PI} - 2.0 * z * out")
elementwise(
    f"{S}.voigt_profile(x, sigma, gamma)",
    "np.real(slope) / (2.0 * sigma**2 * math.sqrt(math.pi))",
    "-out / sigma - np.real(slope * z) / (sigma**2 * math.sqrt(2.0 * math.pi))",
    "-np.imag(slope) / (2.0 * sigma**2 * math.sqrt(math.pi))",
    let=f"z = (x + 1j * gamma) / (math.sqrt(2.0) * sigma); slope = 2.0j / {ROOT_PI} - 2.0 * z * {S}.wofz(z)",
)
elementwise(
    f"{S}.ellipkm1(p)",
    f"np.where(p == 1.0, -0.39269908169872414, (out - {S}.ellipe(1.0 - p) / p) / (2.0 * (1.0 - p) + (p == 1.0)))",
    singular="pole",
)
elementwise(
    f"{S}.ellipkinc(phi, m)", "1.0 / w",
    f"np.where(m == 0.0, 0.25 * phi - 0.125 * np.sin(2.0 * phi), ({S}.ellipeinc(phi, m) / (1.0 - m) - out) / (2.0 * k) "
    "- np.sin(2.0 * phi) / (4.0 * (1.0 - m) * w))",
    let="w = np.sqrt(1.0 - m * np.sin(phi) ** 2); k = m + (m == 0.0)", singular="pole",
)  # fmt: skip
elementwise(
    f"{S}.ellipeinc(phi, m)", "np.sqrt(1.0 - m * np.sin(phi) ** 2)",
    f"np.where(m == 0.0, 0.125 * np.sin(2.0 * phi) - 0.25 * phi, (out - {S}.ellipkinc(phi, m)) / (2.0 * k))",
    let="k = m + (m == 0.0)", singular="root",
)  # fmt: skip


@rule("scipy.special.airy(z)", numba=False)
def airy(z, out, d_out, t_z):
    d_z = unbroadcast(d_out[0] * out[1] + d_out[1] * z * out[0] + d_out[2] * out[3] + d_out[3] * z * out[2], z)
    t_out = (t_z * out[1], t_z * z * out[0], t_z * out[3], t_z * z * out[2])


@rule("scipy.special.sici(x)", numba=False)
def sici(x, d_out, t_x):
    d_x = unbroadcast(d_out[0] * np.sinc(x / np.pi) + d_out[1] * np.cos(x) / x, x)
    t_out = (t_x * np.sinc(x / np.pi), t_x * np.cos(x) / x)


@rule("scipy.special.shichi(x)", numba=False)
def shichi(x, d_out, t_x):
    d_x = unbroadcast(d_out[0] * np.sinh(x) / x + d_out[1] * np.cosh(x) / x, x)
    t_out = (t_x * np.sinh(x) / x, t_x * np.cosh(x) / x)


@rule("scipy.special.fresnel(z)", numba=False)
def fresnel(z, d_out, t_z):
    d_z = unbroadcast(d_out[0] * np.sin(0.5 * np.pi * z**2) + d_out[1] * np.cos(0.5 * np.pi * z**2), z)
    t_out = (t_z * np.sin(0.5 * np.pi * z**2), t_z * np.cos(0.5 * np.pi * z**2))


@rule("scipy.special.ellipj(u, m)", numba=False)
def ellipj(u, m, out, d_out, t_u):
    d_u = unbroadcast(
        d_out[0] * out[1] * out[2] - d_out[1] * out[0] * out[2] - d_out[2] * m * out[0] * out[1] + d_out[3] * out[2], u
    )
    t_out = (t_u * out[1] * out[2], -t_u * out[0] * out[2], -t_u * m * out[0] * out[1], t_u * out[2])


# ----- orthogonal polynomials: by those of one degree less, which degree 0 leaves out -----
BELOW = "n - (n != 0)"
elementwise(f"{S}.eval_chebyt(n, x)", None, f"n * {S}.eval_chebyu({BELOW}, x)")
elementwise(f"{S}.eval_chebyu(n, x)", None, f"np.where(n == 0, 0.0, 2.0 * {S}.eval_gegenbauer({BELOW}, 2.0, x))")
elementwise(f"{S}.eval_hermite(n, x)", None, f"2.0 * n * {S}.eval_hermite({BELOW}, x)")
elementwise(f"{S}.eval_hermitenorm(n, x)", None, f"n * {S}.eval_hermitenorm({BELOW}, x)")
elementwise(f"{S}.eval_laguerre(n, x)", None, f"np.where(n == 0, 0.0, -{S}.eval_genlaguerre({BELOW}, 1.0, x))")
elementwise(
    f"{S}.eval_genlaguerre(n, alpha, x)", None, None,
    f"np.where(n == 0, 0.0, -{S}.eval_genlaguerre({BELOW}, alpha + 1.0, x))",
)  # fmt: skip
elementwise(
    f"{S}.eval_legendre(n, x)", None, f"np.where(n == 0, 0.0, 0.5 * (n + 1.0) * {S}.eval_jacobi({BELOW}, 1.0, 1.0, x))"
)
elementwise(
    f"{S}.eval_sh_legendre(n, x)", None,
    f"np.where(n == 0, 0.0, (n + 1.0) * {S}.eval_jacobi({BELOW}, 1.0, 1.0, 2.0 * x - 1.0))",
)  # fmt: skip
elementwise(
    f"{S}.eval_gegenbauer(n, alpha, x)", None, None,
    f"np.where(n == 0, 0.0, 2.0 * alpha * {S}.eval_gegenbauer({BELOW}, alpha + 1.0, x))",
)  # fmt: skip
elementwise(
    f"{S}.eval_jacobi(n, alpha, beta, x)", None, None, None,
    f"np.where(n == 0, 0.0, 0.5 * (n + alpha + beta + 1.0) * {S}.eval_jacobi({BELOW}, alpha + 1.0, beta + 1.0, x))",
)  # fmt: skip
