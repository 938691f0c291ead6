"""Ordinary differential equations, quadrature, root finding and optimisers, as in textbooks."""

import math

import numpy as np
from case import case


def rk4(f, y, t0, t1, n):
    h = (t1 - t0) / n
    t = t0
    for _ in range(n):
        k1 = f(t, y)
        k2 = f(t + h / 2, y + h / 2 * k1)
        k3 = f(t + h / 2, y + h / 2 * k2)
        k4 = f(t + h, y + h * k3)
        y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        t += h
    return y


def lotka_volterra(y0, alpha, beta, delta, gamma):
    def rhs(t, y):
        prey, hunters = y
        return np.array([alpha * prey - beta * prey * hunters, delta * prey * hunters - gamma * hunters])

    return rk4(rhs, y0, 0.0, 1.0, 5)


A = np.array([[0, 0, 0, 0, 0, 0], [1 / 5, 0, 0, 0, 0, 0], [3 / 40, 9 / 40, 0, 0, 0, 0],
              [44 / 45, -56 / 15, 32 / 9, 0, 0, 0], [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729, 0, 0],
              [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656, 0]])
B = np.array([35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84])
E = np.array([71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40])
C = np.array([0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1])


def rk45(fun, y, t, t_end, h, tol):
    """Dormand-Prince as scipy has it: stages are rows of one array, steps are rejected and tried again."""
    K = np.empty((7, y.size))
    K[0] = fun(t, y)
    steps = 0
    while t < t_end:
        h = min(h, t_end - t)
        accepted = False
        while not accepted:
            for s in range(1, 6):
                dy = np.dot(K[:s].T, A[s, :s]) * h
                K[s] = fun(t + C[s] * h, y + dy)
            y_new = y + h * np.dot(K[:-1].T, B)
            K[-1] = fun(t + h, y_new)
            err = np.linalg.norm(np.dot(K.T, E) * h) / tol
            if err < 1:
                accepted = True
            factor = min(5.0, max(0.2, 0.9 * err ** -0.2))
            if not accepted:
                h *= factor
        t += h
        y = y_new
        K[0] = K[-1]
        h *= factor
        steps += 1
    return y


def van_der_pol(y0, mu, tol):
    return rk45(lambda t, y: np.array([y[1], mu * (1 - y[0] ** 2) * y[1] - y[0]]), y0, 0.0, 2.0, 0.4, tol)


def backward_euler(y, k, h, steps):
    """Robertson-like kinetics; Newton with a Jacobian filled element by element."""
    for _ in range(steps):
        z = y.copy()
        for _ in range(4):
            r1, r2, r3 = k[0] * z[0], k[1] * z[1] * z[2], k[2] * z[1] ** 2
            f = np.array([-r1 + r2, r1 - r2 - r3, r3])
            J = np.zeros((3, 3))
            J[0, 0] = -k[0]
            J[0, 1] = k[1] * z[2]
            J[0, 2] = k[1] * z[1]
            J[1, :] = -J[0, :]
            J[1, 1] -= 2 * k[2] * z[1]
            J[2, 1] = 2 * k[2] * z[1]
            z -= np.linalg.solve(np.eye(3) - h * J, z - y - h * f)
        y = z
    return y


def bdf2_oscillator(x0, v0, omega, zeta, h, n):
    """The history kept in a list that is appended to."""
    history = [(x0, v0)]
    x, v = x0 + h * v0, v0 - h * (omega**2 * x0 + 2 * zeta * omega * v0)
    history.append((x, v))
    for i in range(2, n):
        (xa, va), (xb, vb) = history[-2:]
        ex, ev = (4 * xb - xa) / 3, (4 * vb - va) / 3
        g = 2 * h / 3
        x = (ex * (1 + 2 * g * zeta * omega) + g * ev) / (1 + 2 * g * zeta * omega + g**2 * omega**2)
        v = (x - ex) / g
        history.append((x, v))
    return np.array(history)


def kepler_leapfrog(q, p, mu, dt, n):
    orbit = np.zeros((n + 1, 2))
    orbit[0] = q
    for i in range(n):
        r = math.hypot(q[0], q[1])
        p = p - 0.5 * dt * mu * q / r**3
        q = q + dt * p
        r = math.hypot(q[0], q[1])
        p = p - 0.5 * dt * mu * q / r**3
        orbit[i + 1, :] = q
    return orbit


def seir(beta, sigma, gamma, S0, days):
    S, E, I, R = [S0], [1 - S0], [0.0], [0.0]
    for _ in range(days):
        new_e = beta * S[-1] * (I[-1] + 0.1 * E[-1])
        new_i = sigma * E[-1]
        new_r = gamma * I[-1]
        S.append(S[-1] - new_e)
        E.append(E[-1] + new_e - new_i)
        I.append(I[-1] + new_i - new_r)
        R.append(R[-1] + new_r)
    return np.vstack([S, E, I, R])


def romberg(a, b, p, n):
    """Numerical Recipes: a triangular table filled column by column."""
    def f(x):
        return np.exp(-p * x * x) + x

    R = np.zeros((n, n))
    h = b - a
    R[0, 0] = 0.5 * h * (f(a) + f(b))
    for i in range(1, n):
        h *= 0.5
        s = 0.0
        for k in range(1, 2**i, 2):
            s += f(a + k * h)
        R[i, 0] = 0.5 * R[i - 1, 0] + h * s
        for j in range(1, i + 1):
            R[i, j] = R[i, j - 1] + (R[i, j - 1] - R[i - 1, j - 1]) / (4**j - 1)
    return R[n - 1, n - 1]


def adaptive_simpson(f, a, b, eps, whole, fa, fb, fm):
    m = (a + b) / 2
    lm, rm = (a + m) / 2, (m + b) / 2
    flm, frm = f(lm), f(rm)
    left = (m - a) / 6 * (fa + 4 * flm + fm)
    right = (b - m) / 6 * (fm + 4 * frm + fb)
    delta = left + right - whole
    if abs(delta) <= 15 * eps:
        return left + right + delta / 15
    return (adaptive_simpson(f, a, m, eps / 2, left, fa, fm, flm) +
            adaptive_simpson(f, m, b, eps / 2, right, fm, fb, frm))


def gauss_bump(a, b, width):
    f = lambda x: math.exp(-x * x / width)
    fa, fb, fm = f(a), f(b), f((a + b) / 2)
    return adaptive_simpson(f, a, b, 1e-4, (b - a) / 6 * (fa + 4 * fm + fb), fa, fb, fm)


def cubic_spline(x, y, q):
    """Second derivatives by the tridiagonal sweep of Numerical Recipes, then evaluation by bisection."""
    n = len(x)
    y2 = np.zeros(n)
    u = np.zeros(n - 1)
    for i in range(1, n - 1):
        sig = (x[i] - x[i - 1]) / (x[i + 1] - x[i - 1])
        p = sig * y2[i - 1] + 2.0
        y2[i] = (sig - 1.0) / p
        u[i] = (y[i + 1] - y[i]) / (x[i + 1] - x[i]) - (y[i] - y[i - 1]) / (x[i] - x[i - 1])
        u[i] = (6.0 * u[i] / (x[i + 1] - x[i - 1]) - sig * u[i - 1]) / p
    for k in range(n - 2, -1, -1):
        y2[k] = y2[k] * y2[k + 1] + u[k] if k else 0.0
    lo, hi = 0, n - 1
    while hi - lo > 1:
        mid = (hi + lo) // 2
        if x[mid] > q:
            hi = mid
        else:
            lo = mid
    h = x[hi] - x[lo]
    a, b = (x[hi] - q) / h, (q - x[lo]) / h
    return a * y[lo] + b * y[hi] + ((a**3 - a) * y2[lo] + (b**3 - b) * y2[hi]) * h * h / 6.0


def neville(xa, ya, x):
    c = ya.copy()
    n = len(xa)
    for m in range(1, n):
        for i in range(n - m):
            c[i] = ((x - xa[i + m]) * c[i] + (xa[i] - x) * c[i + 1]) / (xa[i] - xa[i + m])
    return c[0]


def adam(w, target, lr, b1, b2, steps):
    """An optimiser whose state is updated in place; the last loss is the result."""
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t in range(1, steps + 1):
        g = 2 * (w - target) * np.cosh(w)
        m *= b1
        m += (1 - b1) * g
        v *= b2
        v += (1 - b2) * g * g
        w -= lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + 1e-8)
    return np.sum((w - target) ** 2)


def broyden(x, a, tol):
    """The inverse Jacobian is corrected by rank one until the residual is small."""
    F = lambda x: np.array([x[0] ** 2 + a * x[1] - 2.0, x[0] + x[1] ** 3 - a])
    H = np.linalg.inv(np.array([[2 * x[0], a], [1.0, 3 * x[1] ** 2]]))
    f = F(x)
    while np.linalg.norm(f) > tol:
        s = -H @ f
        x += s
        f_new = F(x)
        y = f_new - f
        Hy = H @ y
        H += np.outer(s - Hy, s @ H) / (s @ Hy)
        f = f_new
    return x


rng = np.random.default_rng(10)

CASES = [
    case(lotka_volterra, np.array([1.0, 0.5]), 1.1, 0.4, 0.3, 0.6),
    case(van_der_pol, np.array([1.2, 0.3]), 0.8, 1e-3, wrt=(0, 1)),
    case(backward_euler, np.array([1.0, 0.1, 0.2]), np.array([0.4, 1.5, 0.7]), 0.3, 2),
    case(bdf2_oscillator, 1.0, 0.2, 1.3, 0.1, 0.1, 6),
    case(kepler_leapfrog, np.array([1.0, 0.1]), np.array([0.0, 0.9]), 1.1, 0.1, 5),
    case(seir, 0.6, 0.3, 0.2, 0.9, 5),
    case(romberg, 0.1, 1.2, 0.7, 4),
    case(gauss_bump, -1.0, 2.0, 0.5),
    case(cubic_spline, np.array([0.0, 0.7, 1.1, 2.0, 2.6]), rng.normal(size=5), 1.4),
    case(neville, np.array([0.0, 0.7, 1.1, 2.0]), rng.normal(size=4), 0.9),
    case(adam, np.array([0.5, -0.3]), np.array([0.1, 0.4]), 0.1, 0.9, 0.99, 3, tol=1e-6),
    case(broyden, np.array([1.1, 0.7]), 1.3, 1e-3, zero=(2,)),
]
