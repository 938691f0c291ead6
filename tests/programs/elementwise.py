"""Chains of elementwise operations and every way in which operators broadcast."""
import numpy as np
from case import case

RNG = np.random.default_rng(0)
ROW = RNG.uniform(0.4, 1.6, 4)
COLUMN = RNG.uniform(0.4, 1.6, (3, 1))
TABLE = RNG.uniform(0.4, 1.6, (3, 4))
SIGNED = RNG.normal(size=(3, 4))
STACK = RNG.uniform(0.5, 1.5, (2, 3, 4))


def gaussian_wave(x, centre, width, wavenumber):
    """A wave packet under a Gaussian envelope."""
    z = (x - centre) / width
    envelope = np.exp(-0.5 * z**2)
    return envelope * np.cos(wavenumber * x)


def inverse_functions(x: np.ndarray) -> np.ndarray:
    """Each inverse function inside its open domain."""
    u = np.tanh(0.5 * x)
    first = np.arcsin(u) + np.arctan(2.0 * u) * np.arctanh(u)
    second = np.arcsinh(x) - np.arccos(u) * np.arccosh(2.0 + x**2)
    return first - 0.3 * second


def exponentials_and_logs(x, y):
    """Stable and plain spellings of exponentials and logarithms, mixed."""
    a = np.log1p(x) + np.expm1(-y) + np.exp2(x - y)
    b = np.log2(x + y) * np.log10(2.0 + x * y)
    return np.logaddexp(a, b) - np.cbrt(b + 3.0)


def row_against_column(row, column):
    """Every arithmetic operator broadcasts an (m, 1) against an (n,)."""
    total = column + row
    difference = row - column
    ratio = total / column
    power = column**row
    remainder = (3.7 * total) % (column + 1.0)
    return total * difference + ratio - power + 0.1 * remainder


def scalar_with_array(scale: float, shift: float, x: np.ndarray):
    """A Python float on either side of each operator.  Shapes: x[n, m]"""
    left = scale - x * shift
    right = x / scale + 2.0**x
    return (left * right) ** 2 + shift / x


def zero_dimensional(t, x):
    """A 0-d array with an n-d one: the result of `t * t` is a scalar, that of `t * x` is not."""
    square = t * t
    decay = np.exp(-t * x)
    return decay * square + np.sin(t) / x


def size_one_axes(a, b, c):
    """Three operands, each stretched along a different axis."""
    product = a * b
    return np.sqrt(product + c) / (1.0 + b) - np.arctan2(a, c)


def leading_axes(stack, table, row):
    """Operands of rank three, two and one meet in one expression."""
    gated = stack * table - row
    return np.tanh(gated) * row + np.hypot(stack, row)


def both_stretched_to_a_third_shape(a, b):
    """(4, 1) with (1, 3), and the same operand twice in different roles."""
    grid = a * b
    return grid / (a + b) + a * a - np.minimum(a, b)


def methods_and_properties(x, y):
    """Methods and named attributes of arrays in place of functions."""
    shifted = (x - x.min()).clip(0.1, 0.9)
    return shifted.T * y.sum() + x.T.copy() * y.mean() - abs(y.prod())


def selection_by_comparison(x, threshold):
    """A mask as a factor, negation, absolute values, copysign and ties that do not occur."""
    above = x > threshold
    soft = np.maximum(x - threshold, 0.0) - np.abs(-x)
    return above * x**3 + ~above * np.copysign(soft, x) + np.sign(x) * soft


def named_ufuncs(x, y):
    """The function spelling of what are usually operators."""
    a = np.add(np.multiply(x, y), np.negative(y))
    b = np.true_divide(np.subtract(x, 1.5), np.square(y))
    return np.power(np.reciprocal(x), 1.5) + np.absolute(np.add(a, 4.0)) * np.positive(b)


def degrees(angle, slope):
    """Angles in degrees, a sinc and the hyperbolic functions."""
    radians = np.deg2rad(angle)
    rise = np.tan(radians) + np.degrees(slope) / 90.0
    return np.sinc(rise) * np.cosh(slope) - np.sinh(slope) * np.radians(angle)


def empty_axis(x, scale):
    """An array of size zero leaves the scalar with a zero derivative from it."""
    return scale**2 + np.sum(scale * np.exp(x))


def forbidden_paths(scores, steps):
    """The logarithm of a sum over paths: of a place that none can have reached the probability is zero."""
    alpha = np.full(scores.shape[1], -np.inf)
    alpha[0] = scores[0, 0]
    for t in range(1, len(scores)):
        for k in reversed(range(len(alpha))):
            a = alpha[k]
            for step in steps:
                if k >= step:
                    a = np.logaddexp(a, alpha[k - step])
            alpha[k] = a + scores[t, k]
    return np.logaddexp(alpha[-1], alpha[-2])


def between_nodes(x, height, end):
    nodes = [0.0, 0.5, 1.0]
    return np.interp(x, nodes, height, left=-1, right=height[0]), np.interp(x, nodes, height, right=end, period=1.5)


CASES = [
    case(between_nodes, np.array([-0.4, 0.3, 0.7, 1.2]), np.array([0.5, 1.3, 0.8]), 0.4, zero=(2,)),
    case(forbidden_paths, SIGNED, (1, 2)),
    case(forbidden_paths, SIGNED, (2,), label="every other"),
    case(gaussian_wave, np.linspace(-1.0, 1.0, 5), 0.2, 0.7, 3.0),
    case(gaussian_wave, 0.4, np.array([0.1, 0.3]), np.array([[0.5], [0.8]]), 2.0, label="scalar x"),
    case(inverse_functions, np.array([-1.2, -0.4, 0.3, 0.9])),
    case(exponentials_and_logs, TABLE, ROW),
    case(row_against_column, ROW, COLUMN),
    case(scalar_with_array, 1.3, 0.4, TABLE),
    case(zero_dimensional, np.array(0.8), TABLE),
    case(zero_dimensional, 0.8, np.array(1.7), label="float and 0-d"),
    case(size_one_axes, STACK[:, :1, :], STACK[:1, :, :1], STACK[:, :, 2:3]),
    case(leading_axes, STACK, TABLE, ROW),
    case(leading_axes, STACK.swapaxes(1, 2)[:, ::2], TABLE[:2, ::-1][:, :3], ROW[2::-1], label="not contiguous"),
    case(both_stretched_to_a_third_shape, ROW[:, None], np.array([[0.31, 0.55, 1.93]])),
    case(methods_and_properties, np.array([[0.2, 0.5, 0.95], [0.7, 1.4, 0.0]]), np.array([0.9, 1.3])),
    case(selection_by_comparison, SIGNED, 0.05),
    case(named_ufuncs, ROW, TABLE),
    case(degrees, np.array([10.0, 35.0, 50.0]), 0.6),
    case(empty_axis, np.zeros((0, 3)), 1.5),
]
