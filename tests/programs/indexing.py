"""Reading parts of arrays: every kind of index, chained, computed, and inside loops."""
import numpy as np
from case import case

RNG = np.random.default_rng(3)
VECTOR = RNG.normal(size=7)
TABLE = RNG.normal(size=(4, 5))
STACK = RNG.normal(size=(2, 3, 4))


def rosenbrock(x):
    """The classical valley, by shifted slices."""
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2) / 100.0


def single_elements(x):
    """Scalars picked by positive and negative positions, used in scalar arithmetic."""
    first, last = x[0], x[-1]
    middle = x[len(x) // 2]
    return first * np.exp(last) + middle**2 / (1.0 + first**2)


def strides_and_reversals(x):
    """Steps of two and minus one, bounds that reach beyond the ends."""
    even, odd = x[::2], x[1::2]
    backwards = x[::-1]
    return np.sum(even[:3] * odd) + np.sum(backwards * x) * x[5:1:-2] + np.sum(x[-100:3] ** 3)


def blocks(a):
    """Rows, columns and blocks of a matrix, mixing integers with slices."""
    row, column = a[1], a[:, 2]
    block = a[1:3, ::2]
    return np.sum(block**2, axis=0) * row[:3] + a[-1, 1] * column[1:]


def ellipsis_and_none(a):
    """Leading axes left out, and new axes put in the middle."""
    planes = a[..., 0] * a[1, ...][None, :, 1]
    columns = a[:, None, 2] - a[..., None, -1]
    return planes[..., None] * np.sin(columns[:, 0])[:, :3, None]


def boolean_mask(x, threshold):
    """Keep the entries above a threshold that depends on the data."""
    large = x[x > threshold]
    small = x[~(x > threshold)]
    return np.sum(large**2) - np.sum(np.abs(small)) * np.mean(large)


def boolean_rows(a, keep):
    """A mask over the first axis selects rows; a mask over both flattens."""
    rows = a[keep]
    entries = a[a > 0.0]
    return rows.sum(axis=0) * np.sum(entries**2) + a[keep, 1].sum()


def repeated_gather(table, which):
    """An embedding look-up in which some rows are read several times."""
    rows = table[which]
    return np.sum(np.tanh(rows) * np.arange(1.0, len(which) + 1.0)[:, None], axis=0)


def paired_gather(a, i, j):
    """Two index arrays pick single entries, duplicates included; a slice keeps the other axis."""
    entries = a[i, j]
    fixed_row = a[1, j]
    broadcast = a[i[:, None], j[None, :2]]
    return np.sum(entries**3) + fixed_row * entries + np.sum(broadcast, axis=1)


def gather_among_slices(a, which):
    """An integer array between slices, negative entries, and np.take beside it."""
    inner = a[:, which, 1:3]
    taken = np.take(a, which, axis=2)
    return np.sum(inner**2, axis=(0, 2)) + taken[1, 0] * np.sum(a[0][which][..., -1])


def chained(a):
    """Index the result of an index, of a call and of an expression."""
    corner = a[1:][1][::2][0]
    entry = np.exp(a)[2][3] * (a * a)[:, 1][0]
    return corner * entry + a.T[1:3][0][-1] ** 2


def loop_over_elements(x, decay):
    """An exponential moving average over the entries themselves."""
    level = 0.0
    energy = 0.0
    for value in x:
        level = decay * level + (1.0 - decay) * value
        energy = energy + level * value
    return energy


def loop_over_rows(a, w):
    """Row access through a counter and through enumerate."""
    total = 0.0
    for k in range(a.shape[0]):
        total = total + np.tanh(a[k] @ w) * a[k, k]
    for k, row in enumerate(a):
        total = total + (k + 1) * np.sum(row[k:] * w[k:])
    return total


def nearest_by_data(x, grid, y):
    """The index comes from the data: nearest grid point, then a parabola through it."""
    k = int(np.argmin(np.abs(grid - x)))
    slope = (y[k + 1] - y[k - 1]) / (grid[k + 1] - grid[k - 1])
    curvature = y[k + 1] - 2.0 * y[k] + y[k - 1]
    return y[k] + slope * (x - grid[k]) + 0.5 * curvature * (x - grid[k]) ** 2


def permuted_by_data(x, w):
    """Weights follow the ranks of the values: argsort as an index."""
    order = np.argsort(x)
    ranked = x[order] * w
    return np.sum(ranked[:-1] * ranked[1:]) + x[order[0]] * x[np.argmax(w)]


def diagonal_band(a):
    """Index arrays made by arange, moved by an offset that a loop computes."""
    k = np.arange(3)
    total = np.zeros(3)
    for offset in range(3):
        total = total + a[k, k + offset] ** (offset + 1)
    return total


def walk_by_index(x, links, steps):
    """Follow links from entry to entry; some entries are visited again."""
    here = 0
    path = 0.0
    for k in range(steps):
        path = path * 0.5 + x[here] * x[links[here]]
        here = links[here]
    return path


CASES = [
    case(rosenbrock, VECTOR),
    case(single_elements, VECTOR),
    case(strides_and_reversals, VECTOR),
    case(blocks, TABLE),
    case(ellipsis_and_none, STACK),
    case(boolean_mask, VECTOR, 0.1),
    case(boolean_mask, TABLE, -0.3, label="matrix"),
    case(boolean_rows, TABLE, np.array([True, False, True, True])),
    case(repeated_gather, TABLE, np.array([0, 3, 3, 1, 3])),
    case(repeated_gather, TABLE.T, [2, 2, -1], label="list as index, not contiguous"),
    case(paired_gather, TABLE, np.array([0, 3, 0]), np.array([1, 2, 1])),
    case(gather_among_slices, STACK, np.array([2, 0, 2, -1])),
    case(chained, TABLE),
    case(loop_over_elements, VECTOR, 0.7),
    case(loop_over_elements, np.zeros(0), 0.7, label="no elements: zero derivative"),
    case(loop_over_rows, TABLE, VECTOR[:5]),
    case(nearest_by_data, 0.43, np.linspace(0.0, 1.0, 6), VECTOR[:6]),
    case(permuted_by_data, VECTOR, RNG.normal(size=7)),
    case(diagonal_band, TABLE),
    case(walk_by_index, VECTOR, [3, 0, 1, 6, 2, 4, 1], 9),
]
