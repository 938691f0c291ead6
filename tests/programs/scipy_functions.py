"""Functions of SciPy in models: distributions, priors, Bessel functions, sums of exponentials."""

import numpy as np
import scipy.special
from case import case
from scipy import special
from scipy.special import erf, logsumexp

X, Y = np.array([0.3, 0.85, 0.6]), np.array([1.3, 0.7, 2.4])
TABLE = np.array([[0.3, -1.2, 0.8], [1.1, 0.4, -0.5]])


def normal_tail(x, scale):
    """The probability of a normal variable beyond x, and its logarithm, and back again."""
    return 0.5 * special.erfc(x / scale) + special.log_ndtr(-x) * special.ndtr(x) + special.ndtri(x) * special.erfinv(x)


def logistic(x, y):
    return special.expit(y) * special.logit(x) + special.log_expit(-y) + special.xlogy(x, y) + special.entr(x)


def gamma_density(x, shape, rate):
    """The logarithm of a Gamma density, with its entropy."""
    entropy = shape - np.log(rate) + special.gammaln(shape) + (1.0 - shape) * special.digamma(shape)
    return shape * np.log(rate) + special.xlogy(shape - 1.0, x) - rate * x - special.gammaln(shape) + entropy


def beta_functions(x, y):
    parts = special.beta(x, y) * special.betaln(y, x) + special.polygamma(1, y) * special.rgamma(x)
    return parts + special.gammainc(1.5, y) * special.betainc(0.7, 1.4, x) + special.multigammaln(y + 2.0, 2)


def bessel_series(x, y):
    series = special.j0(x) * special.jv(2, y) + special.i1(y) * special.kv(1, x) + special.yn(2, y)
    return series + special.ive(1, x) + special.k0e(y) + special.ellipk(x) * special.ellipe(x)


def mixture(x, weights, axis):
    """The likelihood of a mixture: sums of exponentials with and without weights, over axes given from outside."""
    whole = logsumexp(x, axis=axis, b=weights, keepdims=True) + special.logsumexp(x)
    return whole * special.softmax(x, axis=axis) + special.log_softmax(x, axis=1)


def in_a_loop(x, steps):
    total = 0.0
    for n in range(steps):
        x = erf(x) + 0.1 * n * scipy.special.exp1(x + 1.0)
        total += x * special.huber(1.0, x)
    return total


CASES = [
    case(normal_tail, X, 1.4),
    case(logistic, X, Y),
    case(gamma_density, Y, 1.7, 0.8),
    case(beta_functions, X, Y),
    case(bessel_series, X, Y),
    case(mixture, TABLE, Y, 1),
    case(mixture, TABLE, Y, -2, label="columns"),
    case(in_a_loop, 0.4, 4),
]
