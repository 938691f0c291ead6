"""Methods of ufuncs: reductions, running values, sums over stretches, tables of all pairs."""
import numpy as np
from case import case
from numpy import add, multiply

RNG = np.random.default_rng(17)
TABLE = RNG.normal(size=(3, 4))
SERIES = RNG.normal(size=7)
POINTS = RNG.normal(size=5)


def totals(x: np.ndarray):
    """Along the first axis, along another one, over all."""
    return np.sum(np.add.reduce(x) ** 2) + add.reduce(x, axis=1) @ np.arange(3.0) + np.add.reduce(x, axis=None) ** 2


def totals_of_some(x):
    first = np.add.reduce(x, where=x > -0.5)
    return np.sum(first**2) + np.add.reduce(x * x, axis=1, where=x > 0.0, initial=2.0) @ np.arange(3.0)


def products(x):
    return np.multiply.reduce(x, axis=1) @ np.multiply.reduce(x, 1) + np.sum(multiply.accumulate(x, axis=-1))


def log_likelihood(x):
    return np.sum(np.logaddexp.reduce(x, axis=1) * np.logaddexp.reduce(x, 1))


def span(x):
    return np.sum((np.maximum.reduce(x, axis=0) - np.minimum.reduce(x, axis=0)) ** 2)


def drawdown(x):
    """How far each value is below the highest so far."""
    prices = np.add.accumulate(x)
    return np.sum((np.maximum.accumulate(prices) - prices) ** 2)


def lowest_so_far(x):
    return np.sum(np.minimum.accumulate(x, axis=1) * x)


def stretches(x):
    """Sums over groups that lie one after the other."""
    return np.sum(np.add.reduceat(x, [0, 2, 3]) ** 3)


def energy_of_pairs(x):
    """All differences, all distances, all quotients."""
    apart = np.subtract.outer(x, x)
    near = np.exp(-(apart**2)) * np.add.outer(x, x)
    return np.sum(near) + np.sum(np.hypot.outer(x, np.array([1.0, 2.0])) * np.multiply.outer(x, [0.5, 3.0]))


def powers_of_each(x):
    return np.sum(np.power.outer(np.abs(x) + 0.5, [0.5, 2.0]) * np.divide.outer(x, x + 9.0)[:, :2])


def all_positive(x):
    """A condition on every row."""
    rows = np.logical_and.reduce(x > -0.5, axis=1)
    return np.sum(x[rows] ** 2)


CASES = [
    case(totals, TABLE),
    case(totals_of_some, TABLE),
    case(products, TABLE),
    case(log_likelihood, TABLE),
    case(span, TABLE, smooth=False),
    case(drawdown, SERIES, smooth=False),
    case(lowest_so_far, TABLE, smooth=False),
    case(stretches, SERIES),
    case(energy_of_pairs, POINTS),
    case(powers_of_each, POINTS),
    case(all_positive, TABLE),
]
