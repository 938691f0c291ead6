"""Incompressible and compressible flow: iterate while something is large, then take the next step."""

import numpy as np
from case import case


def build_up_b(b, rho, dt, u, v, dx, dy):
    b[1:-1, 1:-1] = (rho * (1 / dt * ((u[1:-1, 2:] - u[1:-1, 0:-2]) / (2 * dx) +
                                      (v[2:, 1:-1] - v[0:-2, 1:-1]) / (2 * dy)) -
                            ((u[1:-1, 2:] - u[1:-1, 0:-2]) / (2 * dx))**2 -
                            2 * ((u[2:, 1:-1] - u[0:-2, 1:-1]) / (2 * dy) *
                                 (v[1:-1, 2:] - v[1:-1, 0:-2]) / (2 * dx)) -
                            ((v[2:, 1:-1] - v[0:-2, 1:-1]) / (2 * dy))**2))


def pressure_poisson(nit, p, dx, dy, b):
    pn = np.empty_like(p)
    pn = p.copy()
    for q in range(nit):
        pn = p.copy()
        p[1:-1, 1:-1] = (((pn[1:-1, 2:] + pn[1:-1, 0:-2]) * dy**2 +
                          (pn[2:, 1:-1] + pn[0:-2, 1:-1]) * dx**2) /
                         (2 * (dx**2 + dy**2)) - dx**2 * dy**2 /
                         (2 * (dx**2 + dy**2)) * b[1:-1, 1:-1])
        p[:, -1] = p[:, -2]
        p[0, :] = p[1, :]
        p[:, 0] = p[:, 1]
        p[-1, :] = 0


def cavity_flow(nx, ny, nt, nit, u, v, dt, dx, dy, p, rho, nu):
    """NPBench, after Barba's twelve steps to Navier-Stokes."""
    un = np.empty_like(u)
    vn = np.empty_like(v)
    b = np.zeros((ny, nx))

    for n in range(nt):
        un = u.copy()
        vn = v.copy()

        build_up_b(b, rho, dt, u, v, dx, dy)
        pressure_poisson(nit, p, dx, dy, b)

        u[1:-1, 1:-1] = (un[1:-1, 1:-1] -
                         un[1:-1, 1:-1] * dt / dx * (un[1:-1, 1:-1] - un[1:-1, 0:-2]) -
                         vn[1:-1, 1:-1] * dt / dy * (un[1:-1, 1:-1] - un[0:-2, 1:-1]) -
                         dt / (2 * rho * dx) * (p[1:-1, 2:] - p[1:-1, 0:-2]) + nu *
                         (dt / dx**2 * (un[1:-1, 2:] - 2 * un[1:-1, 1:-1] + un[1:-1, 0:-2]) +
                          dt / dy**2 * (un[2:, 1:-1] - 2 * un[1:-1, 1:-1] + un[0:-2, 1:-1])))

        v[1:-1, 1:-1] = (vn[1:-1, 1:-1] -
                         un[1:-1, 1:-1] * dt / dx * (vn[1:-1, 1:-1] - vn[1:-1, 0:-2]) -
                         vn[1:-1, 1:-1] * dt / dy * (vn[1:-1, 1:-1] - vn[0:-2, 1:-1]) -
                         dt / (2 * rho * dy) * (p[2:, 1:-1] - p[0:-2, 1:-1]) + nu *
                         (dt / dx**2 * (vn[1:-1, 2:] - 2 * vn[1:-1, 1:-1] + vn[1:-1, 0:-2]) +
                          dt / dy**2 * (vn[2:, 1:-1] - 2 * vn[1:-1, 1:-1] + vn[0:-2, 1:-1])))

        u[0, :] = 0
        u[:, 0] = 0
        u[:, -1] = 0
        u[-1, :] = 1
        v[0, :] = 0
        v[-1, :] = 0
        v[:, 0] = 0
        v[:, -1] = 0


def run_cavity(u, v, p, dt, dx, dy, rho, nu):
    ny, nx = u.shape
    cavity_flow(nx, ny, 2, 3, u, v, dt, dx, dy, p, rho, nu)
    return u, v, p


def pressure_poisson_periodic(nit, p, dx, dy, b):
    for q in range(nit):
        pn = p.copy()
        p[1:-1, 1:-1] = (((pn[1:-1, 2:] + pn[1:-1, 0:-2]) * dy**2 +
                          (pn[2:, 1:-1] + pn[0:-2, 1:-1]) * dx**2) /
                         (2 * (dx**2 + dy**2)) - dx**2 * dy**2 / (2 * (dx**2 + dy**2)) * b[1:-1, 1:-1])
        p[1:-1, -1] = (((pn[1:-1, 0] + pn[1:-1, -2]) * dy**2 + (pn[2:, -1] + pn[0:-2, -1]) * dx**2) /
                       (2 * (dx**2 + dy**2)) - dx**2 * dy**2 / (2 * (dx**2 + dy**2)) * b[1:-1, -1])
        p[1:-1, 0] = (((pn[1:-1, 1] + pn[1:-1, -1]) * dy**2 + (pn[2:, 0] + pn[0:-2, 0]) * dx**2) /
                      (2 * (dx**2 + dy**2)) - dx**2 * dy**2 / (2 * (dx**2 + dy**2)) * b[1:-1, 0])
        p[-1, :] = p[-2, :]
        p[0, :] = p[1, :]


def channel_flow(nit, u, v, dt, dx, dy, p, rho, nu, F):
    """NPBench: as many steps as the flow needs to become steady."""
    udiff = 1
    stepcount = 0
    b = np.zeros_like(u)

    while udiff > .05:
        un = u.copy()
        vn = v.copy()

        build_up_b(b, rho, dt, u, v, dx, dy)
        pressure_poisson_periodic(nit, p, dx, dy, b)

        u[1:-1, 1:-1] = (un[1:-1, 1:-1] - un[1:-1, 1:-1] * dt / dx * (un[1:-1, 1:-1] - un[1:-1, 0:-2]) -
                         vn[1:-1, 1:-1] * dt / dy * (un[1:-1, 1:-1] - un[0:-2, 1:-1]) -
                         dt / (2 * rho * dx) * (p[1:-1, 2:] - p[1:-1, 0:-2]) +
                         nu * (dt / dx**2 * (un[1:-1, 2:] - 2 * un[1:-1, 1:-1] + un[1:-1, 0:-2]) +
                               dt / dy**2 * (un[2:, 1:-1] - 2 * un[1:-1, 1:-1] + un[0:-2, 1:-1])) + F * dt)
        v[1:-1, 1:-1] = vn[1:-1, 1:-1] - dt / (2 * rho * dy) * (p[2:, 1:-1] - p[0:-2, 1:-1])
        u[1:-1, -1] = un[1:-1, -1] + F * dt
        u[1:-1, 0] = un[1:-1, 0] + F * dt
        u[0, :] = 0
        u[-1, :] = 0
        v[0, :] = 0
        v[-1, :] = 0

        udiff = (np.sum(u) - np.sum(un)) / np.sum(u)
        stepcount += 1

    return stepcount, u, v


def sod_shock(rho, mom, ene, gamma, dt, dx, steps):
    """Euler equations by Lax-Friedrichs; the conserved variables are rows of one array."""
    U = np.empty((3, len(rho)))
    U[0], U[1], U[2] = rho, mom, ene
    F = np.empty_like(U)
    for _ in range(steps):
        r, m, e = U
        vel = m / r
        p = (gamma - 1) * (e - 0.5 * m * vel)
        F[0] = m
        F[1] = m * vel + p
        F[2] = vel * (e + p)
        U[:, 1:-1] = 0.5 * (U[:, 2:] + U[:, :-2]) - dt / (2 * dx) * (F[:, 2:] - F[:, :-2])
    return U


def lattice_boltzmann(f, tau, steps):
    """D1Q3: collide in place, stream by rolling each population."""
    w = np.array([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0])
    c = np.array([0, 1, -1])
    for _ in range(steps):
        rho = f.sum(axis=0)
        u = (f[1] - f[2]) / rho
        for i in range(3):
            cu = 3.0 * c[i] * u
            feq = w[i] * rho * (1.0 + cu + 0.5 * cu**2 - 1.5 * u**2)
            f[i] += (feq - f[i]) / tau
        for i in range(3):
            f[i, :] = np.roll(f[i, :], c[i])
    return f


def stable_fluids_diffuse(x, x0, diff, dt, iters):
    """Stam: Gauss-Seidel with mirrored walls set after each sweep."""
    n = x.shape[0] - 2
    a = dt * diff * n * n
    for k in range(iters):
        for i in range(1, n + 1):
            for j in range(1, n + 1):
                x[i, j] = (x0[i, j] + a * (x[i - 1, j] + x[i + 1, j] + x[i, j - 1] + x[i, j + 1])) / (1 + 4 * a)
        set_walls(x, n)
    return x


def set_walls(x, n):
    x[0, 1:-1], x[-1, 1:-1] = x[1, 1:-1], x[-2, 1:-1]
    x[:, 0] = x[:, 1]
    x[:, n + 1] = x[:, n]


rng = np.random.default_rng(8)
U = rng.uniform
A5 = [U(0.1, 0.4, (5, 5)) for _ in range(3)]

CASES = [
    case(run_cavity, *A5, 0.01, 0.3, 0.4, 1.1, 0.1),
    case(channel_flow, 3, A5[0] * 0.1, A5[1] * 0.1, 0.01, 0.3, 0.4, A5[2] * 0.1, 1.1, 0.1, 1.0),
    case(sod_shock, U(0.5, 1, 6), U(0, 0.1, 6), U(1, 2, 6), 1.4, 0.05, 0.5, 3),
    case(lattice_boltzmann, U(0.2, 0.6, (3, 5)), 0.8, 3),
    case(stable_fluids_diffuse, U(size=(4, 4)), U(size=(4, 4)), 0.3, 0.1, 2),
]  # fmt: skip
