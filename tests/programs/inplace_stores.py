"""Stores into arrays through every kind of index; what was there before loses its derivative."""

import numpy as np
from case import case


def element(x):
    y = np.zeros(3)
    y[0] = x[0] * 2
    return np.sum(y * y)


def element_of_a_copy(x):
    y = x.copy()
    y[0] = y[0] * y[1]
    return y * y


def negative_element(x, s):
    y = x * x
    y[-2] = s * y[-1]
    y[-1] = y[-2] * y[0]
    return y * s


def two_indices(M, s):
    y = M * s
    y[1, 2] = y[0, 0] * y[1, 2]
    y[-1, -1] = s
    return y * M


def chained_indices(M, s):
    y = M * s
    y[1][2] = y[0][0] * s
    y[2, 1:][1:][0] = y[1][2] ** 2
    return y * M


def index_from_a_variable(x, i, j):
    y = np.sin(x)
    y[i] = y[j] * y[i]
    i, j = j, i
    y[i] = y[j] * y[i]
    return y


def index_from_values(x):
    """The position is read from the array that is then changed."""
    y = x * 1.0
    k = int(np.argmax(y))
    y[k] = y[k] * y[0]
    y[int(abs(y[k]) * 3) % 4] = y[1] ** 2
    return y


def index_of_numpy_type(x):
    y = np.exp(x)
    y[np.int64(2)] = y[np.int32(0)] * y[np.uint8(1)]
    y[np.array(3)] = y[2] * x[3]
    return y * y


def boolean_index_of_rank_zero(x, s):
    y = x * s
    y[True] = y * s
    y[False] = 7.0
    return y * x


def slice_of_scalar(x, s):
    y = x * x
    y[1:3] = s
    return y * y * s


def slice_of_values(x, s):
    y = x * x
    y[1:4] = s * y[2:5]
    return y * x


def whole(x, s):
    y = np.ones_like(x)
    y[:] = x * s
    y[:] = y * y
    return y * s


def ellipsis(x, M, s):
    y = np.empty_like(M)
    y[...] = M * s
    y[..., 0] = y[..., 1] * s
    z = np.array(2.0)
    z[...] = s * x[0]
    z[()] = z * z
    return y * z


def step_of_two(x, s):
    y = x * s
    y[::2] = y[1::2] * y[::2]
    y[1::2] = y[::2] ** 2
    return y


def step_of_three_from_one(x, s):
    y = x * s
    y[1::3] = s * np.sin(y[::3])
    return y * x


def negative_step(x, s):
    y = x * s
    y[::-1] = x * x
    y[4:1:-1] = y[:3] * s
    y[-1:-4:-2] = y[:2] ** 2
    return y * x


def empty_slice(x, s):
    y = x * s
    y[3:3] = s
    y[5:2] = np.zeros(0)
    y[10:] = s * s
    return y * y


def slice_past_the_end(x, s):
    y = x * s
    y[4:100] = s * s
    y[-100:2] = y[2:4] * s
    return y * y


def slice_object(x, s):
    middle = slice(1, -1)
    y = x * s
    y[middle] = y[middle] * y[slice(0, 4)]
    return y * x


def index_tuple(M, s):
    where = (1, slice(None, None, 2))
    y = M * s
    y[where] = y[where] ** 2
    y[(2, -1)] = s
    return y * y


def new_axis(x, s):
    y = x * s
    y[None, 1:4] = (x[:3] * s)[None]
    y[4:, np.newaxis] = s * y[:2, None]
    return y * y


def row(M, x):
    y = M * M
    y[1] = x[:4] * y[0]
    y[0] = y[1]
    return y * M


def column(M, s):
    y = M * M
    y[:, 1] = y[:, 0] * s
    y[:, -1] = np.sin(y[:, 1])
    return y * M


def block_broadcast(M, x, s):
    """A row is spread over a block, a column over another, a scalar over a third."""
    y = M * s
    y[1:, :3] = x[:3] * s
    y[:2, 1:] = x[:2, None] * y[2, 0]
    y[0, ::2] = s
    return y * M


def broadcast_with_leading_ones(M, s):
    y = M * s
    y[0] = (M[1] * s)[None, None]
    return y * M


def three_dimensions(T, s):
    y = T * T
    y[1, :, ::-1] = y[0] * s
    y[:, 0, 1] = y[:, 1, 0] * y[:, 0, 1]
    y[..., -1] = y[..., 0] * s
    return y * T


def mask_of_values(x):
    y = x * 2.0
    y[y > 0.5] = 0.0
    return y * x


def mask_with_values(x, s):
    m = x > 0
    y = x * s
    y[m] = y[m] ** 2 * s
    y[~m] = s * x[~m]
    return y * x


def mask_overwritten_later(x, s):
    """The mask must be kept: it changes before the reverse sweep reads it."""
    m = x > 0
    y = x * s
    y[m] = y[m] * y[m]
    m[:] = False
    y[m] = 7.0
    m[1:3] = True
    y[m] *= s
    return y


def mask_matrix_by_rows(M, s):
    y = M * s
    keep = M.sum(axis=1) > 0
    y[keep] = y[keep] * y[0]
    y[keep, 1] = s
    y[:, M[0] > 0] = y[:, M[0] > 0] ** 2
    return y


def mask_matrix(M, x, s):
    y = M * s
    m = M > 0.3
    y[m] = np.arange(m.sum()) * s + y[m] ** 2
    y[~m] = x[0]
    return y * M


def integer_array(x, s):
    y = x * s
    y[[3, 0, 2]] = y[[0, 1, 5]] * s
    return y * x


def integer_array_with_duplicates(x, s):
    """The last store wins; the earlier ones have no influence."""
    y = x * s
    y[[1, 3, 1, 1]] = x[:4] * s
    y[np.array([0, 0, -6])] = [s, s * s, x[5] * s]
    return y * x


def integer_array_of_rank_two(x, M, s):
    y = x * s
    y[np.array([[0, 1], [4, 5]])] = M[:2, :2] * s
    return y * x


def integer_array_overwritten_later(x, s):
    k = np.array([0, 2, 4])
    y = x * s
    y[k] = y[k] ** 2
    k += 1
    y[k] = y[k - 1] * y[k]
    k[:] = 5
    return y * y[k].sum()


def integer_rows(M, s):
    y = M * s
    y[[2, 0]] = y[[0, 2]] * s
    y[[0, 0]] = M[1:] * s
    return y * M


def integer_pairs(M, x, s):
    y = M * s
    y[[0, 1, 2], [3, 1, 0]] = x[:3] * s
    y[[1, 1], [1, 1]] = x[3:5] * s
    return y * M


def integer_pairs_broadcast(M, s):
    y = M * s
    y[np.array([[0], [2]]), [1, 3]] = M[:2, :2] ** 2
    y[np.ix_([1, 2], [0, 2])] = s * y[np.ix_([0, 1], [1, 3])]
    return y * M


def integer_array_and_slice(T, s):
    y = T * s
    y[[1, 0], :, 1] = y[[0, 1], :, 0] ** 2
    y[:, [0, 1], [2, 0]] = s
    y[1, ..., [0, 2]] = T[0, :, :2].T * s
    return y * T


def integer_index_list_from_nonzero(x, s):
    y = x * s
    found, = np.nonzero(x > 0)
    y[found] = y[found] * y[found[::-1]]
    y[np.flatnonzero(x < 0)] = s * s
    return y * x


def tuple_of_targets(x, s):
    """Each store reads what the one before has written."""
    y = x * s
    i = 0
    i, y[i] = 2, s * s
    y[0], y[1], y[i] = y[1] * s, y[0], y[5] * y[0]
    return y * x


def swap_elements(x):
    y = x * x
    y[0], y[3] = y[3], y[0] * y[1]
    y[1], y[1] = y[2], y[1] * y[4]
    return y


def swap_rows_wrongly(M):
    """Rows are views: after the swap both are the old second row.  Shapes: M[n, m]"""
    y = M * M
    y[0], y[1] = y[1], y[0]
    return y * M


def swap_rows(M):
    y = M * M
    y[[0, 1]] = y[[1, 0]]
    return y * M


def chained_targets(x, s):
    y = x * s
    z = np.zeros(3)
    y[2] = z[0] = y[0] = t = s * x[1]
    y[1:3] = z[1:] = x[3:5] * t
    return y[:3] * z


def starred_targets(x, s):
    y = x * s
    y[0], *rest, y[1] = s, x[2], x[3], s * s
    return y * rest[0] + rest[1]


def store_then_read_in_one_line(x):
    y = x * x
    y[1] = y[0] = y[1] * y[2]
    return y[0] * y


def same_place_many_times(x, s):
    y = x * 1.0
    for k in range(4):
        y[2] = y[2] * y[k] + s
    return y


def overwritten_without_reading(x, s):
    """The first values have no influence at all."""
    y = x * x
    y[:] = 3.0
    y[0] = s
    return y * s


def constant_into_active(x):
    y = x * x
    y[1:3] = 0.0
    y[4] = 5
    return y * x


def active_into_constant(x):
    y = np.arange(6.0)
    y[1:3] = x[:2] * x[2:4]
    return y * y


def values_from_a_list(x, s):
    y = x * s
    y[:3] = [s, x[0] * s, 1.0]
    y[3:] = (s, 2.0, y[0] * x[1])
    return y * y


def shape_from_a_function(x, s):
    y = np.zeros((2, 3))
    y[np.unravel_index(4, y.shape)] = s * x[0]
    y[np.diag_indices(2)] = [x[1] ** 2, s]
    y[np.triu_indices(2, 1, 3)] = x[3:6] * y[0, 0]
    return y


def store_into_zero_size(x, s):
    y = np.zeros((0, 3))
    y[:, 1] = s
    z = x * s
    z[z > 100.0] = 3.0
    return np.sum(y) + z


def masked_stores_shape_of_a_where(x, s):
    y = np.zeros_like(x)
    y[np.where(x > 0)] = np.sqrt(x[x > 0]) * s
    y[np.where(x <= 0)[0]] = -s * x[x <= 0] ** 2
    return y


def bools_found_on_the_way(x, s):
    y = x * s
    y[s > 0] = y * y
    y[s > 10.0] = 3.0 * s
    for k in range(3):
        y[x[k] > 0.7] += s * y[k]
    return y * x


def number_as_an_array(x: float, s):
    """The same text serves arrays and numbers: here the mask is one bool."""
    z = np.array(np.exp(x))
    z[z > 0.5] = s * z[z > 0.5]
    return z * s


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7
M = np.array([[0.5, -1.2, 0.8, 1.1], [0.9, 0.4, -0.6, 1.3], [-0.7, 1.5, 0.2, -0.3]])
T = np.linspace(-1.0, 1.2, 12).reshape(2, 2, 3)

CASES = [
    case(element, X), case(element_of_a_copy, X), case(negative_element, X, S), case(two_indices, M, S),
    case(chained_indices, M, S), case(index_from_a_variable, X, 1, 4), case(index_from_values, X),
    case(index_of_numpy_type, X), case(boolean_index_of_rank_zero, X, S), case(slice_of_scalar, X, S),
    case(slice_of_values, X, S), case(whole, X, S), case(ellipsis, X, M, S), case(step_of_two, X, S),
    case(step_of_three_from_one, X, S), case(negative_step, X, S), case(empty_slice, X, S),
    case(slice_past_the_end, X, S), case(slice_object, X, S), case(index_tuple, M, S), case(new_axis, X, S),
    case(row, M, X), case(column, M, S), case(block_broadcast, M, X, S), case(broadcast_with_leading_ones, M, S),
    case(three_dimensions, T, S), case(mask_of_values, X), case(mask_with_values, X, S),
    case(mask_overwritten_later, X, S), case(mask_matrix_by_rows, M, S), case(mask_matrix, M, X, S),
    case(integer_array, X, S), case(integer_array_with_duplicates, X, S), case(integer_array_of_rank_two, X, M, S),
    case(integer_array_overwritten_later, X, S), case(integer_rows, M, S), case(integer_pairs, M, X, S),
    case(integer_pairs_broadcast, M, S), case(integer_array_and_slice, T, S),
    case(integer_index_list_from_nonzero, X, S), case(tuple_of_targets, X, S), case(swap_elements, X),
    case(swap_rows_wrongly, M), case(swap_rows, M), case(chained_targets, X, S), case(starred_targets, X, S),
    case(store_then_read_in_one_line, X), case(same_place_many_times, X, S),
    case(overwritten_without_reading, X, S, zero=(0,)), case(constant_into_active, X), case(active_into_constant, X),
    case(values_from_a_list, X, S), case(shape_from_a_function, X, S), case(store_into_zero_size, X, S),
    case(masked_stores_shape_of_a_where, X, S), case(bools_found_on_the_way, X, S), case(number_as_an_array, 1.3, S),
]  # fmt: skip
