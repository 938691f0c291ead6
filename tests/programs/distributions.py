"""Likelihoods by distributions of scipy.stats, fits of polynomials, borders, pieces and quantiles in models."""

import numpy as np
import scipy.stats
import scipy.stats as st
from case import case
from scipy.stats import norm, norm as normal

X, Y = np.array([0.3, 0.85, 0.6, 1.7]), np.array([1.3, 0.7, 2.4, 0.2])
TABLE = np.array([[0.3, -1.2, 0.8], [1.1, 0.4, -0.5]])


def log_likelihood(mean, scale, x):
    return np.sum(norm.logpdf(x, loc=mean, scale=scale)) + scipy.stats.gamma.logpdf(scale, 2.0, scale=0.5)


def frozen(mean, scale, x):
    """Distributions with their parameters, made where they are used."""
    return norm(mean, scale).logpdf(x) + st.gamma(2.0, scale=scale).cdf(x) * norm(0.0, 1.0).ppf(0.3)


def probit(weights, x, y):
    """A regression of yes and no, with the distribution under another name."""
    chance = normal.cdf(x * weights[0] + weights[1])
    return -np.sum(np.where(y > 1.0, np.log(chance), np.log(1.0 - chance)))


def value_at_risk(returns, spread):
    cut = np.quantile(returns, 0.3 + 0.1 * spread)
    return cut + st.norm.ppf(0.3, cut, spread) * np.percentile(returns, 60.0, method="hazen")


def steps(x, n):
    for _ in range(n):
        x = x + 0.1 * scipy.stats.t.logpdf(x, 4.0) - 0.2 * st.norm.sf(x)
    return x


def imported_inside(x):
    from scipy.stats import expon

    return expon.pdf(x, scale=2.0) * norm.ppf(0.9)


def trend(x, y):
    c = np.polyfit(x, y, 1)
    return np.sum((np.polyval(c, x) - y) ** 2) + np.sum(np.polynomial.chebyshev.chebval(x, c))


def padded_field(field, border):
    wide = np.pad(field, 1, constant_values=border)
    return wide[2:, 1:-1] + wide[:-2, 1:-1] - 2.0 * field + np.pad(field, 1, "mean")[1:-1, 2:]


def force(x, stiffness):
    def pulled(t):
        return -stiffness * t

    return np.piecewise(x, [x < 0.5, x < 1.0], [pulled, np.sin, 0.3])


def growth(rates, low, high):
    poles = np.roots(rates)
    return np.sum(np.abs(poles)) * np.geomspace(low, high, 4)


CASES = [
    case(log_likelihood, 0.4, 1.2, X),
    case(frozen, 0.4, 1.2, X),
    case(probit, np.array([0.7, -0.4]), X, Y, wrt=(0, 1)),
    case(value_at_risk, X, 0.8),
    case(steps, X, 3),
    case(steps, 0.4, 2, label="number"),
    case(imported_inside, X),
    case(trend, X, Y),
    case(padded_field, TABLE, 0.7),
    case(force, X, 0.8),
    case(growth, np.array([1.0, -0.7, 0.4, 0.2]), 0.3, 2.2),
]
