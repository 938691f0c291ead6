"""Dot, matrix, outer, tensor and einsum products of every rank, and forms built from them."""
import numpy as np
from case import case

RNG = np.random.default_rng(4)
U = RNG.normal(size=3)
V = RNG.normal(size=4)
A = RNG.normal(size=(3, 4))
B = RNG.normal(size=(4, 2))
S = RNG.normal(size=(3, 3))
BATCH = RNG.normal(size=(2, 3, 4))
PAIRS = RNG.normal(size=(5, 1, 4, 2))


def vector_products(u, v):
    """Three spellings of the scalar product, one of them with itself."""
    return np.dot(u, v) * (u @ u) + np.inner(u, np.sin(v)) / np.dot(v, 2.0 * v) + v.dot(u) ** 2


def matrix_and_vector(a: np.ndarray, u: np.ndarray, v: np.ndarray):
    """A matrix between two vectors, from both sides.  Shapes: a[n, m], u[n], v[m]"""
    left = u @ a
    right = a @ v
    return np.tanh(left) @ v + u @ np.tanh(right) + u @ a @ v


def matrix_chain(a, b):
    """Products in a chain with transposes and a matrix that occurs twice."""
    c = np.matmul(a, b)
    gram = c.T @ c
    return np.exp(-0.1 * gram) @ np.dot(b.T, a.T)


def stacked_matrices(batch, b, v):
    """A stack times one matrix, a stack times a vector, and a vector times a stack."""
    features = batch @ b
    scores = np.matmul(batch, v)
    back = v[:3] @ batch
    return np.sum(features**2, axis=-1) * scores + back[:, :3]


def stacks_that_broadcast(pairs, batch):
    """Leading axes (5, 1) against (2,): each pair of matrices once."""
    return np.sin(batch @ pairs)


def general_dot(batch, b):
    """np.dot of rank three with rank two and of a scalar with an array, and np.inner of matrices."""
    c = np.dot(batch, b)
    scaled = np.dot(b[0, 0], batch)
    return np.sum(c**2) + np.inner(batch[0], batch[1]) * np.sum(scaled)


def rank_one_update(s, u, v):
    """Outer products added to a matrix: one step of a secant method."""
    gap = v - s @ u
    updated = s + np.outer(gap, u) / (u @ u)
    return updated @ np.outer(v, v)[0] + np.outer(u, u).sum()


def quadratic_forms(s, x):
    """One vector, many rows at once, and a symmetric part."""
    single = x[0] @ s @ x[0]
    rows = np.sum((x @ s) * x, axis=1)
    symmetric = 0.5 * (s + s.T)
    return single * rows + np.trace(symmetric @ symmetric)


def tensor_products(a, batch):
    """Tensordot over one axis, over two, over named pairs, and over none."""
    one = np.tensordot(a, batch, axes=([0], [1]))
    two = np.tensordot(batch, a, axes=2)
    pair = np.tensordot(batch, batch, axes=((1, 2), (1, 2)))
    return np.sum(one, axis=(0, 2)) @ two + np.sum(pair**2) + np.tensordot(two, two, axes=0)


def einsum_bilinear(x, w, y):
    """A bilinear layer: one einsum with three operands."""
    return np.einsum("bi,oij,bj->bo", x, w, y)


def einsum_forms(s, u, batch):
    """Implicit output, a sum over everything, a transposition, a batch axis given by dots."""
    form = np.einsum("i,ij,j", u, s, u)
    total = np.einsum("ij->", s**2)
    turned = np.einsum("ij->ji", s)
    batched = np.einsum("...ij,i->...j", batch, u)
    return form * total * turned + np.einsum("bi,bi->", batched, batched)


def einsum_diagonal(s, a):
    """Repeated letters: a trace, a diagonal, and row products."""
    return np.einsum("ii", s) * np.einsum("ii->i", s) + np.einsum("ij,ij->i", a, a)


def traces_and_diagonals(s, a):
    """Read a diagonal, build a diagonal matrix, and take traces off the main diagonal."""
    d = np.diag(s)
    scaled = np.diag(np.exp(d)) @ a
    return np.trace(s @ s) * d + scaled @ a[0] + np.trace(a, offset=1) + np.sum(np.diag(a, -1))


def polynomial_in_a_matrix(s, coefficients):
    """Horner's scheme with matrix products, the identity from np.eye."""
    result = np.zeros((3, 3))
    for c in coefficients:
        result = result @ s + c * np.eye(3)
    return result


def power_iteration(s, start, steps):
    """The Rayleigh quotient after a few normalised products with a symmetric matrix."""
    m = s @ s.T
    x = start
    for _ in range(steps):
        x = m @ x
        x = x / np.linalg.norm(x)
    return x @ m @ x


def cross_and_kron(u, v, s):
    """Two components of a torque from a constant tensor, and a Kronecker product from an outer one."""
    around = np.array([[[0, 0, 0], [0, 0, 1], [0, -1, 0]], [[0, 0, -1], [0, 0, 0], [1, 0, 0]]])
    torque = np.einsum("ijk,j,k->i", around, u, v)
    composite = np.outer(s, np.diag(u)).reshape(3, 3, 3, 3).transpose(0, 2, 1, 3).reshape(9, 9)
    return torque @ s[:2] + np.sum(np.sin(composite), axis=0)[:3] * torque[0]


CASES = [
    case(vector_products, U, V[:3]),
    case(matrix_and_vector, A, U, V),
    case(matrix_and_vector, BATCH[0].T, V, U, label="transposed view"),
    case(matrix_chain, A, B),
    case(stacked_matrices, BATCH, B, V),
    case(stacks_that_broadcast, PAIRS, BATCH),
    case(general_dot, BATCH, B),
    case(rank_one_update, S, U, V[:3]),
    case(quadratic_forms, S, A.T[:, :3]),
    case(tensor_products, A, BATCH),
    case(einsum_bilinear, A[:2], RNG.normal(size=(3, 4, 2)), B[:2]),
    case(einsum_forms, S, U, BATCH),
    case(einsum_diagonal, S, A),
    case(traces_and_diagonals, S, A),
    case(polynomial_in_a_matrix, 0.5 * S, np.array([0.3, -1.2, 0.7, 2.0])),
    case(power_iteration, S, np.ones(3), 2),
    case(cross_and_kron, U, V[1:], S),
]
