"""Functions whose ranks and sizes no reading of the source can tell; each runs with several."""
import numpy as np
from case import case

RNG = np.random.default_rng(6)
VECTOR = RNG.normal(size=6)
TABLE = RNG.normal(size=(2, 3))
STACK = RNG.normal(size=(2, 3, 4))


def soft_threshold(x, level):
    """Accepts a number or an array of any rank, on either side."""
    return x * np.tanh(x / level) - level * np.log(np.cosh(x / level))


def in_blocks(x, size):
    """Reshape by sizes computed from the data, the last incomplete block left out."""
    count = x.size // size
    blocks = x.reshape(-1)[: count * size].reshape(count, size)
    return np.sum(blocks**2, axis=1) / np.sqrt(count)


def dropped_axes(x, weight):
    """Squeeze without an axis: the rank of the result depends on the sizes."""
    slim = np.squeeze(x)
    return weight * slim**2 + np.sum(slim)


def compressed(x, w):
    """The number of entries that survive the mask is not known before the run."""
    kept = x[x > 0.0]
    ranks = np.arange(1.0, kept.size + 1.0)
    return np.sum(kept * ranks) * w + kept @ kept


def flattened_energy(x, coupling):
    """Ravel of unknown rank, then neighbours along the flat order."""
    flat = np.ravel(x)
    return np.sum(flat**4) - coupling * np.sum(flat[1:] * flat[:-1])


def affine(w, x, b):
    """A product whose meaning depends on the ranks of both operands."""
    return np.tanh(w @ x + b)


def reduce_last(x, power, axis=-1):
    """A mean over an axis given as an argument, of an array of any rank."""
    mean = np.mean(np.abs(x) ** power, axis=axis) ** (1.0 / power)
    return mean * np.max(x)


def swapped_if_tall(x, v):
    """The orientation is decided from the shape at run time."""
    if x.shape[0] > x.shape[1]:
        x = x.T
    return (x * v) @ x.T


def padded_to_multiple(x, size):
    """Zeros appended until the length is a multiple: concatenation by a computed length."""
    padding = -len(x) % size
    padded = np.concatenate([x, np.zeros(padding)])
    return np.prod(padded.reshape(-1, size) + 1.5, axis=0)


def normalised_any_rank(x):
    """The same text for a vector and for the rows of a matrix."""
    length = np.sqrt(np.sum(x * x, axis=-1, keepdims=True))
    return x / length + 0.1 * x.sum()


def outer_of_any_rank(x, y):
    """Every entry of x with every entry of y: axes added by rank, not by hand."""
    spread = x.reshape(x.shape + (1,) * y.ndim)
    return np.exp(-((spread - y) ** 2))


CASES = [
    case(soft_threshold, 0.8, 0.5),
    case(soft_threshold, VECTOR, 0.5, label="array and scalar"),
    case(soft_threshold, 0.8, np.abs(TABLE) + 0.3, label="scalar and array"),
    case(soft_threshold, TABLE, np.array(0.7), label="matrix and 0-d"),
    case(soft_threshold, TABLE, np.array([[0.5], [0.9]]), label="matrix and column"),
    case(in_blocks, VECTOR, 4),
    case(in_blocks, STACK, 5, label="rank three"),
    case(dropped_axes, TABLE[None, :, None, :], 0.4),
    case(dropped_axes, np.array([[0.3]]), 0.4, label="down to rank zero"),
    case(dropped_axes, VECTOR[:, None], VECTOR, label="column"),
    case(compressed, VECTOR, 0.7),
    case(compressed, STACK, -0.2, label="rank three"),
    case(flattened_energy, STACK[:, ::2], 0.5),
    case(flattened_energy, TABLE.T, 0.5, label="transposed"),
    case(flattened_energy, 1.3, 0.5, wrt=0, label="scalar"),
    case(affine, TABLE, VECTOR[:3], VECTOR[:2]),
    case(affine, VECTOR[:3], TABLE.T, 0.2, label="vector times matrix"),
    case(affine, VECTOR, 0.3 * VECTOR[::-1], 0.1, label="two vectors"),
    case(affine, STACK, STACK[0].T, TABLE[:, :, None], label="stack times matrix"),
    case(reduce_last, VECTOR, 3.0),
    case(reduce_last, STACK, 2.0, 0, label="first axis"),
    case(reduce_last, STACK, 2.0, keywords={"axis": (0, 2)}, label="two axes by keyword"),
    case(swapped_if_tall, TABLE, VECTOR[:3]),
    case(swapped_if_tall, TABLE.T, VECTOR[:3], label="tall"),
    case(padded_to_multiple, VECTOR, 4),
    case(padded_to_multiple, VECTOR, 3, label="nothing to add"),
    case(normalised_any_rank, VECTOR),
    case(normalised_any_rank, STACK, label="rank three"),
    case(outer_of_any_rank, VECTOR[:2], TABLE),
    case(outer_of_any_rank, TABLE, np.array(0.3), label="0-d partner"),
]
