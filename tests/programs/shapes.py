"""Arrays that are reshaped, transposed, joined, cut, moved, repeated and reordered."""
import numpy as np
from case import case

RNG = np.random.default_rng(2)
VECTOR = RNG.normal(size=6)
TABLE = RNG.normal(size=(3, 4))
STACK = RNG.normal(size=(2, 3, 4))


def fold_and_unfold(x):
    """Reshape with a size left open, as a function and as a method, by a tuple and by single sizes."""
    blocks = np.reshape(x, (2, -1))
    flat = (blocks**2).reshape(-1)
    tall = flat.reshape(3, -1) + x.reshape((3, 2)).T.reshape(3, 2)
    return np.sin(tall) @ np.array([1.0, 2.0])


def transposes(x, w):
    """Attribute, function with and without axes, method and swapaxes."""
    a = x.T * w
    b = np.transpose(x * x)
    c = x.transpose(1, 0) - np.swapaxes(x, 0, 1) * np.exp(x.swapaxes(-1, -2))
    return a + b * c


def channels_last(image, gain):
    """A permutation of three axes, there and back, and moveaxis."""
    moved = np.transpose(image, (1, 2, 0)) * gain
    back = np.moveaxis(np.tanh(moved), -1, 0)
    return back - image.transpose(0, 2, 1).swapaxes(1, 2) * 0.5


def new_axes(x: np.ndarray, y: np.ndarray):
    """All differences of two vectors, through None, expand_dims and reshape.  Shapes: x[n], y[m]"""
    gap = x[:, None] - y[None, :]
    kernel = np.exp(-np.expand_dims(x, 1) ** 2 * np.expand_dims(y, axis=0))
    return np.sum(kernel * gap**2, axis=1) + x.reshape(-1, 1)[:, 0]


def squeeze_and_ravel(x):
    """Drop an axis of size one by name and flatten what is left."""
    column = np.squeeze(x[:, :1] ** 3, axis=1)
    flat = np.ravel(np.cos(x))
    return np.sum(flat[::3]) * column + x[:1].squeeze(0)[0] * x.flatten()[-1]


def shape_that_is_worked_out(x, row, w):
    shape = np.broadcast_shapes(x[:, None].shape, row.shape)
    z = np.reshape(w, shape)
    return np.sum((z + row) ** 2 * x[:, None])


def explicit_broadcast(row, column):
    """Stretch by hand, along new leading axes and along axes of size one."""
    wide = np.broadcast_to(row, (2, 3, 4))
    tall = np.broadcast_to(column, (3, 4))
    return np.sum(wide * tall, axis=0) + tall**2


def joined(a, b, c):
    """Concatenate and stack literal lists, with one array taking part twice."""
    ends = np.concatenate([a, b, a[:2] * c])
    pairs = np.stack((a, np.sin(b), a * b), axis=1)
    return np.cumsum(ends)[-1] * pairs.sum(axis=0) + np.hstack([b, c * b])[:3]


def joined_matrices(a, b):
    """Join along the second axis, above each other, and append scalars made into arrays."""
    side = np.concatenate((a, b * 2.0), axis=1)
    above = np.vstack([a**2, a[:1]])
    edge = np.concatenate([np.array([a[0, 0], b[1, 0]]), a[:, 1] * b[:, 0]])
    return np.sum(side**3) + np.sum(np.exp(above), axis=0) * edge[1]


def results_joined(x, rate, steps):
    """Stack what a comprehension computes, and concatenate what a loop rebinds."""
    powers = np.stack([np.exp(-rate * k * x) for k in range(steps)])
    history = x
    for k in range(steps):
        history = np.concatenate((history, history[-2:] * rate))
    return np.sum(powers, axis=0) + np.mean(history**2)


def cut_apart(x, w):
    """Split in equal parts, at given places, and along an axis."""
    first, second, third = np.split(x, 3)
    head, tail = np.split(x, [1])
    left, right = np.split(w, 2, axis=1)
    return np.sum(first * second - third**2) * head + np.sum(tail) * np.sum(left * np.cos(right))


def heads_of_pieces(x, n):
    """Cut in three, and each of them in n."""
    pieces = np.split(x, 3)
    heads = [np.array_split(piece, n) for piece in pieces]
    out = [q * k * v for q, k, v in zip(*heads)]
    return np.sum(np.hstack(out) * np.hsplit(x, [2])[0][0])


def mirrored_and_rotated(x, shift):
    """Flip and roll: all axes, one axis, several axes, negative shifts."""
    mirrored = np.flip(x, axis=1) * x + np.flip(x)
    rotated = np.roll(x, 1, axis=0) - np.roll(x, -2, axis=1) + np.roll(x, shift)
    return mirrored * rotated[:, ::-1] + np.fliplr(x) * np.flipud(x)


def laid_out_again(x, y):
    """Tile and repeat along new and old axes, by one count and by a list of counts."""
    tiles = np.tile(x, (2, 2)) * np.tile(y[:2], 2)
    runs = np.repeat(x, 2, axis=1) * np.repeat(y, [1, 2, 1])
    return np.sum(tiles**2, axis=0) + np.sum(np.sin(runs), axis=0) + np.mean(np.repeat(y, 2))


def order_statistics(x, y):
    """Sorted values against fixed weights: an L-estimator, and one along an axis."""
    ranks = np.sort(x) * np.linspace(-1.0, 1.0, x.shape[0])
    rows = np.sort(y, axis=0)[1] - np.sort(y)[:, -1:] * y[:, :1]
    return np.sum(ranks) + rows.sum(axis=1)


def limited(x, low, high):
    """Clip as a function and as a method, one bound absent, and np.where between arrays."""
    inner = np.clip(x, low, high) * x
    floor = x.clip(min=-0.3) ** 2
    return np.where(x > 0.0, inner, floor) + np.where(x < high, x * low, high)


def trapezoid_by_slices(x, y):
    """Integrate unevenly spaced samples: differences of slices, then diff and meshgrid-like use."""
    width = x[1:] - x[:-1]
    area = np.sum(width * 0.5 * (y[1:] + y[:-1]))
    return area + np.sum(np.diff(y) ** 2 / np.diff(x))


CASES = [
    case(fold_and_unfold, VECTOR),
    case(fold_and_unfold, TABLE[:, ::2], label="matrix with strides"),
    case(transposes, TABLE, VECTOR[:3]),
    case(channels_last, STACK, np.array([0.5, 1.5])),
    case(new_axes, VECTOR, TABLE[0]),
    case(squeeze_and_ravel, TABLE),
    case(shape_that_is_worked_out, TABLE[:, 0], TABLE[1, :2], np.arange(2.0 * len(TABLE))),
    case(explicit_broadcast, TABLE[1], TABLE[:, :1]),
    case(joined, VECTOR[:3], TABLE[0, :3], 0.8),
    case(joined_matrices, TABLE[:2, :2], STACK[0, :2, :1]),
    case(results_joined, VECTOR[:3], 0.4, 4),
    case(cut_apart, VECTOR, TABLE),
    case(heads_of_pieces, VECTOR, 2),
    case(mirrored_and_rotated, TABLE, 2),
    case(laid_out_again, TABLE[:, :2], TABLE[:, 3]),
    case(order_statistics, VECTOR, TABLE),
    case(limited, TABLE, -0.6, 0.9),
    case(limited, VECTOR, -0.6, np.full(6, 0.9), label="array bound"),
    case(trapezoid_by_slices, np.array([0.0, 0.3, 0.9, 1.4]), TABLE[1]),
]
