"""Branches chosen entry by entry, where the branch not taken has an infinite or undefined derivative."""
import numpy as np
from case import case

EDGE = np.array([-0.5, 0.0, 0.3, 1.2])


def root_above(x, threshold):
    """The derivative of the square root is infinite at 0 and undefined below."""
    return np.where(x > threshold, np.sqrt(x), threshold * x)


def entropy(p):
    """p log p with 0 log 0 = 0; the entry at 0 is held there by the mask."""
    terms = np.where(p > 0.1, p * np.log(p), p**2)
    return -np.sum(terms)


def safe_ratio(a, b):
    """Division by zero in the branch that is thrown away, in both arguments."""
    ratio = a / b
    return np.sum(np.where(b == 0.0, a, ratio), axis=0)


def arc_length(x, radius):
    """Inverse functions outside their domain, and a power with a negative base, all discarded."""
    inside = np.abs(x) < radius
    arc = radius * np.arcsin(x / radius)
    tail = (np.abs(x) - radius) ** 0.5
    return np.where(inside, arc, tail + x)


def scaled_unless_constant(x):
    """Standardise each row; a constant row has no spread and is left alone."""
    spread = np.std(x, axis=1, keepdims=True)
    scaled = (x - np.mean(x, axis=1, keepdims=True)) / spread
    return np.where(spread > 0.1, scaled, 2.0 * x)


def unit_or_zero(v):
    """Rows brought to length one; the row of zeros stays, and no nan comes back to it."""
    length = np.linalg.norm(v, axis=1, keepdims=True)
    return np.where(length > 0.1, v / length, v * v)


def boolean_products(x, low, high):
    """A window as a product of comparisons, and masks combined by & and |."""
    window = (x > low) * (x < high)
    outside = (x < low) | (x > high) & ~(x > 10.0)
    return window * np.exp(x) + outside * (x - low) * (high - x)


def huber_tail_by_count(x, delta):
    """The mask also enters as a number: a mean over the entries that pass."""
    passed = np.abs(x) <= delta
    kept = np.sum(np.where(passed, x**2, 0.0)) / np.sum(passed)
    return kept + delta * np.mean(np.where(passed, 0.0, np.abs(x) - 0.5 * delta))


def nested_choice(x):
    """A where in a where: three regions, each undefined in another's territory."""
    right = np.log1p(x)
    left = 1.0 / (1.0 - x) + np.sqrt(-2.0 - x)
    return np.where(x < -2.0, left, np.where(x > -1.0, right, x**3 / 6.0))


def guarded_argument(x):
    """The usual repair in plain NumPy: replace the argument before the logarithm sees it."""
    positive = x > 0.0
    inner = np.where(positive, x, 1.0)
    return np.where(positive, np.log(inner) / inner, np.expm1(x))


def floored(v):
    return np.maximum(v, 0.0)


def volatility(v):
    return np.sqrt(v)


def variance_that_touches_zero(v, speed, steps):
    """The roots of what is cut off at 0 have infinite slopes of both signs, which meet a slope of 0."""
    price = np.zeros_like(v)
    for n in range(steps):
        cut = np.maximum(v, 0.0)
        price = price + np.sqrt(0.1 * cut) * (1.0 - 0.7 * n) - 0.5 * cut
        v = v + speed * (0.2 - cut) + 0.4 * volatility(floored(v)) * (n - 0.5)
    return price + volatility(np.clip(v, 0.0, None))


def not_chosen(x):
    """The slope of a root is infinite at 0, where another value is taken."""
    root = np.cbrt(x)
    return np.sum(np.maximum(root, 0.5) * np.clip(root, 0.2, 5.0)) + np.minimum(root, -0.3)


CASES = [
    case(not_chosen, np.array([0.0, 0.3, 1.7])),
    case(variance_that_touches_zero, np.array([-0.3, 0.5, -1.2, 0.05]), 0.3, 4),
    case(root_above, EDGE, 0.1),
    case(root_above, 0.7, 0.1, label="scalar"),
    case(root_above, 0.0, 0.1, label="scalar, infinite and not taken"),
    case(entropy, np.array([0.0, 0.05, 0.25, 0.7])),
    case(safe_ratio, np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([0.5, 2.5])),
    case(safe_ratio, np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([0.0, 2.5]), wrt=0, label="zero divisor"),
    case(arc_length, np.array([-1.9, -0.4, 0.2, 1.7]), 1.1),
    case(scaled_unless_constant, np.array([[0.3, 1.1, -0.4], [0.5, 0.5, 0.5]])),
    case(unit_or_zero, np.array([[0.0, 0.0], [0.6, -0.8], [1.0, 2.0]])),
    case(boolean_products, EDGE, -0.2, 0.8),
    case(huber_tail_by_count, np.array([-2.0, -0.3, 0.4, 1.9]), 1.0),
    case(nested_choice, np.array([-2.6, -1.5, -0.5, 0.4])),
    case(guarded_argument, EDGE[[0, 2, 3]]),
]
