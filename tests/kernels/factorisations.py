"""Factorisations and solvers by loops, as in PolyBench, Numerical Recipes and Golub and Van Loan."""

import math

import numpy as np
from case import case


def lu(A):
    for i in range(A.shape[0]):
        for j in range(i):
            A[i, j] -= A[i, :j] @ A[:j, j]
            A[i, j] /= A[j, j]
        for j in range(i, A.shape[0]):
            A[i, j] -= A[i, :i] @ A[:i, j]


def determinant(A):
    lu(A)
    return np.prod(np.diag(A))


def ludcmp(A, b):
    x = np.zeros_like(b)
    y = np.zeros_like(b)

    for i in range(A.shape[0]):
        for j in range(i):
            A[i, j] -= A[i, :j] @ A[:j, j]
            A[i, j] /= A[j, j]
        for j in range(i, A.shape[0]):
            A[i, j] -= A[i, :i] @ A[:i, j]
    for i in range(A.shape[0]):
        y[i] = b[i] - A[i, :i] @ y[:i]
    for i in range(A.shape[0] - 1, -1, -1):
        x[i] = (y[i] - A[i, i + 1:] @ x[i + 1:]) / A[i, i]

    return x, y


def cholesky(A):
    A[0, 0] = np.sqrt(A[0, 0])
    for i in range(1, A.shape[0]):
        for j in range(i):
            A[i, j] -= np.dot(A[i, :j], A[j, :j])
            A[i, j] /= A[j, j]
        A[i, i] -= np.dot(A[i, :i], A[i, :i])
        A[i, i] = np.sqrt(A[i, i])
    return np.tril(A)


def choldc(a: list[list[float]], b: list[float]):
    """Numerical Recipes: the factor below the diagonal of `a`, the diagonal apart, then solve."""
    n = len(b)
    p = [0.0] * n
    for i in range(n):
        for j in range(i, n):
            s = a[i][j]
            for k in range(i - 1, -1, -1):
                s -= a[i][k] * a[j][k]
            if i == j:
                if s <= 0.0:
                    raise ValueError("choldc failed")
                p[i] = math.sqrt(s)
            else:
                a[j][i] = s / p[i]
    x = [0.0] * n
    for i in range(n):
        s = b[i]
        for k in range(i - 1, -1, -1):
            s -= a[i][k] * x[k]
        x[i] = s / p[i]
    for i in range(n - 1, -1, -1):
        s = x[i]
        for k in range(i + 1, n):
            s -= a[k][i] * x[k]
        x[i] = s / p[i]
    return x


def gramschmidt(A):
    Q = np.zeros_like(A)
    R = np.zeros((A.shape[1], A.shape[1]), dtype=A.dtype)

    for k in range(A.shape[1]):
        nrm = np.dot(A[:, k], A[:, k])
        R[k, k] = np.sqrt(nrm)
        Q[:, k] = A[:, k] / R[k, k]
        for j in range(k + 1, A.shape[1]):
            R[k, j] = np.dot(Q[:, k], A[:, j])
            A[:, j] -= Q[:, k] * R[k, j]

    return Q, R


def householder(A):
    """Golub and Van Loan, algorithm 5.2.1: reflectors applied from the left, in place."""
    R = A.copy()
    m, n = R.shape
    Q = np.eye(m)
    for j in range(n):
        x = R[j:, j]
        s = -np.sign(x[0])
        u1 = x[0] - s * np.linalg.norm(x)
        w = x / u1
        w[0] = 1
        tau = -s * u1 / np.linalg.norm(R[j:, j])
        R[j:, :] = R[j:, :] - (tau * w)[:, None] * (w @ R[j:, :])
        Q[:, j:] = Q[:, j:] - (Q[:, j:] @ w)[:, None] * (tau * w)[None, :]
    return Q, R


def durbin(r):
    y = np.empty_like(r)
    alpha = -r[0]
    beta = 1.0
    y[0] = -r[0]

    for k in range(1, r.shape[0]):
        beta *= 1.0 - alpha * alpha
        alpha = -(r[k] + np.dot(np.flip(r[:k]), y[:k])) / beta
        y[:k] += alpha * np.flip(y[:k])
        y[k] = alpha

    return y


def levinson(r, order):
    """Prediction coefficients and error from an autocorrelation."""
    a = np.zeros(order + 1)
    a[0] = 1.0
    E = r[0]
    for i in range(1, order + 1):
        k = 0.0
        for j in range(i):
            k += a[j] * r[i - j]
        k = -k / E
        for j in range(i // 2 + 1):
            t = a[i - j]
            a[i - j], a[j] = a[i - j] + k * a[j], a[j] + k * t if j != i - j else a[j] + k * a[j]
        E *= 1 - k * k
    return a, E


def trisolv(L, x, b):
    for i in range(x.shape[0]):
        x[i] = (b[i] - L[i, :i] @ x[:i]) / L[i, i]


def solve_lower(L, b):
    x = np.empty_like(b)
    trisolv(L, x, b)
    return x


def gauss(A, b):
    """Elimination with partial pivoting; rows are swapped by an integer-array store."""
    n = len(b)
    for i in range(n):
        p = i + np.argmax(np.abs(A[i:, i]))
        if p != i:
            A[[i, p]] = A[[p, i]]
            b[i], b[p] = b[p], b[i]
        for k in range(i + 1, n):
            m = A[k, i] / A[i, i]
            A[k, i:] -= m * A[i, i:]
            b[k] -= m * b[i]
    for i in range(n - 1, -1, -1):
        b[i] -= A[i, i + 1:] @ b[i + 1:]
        b[i] /= A[i, i]
    return b


def gauss_jordan_inverse(A):
    """An augmented matrix, every row divided and swept in place."""
    n = A.shape[0]
    M = np.hstack([A, np.eye(n)])
    for i in range(n):
        M[i] /= M[i, i]
        for j in range(n):
            if j != i:
                M[j] -= M[j, i] * M[i]
    return M[:, n:]


def conjugate_gradient(A, b, x0, tol):
    x = x0.copy()
    r = b - A @ x
    p = r.copy()
    rs = r @ r
    for _ in range(2 * len(b)):
        Ap = A @ p
        alpha = rs / (p @ Ap)
        x += alpha * p
        r -= alpha * Ap
        rs_new = r @ r
        if np.sqrt(rs_new) < tol:
            break
        p *= rs_new / rs
        p += r
        rs = rs_new
    return x


def jacobi_rotations(A, sweeps):
    """Cyclic Jacobi: eigenvalues by plane rotations of rows and columns."""
    n = len(A)
    for _ in range(sweeps):
        for p in range(n - 1):
            for q in range(p + 1, n):
                theta = (A[q, q] - A[p, p]) / (2.0 * A[p, q])
                t = np.sign(theta) / (abs(theta) + np.sqrt(theta * theta + 1.0))
                c = 1.0 / np.sqrt(t * t + 1.0)
                s = t * c
                Ap, Aq = A[p].copy(), A[q].copy()
                A[p], A[q] = c * Ap - s * Aq, s * Ap + c * Aq
                Ap = A[:, p].copy()
                A[:, p] = c * Ap - s * A[:, q]
                A[:, q] = s * Ap + c * A[:, q]
    return np.sort(A.diagonal())


def power_iteration(A, v, eps):
    lam = 0.0
    while True:
        w = A @ v
        new = np.linalg.norm(w)
        w /= new
        if abs(new - lam) < eps:
            return new, w
        v, lam = w, new


def givens_hessenberg(H, b):
    """The small least-squares problem of GMRES: Givens rotations applied as it grows."""
    n = H.shape[1]
    cs, sn = np.zeros(n), np.zeros(n)
    g = np.zeros(n + 1)
    g[0] = b
    for k in range(n):
        for i in range(k):
            H[i, k], H[i + 1, k] = cs[i] * H[i, k] + sn[i] * H[i + 1, k], -sn[i] * H[i, k] + cs[i] * H[i + 1, k]
        d = np.hypot(H[k, k], H[k + 1, k])
        cs[k], sn[k] = H[k, k] / d, H[k + 1, k] / d
        H[k, k] = d
        H[k + 1, k] = 0.0
        g[k + 1] = -sn[k] * g[k]
        g[k] *= cs[k]
    y = g[:n]
    for i in reversed(range(n)):
        y[i] = (y[i] - H[i, i + 1:n] @ y[i + 1:]) / H[i, i]
    return y, abs(g[n])


rng = np.random.default_rng(2)
G = rng.normal(size=(4, 4))
SPD = G @ G.T + 4.0 * np.eye(4)
B4 = rng.uniform(0.5, 1.5, 4)
DOMINANT = G + 5.0 * np.eye(4)

CASES = [
    case(determinant, DOMINANT),
    case(ludcmp, DOMINANT, B4),
    case(cholesky, SPD),
    case(choldc, SPD.tolist(), B4.tolist()),
    case(gramschmidt, rng.normal(size=(5, 3))),
    case(householder, rng.normal(size=(4, 3))),
    case(durbin, np.array([0.5, 0.3, -0.2, 0.1, 0.15])),
    case(levinson, np.array([2.0, 1.1, 0.4, -0.2, 0.3]), 4),
    case(solve_lower, np.tril(DOMINANT), B4),
    case(gauss, G, B4),
    case(gauss_jordan_inverse, DOMINANT),
    case(conjugate_gradient, SPD, B4, np.array([0.2, -0.1, 0.4, 0.3]), 1e-1, zero=(3,)),
    case(jacobi_rotations, np.diag([1.0, 2.0, 4.0]) + 0.2 * (G[:3, :3] + G[:3, :3].T), 2),
    case(power_iteration, SPD, B4, 1e-2, zero=(2,)),
    case(givens_hessenberg, np.triu(G + 3.0 * np.eye(4), -1)[:, :3], 0.8),
]
