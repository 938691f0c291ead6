"""Derivatives of distributions of scipy.stats, called by name: `scipy.stats.norm.logpdf(x, loc, scale)`.

A row knows the density of its distribution and the slope of its logarithm in `u`, the standardised argument; the
derivatives of all its methods follow.  Shapes that SciPy has no derivative for carry none: there the call is refused.
"""

from __future__ import annotations

from .declare import elementwise

PSI = "scipy.special.psi"


def distribution(name: str, slope: str, shapes: dict[str, str | None], support: str = "") -> None:
    """The rows of a continuous distribution: `slope` of its log-density in u, and the partials of that in `shapes`."""
    op = f"scipy.stats.{name}"
    given = "".join(f"{s}, " for s in shapes)
    u = "u = (x - loc) / scale"
    slope = f"np.where({support}, {slope}, 0.0)" if support else f"({slope})"
    inside = [p and (f"np.where({support}, {p}, 0.0)" if support else f"({p})") for p in shapes.values()]
    tail = "loc=0, scale=1)"
    elementwise(
        f"{op}.logpdf(x, {given}{tail}", f"{slope} / scale", *inside, f"-{slope} / scale",
        f"-(1.0 + u * {slope}) / scale", let=u,
    )  # fmt: skip
    elementwise(
        f"{op}.pdf(x, {given}{tail}", f"out * {slope} / scale", *(p and f"out * {p}" for p in inside),
        f"-out * {slope} / scale", f"-out * (1.0 + u * {slope}) / scale", let=u,
    )  # fmt: skip
    unknown = [None] * len(shapes)
    density = f"{u}; f = {op}.pdf(x, {given}loc, scale)"
    elementwise(f"{op}.cdf(x, {given}{tail}", "f", *unknown, "-f", "-u * f", let=density)
    elementwise(f"{op}.sf(x, {given}{tail}", "-f", *unknown, "f", "u * f", let=density)
    share = f"{u}; f = np.exp({op}.logpdf(x, {given}loc, scale) - out)"
    elementwise(f"{op}.logcdf(x, {given}{tail}", "f", *unknown, "-f", "-u * f", let=share, singular="root")
    elementwise(f"{op}.logsf(x, {given}{tail}", "-f", *unknown, "f", "u * f", let=share, singular="root")
    for method, sign in (("ppf", ""), ("isf", "-")):
        elementwise(
            f"{op}.{method}(q, {given}{tail}", f"{sign}1.0 / {op}.pdf(out, {given}loc, scale)", *unknown, "1.0",
            "(out - loc) / scale", singular="pole",
        )  # fmt: skip


POSITIVE = "u > 0.0"
distribution("norm", "-u", {})
distribution("expon", "-1.0", {}, "u >= 0.0")
distribution("uniform", "0.0", {}, "(u >= 0.0) & (u <= 1.0)")
distribution("laplace", "-np.sign(u)", {})
distribution("logistic", "-np.tanh(0.5 * u)", {})
distribution("cauchy", "-2.0 * u / (1.0 + u * u)", {})
distribution("halfnorm", "-u", {}, "u >= 0.0")
distribution("gumbel_r", "np.exp(-u) - 1.0", {})
distribution("rayleigh", "1.0 / u - u", {}, POSITIVE)
distribution("lognorm", "-(1.0 + np.log(u) / s**2) / u", {"s": "np.log(u) ** 2 / s**3 - 1.0 / s"}, POSITIVE)
distribution("gamma", "(a - 1.0) / u - 1.0", {"a": f"np.log(u) - {PSI}(a)"}, POSITIVE)
distribution("chi2", "(0.5 * df - 1.0) / u - 0.5", {"df": f"0.5 * (np.log(0.5 * u) - {PSI}(0.5 * df))"}, POSITIVE)
distribution("weibull_min", "(c - 1.0) / u - c * np.power(u, c - 1.0)",
             {"c": "1.0 / c + np.log(u) * (1.0 - np.power(u, c))"}, POSITIVE)  # fmt: skip
distribution("pareto", "-(b + 1.0) / u", {"b": "1.0 / b - np.log(u)"}, "u > 1.0")
distribution("beta", "(a - 1.0) / u - (b - 1.0) / (1.0 - u)",
             {"a": f"np.log(u) - {PSI}(a) + {PSI}(a + b)", "b": f"np.log1p(-u) - {PSI}(b) + {PSI}(a + b)"},
             "(u > 0.0) & (u < 1.0)")  # fmt: skip
distribution("t", "-(df + 1.0) * u / (df + u * u)",
             {"df": f"0.5 * ({PSI}(0.5 * (df + 1.0)) - {PSI}(0.5 * df) - 1.0 / df - np.log1p(u * u / df) "
                    "+ (df + 1.0) * u * u / (df * (df + u * u)))"})  # fmt: skip


def counted(name: str, shapes: dict[str, str | None]) -> None:
    """The rows of a distribution of whole numbers: the partials of its log-mass in `shapes`."""
    given = "".join(f"{s}, " for s in shapes)
    for method, factor in (("logpmf", ""), ("pmf", "out * ")):
        partials = [p and f"{factor}({p})" for p in shapes.values()]
        elementwise(f"scipy.stats.{name}.{method}(k, {given}loc=0)", None, *partials, None)


counted("poisson", {"mu": "(k - loc) / mu - 1.0"})
counted("binom", {"n": None, "p": "(k - loc) / p - (n - (k - loc)) / (1.0 - p)"})
counted("bernoulli", {"p": "(k - loc) / p - (1.0 - (k - loc)) / (1.0 - p)"})
counted("geom", {"p": "1.0 / p - (k - loc - 1.0) / (1.0 - p)"})
