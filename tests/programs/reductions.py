"""Sums, means, extremes, spreads and norms over all axes, some axes and with keepdims."""
import numpy as np
from case import case

RNG = np.random.default_rng(1)
VECTOR = RNG.normal(size=6)
TABLE = RNG.normal(size=(3, 4))
STACK = RNG.uniform(0.5, 1.5, (2, 3, 4))


def weighted_total(w, x):
    """Sums over everything, over each axis and over a pair of axes."""
    everything = np.sum(w * x)
    columns = np.sum(x, axis=0)
    rows = x.sum(axis=-1)
    return everything * np.sum(columns**2) + np.sum(np.sin(rows)) + np.sum(x, axis=(0, 1))


def standardise(x: np.ndarray):
    """Each column to mean 0 and standard deviation 1.  Shapes: x[n, m]"""
    centred = x - np.mean(x, axis=0)
    return centred / np.std(x, axis=0)


def layer_normalisation(x, gain, bias):
    """Normalise the last axis, keeping it for broadcasting."""
    mean = x.mean(axis=-1, keepdims=True)
    variance = x.var(axis=-1, keepdims=True)
    return gain * (x - mean) / np.sqrt(variance + 1e-3) + bias


def sample_statistics(x):
    """Variance with one and with no degree of freedom taken off, and skewness from moments."""
    spread = np.std(x, ddof=1)
    skewness = np.mean((x - np.mean(x)) ** 3) / np.var(x) ** 1.5
    return spread + 2.0 * skewness + np.var(x, ddof=1)


def log_sum_exp(x):
    """Shifted by the largest entry of each row, as everyone writes it."""
    top = np.max(x, axis=1, keepdims=True)
    return np.log(np.sum(np.exp(x - top), axis=1)) + np.squeeze(top, axis=1)


def softmax_entropy(logits, temperature):
    """Entropy of a softmax over the last axis, for any rank."""
    z = logits / temperature
    z = z - z.max(axis=-1, keepdims=True)
    p = np.exp(z)
    p = p / p.sum(axis=-1, keepdims=True)
    return -np.sum(p * np.log(p), axis=-1)


def range_and_product(x):
    """Extremes over an axis, over two axes, and products beside them."""
    span = np.max(x, axis=1) - x.min(axis=1)
    geometric = np.prod(x, axis=(0, 2)) ** 0.25
    return np.sum(span) * geometric + np.max(x) * np.amin(x)


def product_with_a_zero(x):
    """One factor is zero: its own derivative is the product of the rest."""
    return np.prod(x) + 0.5 * x.prod(axis=0)


def running_totals(x, decay):
    """Cumulative sums along an axis and over the flattened array."""
    drift = np.cumsum(x, axis=1)
    level = x.cumsum()
    return np.exp(-decay * drift) + np.mean(level**2)


def norms(x, y):
    """Lengths of vectors, of a matrix, and of each row."""
    direction = x / np.linalg.norm(x)
    lengths = np.linalg.norm(y, axis=1, keepdims=True)
    return np.sum(direction[:4] * y / lengths) + np.linalg.norm(y) * np.linalg.norm(x, 1)


def soft_minimum(x, sharpness):
    """A power mean beside the true minimum, reductions nested in reductions."""
    power_mean = np.mean(x**-sharpness, axis=(0, -1)) ** (-1.0 / sharpness)
    return np.sum(np.min(np.max(x, axis=2), axis=0) * power_mean)


def batch_normalised_loss(x, gain):
    """keepdims over several axes at once, then a mean over the rest."""
    centre = np.mean(x, axis=(0, 2), keepdims=True)
    scale = np.std(x, axis=(0, 2), keepdims=True)
    return np.mean(np.tanh(gain * (x - centre) / scale) ** 2, axis=(0, 2)).max()


def masked_mean(x, keep):
    """Mean and spread over the entries that a mask keeps, counted by a sum of booleans."""
    count = np.sum(keep, axis=0)
    mean = np.sum(x * keep, axis=0) / count
    deviation = np.where(keep, x - mean, 0.0)
    return mean - np.sqrt(np.sum(deviation**2, axis=0) / count + 0.1)


def by_options(x, axis, keepdims):
    """Axis and keepdims as a library function passes them on: known only when the program runs."""
    total = np.sum(x, axis=axis, keepdims=keepdims) + np.mean(x**2, axis=axis, keepdims=keepdims)
    spread = np.std(x, axis=axis, keepdims=keepdims) * x.var(axis=axis, keepdims=keepdims)
    return total * spread + np.max(x, axis=axis, keepdims=keepdims) * np.prod(x, axis=axis, keepdims=keepdims)


def of_lists(x, k):
    """Statistics of lists, as NumPy takes them for arrays."""
    items = [k, x[0] * k, x[1], np.sin(x[2])]
    spread = np.percentile(items, 60) + np.quantile(items, [0.2, 0.7])[1] * np.nanmedian(items)
    powers = np.vander([x[0], k]) * np.fmax([k, x[1]], 0.1) + np.linalg.qr([[x[0], 1.0], [k, 2.0]])[1]
    return spread * np.sum(powers**2) + np.fft.fft([k, x[0]]).real[1]


def sum_of_a_number_that_steps(w, b):
    m = w * 0.0
    for _ in range(2):
        m += 0.1 * (np.cos(w) * b - m)
        w = w - 0.1 * m
    return np.sum(w) + np.mean(m)


SQUARE = RNG.normal(size=(3, 3))
CASES = [
    case(sum_of_a_number_that_steps, 0.7, 0.4),
    case(sum_of_a_number_that_steps, np.array([0.7, 0.2]), 0.4, label="array", file=False),
    case(of_lists, np.array([0.3, 1.1, 2.5]), 0.7),
    case(by_options, SQUARE, 1, False),
    case(by_options, SQUARE, 1, True, label="kept"),
    case(by_options, SQUARE, None, False, label="all"),
    case(weighted_total, TABLE[0], TABLE),
    case(standardise, TABLE),
    case(layer_normalisation, TABLE, np.array([1.0, 0.8, 1.2, 0.9]), 0.1),
    case(layer_normalisation, STACK, 1.1, np.zeros(4), label="rank three"),
    case(sample_statistics, VECTOR),
    case(sample_statistics, TABLE.T, label="matrix, not contiguous"),
    case(log_sum_exp, TABLE),
    case(softmax_entropy, VECTOR, 0.7),
    case(softmax_entropy, STACK, np.array([[0.5], [0.8], [1.1]]), label="rank three"),
    case(range_and_product, STACK),
    case(product_with_a_zero, np.array([1.5, 0.0, -0.7, 2.0])),
    case(running_totals, TABLE, 0.3),
    case(norms, VECTOR, TABLE),
    case(soft_minimum, STACK, 3.0),
    case(batch_normalised_loss, STACK, np.array([[0.9], [1.1], [1.4]])),
    case(masked_mean, TABLE, TABLE > -0.2),
]
