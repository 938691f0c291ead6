"""Every kind of index to store through: masks, lists, slices, newaxis, Ellipsis, rank 0, nothing at all."""

import numpy as np
from case import case


def mask_and_slice(M, x, s):
    y = M * s
    r = np.array([True, False, True])
    y[r, 1:3] = x[:4].reshape(2, 2)
    y[r, 0] *= s
    y[r, ::-2] += x[0]
    return y * M


def slice_and_mask(M, x, s):
    y = M * s
    c = np.array([True, False, True, False])
    y[1:, c] = x[:2]
    y[::-1, c] *= x[:2]
    return y * M


def mask_pair(M, x, s):
    y = M * s
    y[np.array([True, False, True]), np.array([True, False, True, False])] = x[:2]
    return y * M


def mask_int_pair(M, x, s):
    y = M * s
    y[np.array([True, False, True]), 2] = x[:2]
    y[np.array([True, False, True]), [1, 1]] += s
    return y * M


def empty_mask(M, x, s):
    y = M * s
    y[M > 9] = s
    y[M > 9] += x[0]
    y[M > 9] *= s
    y[M.sum(axis=1) > 99] = x[:4]
    return y * M


def empty_slice(x, s):
    y = x * s
    y[3:3] = x[1:1]
    y[4:2] += s
    y[[]] = s
    y[np.array([], int)] *= s
    return y * x


def ellipsis_forms(T, x, s):
    y = T * s
    y[..., 0] = s
    y[0, ...] *= x[:4]
    y[..., 1:3] += x[:2]
    y[1, ..., 2] -= x[:3]
    y[...] *= s
    return y * T


def newaxis_forms(T, x, s):
    y = T * s
    y[:, None, 0] = x[:4]
    y[None, ..., 1] *= s
    y[0, :, None, 2] += x[:3, None]
    return y * T


def int_between(T, x, s):
    y = T * s
    y[0, :, [1, 2]] = x.reshape(2, 3)
    y[:, [0, 2], 1] *= x[:2]
    y[[0, 1], :, [1, 1]] += x[:3]
    return y * T


def none_and_int_array(T, x, s):
    y = T * s
    y[[0, 0], None, 1] = x[:4]
    y[:, [2, 2]] = x[:4]
    y[:, [[0, 1]]] *= s
    return y * T


def neg_step_overlap(x, s):
    y = x * s
    y[::-1] = y
    y[1:] += y[:-1]
    y[:-1] *= y[1:]
    y[::2] = y[::-2]
    return y * x


def neg_step_dup(x, s):
    y = x * s
    y[[0, 0, -6, 2]] = x[:4]
    y[[1, 1]] *= x[:2]
    y[[3, 3, -3]] -= s
    return y * x


def ix(x, s):
    y = np.ones((3, 4)) * s
    y[np.ix_([0, 2], [1, 3])] = x[:4].reshape(2, 2)
    y[np.ix_([0, 0], [1, 1])] *= x[:2]
    return y


def zero_d(x, s):
    y = np.zeros(())
    y[...] = s
    y[()] *= x[0]
    y += x[1]
    y -= s * s
    z = np.array(0.0)
    z[()] = y
    z *= y
    return z * y


def zero_d_view(x, s):
    y = x * s
    v = y[2, ...]
    v *= s
    v += x[0]
    w = y[3:4].reshape(())
    w *= 2.0
    return y * x


def f32_empty(x, s):
    y = np.empty(6, np.float32)
    y[:3] = x[:3] * s
    y[3:] = np.exp(x[3:])
    y[::2] += x[::2]
    return y * y


def f32_rows(x, s):
    y = np.empty((2, 3), dtype="f4")
    y[0] = x[:3] * s
    y[1] = y[0] * x[3:]
    z = y.astype(float)
    z *= s
    return z


def f32_aug(x, s):
    y = x.astype(np.float32)
    y *= s
    y **= 2
    y /= x + 3
    np.add.at(y, [0, 0], x[:2])
    y[1:] -= y[:-1]
    return y


def f32_loop(x, s):
    y = np.zeros(6, np.float32)
    acc = np.float32(0)
    for i in range(6):
        acc += x[i] * s
        y[i] = acc * x[i]
    return y


def f16(x, s):
    y = np.zeros(6, np.float16)
    y[:] = x * s
    y *= y
    return y.astype(float)


def int_buffer_const(x, s):
    k = np.zeros(6, int)
    k[:3] = [3, 4, 5]
    k[1:] += k[:-1]
    k %= 6
    np.add.at(k, [0, 0], 1)
    k.sort()
    y = x * s
    y[k] *= x[k]
    return y


def int_counter(x, s):
    n = np.zeros(3, int)
    t = np.zeros(3)
    for i in range(6):
        n[i % 3] += 1
        t[i % 3] += (x[i] * s - t[i % 3]) / n[i % 3]
    return t


def bool_buffer(x, s):
    m = np.zeros(6, bool)
    m[::2] = True
    m |= x > 1
    m[x < 0] = False
    m[0] ^= True
    y = x * s
    y[m] = s
    y[~m] *= x[~m]
    return y * x


def complex_into_real_parts(x, s):
    z = np.empty(6, complex)
    z[:] = x
    z[1:] += 1j * x[:-1] * s
    z *= z[::-1]
    return z.real + z.imag


def nested_chain(x, s):
    y = np.zeros((2, 3))
    y[0][1:] = x[:2]
    y[1][::-1][0] = s
    y[:][0][0] += x[3]
    y.T[1][1] *= 3.0
    y.reshape(-1)[2] *= s
    return y


def aug_ops(x, s):
    y = x * s + 3
    y[1:3] **= 2
    y[0] **= s
    y[3:] /= x[3:]
    y[2:4] //= 100.0
    y[4:] %= x[4:] * x[4:] * 1.7
    return y * x


def aug_whole(x, s):
    y = x * s
    y += x
    y -= s
    y *= y
    y /= 3 + x
    y **= 2
    return y


def aug_matmul(A, s):
    y = A * s
    y @= A
    y[:2] @= A
    return y


def swap_rows(A, x, s):
    y = A * s
    y[[0, 2]] = y[[2, 0]]
    y[:, [0, 1]] = y[:, [1, 0]]
    t = y[0].copy()
    y[0] = y[1]
    y[1] = t
    return y * A


def swap_tuple(A, x, s):
    y = x * s
    y[0], y[1] = (y[1], y[0])
    i = 2
    i, y[i] = (3, s)
    return y * x


def read_after(x, s):
    y = x * s
    z = y[1:4]
    w = z.copy()
    y[2] = x[0] * x[1]
    return z * w * y[:3]


def store_self_expr(x, s):
    y = x * s
    y[1:-1] = y[2:] * y[:-2] - y[1:-1] ** 2
    y[:] = np.where(y > 0.2, y * y, s)
    y[y < 0] = -y[y < 0]
    return y


def store_scalar_of_itself(x, s):
    y = x * s
    y[0] = y.sum()
    y[1:] /= y[0]
    y -= y.mean()
    y /= np.sqrt((y * y).sum())
    return y * x


def slice_object(x, s):
    k = slice(1, 5, 2)
    y = x * s
    y[k] = x[k] * x[k]
    y[np.s_[::-1]] *= s
    t = (slice(None), 0)
    z = y.reshape(3, 2)
    w = z.copy()
    w[t] = s
    return w


def list_mask(x, s):
    y = x * s
    y[[True, False, True, False, False, True]] = x[:3]
    y[list(x > 0)] += s
    return y


def nonzero_where(x, s):
    y = x * s
    y[np.where(x > 0)] = s
    y[np.nonzero(x < 0)] *= x[x < 0]
    y[np.flatnonzero(x > 1)] -= 1
    i, = np.where(x > 0.7)
    y[i] += x[i]
    return y * x


def add_at_whole_itself(x, s):
    y = x * s
    np.add.at(y, [0, 1, 1, 2, 3, 5], y)
    return y * x


def add_at_2(x, s):
    y = np.zeros((3, 2))
    np.add.at(y, [0, 2, 2], x.reshape(3, 2))
    np.add.at(y, (slice(None), [0, 0]), s)
    np.add.at(y, (Ellipsis, 1), x[0])
    return y * y


def add_at_0d(x, s):
    y = np.zeros(3)
    np.add.at(y, 1, x[0])
    np.add.at(y, np.array(2), s)
    return y * y


def bincount_weights(x, s):
    k = np.array([0, 1, 1, 2, 0, 1])
    return np.bincount(k, weights=x * s, minlength=4)


def while_shrink(x, s):
    y = x * 1.0
    i = np.arange(6)
    out = np.zeros(6)
    while y.size:
        y = y * s
        out[i] += y
        m = np.abs(y) > 0.3
        y = y[m]
        i = i[m]
    return out


def broadcast_store(x, s):
    y = np.empty((2, 3, 6))
    y[:] = x
    y[0] = s
    y[1, 1:] *= x
    y[:, 0, :] = x * s
    return y * y


def store_from_list(x, s):
    y = np.zeros((2, 3))
    y[0] = [x[0], s, x[1] * s]
    y[:, 1] = [s, x[2]]
    y[1, :] += (x[0], 1.0, s)
    return y


def array_as_matrix(x, s):
    y = np.zeros((3, 3))
    i, j = np.triu_indices(3)
    y[i, j] = x * s
    y = y + y.T
    y[np.diag_indices(3)] /= 2
    return y @ y


def rolling_write(x, s):
    y = x * s
    y[1:], y[0] = (y[:-1].copy(), s)
    y = np.roll(y, 1)
    y[:1] = x[:1]
    return y * x


def del_and_rebind(x, s):
    y = x * s
    z = y
    y = y.copy()
    y *= z
    del z
    y[0] = s
    return y


def ndarray_init(x, s):
    y = np.full((6,), np.nan)
    y[0] = s
    for i in range(1, 6):
        y[i] = y[i - 1] * x[i]
    return y


def shared_out(x, s):
    a = x * s
    b = np.add(a, x, out=a)
    b *= s
    return a * b


def out_of_view_name(x, s):
    a = np.zeros((2, 6))
    r = a[0]
    np.multiply(x, s, out=r)
    np.add(r, x, out=a[1])
    r += 1
    return a * a


def norm_rows(M, s):
    y = M * s
    y /= np.linalg.norm(y, axis=1, keepdims=True)
    y -= y.mean(0)
    y[y < 0] *= 0.1
    return y


def cumulative(M, s):
    y = M.copy()
    for i in range(1, 3):
        y[i] += y[i - 1] * s
    for j in range(2, -1, -1):
        y[:, j] -= y[:, j + 1] * s
    return y


def string_index(x, s):
    y = dict(a=x * s, b=x.copy())
    y["a"][1:] += y["b"][:-1]
    y["b"] *= s
    return y["a"] * y["b"]


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7
M = np.array([[0.5, -1.2, 0.8, 1.1], [0.9, 0.4, -0.6, 1.3], [-0.7, 1.5, 0.25, -0.3]])
A = np.array([[0.5, -1.2, 0.8], [0.9, 0.4, -0.6], [-0.7, 1.5, 0.2]])
T = np.arange(24.0).reshape(2, 3, 4) / 13 - 0.7

CASES = [
    case(mask_and_slice, M, X, S), case(slice_and_mask, M, X, S), case(mask_pair, M, X, S),
    case(mask_int_pair, M, X, S), case(empty_mask, M, X, S, zero=(1,)), case(empty_slice, X, S),
    case(ellipsis_forms, T, X, S),
    case(newaxis_forms, T, X, S), case(int_between, T, X, S), case(none_and_int_array, T, X, S),
    case(neg_step_overlap, X, S), case(neg_step_dup, X, S), case(ix, X, S), case(zero_d, X, S),
    case(zero_d_view, X, S), case(f32_empty, X, S, tol=0.001),
    case(f32_rows, X, S, tol=0.001), case(f32_aug, X, S, tol=0.001), case(f32_loop, X, S, tol=0.001),
    case(f16, X, S, tol=0.03), case(int_buffer_const, X, S), case(int_counter, X, S), case(bool_buffer, X, S),
    case(complex_into_real_parts, X, S), case(nested_chain, X, S), case(aug_ops, X, S), case(aug_whole, X, S),
    case(aug_matmul, A, S), case(swap_rows, A, X, S, zero=(1,)), case(swap_tuple, A, X, S, zero=(0,)),
    case(read_after, X, S),
    case(store_self_expr, X, S), case(store_scalar_of_itself, X, S), case(slice_object, X, S), case(list_mask, X, S),
    case(nonzero_where, X, S), case(add_at_whole_itself, X, S), case(add_at_2, X, S), case(add_at_0d, X, S),
    case(bincount_weights, X, S), case(while_shrink, X, S), case(broadcast_store, X, S), case(store_from_list, X, S),
    case(array_as_matrix, X, S), case(rolling_write, X, S), case(del_and_rebind, X, S), case(ndarray_init, X, S),
    case(shared_out, X, S), case(out_of_view_name, X, S), case(norm_rows, M, S, wrt=0), case(cumulative, M, S),
    case(string_index, X, S),
]  # fmt: skip
