"""Fourier transforms, statistics, polynomials, least squares and insertion, as programs use them."""

import numpy as np
from case import case

RNG = np.random.default_rng(23)
SIGNAL = RNG.normal(size=8)
IMAGE = RNG.normal(size=(4, 6))
SAMPLES = RNG.normal(size=(3, 7))
SPECTRUM = RNG.normal(size=5) + 1j * RNG.normal(size=5)
DESIGN = RNG.normal(size=(6, 3))
SQUARE = RNG.normal(size=(3, 3)) + 3.0 * np.diag([1.0, 1.4, 2.0])


def spectral_energy(x):
    """Power in the upper half of the spectrum."""
    spectrum = np.fft.rfft(x)
    power = np.abs(spectrum) ** 2
    return np.sum(power[2:]) / np.sum(power)


def low_pass(x, cutoff):
    """Filtered by a smooth window over the frequencies."""
    frequencies = np.fft.rfftfreq(len(x), d=0.1)
    window = 1.0 / (1.0 + (frequencies / cutoff) ** 2)
    return np.sum(np.fft.irfft(np.fft.rfft(x) * window, n=len(x)) ** 3)


def convolution(x, kernel):
    """Of two images, through their transforms."""
    product = np.fft.fft2(x) * np.fft.fft2(kernel, s=x.shape)
    return np.sum(np.real(np.fft.ifft2(product)) ** 2)


def spectral_derivative(u):
    """d/dx of a periodic function."""
    k = 1j * np.fft.fftfreq(len(u), 1.0 / len(u))
    du = np.real(np.fft.ifft(k * np.fft.fft(u)))
    return np.sum(u * du**2)


def complex_transform(z):
    shifted = np.fft.fftshift(np.fft.fft(z, n=7, norm="ortho"))
    return np.sum(np.abs(shifted) ** 2 * np.arange(7.0)) + np.real(np.fft.irfft(z)[1])


def several_axes(x):
    y = np.fft.rfftn(x, axes=(0, 1))
    return np.sum(np.abs(np.fft.ifftn(y * y)) ** 2) + np.sum(np.fft.irfftn(y, s=x.shape, axes=(0, 1)) ** 3)


def portfolio_risk(returns, weights):
    return weights @ np.cov(returns) @ weights


def decorrelation(samples):
    c = np.corrcoef(samples)
    return np.sum((c - np.eye(len(samples))) ** 2)


def robust_scale(x):
    quartiles = np.percentile(x, [25, 75])
    return (quartiles[1] - quartiles[0]) * np.quantile(x, 0.4) + np.sum(np.quantile(x, 0.3, axis=0))


def histograms_of_integers(w):
    """Weights of values and edges that are integers."""
    values = np.array([0, 2, 2, 5, 1, 0, 3])[: len(w)]
    known, _ = np.histogram(values, np.arange(5), weights=w[: len(values)])
    found, _ = np.histogram(values, 3, weights=w[: len(values)])
    return np.sum(known**2) + np.sum(found**3)


def mean_by_histogram(w):
    """Edges that are integers, and are read."""
    counts, edges = np.histogram(np.arange(len(w)) * 0.4, bins=[0, 1, 2, 4], weights=w)
    centres = 0.5 * (edges[1:] + edges[:-1])
    return np.sum(counts * centres) / np.sum(counts**2)


def edges_by_number(x, count):
    """A number of bins may be a number of NumPy."""
    _, edges = np.histogram(x, count)
    return np.sum(edges**2) + edges[1]


def histogram_of_weights(w):
    counts = np.bincount(np.array([0, 2, 1, 2, 0, 4, 1, 1]), weights=w, minlength=6)
    return np.sum(counts**2)


def fitted_line(a, b):
    """Least squares, and what is left."""
    solution, rest, rank, values = np.linalg.lstsq(a, b, rcond=None)
    return np.sum(solution**2) + rest[0] + values[0] / values[2] + rank


def conditioning(a):
    return np.log(np.linalg.cond(a)) + np.linalg.cond(a, 1) + np.linalg.norm(a, "nuc") + np.linalg.norm(a, 2)


def spectral_radius(a):
    return np.max(np.abs(np.linalg.eigvals(a)))


def polynomials(p, q, x):
    total = np.polysub(np.polyadd(np.polyder(p), q), np.polyint(q))
    return np.polyval(total, x) + np.sum(np.vander(x * np.arange(1.0, 4.0), 4) ** 2)


def padded_by_hand(x, left, right):
    y = np.insert(x, 0, left)
    y = np.insert(y, [3, 5], right, axis=0)
    return np.sum(y[1:] * y[:-1] ** 2) + np.sum(np.ediff1d(x) ** 3)


def assembled(a, b, c):
    system = np.block([[a, np.reshape(b, (3, 1))], [b, c]])
    return np.linalg.det(system) + np.sum(np.block([b, c]) ** 2)


def looked_up(x, y):
    return np.sum(np.choose([0, 1, 1, 0, 1], [x, y, 2.0 * x]) ** 2) + np.sum(x.compress([True, False, True]) ** 3)


def written_into(x, s):
    """Choices and joined arrays as the new contents of a buffer."""
    r = np.zeros(8)
    r[:] = np.select([x > 0.0], [x * s], 0.0)
    r[1:6] += np.choose([0, 1, 0, 1, 1], [r[:5] * s, x[:5]])
    r[...] = np.insert(r[:7] * x[1:], 2, s * s)
    r[:] = np.block([r[:4] * s, x[4:]])
    return np.sum(r * x)


def smallest_three(x):
    return np.sum(np.partition(x, 3)[:3] * np.arange(1.0, 4.0) ** 0) ** 2 + np.sum(np.unique(x) ** 2)


def log_spaced(low, high):
    return np.sum(np.logspace(low, high, 6) ** 0.5)


CASES = [
    case(spectral_energy, SIGNAL),
    case(low_pass, SIGNAL, 1.3),
    case(mean_by_histogram, SIGNAL),
    case(edges_by_number, SIGNAL, np.int64(3), wrt=(0,)), case(edges_by_number, SIGNAL, 3, wrt=(0,), label="plain"),
    case(convolution, IMAGE, IMAGE[:2, :3]),
    case(spectral_derivative, SIGNAL),
    case(complex_transform, SPECTRUM, file=False),
    case(several_axes, IMAGE),
    case(portfolio_risk, SAMPLES, np.array([0.2, 0.5, 0.3])),
    case(decorrelation, SAMPLES),
    case(robust_scale, SAMPLES, smooth=False),
    case(histogram_of_weights, SIGNAL),
    case(histograms_of_integers, SIGNAL),
    case(fitted_line, DESIGN, RNG.normal(size=6)),
    case(conditioning, SQUARE, tol=1e-6),
    case(spectral_radius, SQUARE, tol=1e-6),
    case(polynomials, np.array([0.5, -1.0, 2.0]), np.array([0.7, 0.2]), 0.8),
    case(padded_by_hand, SIGNAL, 0.4, np.array([0.3, -0.6])),
    case(assembled, SQUARE, np.array([0.3, -0.2, 0.5]), np.array(1.7)),
    case(looked_up, SIGNAL[:5], SIGNAL[3:]),
    case(smallest_three, SIGNAL, smooth=False),
    case(log_spaced, 0.2, 1.1),
    case(written_into, SIGNAL, 0.6, smooth=False),
]
