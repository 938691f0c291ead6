"""Every way to make a view: what is written through it is written into its base, and the other way round."""

import operator

import numpy as np
from case import case


def slice_view(x):
    a = x * 1.0
    b = a[1:]
    b[0] = 5 * x[0]
    return a * a


def slice_view_reads_base(x, s):
    a = x * s
    b = a[2:5]
    a[3] = a[0] * s
    b *= b
    a[2] += b[1]
    return a * np.sum(b)


def strided_view(x, s):
    a = x * s
    even, odd = a[::2], a[1::2]
    even *= odd
    odd += even
    return a * a


def reversed_view(x, s):
    a = x * s
    b = a[::-1]
    b[:2] = s
    b *= a
    return a


def row_view(M, s):
    a = M * s
    r = a[1]
    r *= a[0]
    r[2] = s
    return a * M


def column_view(M, s):
    a = M * s
    c = a[:, 2]
    c += a[:, 1]
    c[0] *= s
    return a * M


def block_view(M, s):
    a = M * s
    b = a[1:, 1:3]
    b *= s
    b[0] = b[1]
    return a * a


def view_of_a_view(x, s):
    a = x * s
    b = a[1:]
    c = b[::2]
    d = c[1:]
    d *= b[0]
    b[1] += d[0]
    c[-1] = a[0] * d[1]
    return a * a


def index_with_ellipsis(T, s):
    """Shapes: T[i, j, k]"""
    a = T * s
    b = a[..., 1]
    b *= a[..., 0]
    c = a[0, ...]
    c += s
    return a * T


def new_axis_view(x, s):
    a = x * s
    b = a[:, None]
    b[2:4] *= s
    c = a[np.newaxis]
    c[0, 0] = s * s
    np.expand_dims(a, 0)[0, 1] *= a[0]
    return a * b


def ellipsis_of_an_element(x, s):
    """`a[0, ...]` is a view of rank zero, `a[0]` is a number."""
    a = x * s
    b = a[0, ...]
    c = a[1]
    b *= 3.0
    b += c
    c += 100.0
    return a * a


def transposed_view(M, s):
    a = M * s
    t = a.T
    t[0] *= s
    t[:, 1] = t[:, 0] ** 2
    np.transpose(a)[3] += t[2]
    return a * M


def axes_moved(T, s):
    a = T * s
    np.swapaxes(a, 0, 2)[1] *= s
    np.moveaxis(a, 2, 0)[0, :, 1] = s
    a.swapaxes(0, 1)[1] += a[0]
    a.transpose(2, 0, 1)[2] *= a[..., 1]
    np.rollaxis(a, 1)[0] -= s
    np.permute_dims(a, (1, 0, 2))[1, 0] = s
    return a * T


def matrix_transposed(T, s):
    a = T * s
    a.mT[0, 2] *= s
    np.matrix_transpose(a)[1] += a.mT[0]
    return a * T


def reshaped_view(x, s):
    a = x * s
    b = a.reshape(2, 3)
    b[1] *= b[0]
    b[:, 0] = s
    return a * a


def reshape_function(M, s):
    a = M * s
    b = np.reshape(a, (4, 3))
    b[2] *= b[3]
    c = np.reshape(a, -1)
    c[::5] += s
    return a * M


def ravelled_view(M, s):
    a = M * s
    b = a.ravel()
    b[3:6] *= s
    b[0] = b[11]
    np.ravel(a)[7] = s * s
    return a * M


def flattened_is_a_copy(M, s):
    a = M * s
    b = a.flatten()
    b *= b
    a[0] = s
    return a.reshape(-1) * b


def reshape_that_copies(M, s):
    """The transpose is not contiguous: its reshape is a copy, whatever happens to either."""
    a = M * s
    b = a.T.reshape(-1).copy()
    b *= b
    a[1] = s
    return a.reshape(-1) * b


def diagonal_read(A, s):
    """np.diagonal gives a read-only view that follows its base."""
    a = A * s
    d = a.diagonal()
    total = np.sum(d * d)
    a[1, 1] = s * s
    a[0] *= 2.0
    return total + np.sum(d ** 3) + np.trace(a)


def diagonal_of_flat_slices(A, s):
    a = A * s
    d = a.reshape(-1)[::4]
    d *= d
    e = np.einsum("ii->i", a)
    e += s
    return a * A


def real_and_imaginary_views(x, s):
    z = x + 1j * x[::-1] * s
    re, im = z.real, z.imag
    re *= s
    im[1:3] = re[1:3]
    np.real(z)[0] = s
    np.imag(z)[5] *= re[0]
    return np.abs(z) ** 2


def real_of_a_real_array(x, s):
    """The real part of real numbers is the array itself; its imaginary part is zeros of its own."""
    a = x * s
    r = a.real
    r *= r
    return a * (a.imag + 1.0)


def broadcast_view_read(x, s):
    a = x * s
    b = np.broadcast_to(a, (2, 6))
    a[1] = s
    a[2:] *= a[0]
    c, d = np.broadcast_arrays(a, np.ones((3, 6)))
    return np.sum(b * b, axis=0) * c[1] * d[0]


def squeezed_view(x, s):
    a = (x * s)[None, :, None]
    b = np.squeeze(a)
    b[1:3] *= s
    c = a.squeeze(axis=0)
    c[0] = s * b[5]
    return a[0, :, 0] * x


def flipped_views(M, s):
    a = M * s
    np.flip(a, 1)[0] *= a[1]
    np.fliplr(a)[1, 0] = s
    np.flipud(a)[0] += s
    np.rot90(a)[0] *= a[:, 0]
    return a * M


def split_views(M, x, s):
    a, v = M * s, x * s
    left, right = np.hsplit(a, 2)
    left *= right
    top, rest = np.vsplit(a, [1])
    top += rest.sum(axis=0)
    for part in np.array_split(v, 4):
        part *= part[0]
    first, second, third = np.split(v, [1, 3])
    third[:] = second[0] * first[0]
    return a * M, v * x


def unstacked_views(M, s):
    a = M * s
    p, q, r = a
    p *= q
    q[:] = r
    r[1] = s
    for v in np.unstack(a, axis=1):
        v += v[0]
    return a * M


def asarray_is_the_same(x, s):
    a = x * s
    b = np.asarray(a)
    c = np.asanyarray(b)
    d = np.ascontiguousarray(c)
    e = np.atleast_1d(d)
    e *= s
    b[0] = a[1] * s
    return a * x


def atleast_views(x, s):
    a = x * s
    np.atleast_2d(a)[0, 1:3] *= s
    np.atleast_3d(a)[0, 4, 0] = s
    np.ascontiguousarray(a[::2])[:] = 100.0
    return a * a


def array_makes_a_copy(x, s):
    a = x * s
    b = np.array(a)
    c = a.astype(float)
    d = a.astype(float, copy=False)
    b *= 3.0
    c *= b
    d *= s
    return a * b * c


def view_method(x, s):
    a = x * s
    b = a.view()
    b[1] *= b[0]
    c = a[:]
    c[2] = s
    d = a[...]
    d[3] += b[2]
    return a * a


def view_as_other_numbers(x, s):
    """Complex numbers seen as pairs of real ones."""
    z = x[:3] + 1j * x[3:] * s
    pairs = z.view(float).reshape(3, 2)
    pairs[:, 0] *= s
    pairs[1] = pairs[0] * pairs[2]
    return z.real * z.imag


def sliding_windows_read(x, s):
    a = x * s
    w = np.lib.stride_tricks.sliding_window_view(a, 3)
    a[2] = s
    a[3:] *= a[0]
    return w.sum(axis=1) * w[:, 0]


def windows_read_before_a_change(x, s):
    """The reverse sweep needs the windows with what was in them."""
    a = x * s
    w = np.lib.stride_tricks.sliding_window_view(a, 3)
    b = np.broadcast_to(a[:2], (2, 2))
    total = np.sum(w * w * b[0, 1])
    a[:] = x
    return a * total


def flat_iterator_read(M, s):
    a = M * s
    f = a.flat
    a[1] *= a[0]
    total = 0.0
    for k, v in enumerate(f):
        total += v * v * (k + 1)
    return total * a.flat[5] + np.sum(a.flat[2:7:2])


def flat_slices_are_copies(M, s):
    """Reading from `.flat` copies, and writing to it does not."""
    a = M * s
    some, every, one = a.flat[1:4], a.flat[...], a.T.flat[2]
    a *= 2.0
    every *= s
    some[0] = one * some[2]
    f = a.flat
    f[3] *= some[1]
    return a * np.sum(every) + np.sum(some)


def slices_of_items(M, s):
    a = M * s
    b = c = operator.getitem(a, slice(None))[1:]
    b *= s
    c[0] = b[1] * s
    return a * M


def triangle_copies(A, s):
    """Shapes that look like views and are copies."""
    a = A * s
    low, up = np.tril(a), np.triu(a, 1)
    picked, masked = a[[0, 1]], a[a > 0]
    repeated, tiled, rolled = np.repeat(a, 2, axis=0), np.tile(a, 2), np.roll(a, 1)
    taken = a.take([0, 4])
    a *= 0.1
    for copy in (low, up, picked, masked, repeated, tiled, rolled, taken):
        copy[0] *= s
    return (low.sum() + up.sum() * picked.sum() + masked.sum() * repeated.sum() + tiled.sum() * rolled.sum()
            + taken.sum()) * a


def conditional_view(x, s, whole):
    """The same name is the array or a part of it."""
    a = x * s
    b = a if whole else a[2:]
    b *= s
    b[0] = a[-1]
    return a * x


def view_chosen_by_value(M, s):
    a = M * s
    r = a[0] if M[0, 0] > M[1, 0] else a[1]
    r += s
    c = a.T if r[0] > 50.0 else a[:, :3]
    c[0] *= r[1]
    return a * M


def view_or_copy_chosen(x, s, copy):
    a = x * s
    b = a[1:].copy() if copy else a[1:]
    b *= s
    return a * a, b


def rows_unpacked_of_a_reshape(x, s):
    """Each name is a row of its own."""
    y = (x * s).reshape(3, 2)
    a, b, c = y
    a *= s
    y[1] = s
    return y * b * c


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7
M = np.array([[0.5, -1.2, 0.8, 1.1], [0.9, 0.4, -0.6, 1.3], [-0.7, 1.5, 0.2, -0.3]])
A = np.array([[0.5, -1.2, 0.8], [0.9, 0.4, -0.6], [-0.7, 1.5, 0.2]])
T = np.linspace(-1.0, 1.2, 12).reshape(2, 2, 3)

CASES = [
    case(slice_view, X), case(slice_view_reads_base, X, S), case(strided_view, X, S), case(reversed_view, X, S),
    case(row_view, M, S), case(column_view, M, S), case(block_view, M, S), case(view_of_a_view, X, S),
    case(index_with_ellipsis, T, S), case(new_axis_view, X, S), case(ellipsis_of_an_element, X, S),
    case(transposed_view, M, S), case(axes_moved, T, S), case(matrix_transposed, T, S), case(reshaped_view, X, S),
    case(reshape_function, M, S), case(ravelled_view, M, S), case(flattened_is_a_copy, M, S),
    case(reshape_that_copies, M, S), case(diagonal_read, A, S), case(diagonal_of_flat_slices, A, S),
    case(real_and_imaginary_views, X, S), case(real_of_a_real_array, X, S), case(broadcast_view_read, X, S),
    case(squeezed_view, X, S), case(flipped_views, M, S), case(split_views, M, X, S), case(unstacked_views, M, S),
    case(asarray_is_the_same, X, S), case(atleast_views, X, S), case(array_makes_a_copy, X, S),
    case(view_method, X, S), case(view_as_other_numbers, X, S), case(sliding_windows_read, X, S),
    case(windows_read_before_a_change, X, S),
    case(flat_iterator_read, M, S), case(flat_slices_are_copies, M, S), case(slices_of_items, M, S),
    case(triangle_copies, A, S), case(conditional_view, X, S, True),
    case(conditional_view, X, S, False, label="a part"), case(view_chosen_by_value, M, S),
    case(rows_unpacked_of_a_reshape, X, S),
    case(view_or_copy_chosen, X, S, True), case(view_or_copy_chosen, X, S, False, label="view"),
]  # fmt: skip
