"""Functions of SciPy in models: distributions, priors, Bessel functions, sums of exponentials."""

import numpy as np
import scipy.fft
import scipy.integrate
import scipy.linalg
import scipy.special
from case import case
from scipy import special
from scipy.linalg import cholesky, solve_triangular
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


def gaussian_process(lengths, noise, x, y):
    """Minus the logarithm of a likelihood, by a Cholesky factor and triangular solutions."""
    kernel = np.exp(-0.5 * (x[:, None] - x[None, :]) ** 2 / lengths**2) + noise * np.eye(len(x))
    factor = cholesky(kernel, lower=True)
    white = solve_triangular(factor, y, lower=True, check_finite=False)
    upper = scipy.linalg.cholesky(kernel)
    again = solve_triangular(upper, solve_triangular(upper, y, trans=1))
    return 0.5 * white @ white + np.sum(np.log(np.diag(factor))) + again @ y


def systems(a, b):
    solved = scipy.linalg.solve(a, b) + scipy.linalg.inv(a) @ b + solve_triangular(a, b, trans=1, lower=True)
    return solved * scipy.linalg.det(a) * scipy.linalg.norm(b)


def flow_of_a_matrix(a, t):
    w, v = scipy.linalg.eigh(a @ a.T, lower=False)
    return scipy.linalg.expm(t * a) @ scipy.linalg.block_diag(a[:2, :2], t) + np.abs(v) * w


def spectrum(x):
    power = np.abs(scipy.fft.rfft(x)) ** 2
    return power * scipy.integrate.trapezoid(x, dx=0.3) + scipy.fft.ifft(scipy.fft.fft(x))[:3].real


MATRIX = np.array([[2.1, 0.3, -0.4], [0.5, 1.7, 0.2], [-0.3, 0.6, 2.6]])
CASES = [
    case(gaussian_process, 0.8, 0.3, X, Y),
    case(systems, MATRIX, Y),
    case(systems, MATRIX, TABLE.T, label="two right sides"),
    case(flow_of_a_matrix, MATRIX, 0.3),
    case(spectrum, np.concatenate([X, Y])[:5]),
    case(normal_tail, X, 1.4),
    case(logistic, X, Y),
    case(gamma_density, Y, 1.7, 0.8),
    case(beta_functions, X, Y),
    case(bessel_series, X, Y),
    case(mixture, TABLE, Y, 1),
    case(mixture, TABLE, Y, -2, label="columns"),
    case(in_a_loop, 0.4, 4),
]
