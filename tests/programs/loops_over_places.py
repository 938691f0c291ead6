"""Loops over the places of elements: zip(*np.where(m)), np.argwhere, np.ndindex, np.ndenumerate."""

import math

import numpy as np
from case import case


def zipstar(M, s):
    y = M * s
    for i, j in zip(*np.where(M < 0)):
        y[i, j] *= y[i - 1, j - 1]
    return y


def zipstar2(M, s):
    y = M * s
    for a, b, c in zip(*M):
        y[0] += a * b * c
    return y


def zipstar3(M, s):
    rows = [(1, 2), (0, 1)]
    y = M * s
    for a, b in zip(*rows):
        y[a, b] *= s
    for n, (a, b) in enumerate(zip(*rows)):
        y[a, b] *= n + s
    return y


def argw(M, s):
    y = M * s
    for i, j in np.argwhere(M > 0.7):
        y[i, j] = y[i - 1, j] * s
    return y


def transp(M, s):
    y = M * s
    for i, j in np.transpose(np.nonzero(M > 0.7)):
        y[i, j] = y[i - 1, j] * s
    for i, j in np.array(np.nonzero(M > 0.7)).T:
        y[i, j] = y[i - 1, j] * s
    return y


def ndenum(M, s):
    y = np.zeros_like(M)
    for (i, j), v in np.ndenumerate(M):
        y[i, j] = v * s + y[0, 0]
    return y


def ndenum2(M, s):
    t = 0.0
    for i, v in np.ndenumerate(M):
        t += v * v * i[0]
    return t * s


def ndind(M, s):
    y = np.zeros_like(M)
    for i in np.ndindex(M.shape):
        y[i] = M[i] * M[i] + s * y[0, 0]
    for i, j in np.ndindex(3, 4):
        y[i, j] *= s
    for i, j in np.ndindex(*M.shape):
        y[i, j] *= s
    return y


def zipmixed(M, x, s):
    y = M * s
    for v, (a, b) in zip(x, zip(*np.where(M < 0))):
        y[a, b] *= v
    for v, a, b in zip(x, *np.where(M < 0)):
        y[a, b] *= v
    for v, a, b in zip(*[x[:4], *M[:2]]):
        y[0] += v * a * b
    return y


def ndcomp(M, s):
    t = [v * s * i for (i, j), v in np.ndenumerate(M)]
    u = sum((M[i] ** 2 for i in np.ndindex(M.shape)))
    n = [i + j for i, j in np.ndindex(2, 2)]
    return np.array(t) * u * n[1]


def whiled(M, s):
    y = M * s
    idx = list(zip(*np.nonzero(M > 0)))
    while idx:
        i, j = idx.pop()
        y[i, j] += y[i - 1, j] * s
    return y


def sorted_points(M, s):
    y = M * s
    pts = [(i, j) for i in range(3) for j in range(4) if M[i, j] > 0]
    for i, j in pts:
        y[i, j] *= y[(i + 1) % 3, j]
    for n, (i, j) in enumerate(pts):
        y[i, j] += n * s
    for (i, j), (a, b) in zip(pts, pts[1:]):
        y[i, j] += y[a, b]
    return y


def parts_of_a_model(x, M):
    return x - x[0], M * M, np.ones(2)


def zip_of_parts(x, M):
    """The parts have different lengths, and their adjoints are arrays of their own shapes."""
    total = 0.0
    for v, row, one in zip(*parts_of_a_model(x, M)):
        total += v * np.sum(row) * one
    for v, row in zip(*[3 * x, M, *()]):
        total += v * v * np.sum(row)
    return total


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7
M = np.array([[0.5, -1.2, 0.8, 1.1], [0.9, 0.4, -0.6, 1.3], [-0.7, 1.5, 0.25, -0.3]])
A = np.array([[0.5, -1.2, 0.8], [0.9, 0.4, -0.6], [-0.7, 1.5, 0.2]])


def read_by_nditer(a):
    total = 0.0
    for v in np.nditer(a):
        total += v * v
        if v > 1.0:
            total = total * np.sin(v)
    return total


def written_by_nditer(a, k):
    b = np.exp(a)
    for v in np.nditer(b, op_flags=["readwrite"]):
        v[...] = k * v * v if v < 2.0 else 0.5 * v
    return b * a


def entered_nditer(a, k):
    b, seen = a * k, 0.0
    with np.nditer(b, op_flags=[["readwrite"]], order="C") as items:
        for v in items:
            seen = seen + math.sqrt(v)
            v[...] += seen
            v[...] *= b[0, 0]
    return np.sum(b) * seen


def kept_by_their_place(a):
    """One index of several parts gives one element."""
    b, kept = a * 1.0, []
    for n in np.ndindex(np.shape(b)):
        kept.append(b[n] * 2.0)
        b[n] = sum(kept) * b[n]
    last = (1, 2)
    return np.sum(b[last] * a) * kept[0]


def by_ndenumerate(a):
    b = np.zeros_like(a)
    for (i, j), v in np.ndenumerate(a):
        b[i, j] = v * v * (i + 1) - b[i, j - 1]
    for n in np.ndindex(a.shape):
        b[n] *= a[n]
    return b


def momentum(w, x):
    """Arrays of several ranks, and buffers like them."""
    parameters = [w.copy(), np.zeros(2)]
    velocities, sums = [np.zeros_like(p) for p in parameters], [np.zeros(p.shape) for p in parameters]
    for _ in range(2):
        rest = parameters[0] @ x + parameters[1]
        for p, v, s, g in zip(parameters, velocities, sums, [np.outer(rest, x), rest], strict=True):
            v *= 0.9
            v -= 0.1 * g
            s += v
            p += v
    return np.sum((parameters[0] @ x + parameters[1]) ** 2) + np.sum(sums[1] ** 2)


CASES = [
    case(momentum, np.array([[0.4, -0.3, 0.9], [0.2, 0.8, -0.5]]), np.array([0.5, -1.2, 0.7])),
    case(read_by_nditer, np.abs(M)),
    case(written_by_nditer, np.abs(M), 0.7),
    case(entered_nditer, np.abs(M), 0.7),
    case(kept_by_their_place, np.abs(M)),
    case(by_ndenumerate, np.abs(M)),
    case(zipstar, M, S), case(zipstar2, M, S), case(zipstar3, M, S), case(argw, M, S), case(transp, M, S),
    case(ndenum, M, S), case(ndenum2, M, S), case(ndind, M, S), case(zipmixed, M, X, S), case(ndcomp, M, S),
    case(whiled, M, S), case(sorted_points, M, S), case(zip_of_parts, X, M), case(zip_of_parts, X[:1], M, label="one"),
]  # fmt: skip
