"""Buffers: made empty and filled piecewise, of lower precision, rebound, shrinking, reused."""

import numpy as np
from case import case


def empty_filled_by_pieces(x, s):
    y = np.empty(6)
    y[0] = s
    y[1:3] = x[1:3] * s
    y[3:] = y[:3] * x[3:]
    return y * y


def empty_filled_by_a_loop(x, s):
    y = np.empty(len(x))
    for i in range(len(x)):
        y[i] = x[i] * x[i - 1] * s
    return y


def empty_filled_by_rows_and_columns(M):
    y = np.empty((4, 5))
    y[:3, :4] = M
    y[3, :4] = M.sum(axis=0)
    y[:3, 4] = (M * M).sum(axis=1)
    y[3, 4] = y[0, 0] * y[2, 2]
    return y * y


def ndarray_constructor(x, s):
    y = np.ndarray(6)
    y[:] = x
    y[::2] *= s
    z = np.ndarray((2, 3), dtype=np.float64)
    z[0], z[1] = y[:3], y[3:] * s
    return z * z


def zeros_of_every_kind(x, s):
    a = np.zeros_like(x)
    b = np.ones(6)
    c = np.full(6, 2.0)
    d = np.empty_like(x, shape=(2,))
    e = np.array([0.0] * 6)
    f = np.arange(6, dtype=float)
    g = np.eye(2)
    h = np.linspace(0.0, 1.0, 6)
    for buffer in (a, b, c, e, f, h):
        buffer[1:] += x[:-1] * s
        buffer *= buffer
    d[:] = s
    g[0] += d
    return a * b + c * e - f * h, g


def full_of_an_active_value(x, s):
    y = np.full(6, s)
    y[2:4] = x[2:4] * y[0]
    z = np.full_like(x, x[0])
    z[0] *= s
    w = np.full((2, 3), x[:3])
    w[1] *= w[0]
    return y * z, w


def float32_buffer(x, s):
    """Stored in single precision: the derivative goes through the conversion."""
    y = np.zeros(6, dtype=np.float32)
    y[:3] = x[:3] * s
    y[3:] = x[3:]
    y *= y
    return y


def float32_result_of_out(x):
    y = np.empty(6, np.float32)
    np.multiply(x, x, out=y, casting="same_kind")
    y += x
    return y


def double_buffer_for_single_values(x, s):
    y = np.zeros(6)
    y[:] = x
    y *= s
    return y * y


def complex_buffer(x, s):
    z = np.zeros(6, dtype=complex)
    z[:3] = x[:3]
    z[3:] = 1j * x[3:] * s
    z[0] += 1j * s
    z *= z
    return np.abs(z)


def integer_buffer_of_constants(x, n):
    """A buffer of integers that never sees an active value."""
    k = np.empty(n, dtype=int)
    for i in range(n):
        k[i] = (i * i) % 6
    y = x * x
    y[k] *= 2.0
    return y * k.sum()


def swapped_each_round(x, s):
    new, old = np.empty_like(x), x.copy()
    for _ in range(4):
        new[1:-1] = old[1:-1] * s + old[2:] * old[:-2]
        new[0], new[-1] = old[-1], s
        old, new = new, old
    return old


def rebound_each_round(x, s):
    y = x * s
    for k in range(4):
        z = np.zeros(6)
        z[k:] = y[k:] * y[k]
        z[:k] = y[:k]
        y = z
    return y


def shrinks_each_round(x, s):
    y = x * 1.0
    while len(y) > 1:
        y[:-1] *= y[1:]
        y = y[:-1]
        y += s
    return y


def grows_each_round(x, s):
    y = np.zeros(1)
    for v in x[:4]:
        bigger = np.empty(len(y) + 1)
        bigger[:-1] = y * s
        bigger[-1] = v * bigger[0] + v
        y = bigger
    return y


def compressed_each_round(x, s):
    y, where = x * 1.0, np.arange(6)
    result = np.zeros(6)
    for _ in range(3):
        y *= y
        y -= s
        result[where] = y
        keep = y > -0.6
        y, where = y[keep], where[keep]
    return result


def one_buffer_for_many_jobs(x, M, s):
    work = np.empty(12)
    work[:6] = x * s
    work[6:] = work[:6] ** 2
    first = work[3:9].sum()
    work[:] = M.reshape(-1) * first
    second = work.reshape(3, 4)[1].sum()
    work[:] = 0.0
    return first * second + work[0]


def kept_before_it_changes(x, s):
    history = []
    y = x * 1.0
    for _ in range(3):
        history.append(y.copy())
        y *= s * y
    return history[0] * history[1] * history[2] * y


def kept_without_a_copy(x, s):
    """Every entry of the list is the same array."""
    history = []
    y = x * 1.0
    for _ in range(3):
        history.append(y)
        y *= s
    return history[0] * history[1] + history[2]


def ring_buffer(x, s):
    ring = np.zeros(3)
    out = np.empty(6)
    for n, v in enumerate(x):
        ring[n % 3] = v * s + ring[(n + 1) % 3] ** 2
        out[n] = ring.sum() * ring[n % 3]
    return out


def padded(M, s):
    y = np.pad(M, 1)
    y[0] = y[1] * s
    y[:, 0] = y[:, 1] ** 2
    y[-1, -1] = s
    return y * y


def table_of_tables(x, n):
    t = np.zeros((n, n, 2))
    t[0, 0] = x[:2]
    for i in range(1, n):
        for j in range(i + 1):
            t[i, j, 0] = t[i - 1, j, 1] * x[i]
            t[i, j, 1] = t[i, j - 1, 0] + t[i, j, 0] ** 2 if j else x[j]
    return t[-1]


def buffer_made_in_a_branch(x, s):
    if s > 0:
        y = np.zeros(6)
    else:
        y = x * s
    y[1:] += x[:-1] * s
    y *= y
    return y


def overwritten_by_a_constant_each_round(x, s):
    """Dead values: only what the last round writes has influence."""
    y = np.empty(6)
    for k in range(3):
        y[:] = 0.0
        y[k] = x[k] * s
    return y


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7
M = np.array([[0.5, -1.2, 0.8, 1.1], [0.9, 0.4, -0.6, 1.3], [-0.7, 1.5, 0.2, -0.3]])

CASES = [
    case(empty_filled_by_pieces, X, S), case(empty_filled_by_a_loop, X, S), case(empty_filled_by_rows_and_columns, M),
    case(ndarray_constructor, X, S), case(zeros_of_every_kind, X, S), case(full_of_an_active_value, X, S),
    case(float32_buffer, X, S, tol=1e-3), case(float32_result_of_out, X, tol=1e-3),
    case(double_buffer_for_single_values, X.astype(np.float32), S, tol=1e-3), case(complex_buffer, X, S),
    case(integer_buffer_of_constants, X, 3), case(swapped_each_round, X, S), case(rebound_each_round, X, S),
    case(shrinks_each_round, X, S), case(grows_each_round, X, S), case(compressed_each_round, X, S),
    case(one_buffer_for_many_jobs, X, M, S), case(kept_before_it_changes, X, S), case(kept_without_a_copy, X, S),
    case(ring_buffer, X, S), case(padded, M, S), case(table_of_tables, X, 4), case(buffer_made_in_a_branch, X, S),
    case(buffer_made_in_a_branch, X, -S, label="other branch"), case(overwritten_by_a_constant_each_round, X, S),
]  # fmt: skip
