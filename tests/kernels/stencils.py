"""Stencils in one to three dimensions: PolyBench and NPBench sweeps, waves, transport, relaxation."""

import numpy as np
from case import case


def jacobi_1d(TSTEPS, A, B):
    for t in range(1, TSTEPS):
        B[1:-1] = 0.33333 * (A[:-2] + A[1:-1] + A[2:])
        A[1:-1] = 0.33333 * (B[:-2] + B[1:-1] + B[2:])


def run_jacobi_1d(A, B, TSTEPS):
    """The kernel gives nothing back: its arguments are its results."""
    jacobi_1d(TSTEPS, A, B)
    return A, B


def jacobi_2d(TSTEPS, A, B):
    for t in range(1, TSTEPS):
        B[1:-1, 1:-1] = 0.2 * (A[1:-1, 1:-1] + A[1:-1, :-2] + A[1:-1, 2:] +
                               A[2:, 1:-1] + A[:-2, 1:-1])
        A[1:-1, 1:-1] = 0.2 * (B[1:-1, 1:-1] + B[1:-1, :-2] + B[1:-1, 2:] +
                               B[2:, 1:-1] + B[:-2, 1:-1])


def energy_after_jacobi_2d(A, TSTEPS):
    B = np.copy(A)
    jacobi_2d(TSTEPS, A, B)
    return np.sum(A ** 2) + np.sum(A * B)


def heat_3d(TSTEPS, A, B):
    for t in range(1, TSTEPS):
        B[1:-1, 1:-1, 1:-1] = (0.125 * (A[2:, 1:-1, 1:-1] - 2.0 * A[1:-1, 1:-1, 1:-1] + A[:-2, 1:-1, 1:-1]) +
                               0.125 * (A[1:-1, 2:, 1:-1] - 2.0 * A[1:-1, 1:-1, 1:-1] + A[1:-1, :-2, 1:-1]) +
                               0.125 * (A[1:-1, 1:-1, 2:] - 2.0 * A[1:-1, 1:-1, 1:-1] + A[1:-1, 1:-1, 0:-2]) +
                               A[1:-1, 1:-1, 1:-1])
        A[1:-1, 1:-1, 1:-1] = (0.125 * (B[2:, 1:-1, 1:-1] - 2.0 * B[1:-1, 1:-1, 1:-1] + B[:-2, 1:-1, 1:-1]) +
                               0.125 * (B[1:-1, 2:, 1:-1] - 2.0 * B[1:-1, 1:-1, 1:-1] + B[1:-1, :-2, 1:-1]) +
                               0.125 * (B[1:-1, 1:-1, 2:] - 2.0 * B[1:-1, 1:-1, 1:-1] + B[1:-1, 1:-1, 0:-2]) +
                               B[1:-1, 1:-1, 1:-1])
    return A


def seidel_2d(TSTEPS, N, A):
    for t in range(0, TSTEPS - 1):
        for i in range(1, N - 1):
            A[i, 1:-1] += (A[i - 1, :-2] + A[i - 1, 1:-1] + A[i - 1, 2:] +
                           A[i, 2:] + A[i + 1, :-2] + A[i + 1, 1:-1] +
                           A[i + 1, 2:])
            for j in range(1, N - 1):
                A[i, j] += A[i, j - 1]
                A[i, j] /= 9.0


def run_seidel_2d(A, TSTEPS):
    seidel_2d(TSTEPS, A.shape[0], A)
    return A


def fdtd_2d(TMAX, ex, ey, hz, _fict_):
    for t in range(TMAX):
        ey[0, :] = _fict_[t]
        ey[1:, :] -= 0.5 * (hz[1:, :] - hz[:-1, :])
        ex[:, 1:] -= 0.5 * (hz[:, 1:] - hz[:, :-1])
        hz[:-1, :-1] -= 0.7 * (ex[:-1, 1:] - ex[:-1, :-1] + ey[1:, :-1] -
                               ey[:-1, :-1])
    return ex, ey, hz


def adi(TSTEPS, N, u):
    v = np.empty(u.shape, dtype=u.dtype)
    p = np.empty(u.shape, dtype=u.dtype)
    q = np.empty(u.shape, dtype=u.dtype)

    DX = 1.0 / N
    DY = 1.0 / N
    DT = 1.0 / TSTEPS
    B1 = 2.0
    B2 = 1.0
    mul1 = B1 * DT / (DX * DX)
    mul2 = B2 * DT / (DY * DY)

    a = -mul1 / 2.0
    b = 1.0 + mul2
    c = a
    d = -mul2 / 2.0
    e = 1.0 + mul2
    f = d

    for t in range(1, TSTEPS + 1):
        v[0, 1:N - 1] = 1.0
        p[1:N - 1, 0] = 0.0
        q[1:N - 1, 0] = v[0, 1:N - 1]
        for j in range(1, N - 1):
            p[1:N - 1, j] = -c / (a * p[1:N - 1, j - 1] + b)
            q[1:N - 1, j] = (-d * u[j, 0:N - 2] +
                             (1.0 + 2.0 * d) * u[j, 1:N - 1] - f * u[j, 2:N] -
                             a * q[1:N - 1, j - 1]) / (a * p[1:N - 1, j - 1] + b)
        v[N - 1, 1:N - 1] = 1.0
        for j in range(N - 2, 0, -1):
            v[j, 1:N - 1] = p[1:N - 1, j] * v[j + 1, 1:N - 1] + q[1:N - 1, j]

        u[1:N - 1, 0] = 1.0
        p[1:N - 1, 0] = 0.0
        q[1:N - 1, 0] = u[1:N - 1, 0]
        for j in range(1, N - 1):
            p[1:N - 1, j] = -f / (d * p[1:N - 1, j - 1] + e)
            q[1:N - 1, j] = (-a * v[0:N - 2, j] +
                             (1.0 + 2.0 * a) * v[1:N - 1, j] - c * v[2:N, j] -
                             d * q[1:N - 1, j - 1]) / (d * p[1:N - 1, j - 1] + e)
        u[1:N - 1, N - 1] = 1.0
        for j in range(N - 2, 0, -1):
            u[1:N - 1, j] = p[1:N - 1, j] * u[1:N - 1, j + 1] + q[1:N - 1, j]


def run_adi(u, TSTEPS):
    adi(TSTEPS, u.shape[0], u)
    return np.sum(u * u)


def wave_1d(u0, c, dt, dx, nt):
    """Leapfrog with reflecting ends; three time levels that take turns."""
    C2 = (c * dt / dx) ** 2
    u_nm1 = u0.copy()
    u_n = np.zeros_like(u0)
    u = np.zeros_like(u0)
    u_n[1:-1] = u_nm1[1:-1] + 0.5 * C2 * (u_nm1[2:] - 2 * u_nm1[1:-1] + u_nm1[:-2])
    u_n[0] = u_nm1[1]
    u_n[-1] = u_nm1[-2]
    for n in range(1, nt):
        for i in range(1, len(u0) - 1):
            u[i] = -u_nm1[i] + 2 * u_n[i] + C2 * (u_n[i - 1] - 2 * u_n[i] + u_n[i + 1])
        u[0], u[-1] = u[1], u[-2]
        u_nm1, u_n, u = u_n, u, u_nm1
    return u_n


def wave_2d(u, speed, source, dt):
    """The history in one array, indexed by time modulo three."""
    nx, ny = u.shape
    history = np.zeros((3, nx, ny))
    history[0] = u
    history[1] = u
    for n in range(1, source.size):
        past, now, new = history[(n - 1) % 3], history[n % 3], history[(n + 1) % 3]
        lap = now[2:, 1:-1] + now[:-2, 1:-1] + now[1:-1, 2:] + now[1:-1, :-2] - 4 * now[1:-1, 1:-1]
        new[1:-1, 1:-1] = 2 * now[1:-1, 1:-1] - past[1:-1, 1:-1] + (speed[1:-1, 1:-1] * dt) ** 2 * lap
        new[nx // 2, ny // 2] += source[n] * dt
    return history[source.size % 3]


def advect_upwind(q, u, dt, dx, nsteps):
    """First order upwind, the direction from the sign of the wind."""
    q = q.copy()
    flux = np.empty(len(q) + 1)
    for _ in range(nsteps):
        for i in range(1, len(q)):
            if u[i] > 0:
                flux[i] = u[i] * q[i - 1]
            else:
                flux[i] = u[i] * q[i]
        flux[0] = flux[-1] = u[0] * q[-1]
        q -= dt / dx * (flux[1:] - flux[:-1])
    return q


def lax_wendroff(u, nu, steps):
    for _ in range(steps):
        up = np.roll(u, -1)
        um = np.roll(u, 1)
        u = u - 0.5 * nu * (up - um) + 0.5 * nu ** 2 * (up - 2 * u + um)
    return np.sum(u ** 3)


def burgers_2d(u, v, nt, dt, dx, dy, nu):
    """Twelve steps to Navier-Stokes, step 8."""
    for n in range(nt):
        un = u.copy()
        vn = v.copy()
        u[1:-1, 1:-1] = (un[1:-1, 1:-1] -
                         dt / dx * un[1:-1, 1:-1] * (un[1:-1, 1:-1] - un[1:-1, 0:-2]) -
                         dt / dy * vn[1:-1, 1:-1] * (un[1:-1, 1:-1] - un[0:-2, 1:-1]) +
                         nu * dt / dx**2 * (un[1:-1, 2:] - 2 * un[1:-1, 1:-1] + un[1:-1, 0:-2]) +
                         nu * dt / dy**2 * (un[2:, 1:-1] - 2 * un[1:-1, 1:-1] + un[0:-2, 1:-1]))
        v[1:-1, 1:-1] = (vn[1:-1, 1:-1] -
                         dt / dx * un[1:-1, 1:-1] * (vn[1:-1, 1:-1] - vn[1:-1, 0:-2]) -
                         dt / dy * vn[1:-1, 1:-1] * (vn[1:-1, 1:-1] - vn[0:-2, 1:-1]) +
                         nu * dt / dx**2 * (vn[1:-1, 2:] - 2 * vn[1:-1, 1:-1] + vn[1:-1, 0:-2]) +
                         nu * dt / dy**2 * (vn[2:, 1:-1] - 2 * vn[1:-1, 1:-1] + vn[0:-2, 1:-1]))
        u[0, :] = 1
        u[-1, :] = 1
        u[:, 0] = 1
        u[:, -1] = 1
        v[0, :] = 1
        v[-1, :] = 1
        v[:, 0] = 1
        v[:, -1] = 1
    return u, v


def laplace2d(p, y, dx, dy, l1norm_target):
    """Twelve steps, step 9: the number of sweeps depends on the residual."""
    l1norm = 1
    pn = np.empty_like(p)
    while l1norm > l1norm_target:
        pn = p.copy()
        p[1:-1, 1:-1] = ((dy**2 * (pn[1:-1, 2:] + pn[1:-1, 0:-2]) +
                          dx**2 * (pn[2:, 1:-1] + pn[0:-2, 1:-1])) /
                         (2 * (dx**2 + dy**2)))
        p[:, 0] = 0
        p[:, -1] = y
        p[0, :] = p[1, :]
        p[-1, :] = p[-2, :]
        l1norm = (np.sum(np.abs(p[:]) - np.abs(pn[:])) /
                  np.sum(np.abs(pn[:])))
    return p


def red_black(phi, rhs, omega, h, sweeps):
    """Successive over-relaxation on a checkerboard, by strided slices."""
    for _ in range(sweeps):
        for start in (1, 2):
            for i in range(1, phi.shape[0] - 1):
                j = 1 + (i + start) % 2
                row = phi[i]
                row[j:-1:2] = (1 - omega) * row[j:-1:2] + omega * 0.25 * (
                    row[j + 1::2] + row[j - 1:-2:2] + phi[i + 1, j:-1:2] + phi[i - 1, j:-1:2] - h * h * rhs[i, j:-1:2])
    return phi


def gray_scott(U, V, F, k, n):
    """Periodic halo filled by hand; interior views that are updated in place."""
    u, v = U[1:-1, 1:-1], V[1:-1, 1:-1]
    for _ in range(n):
        for Z in (U, V):
            Z[0, :] = Z[-2, :]
            Z[-1, :] = Z[1, :]
            Z[:, 0] = Z[:, -2]
            Z[:, -1] = Z[:, 1]
        Lu = U[0:-2, 1:-1] + U[1:-1, 0:-2] - 4 * U[1:-1, 1:-1] + U[1:-1, 2:] + U[2:, 1:-1]
        Lv = V[0:-2, 1:-1] + V[1:-1, 0:-2] - 4 * V[1:-1, 1:-1] + V[1:-1, 2:] + V[2:, 1:-1]
        uvv = u * v * v
        u += 0.16 * Lu - uvv + F * (1 - u)
        v += 0.08 * Lv + uvv - (F + k) * v
    return np.sum(V) + U[2, 2] * V[1, 3]


rng = np.random.default_rng(1)
R5, R6 = rng.uniform(0.5, 1.5, (5, 5)), rng.uniform(0.5, 1.5, (6, 6))
LINE = rng.uniform(0.5, 1.5, 8)
WIND = np.array([0.4, 0.6, -0.3, 0.5, 0.2, -0.6, 0.3, 0.7])

CASES = [
    case(run_jacobi_1d, LINE, LINE * 0.9, 4),
    case(energy_after_jacobi_2d, R5, 3),
    case(heat_3d, 3, rng.uniform(size=(4, 5, 4)), rng.uniform(size=(4, 5, 4))),
    case(run_seidel_2d, R5, 3),
    case(fdtd_2d, 3, R5.copy(), R5 * 1.1, R5 * 0.9, np.array([0.3, 0.5, 0.8])),
    case(run_adi, R5, 2),
    case(wave_1d, LINE, 0.9, 0.5, 0.7, 4),
    case(wave_2d, R5, R5 * 0.5, np.array([0.1, 0.4, 0.9, 0.3]), 0.5),
    case(advect_upwind, LINE, WIND, 0.1, 0.5, 3),
    case(lax_wendroff, LINE, 0.6, 4),
    case(burgers_2d, R5, R5 * 0.8, 2, 0.01, 0.2, 0.3, 0.1),
    case(laplace2d, R5, np.linspace(0.2, 1.0, 5), 0.25, 0.3, 0.05, zero=(4,)),
    case(red_black, R6, R6 * 0.3, 1.4, 0.2, 2),
    case(gray_scott, R6, R6.T * 0.6, 0.06, 0.062, 2),
]
