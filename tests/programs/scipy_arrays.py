"""Filters, transforms, integrals and systems of SciPy in models of signals, images and fields."""

import numpy as np
import scipy.linalg as sl
from case import case
from scipy import fft, integrate, ndimage, signal, sparse, special
from scipy.linalg import cho_factor, cho_solve, expm, lu_factor, lu_solve, solve_banded

X = np.array([0.3, 0.85, 0.6, 1.7, 0.2])
IMAGE = np.array([[0.3, -1.2, 0.8, 0.1], [1.1, 0.4, -0.5, 0.7], [0.2, 0.9, -0.3, 1.4]])
MATRIX = np.array([[2.1, 0.3, -0.4], [0.5, 1.7, 0.2], [-0.3, 0.6, 2.6]])


def blurred(image, kernel, strength):
    smooth = ndimage.gaussian_filter(image, 0.8, mode="nearest")
    sharp = image + strength * (image - smooth) + ndimage.convolve(image, kernel, mode="wrap")
    return np.sum(ndimage.sobel(sharp, axis=0) ** 2) + ndimage.uniform_filter(sharp, 3)


def recursive_filter(x, gain, steps):
    for _ in range(steps):
        x = signal.lfilter([gain, 0.2], [1.0, -0.4 * gain], x) + 0.1 * signal.detrend(x)
    return x


def matched(x, template):
    score = signal.correlate(x, template, mode="same") + signal.fftconvolve(x, template, "same")
    return score * signal.savgol_filter(x, 3, 1)


def compressed(image, keep):
    spectrum = fft.dct(fft.dct(image, axis=0, norm="ortho"), axis=1, norm="ortho") * keep
    return fft.idct(fft.idct(spectrum, axis=1, norm="ortho"), axis=0, norm="ortho") + np.abs(fft.fft2(image)) * keep


def implicit_step(u, diffusion, steps):
    """Steps of a heat equation, each a tridiagonal system."""
    n = len(u)
    for _ in range(steps):
        bands = np.array([-diffusion * np.ones(n), (1.0 + 2.0 * diffusion) * np.ones(n), -diffusion * np.ones(n)])
        u = solve_banded((1, 1), bands, u)
    return integrate.simpson(u, dx=0.5) + integrate.cumulative_trapezoid(u, dx=diffusion)[-1]


def covariances(m, y):
    factor = cho_factor(m @ m.T + np.eye(3))
    weights = cho_solve(factor, y)
    again = lu_solve(lu_factor(m), weights)
    return y @ weights + np.sum(np.log(np.diag(factor[0]))) + again @ y


def functions_of_matrices(m, t):
    square = m @ m.T + np.eye(3)
    return expm(t * m) + sl.sqrtm(square) @ sl.logm(square) + sl.toeplitz(m[0], m[1]) * np.linalg.svd(m)[1]


def special_functions(x, k):
    pieces = special.spherical_jn(2, x) * special.ellipkinc(0.3 * x, 0.2) + special.eval_legendre(3, 0.4 * x)
    return pieces * special.boxcox(x, k) + special.voigt_profile(x, k, 0.5) + special.airy(x)[0] * special.expn(2, x)


def of_either_kind(matrix, v):
    """Arrays of the other kinds have methods that plain arrays do not have."""
    if sparse.issparse(matrix):
        size = sparse.linalg.norm(matrix)
        w = matrix.multiply(2.0).dot(v)
    else:
        size = np.linalg.norm(matrix)
        w = matrix.dot(v)
    if np.ma.isMaskedArray(v):
        w = np.ma.array(w, mask=v.mask)
    return w / size


CASES = [
    case(of_either_kind, np.array([[0.4, 1.2], [-0.3, 0.8]]), np.array([0.5, -1.1])),
    case(blurred, IMAGE, IMAGE[:, :3] * 0.3, 0.7),
    case(recursive_filter, X, 0.6, 3),
    case(matched, X, X[:3] * 0.7),
    case(compressed, IMAGE, 0.4),
    case(implicit_step, X, 0.3, 3),
    case(covariances, MATRIX, X[:3]),
    case(functions_of_matrices, MATRIX, 0.3),
    case(special_functions, X, 0.6),
]
