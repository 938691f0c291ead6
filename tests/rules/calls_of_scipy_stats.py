"""Calls of distributions of scipy.stats."""

# ruff: noqa: E501
from __future__ import annotations

from library_calls import Call, calls

METHODS = ("logpdf", "pdf", "cdf", "sf", "logcdf", "logsf", "ppf", "isf")
SHAPES = {
    "norm": "", "laplace": "", "logistic": "", "cauchy": "", "gumbel_r": "", "expon": "", "halfnorm": "", "rayleigh": "",
    "lognorm": "s", "gamma": "s", "chi2": "s", "weibull_min": "s", "t": "s", "pareto": "s", "uniform": "", "beta": "s, b",
}  # fmt: skip


def given(name: str, method: str) -> str:
    """Arguments inside of the support of a distribution."""
    if name in ("uniform", "beta") or method in ("ppf", "isf"):
        return "p"
    return "pos + 1.2" if name == "pareto" else "pos"


CALLS: list[Call] = [
    *calls("scipy.stats.", *(f"{n}.{m}({given(n, m)}, {s and '2.3, ' * len(s.split())}loc=-0.1 * c, scale=b)"
                             for n, s in SHAPES.items() for m in METHODS)),
    *calls("scipy.stats.", *(f"{n}.{m}({given(n, m)}, {s})" for n, s in SHAPES.items() if s for m in METHODS[:2]), s=2.1),
    *calls("scipy.stats.norm.", *(f"{m}(a)" for m in METHODS), "pdf(x32, c, b)", "logpdf(x[:, None], p, scale=pos)", "pdf(x=x, loc=p)"),
    *calls("scipy.stats.multivariate_normal.", *(f"{m}({g})" for m in METHODS[:2] for g in (
        "v, 0.3 * v, M @ M.T", "X.T, v, cov=M @ M.T", "v, cov=M @ M.T", "v, v * v, np.tril(M @ M.T)", "v, 0.2 * v, pos[:4]",
        "X.T, 0.2 * v, b", "x, c, b", "a", "a, c", "B, v, np.diag(pos[:4])", "x, cov=b"))),
    *calls("scipy.stats.", "poisson.logpmf([1, 2, 3], b)", "binom.pmf(2, 5, c)", "bernoulli.logpmf([0, 1], c)", "geom.pmf(2, c)"),
]  # fmt: skip
REFUSED = [
    (calls("scipy.stats.", "gamma.cdf(pos, b)")[0], "no derivative with respect to `a`"),
    (calls("scipy.stats.", "multivariate_normal.cdf(v, cov=M @ M.T)")[0], "`cdf`"),
    (calls("scipy.stats.", "multivariate_normal.logpdf(v, v, M @ M.T, allow_singular=True)")[0], "allow_singular"),
    (calls("scipy.stats.", "norm.entropy(0.0, b)")[0], "`entropy`"),
]
FIRST_ORDER: frozenset[str] = frozenset()
