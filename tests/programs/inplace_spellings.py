"""Every spelling of a change in place: ufunc.at, .flat, .real, .shape, resize, out= by position, and so on."""

import operator

import numpy as np
from case import case


def at_add_2d_pairs(x, s):
    y = np.zeros((3, 3))
    np.add.at(y, ([0, 0, 2, 2], [1, 1, 0, 1]), x[:4] * s)
    return y * y


def at_add_mask(x, s):
    y = x * s
    np.add.at(y, x > 0, x[0] * s)
    return y * x


def at_add_slice_newaxis(x, s):
    y = x * s
    np.add.at(y, slice(4, None, -2), x[:3])
    return y * x


def at_subtract_slices(x, s):
    y = x * s
    np.subtract.at(y, np.array([[0, 1], [1, 1]]), x[:4].reshape(2, 2))
    return y * x


def at_multiply_zero(x, s):
    y = x * 1.0
    y[2] = 0.0 * s
    np.multiply.at(y, [2, 2, 4], x[:3])
    return y * x


def at_multiply_zero_factor(x, s):
    y = x * 1.0
    z = x[:3] * np.array([1.0, 0.0, 1.0])
    np.multiply.at(y, [2, 2, 2], z)
    return y * x


def at_maximum_dup(x, s):
    y = np.full(3, -2.0)
    np.maximum.at(y, [0, 1, 0, 2, 1, 0], x * s)
    return y * y


def at_minimum_rows(x, s):
    y = np.full((3, 2), s)
    np.minimum.at(y, [0, 0, 2], x.reshape(3, 2))
    return y * y


def at_power_dup(x, s):
    y = x * x
    np.power.at(y, [1, 1, 2], [2.0, s, 1.5])
    return y


def at_power_int(x, s):
    y = x * s
    np.power.at(y, [1, 1, 2], 2)
    return y


def at_negative(x, s):
    y = x * s
    np.negative.at(y, [0, 0, 1])
    return y * y * x


def at_sqrt_exp(x):
    y = x * x + 0.3
    np.sqrt.at(y, [3, 3])
    np.exp.at(y, slice(1, 2))
    return y * x


def at_logaddexp(x, s):
    y = np.full(3, s)
    np.logaddexp.at(y, [0, 1, 0, 2, 1, 0], x)
    return y * y


def at_hypot(x, s):
    y = np.full(3, s)
    np.hypot.at(y, [0, 1, 0, 2, 1, 0], x)
    return y * y


def at_fmax(x, s):
    y = np.full(3, -5.0)
    np.fmax.at(y, [0, 1, 0, 2, 1, 0], x * s)
    return y * y


def at_in_loop(x, s):
    y = np.ones(3)
    for i in range(3):
        np.multiply.at(y, [i, 0, i], x[i:i + 3] * s)
    return y


def at_renamed(x, s):
    op = np.multiply
    y = x * 1.0
    op.at(y, [2, 2, 4], s)
    return y * x


def at_indices_made(x, s):
    y = np.zeros(3)
    k = np.arange(6) % 3
    np.add.at(y, k, x * s)
    np.multiply.at(y, k, x)
    return y


def put_along_scalar(M, s):
    y = M * s
    np.put_along_axis(y, np.argsort(M, axis=-1)[:, :2], s * s, -1)
    return y * M


def put_along_none(M, x):
    y = M * M
    np.put_along_axis(y, np.array([3, 1, 3]), x[:3], None)
    return y * M


def put_along_sorted(M, x):
    k = np.argsort(M, axis=0)
    y = np.empty_like(M)
    np.put_along_axis(y, k, M * M, axis=0)
    return y * M


def real_assigned(x, s):
    z = np.zeros(6, dtype=complex)
    z.real = x * s
    z.imag = x
    z = z * z
    return z.real * z.imag


def real_part_assigned(x, s):
    z = np.zeros(6, dtype=complex)
    z.real[1:4] = x[:3]
    z.imag[0] = s
    z.imag[1:] = x[1:] * s
    z *= z
    return np.abs(z[1:])


def real_augmented(x, s):
    z = x * (1.0 + 2j) * s
    z.real += x
    z.imag *= s
    z.real += z.imag
    return (z * z).imag


def real_of_real(x, s):
    y = x * s
    y.real = x * x
    return y * x


def shape_tuple2(x, s):
    y = x * s
    y.shape = (2, 3)
    return y @ y.T


def shape_newaxis(x, s):
    y = np.arange(6.0)
    y.shape = y.shape + (1,)
    return (y * x).sum(axis=1) * s


def flat_whole(M, x, s):
    y = M * s
    y.flat = np.arange(12.0) * s
    return y * M


def flat_short(M, x, s):
    y = M * s
    y[:, ::2].flat = x
    return y * M


def flat_repeats(M, x, s):
    y = M * s
    y.flat = x
    return y * M


def flat_negative_step(M, x, s):
    y = M * s
    y.flat[::-2] = x
    y.flat[-1] = s
    return y * M


def flat_mask(M, x, s):
    y = M * s
    y.flat[M.ravel() > 0.95] = s * s
    return y * M


def flat_aug_dup(M, x, s):
    y = M * s
    y.flat[[0, 0, 3]] += x[:3]
    return y * M


def flat_diag(M, s):
    y = M * s
    y.flat[::5] = s
    y.flat[::5] += s * s
    return y * M


def transpose_methods(M, x, s):
    y = M * s
    y.T[...] = M.T * M.T
    y.swapaxes(0, 1)[0, :] = s
    np.transpose(y)[1] += x[:3]
    return y * M


def transpose_axes(M, x, s):
    y = np.zeros((2, 3, 4))
    y.transpose(1, 2, 0)[..., 0] = M * s
    y.transpose((2, 0, 1))[1, 1] = x[:3]
    return y * y


def sort_axis_pos(M, s):
    y = M * s
    y.sort(0)
    return y * M


def sort_rev(x, s):
    y = x * s
    y[::-1].sort()
    return y * x


def part_axis(M, s):
    y = M * s
    y.partition(1, axis=0)
    return y[1] * M[0] * y[0]


def part_pos(M, s):
    y = M * s
    y.partition((1, 2), 1)
    return y[:, 1] * y[:, 2]


def part_key(x, s):
    y = x * s
    y.partition(kth=3)
    return y[3] * x


def copyto_where(x, s):
    y = np.zeros(6)
    np.copyto(y, x * s, where=x > 0)
    np.copyto(y, s, where=x < 0)
    return y * x


def copyto_broadcast(M, s, x):
    y = M * s
    np.copyto(y, x[:4], where=M > 0)
    np.copyto(y[1], s)
    np.copyto(y, x[:3, None], where=np.array([True, False, False, True]))
    return y * M


def copyto_casting(x, s):
    y = np.zeros(6, np.float32)
    np.copyto(y, x * s, casting="same_kind")
    return y * y


def copyto_dst_keyword(x, s):
    y = np.zeros(6)
    np.copyto(dst=y, src=x * s)
    return y * x


def copyto_positional(x, s):
    y = np.zeros(6)
    np.copyto(y, x * s, "same_kind", x > 0)
    return y * x


def out_pos_where(x, s):
    o = x * s
    np.sqrt(x, o, where=x > 0)
    np.multiply(o, o, out=o, where=o > 0.8)
    return o * x


def out_where_broadcast(x, s):
    o = np.zeros((3, 6))
    np.multiply(x, s, out=o, where=np.array([[True], [False], [True]]))
    return o * x


def out_broadcast(x, s):
    o = np.zeros((3, 6))
    np.multiply(x, s, out=o)
    np.add(o, x, out=o)
    return o * o


def out_result_used(x, s):
    o = np.empty(6)
    y = np.multiply(x, s, out=o)
    y += x
    return o * y


def out_chain(x, s):
    o = np.empty(6)
    return np.exp(np.multiply(x, s, out=o), out=o) * o


def out_divmod(x, s):
    w, p = (np.empty_like(x), np.empty_like(x))
    np.divmod(x * 1.1, s, w, p)
    return p * w


def out_none(x, s):
    return np.multiply(x, s, out=None) * x


def where_axis(M, s):
    m = M > 0
    return np.sum(M * s, axis=0, where=m) * np.mean(M, axis=1, where=m, keepdims=True)


def where_std(x, s):
    return np.std(x * s, where=x > 0) + np.var(x * s, where=x < 1)


def where_any(x, s):
    return x * s * np.any(x > 3, where=x > 0) + x


def out_methods(x, s):
    o = np.empty(6)
    x.cumsum(out=o)
    p = np.empty(6)
    (x * s).clip(-0.5, 0.6, out=p)
    return o * p


def out_take(M, s):
    o = np.empty((3, 2))
    np.take(M * s, [1, 1], axis=1, out=o)
    return o * o


def out_choose(x, s):
    r = np.empty(3)
    q = x[:3] * s
    np.choose([0, 1, 1], [q, q * q], out=r)
    return r * q


def out_compress(x, s):
    r = np.empty(3)
    np.compress([True, False, True, True], x * s, out=r)
    return r * r


def out_dot_methods(M, s):
    o = np.empty((3, 3))
    M.dot(M.T * s, o)
    p = np.empty(3)
    np.trace(np.stack([o] * 3, axis=2), out=p)
    return o * p


def out_einsum(M, s):
    o = np.empty((3, 3))
    np.einsum("ij,kj->ik", M, M * s, out=o)
    return o * o


def out_cumprod(M, s):
    o = np.empty((3, 4))
    np.cumprod(M * s, axis=1, out=o)
    np.cumsum(o, axis=0, out=o)
    return o


def put_short(x, s):
    y = x * s
    np.put(y, [0, 1, 2, 3], x[:2])
    y.put([4, 5], [s])
    return y * x


def put_keywords(x, s):
    y = x * s
    np.put(y, ind=[0, 2], v=s)
    y.put(indices=[1], values=x[0])
    return y * x


def resize_smaller(x, s):
    y = x * s
    y.resize(2, 2, refcheck=False)
    return y * y


def place_2d(M, x, s):
    y = M * s
    np.place(y, M > 0, x)
    return y * M


def putmask_2d(M, x, s):
    y = M * s
    np.putmask(y, M > 0, x[:4])
    np.putmask(y, mask=M < 0, values=s)
    return y * M


def fill_diag_wrap(A, x, s):
    w = np.zeros((5, 3))
    np.fill_diagonal(w, s * s, wrap=True)
    return w[1:4] * A


def fill_diag_tall(A, x, s):
    w = np.zeros((5, 3))
    np.fill_diagonal(w, x[:3] * s)
    v = np.zeros((2, 4))
    np.fill_diagonal(v, s, wrap=False)
    return w[:4] * v[:, :3].sum() + w[1:]


def fill_diag_3d(A, x, s):
    w = np.zeros((3, 3, 3))
    np.fill_diagonal(w, x[:3] * s)
    return w.sum(axis=0) * A


def fill_diag_short(A, x, s):
    w = A * s
    np.fill_diagonal(w, [s, x[0]])
    return w * A


def fill_diag_view(A, x, s):
    w = A * s
    np.fill_diagonal(w[:2, 1:], x[:2])
    np.fill_diagonal(w.T, s)
    np.fill_diagonal(w[::-1], x[1])
    return w * A


def diag_indices(A, x, s):
    w = A * s
    w[np.diag_indices(3)] = x[:3]
    w[np.diag_indices_from(w)] += s
    w[np.tril_indices(3, -1)] *= s
    return w * A


def fill_0d(x, s):
    y = np.zeros(())
    y.fill(s)
    y[...] *= x[0]
    y += s
    y[()] = y * s
    return y * x


def class_methods2(x, s):
    y = x * s
    np.ndarray.sort(y)
    np.ndarray.put(y, 1, s)
    return y * x


def dunder(x, s):
    y = x * s
    y.__setitem__(0, s)
    y.__setitem__(slice(1, 3), x[:2])
    y.__iadd__(s)
    y.__imul__(x)
    return y


def operator_inplace(x, s):

    y = x * s
    operator.setitem(y, 0, s)
    operator.iadd(y, x)
    y = operator.imul(y, s)
    operator.isub(y[1:3], s)
    return y


def where_zero_div(x, s):
    d = x * np.array([0, 1, 1, 0, 1, 1.0])
    o = np.divide(x, d, out=np.zeros_like(x), where=d != 0)
    return o * s * x


def where_zero_div2(x, s):
    d = x * np.array([0, 1, 1, 0, 1, 1.0])
    o = np.divide(s, d, where=d != 0, out=np.full(6, s))
    return o * s * x


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7
M = np.array([[0.5, -1.2, 0.8, 1.1], [0.9, 0.4, -0.6, 1.3], [-0.7, 1.5, 0.25, -0.3]])
A = np.array([[0.5, -1.2, 0.8], [0.9, 0.4, -0.6], [-0.7, 1.5, 0.2]])

CASES = [
    case(at_add_2d_pairs, X, S), case(at_add_mask, X, S), case(at_add_slice_newaxis, X, S),
    case(at_subtract_slices, X, S), case(at_multiply_zero, X, S, zero=(1,)),
    case(at_multiply_zero_factor, X, S, zero=(1,)),
    case(at_maximum_dup, X, S), case(at_minimum_rows, X, S), case(at_power_dup, X, S), case(at_power_int, X, S),
    case(at_negative, X, S), case(at_sqrt_exp, X), case(at_logaddexp, X, S), case(at_hypot, X, S),
    case(at_fmax, X, S), case(at_in_loop, X, S), case(at_renamed, X, S), case(at_indices_made, X, S),
    case(put_along_scalar, M, S), case(put_along_none, M, X), case(put_along_sorted, M, X, zero=(1,)),
    case(real_assigned, X, S),
    case(real_part_assigned, X, S), case(real_augmented, X, S), case(real_of_real, X, S, zero=(1,)),
    case(shape_tuple2, X, S),
    case(shape_newaxis, X, S), case(flat_whole, M, X, S, zero=(1,)), case(flat_short, M, X, S),
    case(flat_repeats, M, X, S, zero=(2,)),
    case(flat_negative_step, M, X, S), case(flat_mask, M, X, S, zero=(1,)), case(flat_aug_dup, M, X, S),
    case(flat_diag, M, S),
    case(transpose_methods, M, X, S), case(transpose_axes, M, X, S), case(sort_axis_pos, M, S), case(sort_rev, X, S),
    case(part_axis, M, S), case(part_pos, M, S), case(part_key, X, S), case(copyto_where, X, S),
    case(copyto_broadcast, M, S, X), case(copyto_casting, X, S, tol=0.001), case(copyto_dst_keyword, X, S),
    case(copyto_positional, X, S), case(out_pos_where, X, S), case(out_where_broadcast, X, S),
    case(out_broadcast, X, S), case(out_result_used, X, S), case(out_chain, X, S), case(out_divmod, X, S),
    case(out_none, X, S), case(where_axis, M, S), case(where_std, X, S), case(where_any, X, S, zero=(1,)),
    case(out_methods, X, S), case(out_take, M, S), case(out_choose, X, S), case(out_compress, X, S),
    case(out_dot_methods, M, S), case(out_einsum, M, S), case(out_cumprod, M, S), case(put_short, X, S),
    case(put_keywords, X, S), case(resize_smaller, X, S), case(place_2d, M, X, S), case(putmask_2d, M, X, S),
    case(fill_diag_wrap, A, X, S, zero=(1,)), case(fill_diag_tall, A, X, S, zero=(0,)), case(fill_diag_3d, A, X, S),
    case(fill_diag_short, A, X, S), case(fill_diag_view, A, X, S), case(diag_indices, A, X, S), case(fill_0d, X, S),
    case(class_methods2, X, S), case(dunder, X, S), case(operator_inplace, X, S), case(where_zero_div, X, S),
    case(where_zero_div2, X, S),
]  # fmt: skip
