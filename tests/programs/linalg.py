"""Linear systems, inverses, determinants and factors, and the likelihoods built on them."""
import numpy as np
from case import case

RNG = np.random.default_rng(5)
M = RNG.normal(size=(3, 3)) + 3.0 * np.eye(3)
ROOT = RNG.normal(size=(3, 3))
SPD = ROOT @ ROOT.T + 2.0 * np.eye(3)
B = RNG.normal(size=(3, 2))
X = RNG.normal(size=(6, 3))
Y = RNG.normal(size=6)
BATCH = RNG.normal(size=(2, 3, 3)) + 3.0 * np.eye(3)


def solve_vector_and_matrix(a, b):
    """One right side, then several, with the matrix read again afterwards."""
    x = np.linalg.solve(a, b[:, 0])
    many = np.linalg.solve(a.T, b)
    return x @ many + np.sum(a * x)


def sensitivity_of_a_truss(stiffness, load):
    """Compliance of springs in a row: the matrix is assembled from the stiffnesses."""
    k = stiffness
    rows = [
        [k[0] + k[1], -k[1], 0.0],
        [-k[1], k[1] + k[2], -k[2]],
        [0.0, -k[2], k[2]],
    ]
    displacement = np.linalg.solve(np.array(rows), load)
    return load @ displacement


def inverses(a):
    """An inverse beside the matrix, and Newton's step towards one."""
    inverse = np.linalg.inv(a)
    guess = a.T / np.sum(a**2)
    better = guess @ (2.0 * np.eye(a.shape[0]) - a @ guess)
    return inverse * a - better @ inverse


def determinants(a):
    """A determinant, the logarithm of one, and that of a matrix made from the same entries."""
    shifted = a @ a.T + np.eye(a.shape[0])
    return np.log(np.abs(np.linalg.det(a))) + np.sqrt(np.linalg.det(shifted))


def log_determinant(a):
    """The sign is piecewise constant; the logarithm is not."""
    sign, logdet = np.linalg.slogdet(a)
    return sign * logdet**2


def stacked_systems(a, b):
    """A stack of matrices: inverses, determinants and solutions, one per matrix."""
    x = np.linalg.solve(a, b)
    return np.sum(np.linalg.inv(a) @ x, axis=(1, 2)) * np.linalg.det(a)


def least_squares(x: np.ndarray, y: np.ndarray, ridge: float):
    """Residual after a ridge regression by normal equations.  Shapes: x[n, k], y[n]"""
    gram = x.T @ x + ridge * np.eye(x.shape[1])
    weights = np.linalg.solve(gram, x.T @ y)
    return np.sum((y - x @ weights) ** 2) + ridge * np.sum(weights**2)


def gaussian_log_likelihood(x, mean, root):
    """Observations under a covariance given by its Cholesky factor.  Shapes: x[n, k], mean[k], root[k, k]"""
    covariance = root @ root.T + 0.1 * np.eye(len(mean))
    factor = np.linalg.cholesky(covariance)
    z = np.linalg.solve(factor, (x - mean).T)
    half_log_det = np.sum(np.log(np.diag(factor)))
    return -0.5 * np.sum(z**2) - len(x) * (half_log_det + 0.5 * len(mean) * np.log(2.0 * np.pi))


def whitened(a, b):
    """Cholesky factor used twice; the input is symmetrised, so every entry counts."""
    factor = np.linalg.cholesky(0.5 * (a + a.T))
    return factor.T @ b + np.linalg.solve(factor, b)


def gaussian_process(points, values, length, noise):
    """Negative log marginal likelihood of a Gaussian process with a squared-exponential kernel."""
    gap = points[:, None] - points[None, :]
    kernel = np.exp(-0.5 * (gap / length) ** 2) + noise**2 * np.eye(len(points))
    alpha = np.linalg.solve(kernel, values)
    return 0.5 * values @ alpha + 0.5 * np.linalg.slogdet(kernel)[1]


def implicit_step(state, coupling, dt, steps):
    """Backward Euler for a linear system: the same inverse in every step."""
    propagate = np.linalg.inv(np.eye(len(state)) - dt * coupling)
    for _ in range(steps):
        state = propagate @ state
    return np.sum(state**2)


def covariance(x, y=None):
    y = x if y is None else y
    return np.array((x - x.mean(axis=0)).T.dot(y - y.mean(axis=0)) / (len(x) - 1), dtype=float)


class Components:
    def transform(self, x, count):
        """Data along its directions of largest variance: the number of axes is not known inside of `covariance`."""
        values, vectors = np.linalg.eig(covariance(x))
        order = values.argsort()[::-1]
        vectors = np.atleast_1d(vectors[:, order])[:, :count]
        return x.dot(vectors)


def principal_components(x):
    return np.sum(Components().transform(x, 2) ** 2)


CASES = [
    case(solve_vector_and_matrix, M, B),
    case(sensitivity_of_a_truss, np.array([3.0, 2.0, 1.5]), np.array([0.2, -0.1, 1.0])),
    case(inverses, M),
    case(inverses, np.array([[2.5]]), label="one by one"),
    case(determinants, M),
    case(log_determinant, ROOT),
    case(stacked_systems, BATCH, B),
    case(least_squares, X, Y, 0.3),
    case(gaussian_log_likelihood, X, Y[:3], ROOT),
    case(whitened, SPD, B),
    case(gaussian_process, np.array([0.0, 0.4, 1.1, 1.9]), Y[:4], 0.8, 0.3),
    case(principal_components, X),
    case(implicit_step, Y[:3], -SPD, 0.05, 4),
]
