"""Linear algebra of PolyBench, statistics in place, sparse products."""

import numpy as np
from case import case


def gemm(alpha, beta, C, A, B):
    C[:] = alpha * A @ B + beta * C


def run_gemm(alpha, beta, C, A, B):
    gemm(alpha, beta, C, A, B)
    return C


def gemver(alpha, beta, A, u1, v1, u2, v2, w, x, y, z):
    A += np.outer(u1, v1) + np.outer(u2, v2)
    x += beta * y @ A + z
    w += alpha * A @ x


def run_gemver(alpha, beta, A, u1, v1, u2, v2, w, x, y, z):
    """Shapes: alpha[], beta[], A[n, n], u1[n], v1[n], u2[n], v2[n], w[n], x[n], y[n], z[n]"""
    gemver(alpha, beta, A, u1, v1, u2, v2, w, x, y, z)
    return A, x, w


def gesummv(alpha, beta, A, B, x):
    return alpha * A @ x + beta * B @ x


def symm(alpha, beta, C, A, B):
    temp2 = np.empty((C.shape[1], ), dtype=C.dtype)
    C *= beta
    for i in range(C.shape[0]):
        for j in range(C.shape[1]):
            C[:i, j] += alpha * B[i, j] * A[i, :i]
            temp2[j] = B[:i, j] @ A[i, :i]
        C[i, :] += alpha * B[i, :] * A[i, i] + alpha * temp2
    return C


def syrk(alpha, beta, C, A):
    for i in range(A.shape[0]):
        C[i, :i + 1] *= beta
        for k in range(A.shape[1]):
            C[i, :i + 1] += alpha * A[i, k] * A[:i + 1, k]
    return C


def syr2k(alpha, beta, C, A, B):
    for i in range(A.shape[0]):
        C[i, :i + 1] *= beta
        for k in range(A.shape[1]):
            C[i, :i + 1] += (A[:i + 1, k] * alpha * B[i, k] +
                             B[:i + 1, k] * alpha * A[i, k])
    return C


def trmm(alpha, A, B):
    for i in range(B.shape[0]):
        for j in range(B.shape[1]):
            B[i, j] += np.dot(A[i + 1:, i], B[i + 1:, j])
    B *= alpha
    return B


def atax(A, x):
    return (A @ x) @ A


def bicg(A, p, r):
    return r @ A, A @ p


def mvt(x1, x2, y_1, y_2, A):
    x1 += A @ y_1
    x2 += y_2 @ A
    return x1, x2


def doitgen(NR, NQ, NP, A, C4):
    for r in range(NR):
        for q in range(NQ):
            sum = np.zeros(NP)
            for p in range(NP):
                sum[p] = A[r, q, :] @ C4[:, p]
            A[r, q, :] = sum


def run_doitgen(A, C4):
    doitgen(A.shape[0], A.shape[1], A.shape[2], A, C4)
    return A


def k3mm(A, B, C, D):
    E = np.zeros((A.shape[0], B.shape[1]))
    F = np.zeros((B.shape[1], D.shape[1]))
    G = np.zeros((A.shape[0], D.shape[1]))
    np.matmul(A, B, out=E)
    np.matmul(C, D, F)
    np.dot(E, F, out=G)
    return G


def covariance(M, float_n, data):
    mean = np.mean(data, axis=0)
    data -= mean
    cov = np.zeros((M, M), dtype=data.dtype)
    for i in range(M):
        cov[i:M, i] = cov[i, i:M] = data[:, i] @ data[:, i:M] / (float_n - 1.0)
    return cov


def correlation(M, float_n, data):
    mean = np.mean(data, axis=0)
    stddev = np.std(data, axis=0)
    stddev[stddev <= 0.1] = 1.0
    data -= mean
    data /= np.sqrt(float_n) * stddev
    corr = np.eye(M, dtype=data.dtype)
    for i in range(M - 1):
        corr[i + 1:M, i] = corr[i, i + 1:M] = data[:, i] @ data[:, i + 1:M]
    return corr


def spmv(A_row, A_col, A_val, x):
    """Row pointers, columns and values; NPBench."""
    y = np.empty(A_row.size - 1, A_val.dtype)
    for i in range(A_row.size - 1):
        cols = A_col[A_row[i]:A_row[i + 1]]
        vals = A_val[A_row[i]:A_row[i + 1]]
        y[i] = vals @ x[cols]
    return y


def spmv_transposed(indptr, indices, data, x, n):
    """Scatters into the result, many times into one place."""
    y = np.zeros(n)
    for i in range(len(indptr) - 1):
        for k in range(indptr[i], indptr[i + 1]):
            y[indices[k]] += data[k] * x[i]
    return y


def coo_assemble(rows, cols, local, n):
    """Finite elements: element matrices added up with duplicates."""
    K = np.zeros((n, n))
    np.add.at(K, (rows, cols), local)
    K[0, :] = 0.0
    K[:, 0] = 0.0
    K[0, 0] = 1.0
    f = np.ones(n)
    f[0] = 0.0
    return np.linalg.solve(K, f)


def welford(samples):
    """Running mean and covariance, one sample at a time."""
    mean = np.zeros(samples.shape[1])
    M2 = np.zeros((samples.shape[1], samples.shape[1]))
    for n, x in enumerate(samples, 1):
        delta = x - mean
        mean += delta / n
        M2 += np.outer(delta, x - mean)
    M2 /= len(samples) - 1
    return mean, M2


rng = np.random.default_rng(3)
N = rng.normal
A4, B4, C4 = N(size=(4, 4)), N(size=(4, 4)), N(size=(4, 4))
V = [N(size=4) for _ in range(8)]
POINTERS, COLUMNS = np.array([0, 2, 3, 6, 7], dtype=np.uint32), np.array([0, 3, 1, 0, 2, 3, 1], dtype=np.uint32)

CASES = [
    case(run_gemm, 1.5, 1.2, C4, A4, B4),
    case(run_gemver, 1.5, 1.2, A4, *V[:4], V[4], V[5], V[6], V[7]),
    case(gesummv, 1.5, 1.2, A4, B4, V[0]),
    case(symm, 1.5, 1.2, N(size=(3, 4)), N(size=(3, 3)), N(size=(3, 4))),
    case(syrk, 1.5, 1.2, N(size=(3, 3)), N(size=(3, 2))),
    case(syr2k, 1.5, 1.2, N(size=(3, 3)), N(size=(3, 2)), N(size=(3, 2))),
    case(trmm, 1.5, N(size=(3, 3)), N(size=(3, 4))),
    case(atax, N(size=(3, 4)), V[0]),
    case(bicg, N(size=(3, 4)), V[0], V[1][:3]),
    case(mvt, V[0], V[1], V[2], V[3], A4),
    case(run_doitgen, N(size=(2, 3, 4)), C4),
    case(k3mm, A4, B4, C4, A4 * 0.5),
    case(covariance, 3, 5.0, N(size=(5, 3))),
    case(correlation, 3, 5.0, N(size=(5, 3))),
    case(spmv, POINTERS, COLUMNS, N(size=7), V[0]),
    case(spmv_transposed, POINTERS, COLUMNS, N(size=7), V[0], 4),
    case(coo_assemble, np.array([0, 0, 1, 1, 1, 1, 2, 2, 2]), np.array([0, 1, 0, 1, 1, 2, 1, 2, 2]),
         np.array([2.0, -1.0, -1.1, 2.2, 2.0, -0.9, -1.0, 2.1, 0.7]), 3),
    case(welford, N(size=(5, 2))),
]  # fmt: skip
