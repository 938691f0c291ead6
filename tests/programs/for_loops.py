"""For loops over ranges, arrays, pairs, tuples and lists."""

import numpy as np
from case import case


def bounce(x, v, loss, steps):
    """Energy radiated by a pendulum that bounces off a wall at x = 1."""
    energy = 0.0
    for i in range(steps):
        v = v - 0.1 * np.sin(x)
        x = x + 0.1 * v
        if x > 1.0:
            x = 2.0 - x
            v = -loss * v
        energy = energy + v * v
    return energy


def backward_recurrence(x, n):
    """Clenshaw's recurrence: a range with a negative step."""
    b1 = b2 = 0.0
    for k in range(n, 0, -2):
        b1, b2 = x * b1 - b2 + 1.0 / (k + 1), b1
    return b1 * x - b2


def start_stop_step(x, start, stop, step):
    total = x
    for k in range(start, stop, step):
        total = total * np.cos(k * x) + k
    return total * x


def over_elements(u, decay):
    """An exponential moving average over the elements of an array."""
    mean = 0.0
    worst = 0.0
    for value in u:
        mean = decay * mean + (1.0 - decay) * value
        worst = worst + (value - mean) ** 2
    return mean * worst


def over_rows(a, w):
    total = 1.0
    for row in a:
        s = row @ w
        total = total + np.tanh(s) * s * total
    return total


def numbered(u, w):
    """enumerate from one, the number used in the arithmetic."""
    total = 0.0
    for k, value in enumerate(u, 1):
        total += w ** (1.0 / k) * value / k
    for j, row in enumerate(u.reshape(2, -1), start=-1):
        total += j * np.prod(row)
    return total


def unequal_lengths(u, v):
    """zip stops at the end of the shorter one; three at once, and nested targets."""
    total = 0.0
    for a, b in zip(u, v):  # noqa: B905
        total = total * b + a * a
    for i, (a, (b, c)) in enumerate(zip(u, zip(v, [2.0, 3.0, 4.0], strict=False), strict=False)):
        total = total + i * a * b / c
    return total


def downwards(u, steps):
    carry = 1.0
    for value in reversed(u):
        carry = value / (1.0 + carry * carry)
    for k in reversed(range(2, steps)):
        carry = carry + np.sin(k * carry)
    for c in reversed((0.5, carry, 1.5)):
        carry = carry * c + 0.2
    return carry


def over_tuples(x, y):
    """Tuples and lists of active values and of constants."""
    total = 0.0
    for a, sign in ((x, 1), (y, -1), (x * y, 2.5)):
        total = total * a + sign * a
    for c in [x, total, 0.25]:
        total = np.arctan(total * c)
    return total


def pairwise(points, strength):
    """Coulomb energy: the inner loop starts where the outer one is."""
    energy = 0.0
    n = len(points)
    for i in range(n):
        for j in range(i + 1, n):
            gap = points[i] - points[j]
            energy = energy + strength / np.sqrt(gap @ gap + 0.1)
    return energy


def variable_after_loop(x, n):
    """The loop variables keep their last values."""
    for i in range(n):
        last = x * i
    for x in (last, last * 0.5, np.sin(last)):  # noqa: B020
        last = last + x * i
    return x * last + i


def trips_of_zero(x, n):
    """What the loop would define stays undefined; what it would change stays."""
    y = x * x
    for i in range(n):
        y = y * x + i
        z = y
    if n > 0:
        y = y * z
    return y


def defined_in_the_round_before(x, n):
    """`previous` does not exist before the loop."""
    total = 0.0
    for i in range(n):
        if i > 0:
            total = total + previous * x  # noqa: F821
        previous = x * np.cos(i + x)  # noqa: F841
    return total


def bound_changes(x, n):
    """The range is fixed when the loop starts; the loop variable may be overwritten."""
    total = x
    for i in range(n):
        n = 2 * n
        i = i * i - 1
        total = np.sin(total) * x + i
        step = n
    for _ in range(step // 20):
        total = total * x
    return total + n


def sequence_changes(u):
    """The name that is looped over is rebound by the loop."""
    total = 0.0
    for value in u:
        u = u * value
        total = total + np.sum(u) * value
    return total + u[0]


def branch_in_nested_loops(x, y, n):
    """Conditions alternate with the round; both levels overwrite what the other reads."""
    for i in range(n):
        y = y * 0.9
        for j in range(i):
            if (i + j) % 2:
                x = x - 0.3 * y * x
            else:
                y = y + 0.2 * np.sin(x)
            x, y = x + 0.1 * j, y * x + 0.3
        x = x * y
    return x + y


def columns(a):
    """Rows of the transpose, scalars within them."""
    total = 0.0
    for column in a.T:
        norm = 0.0
        for value in column:
            norm += value * value
        total += np.sqrt(norm)
    return total


def slices(u, width):
    """A moving window; its bounds are integers that the loop computes."""
    total = 0.0
    for start in range(0, len(u) - width + 1, 2):
        stop = start + width
        window = u[start:stop]
        start = stop
        total += np.prod(window) * start
    return total


def integers_on_the_way(x, counts):
    """Integer arrays drive the loop: as values, as indices, as exponents."""
    u = np.array([x, x * x, 1.0])
    total = x
    for k in counts:
        u = u * total
        total = u[k] + total / (k + 2)
        k = k - 1
    return total


def dictionary_items(x):
    """Keys, values and items of a dictionary of active values."""
    terms = {"mass": x, "charge": x * x, "spin": 0.5}
    total = 1.0
    for name in terms:
        total = total + terms[name] * len(name)
    for value in terms.values():
        total = total * np.cos(value)
    for name, value in terms.items():
        if name != "charge":
            total = total + value * x
    return total


RNG = np.random.default_rng(0)
U = RNG.normal(size=6)
A = RNG.normal(size=(4, 3))
STRIDED = RNG.normal(size=(5, 6))[::2, 1::2]

def forwards_or_backwards(f, start, xs, back):
    """As `scan` of functional languages has it: the function gives the next state and a result."""
    state, results = start, []
    for x in reversed(xs) if back else xs:
        state, y = f(state, x)
        results.append(y)
    return state, np.stack(results[::-1] if back else results)


def scanned(x, back):
    state, results = forwards_or_backwards(lambda s, v: (np.tanh(s * v), s + v**2), x[0], x, back)
    return state * np.sum(results * x)


def scanned_rows(x, w, back):
    state, results = forwards_or_backwards(lambda s, v: (np.tanh(w @ s + v), s * v), np.zeros(2), list(x), back)
    return np.sum(state) + np.sum(results**2)


def same_variable_inside(u, k):
    """The loop inside binds the variable of the one around it anew."""
    total = 0.0
    for v in u:
        for v in u[:2] * v:
            total += v * k
        for n, v in zip(u, u * v):
            for m, v in zip(u, u * n):
                total += v * m
            total *= 1.0 + 0.1 * v
        total += v
    return total + sum(v * w for v in u for w, v in [(v, v * k)])


CASES = [
    case(same_variable_inside, U[:3], 0.7),
    case(bounce, 0.7, 1.2, 0.95, 30),
    case(bounce, 0.7, 1.2, 0.95, 0, wrt=(0, 1, 2), label="no steps: a zero derivative"),
    case(bounce, 0.7, 1.2, 0.95, 1, label="one step"),
    case(backward_recurrence, 0.8, 9),
    case(start_stop_step, 0.7, 2, 9, 3),
    case(start_stop_step, 0.7, 3, -4, -2, label="downwards"),
    case(start_stop_step, 0.7, 3, 3, 1, label="empty"),
    case(over_elements, U, 0.8),
    case(over_elements, np.zeros(0), 0.8, label="no elements: a zero derivative"),
    case(over_rows, A, RNG.normal(size=3)),
    case(numbered, np.array([0.5, -1.0, 0.8, 1.2]), 0.9),
    case(unequal_lengths, U, U[:4] + 1.5),
    case(unequal_lengths, U[:1], np.linspace(0.5, 1.5, 5), label="one round"),
    case(downwards, np.abs(U) + 0.2, 5),
    case(over_tuples, 0.6, -1.1),
    case(pairwise, A, 1.3),
    case(variable_after_loop, 0.4, 5),
    case(trips_of_zero, 1.2, 0),
    case(trips_of_zero, 1.2, 3, label="three trips"),
    case(defined_in_the_round_before, 0.6, 5),
    case(bound_changes, 0.9, 5),
    case(sequence_changes, np.array([0.9, 1.1, -0.7])),
    case(branch_in_nested_loops, 0.7, 0.8, 5),
    case(columns, A),
    case(columns, STRIDED, label="not contiguous"),
    case(slices, U, 3),
    case(integers_on_the_way, 0.9, np.array([2, 0, 1, -1, 0])),
    case(dictionary_items, 0.7),
    *(case(scanned, U, back, label=f"{back}") for back in (False, True)),
    *(case(scanned_rows, A[:, :2], A[:2, :2], back, label=f"{back}") for back in (False, True)),
]
