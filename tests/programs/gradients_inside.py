"""`srcgrad.gradients` in loops and comprehensions, of what was computed before them: the rows of a Hessian."""

import numpy as np
import srcgrad
from case import case
from srcgrad import gradients


def energy(x):
    total = np.sum(x**2) * x[0]
    for i in range(len(x) - 1):
        total = total + np.sin(x[i]) * x[i + 1] if i % 2 else total * x[i + 1]
    return total


@srcgrad.function
def in_a_comprehension(x, w):
    y = 0.0
    for i in range(len(x)):  # binds the name that the comprehension has, too
        y = y + w * np.sin(x[i]) * x[0]
    if y > 0.0:
        y = y * y
    g = gradients(y, x)[0]
    rows = [gradients(g[i], x)[0] for i in range(len(x))]
    return np.stack(rows)


@srcgrad.function
def in_a_loop(x):
    y = energy(x)
    g = gradients(y, x)[0]
    found = np.zeros((2, 2))
    for i in range(x.shape[0]):
        if i > 2:
            break
        scale = 1.0 + i
        h = gradients(g[i] * scale, x)[0]
        for j in range(2):
            found[i, j] = h[j]
    return found


@srcgrad.function
def along_directions(x, m):
    v = m @ x
    y = energy(v)
    (g,) = gradients(y, [v])
    total, k = 0.0, 0
    while k < 2:
        e = np.zeros(2)
        e[k] = 1.0
        total = total + np.dot(x, gradients(g, v, grad_ys=e)[0])
        k += 1
    return total


@srcgrad.function
def along_axes(x):
    y = energy(x)
    g = gradients(y, [x])[0]
    return sum(gradients(np.sum(g * e), x)[0][0] for e in np.eye(2))


@srcgrad.function
def newton(x):
    for _ in range(2):
        y = np.sum(np.cosh(x) * (2.0 + x[0])) + np.sum(x * x)
        g = gradients(y, x)[0]
        rows = []
        for i in range(2):
            rows.append(gradients(g[i], x)[0])
        x = x - np.linalg.solve(np.stack(rows), g)
    return x


@srcgrad.function
def in_a_dict(x):
    y = energy(x)
    g = gradients(y, x)[0]
    rows = {}
    for i in range(2):
        if i == 0:
            rows[i] = gradients(g[i], x)[0]
            continue
        rows[i] = x * gradients(y * g[i], x)[0]
    return {n: r * 2.0 for n, r in rows.items()}


def doubled_first(u):
    u[0] = u[0] * 2.0


@srcgrad.function
def of_an_argument_that_changes(x, scale):
    """Memory that was changed before is what it was at first, when the statements are taken again."""
    seen = x
    doubled_first(seen)
    y = scale * np.sum(x**3)
    scale = scale + 1.0
    return gradients(y, x)[0] * scale


@srcgrad.function
def of_a_parameter_bound_anew(x, scale):
    x = np.asarray(x) * scale
    y = np.sum(x**3)
    g = gradients(y, x)[0]
    rows = []
    for i in range(2):
        scale = scale + 1.0
        rows.append(gradients(g[i], x)[0] * scale)
    return np.array(rows)


X = np.array([0.7, 1.2])
M = np.array([[1.0, 0.3], [0.2, 0.9]])
CASES = [
    case(in_a_comprehension, X, 0.5, smooth=False, file=False),
    case(in_a_loop, X, smooth=False, file=False),
    case(along_directions, X, M, smooth=False, file=False),
    case(along_axes, X, smooth=False, file=False),
    case(newton, 0.2 * X, smooth=False, file=False),
    case(of_an_argument_that_changes, X, 0.5, file=False),
    case(of_a_parameter_bound_anew, X, 0.5, smooth=False, file=False),
    case(in_a_dict, X, smooth=False, file=False),
]
