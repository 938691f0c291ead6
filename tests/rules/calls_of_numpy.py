"""Calls of functions of NumPy that have many options."""

# ruff: noqa: E501
from __future__ import annotations

from library_calls import Call, calls

PADDED = ("edge", "reflect", "symmetric", "wrap", "mean", "linear_ramp")
METHODS = ("lower", "higher", "nearest", "midpoint", "hazen", "weibull", "median_unbiased", "inverted_cdf")
BASES = ("polynomial.poly", "chebyshev.cheb", "legendre.leg", "hermite.herm", "hermite_e.herme", "laguerre.lag")
SPACED = ("linspace", "geomspace", "logspace")

CALLS: list[Call] = [
    # ----- borders and windows -----
    *calls("np.", *(f"pad(x, 2, '{m}')" for m in PADDED), *(f"pad(X, ((1, 2), (2, 0)), mode='{m}')" for m in PADDED)),
    *calls("np.", "pad(X, (1, 2), constant_values=(a, b))", "pad(X, ((1, 2), (3, 4)), constant_values=((a, b), (b, 2.0)))",
           "pad(np.ones(3), 2, constant_values=a)", "pad(x, 2, constant_values=p[:2])", "pad(x, 2, 'empty')[2:-2]",
           "pad(x, 7, 'reflect', reflect_type='odd')", "pad(x, 9, 'symmetric', reflect_type='odd')", "pad(z, 1, 'mean')",
           "pad(X, 2, 'mean', stat_length=((1, 2), (3, 2)))", "pad(X, {-1: (1, 2)}, 'edge')", "pad(x32, 2, 'mean')"),
    *calls("np.lib.stride_tricks.", "as_strided(x, (3, 3), (8, 8))", "as_strided(X, (4, 3, 3), (*X.strides, 8))",
           "sliding_window_view(x, 3)", "sliding_window_view(X, 2, axis=-2)"),
    # ----- quantiles -----
    *calls("np.", *(f"{f}quantile(X, {q}, axis=1)" for f in ("", "nan") for q in ("[c, a]", "c", "p[:2]"))),
    *calls("np.", *(f"quantile(X, 0.63 * a, {options}method='{m}')" for m in METHODS for options in ("", "axis=0, "))),
    *calls("np.", "percentile(x, 30.0 * b)", "nanpercentile(X, 30.0 * b, (0, -1), keepdims=True)", "quantile(x, c, method='hazen')",
           "quantile(x, 0.02 * a, method='weibull')", "quantile(x32, c)"),
    # ----- spaced values -----
    *calls("np.", *(f"{f}({given})" for f in SPACED for given in (
        "[a, 1.0], b, 3", "a, b, 6", "a, b, num=6, endpoint=False", "pos, b, 4, axis=-1", "p, pos + 1.0, 4", "1, b, 5", "a, b, 1",
        "a + 0.2j, b * 1j, 4"))),
    *calls("np.", "logspace(a, b, 5, base=c)", "logspace(x, y, 5, base=2, axis=1)"),
    # ----- polynomials -----
    *calls("np.", "roots([1.0, -3.0, a, b])", "roots(x)", "roots(z)", "poly(x)", "poly(x[:1])", "poly([a, b, 1.2])",
           "polyfit(x, y, 2)", "polyfit(x, y, 1, w=p)", "polyfit(x, X.T, 1, w=p)", "polymul(x, y[:3])", "polymul(z, x[:2])",
           "polymul(x, [0.0, 1.0, 2.0])", "polymul(x, a)", "polyint(x, k=a)", "polyint(x, 2, k=[1.0, a])",
           "polyint(x, 3, k=a)", "polyint(x, 2, k=p[:2])", "polyder(x, 2)"),
    *calls("np.polynomial.", *(b + given for b in BASES for given in (
        "val(x, y)", "val(X, y[:3])", "val(a, y)", "val(x, [a, 1.0, b])", "val(z, y)", "vander(x, 3)", "vander(X, 0)",
        "fit(x, y, 2)", "fit(x, y, 1, w=p)", "fit(x, X.T, 1)", "der(y, 2)", "der(X)", "der(y, 7)", "int(y)", "int(X, 2)"))),
    # ----- eigenvectors -----
    *calls("np.linalg.eig", "(S)[1]", "(S).eigenvalues", "(C)[0]", "(C)[1]", "(K + [[0, 2, 0], [-2, 0, 0], [0, 0, 1]])[1]", "(B)[1]"),
    # ----- lists of indices -----
    *calls("np.", "einsum(X, [0, 1], Y, [2, 1], [0, 2])", "einsum(X, [0, 1], Y, [2, 1])", "einsum(M, [0, 0])",
           "einsum(X, [0, ...], [...])", "einsum(X, [30, 2], Y, [30, 1], (2, 1), optimize=True)"),
    # ----- pieces -----
    *calls("np.piecewise", "(x, [x < 0, x >= 0], [lambda t: t**2, np.sin])", "(x, [x < 0, x > 1], [-1.0, np.sin, lambda t: t**3])",
           "(x, [x < 0, x > 1], [a, np.sin])", "(x, [x < 0, x >= 0], [lambda t, k: k * t, lambda t, k: t], b)",
           "(X, [X < 0], [lambda t: t.sum() * t, np.cos])", "(a, [a < 0, a >= 0], [np.cos, np.sin])", "(x, x < 0, [np.cos, np.sin])"),
    # ----- interpolation and differences -----
    *calls("np.interp", "(3.0 * x, xs, y, left=a, right=b)", "(3.0 * x, 0.2 * x, y, period=2.0)", "(-5.0, xs, y, left=a)",
           "(1.1 * X, xs, y, 0.0, b)", "(1.1 * x, xs, z, period=-3.9)", "(3.0 * x, xs, z, left=a)"),
    *calls("np.", "ediff1d(x, to_end=a)", "ediff1d(X, to_begin=y, to_end=[1.0, b])", "ediff1d(x, p[:2])", "real_if_close(x + 0j)",
           "real_if_close(z)", "real_if_close(x * 1j * y * 1j)", "diff(x, n=0, prepend=a)", "tril(x, 1)", "triu(x)",
           "insert(X, -1, X[0], axis=None)", "insert(X, slice(0, 2), [1.0, 2.0], axis=1)", "fft.fft2(X, (3, 7))", "fft.ifftn(X, (6,))"),
]  # fmt: skip
REFUSED = [
    (calls("np.", "pad(x, 2, 'maximum')")[0], "'maximum' has no derivative rule"),
    (calls("np.", "pad(x, 2, 'linear_ramp', end_values=a)")[0], "`end_values`"),
    (calls("np.", "quantile(x, 0.3, method='averaged_inverted_cdf')")[0], "'averaged_inverted_cdf' has no derivative"),
    (calls("np.", "quantile(x, 0.3, weights=p, method='inverted_cdf')")[0], "`weights`"),
    (calls("np.", "logspace(a, b, base=p)")[0], "an array of bases"),
    (calls("np.", "poly(M)")[0], "characteristic polynomial"),
    (calls("np.", "poly(z)")[0], "real numbers only"),
    (calls("np.", "polyfit(x, y, 1, full=True)[0]")[0], "`full`"),
    (calls("np.", "interp(x, xs, y, period=b)")[0], "`period`"),
    (calls("np.polynomial.", "legendre.legval(x, X)")[0], "an array of coefficients"),
    (calls("np.polynomial.", "polynomial.polyint(x, lbnd=1.0)")[0], "`lbnd`"),
    (calls("np.lib.stride_tricks.", "as_strided(x[::2], (2,), (8,))")[0], "not contiguous"),
    (calls("np.lib.stride_tricks.", "as_strided(x, (2,), (4,))")[0], "overlap in part"),
    (calls("np.", "fft.fft2(X, (3, 7), axes=(0, 0))")[0], "one axis twice"),
    (calls("np.", "piecewise(x, np.array([x < 0, x > 0]), [np.cos, np.sin])")[0], "no derivative rule"),
]
FIRST_ORDER: frozenset[str] = frozenset()
