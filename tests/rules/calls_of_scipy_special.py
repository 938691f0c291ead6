"""Calls of functions of scipy.special; `pos` is positive, `p` between 0 and 1."""

# ruff: noqa: E501
from __future__ import annotations

from library_calls import Call, calls

CALLS: list[Call] = calls(
    "scipy.special.", "factorial(pos)", "gammaincinv(1.5, p)", "gammainccinv(1.5, p)", "betaincinv(1.5, 0.6, p)", "chdtr(2.0, pos)",
    "chdtrc(2.5, pos)", "gdtr(a, 1.4, pos)", "pdtr(2, pos)", "stdtrit(3.0, p)", "pseudo_huber(a, x)", "boxcox(pos, c)", "boxcox(pos, 0.0)",
    "boxcox1p(pos, c)", "inv_boxcox(pos, c)", "inv_boxcox(p, 0.0)", "inv_boxcox1p(pos, c)", "powm1(pos, a)", "exprel(x)", "exprel(0.01 * x)",
    "sindg(30.0 * x)", "cosdg(30.0 * x)", "tandg(30.0 * x)", "cotdg(30.0 * x)", "jve(1.5, pos)", "yve(1.5, pos)", "hankel1(1.5, pos)",
    "hankel2(1, z)", "spherical_jn(2, pos)", "spherical_jn(0, pos)", "spherical_yn(0, pos)", "spherical_yn(2, pos)", "spherical_in(2, pos)",
    "spherical_in(0, pos)", "spherical_kn(0, pos)", "spherical_kn(2, pos)", "struve(1.0, pos)", "modstruve(0.5, pos)", "expn(0, pos)",
    "expn(2, pos)", "hyperu(0.3, 0.4, pos)", "wofz(z)", "voigt_profile(x, a, b)", "ellipkm1(p)", "ellipkinc(p, c)", "ellipkinc(p, 0.0)",
    "ellipeinc(p, c)", "ellipeinc(p, 0.0)", "airy(x)", "airy(z)[0]", "sici(pos)", "shichi(pos)", "fresnel(x)", "ellipj(x, 0.3)",
    "eval_chebyt(0, x)", "eval_chebyt(3, x)", "eval_chebyu(0, x)", "eval_chebyu(3, x)", "eval_hermite(0, x)", "eval_hermite(3, x)",
    "eval_hermitenorm(3, x)", "eval_laguerre(0, x)", "eval_laguerre(3, x)", "eval_genlaguerre(2, 0.4, x)", "eval_legendre(0, x)",
    "eval_legendre(3, x)", "eval_legendre(1.5, p)", "eval_sh_legendre(3, p)", "eval_gegenbauer(2, 0.4, x)", "eval_jacobi(3, 0.2, 0.3, x)",
)  # fmt: skip
REFUSED = [
    (calls("scipy.special.", "psi(z)")[0], "real numbers only"),
    (calls("scipy.special.", "ive(1, z)")[0], "real numbers only"),
    (calls("scipy.special.", "jve(1, z)")[0], "real numbers only"),
    (calls("scipy.special.", "ellipj(0.3, c)[0]")[0], "no derivative with respect to `m`"),
    (calls("scipy.special.", "logsumexp(x, b=y, return_sign=True)[0]")[0], "`return_sign`"),
]
FIRST_ORDER: frozenset[str] = frozenset()
