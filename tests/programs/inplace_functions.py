"""Functions and methods that write into an array they are given: out=, where=, at, copyto, sort and the rest."""

import numpy as np
from case import case


def add_at(x, s):
    """With duplicates every addition counts."""
    y = x * s
    np.add.at(y, [1, 1, 3, 1], x[:4])
    np.add.at(y, 0, s)
    return y * y


def subtract_at(M, x, s):
    y = M * s
    np.subtract.at(y, ([0, 0, 2], [1, 1, 3]), x[:3])
    np.subtract.at(y, np.s_[1:, 2], s)
    return y * y


def multiply_at(x, s):
    y = x * 1.0
    np.multiply.at(y, [2, 2, 4], [s, x[0], s * s])
    return y * x


def divide_at(x, s):
    y = x * 1.0
    np.divide.at(y, [0, 3, 0], x[1:4] + s)
    return y * x


def power_at(x, s):
    y = x * x
    np.power.at(y, [1, 2], [2.0, s])
    return y


def maximum_at(x, s):
    y = np.full(3, -2.0)
    np.maximum.at(y, [0, 1, 0, 2, 1, 0], x * s)
    np.minimum.at(y, [2], s * 0.1)
    return y * y


def unary_at(x):
    y = x * x + 0.3
    np.negative.at(y, [0, 0, 0])
    np.sqrt.at(y, [3, 3])
    np.exp.at(y, slice(1, 2))
    return y * x


def out_keyword(x):
    o = np.empty_like(x)
    np.multiply(x, x, out=o)
    return o * x


def out_positional(x, s):
    o = np.empty_like(x)
    np.add(x, s, o)
    np.exp(o, o)
    return o * x


def out_tuple(x, s):
    o = np.zeros(x.shape)
    np.sin(x * s, out=(o,))
    whole, part = np.empty_like(x), np.empty_like(x)
    np.modf(x * 3.3, out=(part, whole))
    return o * part


def out_is_an_operand(x, s):
    y = x * s
    np.multiply(y, y, out=y)
    np.subtract(y, x, out=y)
    np.divide(x, y + 2.0, out=y)
    return y


def out_overlaps_an_operand(x):
    y = x * 1.0
    np.multiply(y[:-1], y[1:], out=y[1:])
    np.add(y[1:], y[:-1], out=y[:-1])
    return y * y


def out_is_a_view(M, s):
    y = M * s
    np.multiply(y[0], s, out=y[1])
    np.exp(y[:, 0], out=y[:, 3])
    np.tanh(y[::2], out=y[::2])
    return y * M


def out_and_where(x, s):
    o = x * s
    np.sqrt(x, out=o, where=x > 0)
    np.multiply(o, o, out=o, where=o > 0.8)
    return o * x


def out_and_where_log(x):
    """The log of a negative number is never taken."""
    o = np.zeros_like(x)
    np.log(x, out=o, where=x > 0)
    return o * x


def out_of_a_reduction(M, s):
    o = np.zeros(4)
    np.sum(M * s, axis=0, out=o)
    p = np.empty(3)
    M.mean(axis=1, out=p)
    q = np.empty(())
    np.add.reduce(o, out=q)
    return o * p[0] * q


def out_of_accumulate(x, s):
    o = x * s
    np.cumsum(o, out=o)
    np.multiply.accumulate(o[::-1], out=o[::-1])
    return o


def out_of_products(M, s):
    o = np.empty((3, 3))
    np.matmul(M, M.T * s, out=o)
    p = np.empty((3, 4))
    np.dot(o, M, out=p)
    np.einsum("ij,kj->ik", p, M, out=o)
    np.outer(M[0, :3], M[1, :3], out=o[:, :])
    return o * p[:, :3]


def out_of_shape_functions(x, M, s):
    o = np.empty(8)
    np.concatenate([x * s, x[:2]], out=o)
    p = np.empty((2, 6))
    np.stack([x, x * x], out=p)
    q = np.empty(3)
    np.take(x, [4, 0, 1], out=q)
    np.clip(q, -0.7, s, out=q)
    r = np.empty(3)
    np.choose([0, 1, 1], [q, q * q], out=r)
    return o[:3] * p[1, :3] * r


def where_of_a_reduction(x, s):
    m = x > 0
    return np.sum(x * x, where=m) * s + np.mean(x * s, where=~m) + np.max(x * s, where=m, initial=-9.0)


def copy_to(x, s):
    y = np.zeros(6)
    np.copyto(y, x * s)
    np.copyto(y[1:3], s)
    np.copyto(y, x * x, where=x > 0.7)
    np.copyto(y, s * s, where=[False, False, False, True, False, True])
    return y * x


def put_values(M, x, s):
    """`put` counts through the flat array, whatever its shape; the last of two wins."""
    y = M * s
    np.put(y, [0, 5, 5, -1], x[:4])
    y.put([7, 8], s)
    np.put(y, [[1, 2], [3, 4]], x[4:])
    return y * M


def put_with_wrap(x, s):
    y = x * s
    np.put(y, [7, -8], [s, s * s], mode="wrap")
    np.put(y, 100, x[2] * s, mode="clip")
    return y * x


def place_values(x, s):
    """`place` takes as many values as the mask has, and repeats a short list."""
    y = x * s
    np.place(y, x > 0, x[:3] * s)
    np.place(y, y < 0, [s])
    return y * x


def place_by_a_mask_of_integers(x, s):
    """A mask of zeros and ones, as from `1 - mask`, and one of truth values in a list."""
    y = x * s
    np.place(y, 1 - (x > 0), x[:3] * s)
    np.place(y[:3], [True, 0, 2.5], x[4:6] * s)
    return y * x


def put_mask(x, s):
    """`putmask` takes the value at the same position, unlike `place`."""
    y = x * s
    np.putmask(y, x > 0.7, x * x)
    np.putmask(y, x < 0, [s, s * s])
    return y * x


def put_along_axis(M, x):
    y = M * M
    k = np.argmax(M, axis=1)[:, None]
    np.put_along_axis(y, k, x[:3, None], axis=1)
    np.put_along_axis(y, np.array([[0, 1, 2, 0]]), x[1:5][None], axis=0)
    return y * M


def fill_diagonal(A, x, s):
    y = A * s
    np.fill_diagonal(y, x[:3])
    z = A * A
    np.fill_diagonal(z, s)
    w = np.zeros((5, 3))
    np.fill_diagonal(w, s * s, wrap=True)
    return y @ z + w[1:4] * A


def fill_method(x, s):
    y = x * s
    y[1:3].fill(s)
    z = np.empty(3)
    z.fill(x[0] * y[1])
    return y[:3] * z


def sort_in_place(x, s):
    y = x * s
    y.sort()
    return y * x


def sort_rows_and_columns(M, s):
    y = M * s
    y.sort(axis=0)
    y[1].sort()
    y[:, 2][::-1].sort()
    return y * M


def sort_a_strided_view(x):
    y = x * x
    y[::2].sort()
    y[::-1][:3].sort(kind="stable")
    return y * x


def partition_in_place(x, s):
    y = x * s
    y.partition(2)
    return y[2] * x * y[:2].sum()


def clip_in_place(x, s):
    y = x * 1.3
    np.clip(y, -0.8, s, out=y)
    y.clip(-0.6, None, out=y)
    return y * x


def round_in_place(x):
    """Where the value is rounded the derivative is 0; the rest keeps it."""
    y = x * 1.37
    np.round(y[:3], 1, out=y[:3])
    np.floor(y[5:], out=y[5:])
    return y * x


def shape_assigned(x, s):
    y = x * s
    y.shape = (2, 3)
    y[1] *= y[0]
    y.shape = -1
    y[0] = s
    return y * x


def resized_in_place(x, s):
    y = x * s
    y.resize((2, 4), refcheck=False)
    y[1, 2:] += s
    return y * y


def flat_assigned(M, x, s):
    y = M * s
    y.flat[5] = s * s
    y.flat[[0, 11]] = x[:2]
    y.flat[1:4] *= s
    y[:, ::2].flat = x
    return y * M


def flat_of_a_transpose(M, s):
    """`.flat` of a transpose runs down the columns and still writes the base."""
    y = M * s
    y.T.flat[1] = s
    y.T.flat[4:6] += y[0, :2]
    return y * M


def real_and_imaginary_parts(x, s):
    z = np.zeros(6, dtype=complex)
    z.real = x * s
    z.imag[1:4] = x[:3]
    z.imag[0] = s
    z *= z
    z.real += z.imag
    z.imag = z.real * s
    return z.real * z.imag


def transpose_assigned(M, x, s):
    y = M * s
    y.T[1] = x[:3]
    y.T[2:, 0] *= s
    y.transpose()[:, 2][0] = s * x[3]
    return y * M


def methods_of_the_class(x, s):
    y = x * s
    np.ndarray.__setitem__(y, 0, s)
    y.put(1, x[0] * s)
    np.ndarray.fill(y[4:], y[1])
    np.ndarray.__imul__(y, y)
    return y * x


def copies_not_to_be_mistaken(x, s):
    """Methods that return a copy, not to be mistaken for their in-place siblings."""
    y = x * s
    np.sort(y)
    y.clip(0, 1)
    y.round()
    y.copy().sort()
    sorted(y)
    y + 1.0
    return y * x


def accumulate_through_out_in_a_loop(M, x, s):
    total = np.zeros(3)
    term = np.empty(3)
    for k in range(4):
        np.multiply(M[:, k], x[k], out=term)
        np.add(total, term, out=total)
        np.multiply(total, s, out=total, where=term > 0)
    return total * term


def nan_to_num_in_place(x, s):
    y = np.log(x * s)
    np.nan_to_num(y, copy=False, nan=0.0)
    return y * x


def random_fill_then_overwrite(x, s):
    """A shuffle of constants, then active values scattered by it."""
    k = np.arange(6)
    np.random.default_rng(5).shuffle(k)
    y = np.zeros(6)
    y[k] = x * s
    return y * x


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7
M = np.array([[0.5, -1.2, 0.8, 1.1], [0.9, 0.4, -0.6, 1.3], [-0.7, 1.5, 0.25, -0.3]])
A = np.array([[0.5, -1.2, 0.8], [0.9, 0.4, -0.6], [-0.7, 1.5, 0.2]])

CASES = [
    case(add_at, X, S), case(subtract_at, M, X, S), case(multiply_at, X, S), case(divide_at, X, S),
    case(power_at, X, S), case(maximum_at, X, S), case(unary_at, X), case(out_keyword, X), case(out_positional, X, S),
    case(out_tuple, X, S), case(out_is_an_operand, X, S), case(out_overlaps_an_operand, X), case(out_is_a_view, M, S),
    case(out_and_where, X, S), case(out_and_where_log, X), case(out_of_a_reduction, M, S),
    case(out_of_accumulate, X, S), case(out_of_products, M, S), case(out_of_shape_functions, X, M, S, wrt=(0, 2)),
    case(where_of_a_reduction, X, S), case(copy_to, X, S), case(put_values, M, X, S), case(put_with_wrap, X, S),
    case(place_values, X, S), case(put_mask, X, S), case(put_along_axis, M, X), case(fill_diagonal, A, X, S),
    case(place_by_a_mask_of_integers, X, S),
    case(fill_method, X, S), case(sort_in_place, X, S), case(sort_rows_and_columns, M, S),
    case(sort_a_strided_view, X), case(partition_in_place, X, S), case(clip_in_place, X, S), case(round_in_place, X),
    case(shape_assigned, X, S), case(resized_in_place, X, S), case(flat_assigned, M, X, S),
    case(flat_of_a_transpose, M, S), case(real_and_imaginary_parts, X, S), case(transpose_assigned, M, X, S),
    case(methods_of_the_class, X, S), case(copies_not_to_be_mistaken, X, S),
    case(accumulate_through_out_in_a_loop, M, X, S), case(nan_to_num_in_place, X, S),
    case(random_fill_then_overwrite, X, S),
]  # fmt: skip
