"""Fractals, contour integrals, self energies and other kernels on complex numbers or by masks (NPBench)."""

import numpy as np
from case import case


def mandelbrot1(xmin, xmax, ymin, ymax, xn, yn, maxiter, horizon=2.0):
    """Masked updates of the whole grid; what escapes keeps its value."""
    X = np.linspace(xmin, xmax, xn, dtype=np.float64)
    Y = np.linspace(ymin, ymax, yn, dtype=np.float64)
    C = X + Y[:, None] * 1j
    N = np.zeros(C.shape, dtype=np.int64)
    Z = np.zeros(C.shape, dtype=np.complex128)
    for n in range(maxiter):
        I = np.less(abs(Z), horizon)
        N[I] = n
        Z[I] = Z[I]**2 + C[I]
    N[N == maxiter - 1] = 0
    return np.abs(Z), N


def mandelbrot2(xmin, xmax, ymin, ymax, xn, yn, itermax, horizon=2.0):
    """The arrays shrink to what is still inside; products go to out=."""
    Xi, Yi = np.mgrid[0:xn, 0:yn]
    X = np.linspace(xmin, xmax, xn, dtype=np.float64)[Xi]
    Y = np.linspace(ymin, ymax, yn, dtype=np.float64)[Yi]
    C = X + Y * 1j
    N_ = np.zeros(C.shape, dtype=np.int64)
    Z_ = np.zeros(C.shape, dtype=np.complex128)
    Xi.shape = Yi.shape = C.shape = xn * yn

    Z = np.zeros(C.shape, np.complex128)
    for i in range(itermax):
        if not len(Z):
            break

        np.multiply(Z, Z, Z)
        np.add(Z, C, Z)

        I = abs(Z) > horizon
        N_[Xi[I], Yi[I]] = i + 1
        Z_[Xi[I], Yi[I]] = Z[I]

        np.logical_not(I, I)
        Z = Z[I]
        Xi, Yi = Xi[I], Yi[I]
        C = C[I]
    return Z_.T.real, N_.T


def julia_distance(z, c, rounds):
    """Value and derivative iterated together, frozen by where= once outside."""
    dz = np.ones_like(z)
    for _ in range(rounds):
        inside = np.abs(z) < 4.0
        np.multiply(2 * z, dz, out=dz, where=inside)
        np.multiply(z, z, out=z, where=inside)
        np.add(z, c, out=z, where=inside)
    r = np.abs(z)
    return r * np.log(r) / np.abs(dz)


def contour_integral(NR, NM, slab_per_bc, Ham, int_pts, Y):
    P0 = np.zeros((NR, NM), dtype=np.complex128)
    P1 = np.zeros((NR, NM), dtype=np.complex128)
    for z in int_pts:
        Tz = np.zeros((NR, NR), dtype=np.complex128)
        for n in range(slab_per_bc + 1):
            zz = np.power(z, slab_per_bc / 2 - n)
            Tz += zz * Ham[n]
        if NR == NM:
            X = np.linalg.inv(Tz)
        else:
            X = np.linalg.solve(Tz, Y)
        if abs(z) < 1.0:
            X = -X
        P0 += X
        P1 += z * X
    return P0, P1


def scattering_self_energies(neigh_idx, dH, G, D, Sigma):
    for k in range(G.shape[0]):
        for E in range(G.shape[1]):
            for q in range(D.shape[0]):
                for w in range(D.shape[1]):
                    for i in range(D.shape[-2]):
                        for j in range(D.shape[-1]):
                            for a in range(neigh_idx.shape[0]):
                                for b in range(neigh_idx.shape[1]):
                                    if E - w >= 0:
                                        dHG = G[k, E - w, neigh_idx[a, b]] @ dH[a, b, i]
                                        dHD = dH[a, b, j] * D[q, w, a, b, i, j]
                                        Sigma[k, E, a] += dHG @ dHD


def run_scattering(neigh_idx, dH, G, D):
    Sigma = np.zeros_like(G)
    scattering_self_energies(neigh_idx, dH, G, D, Sigma)
    return Sigma


def go_fast(a):
    """Numba's first example."""
    trace = 0.0
    for i in range(a.shape[0]):
        trace += np.tanh(a[i, i])
    return a + trace


def compute(array_1, array_2, a, b, c):
    """Cython's NumPy tutorial."""
    return np.clip(array_1, 2, 10) * a + array_2 * b + c


def arc_distance(theta_1, phi_1, theta_2, phi_2):
    temp = (np.sin((theta_2 - theta_1) / 2)**2 +
            np.cos(theta_1) * np.cos(theta_2) * np.sin((phi_2 - phi_1) / 2)**2)
    distance_matrix = 2 * (np.arctan2(np.sqrt(temp), np.sqrt(1 - temp)))
    return distance_matrix


def split_step(psi, V, dt, dx, steps):
    """Schrodinger's equation: kinetic part in Fourier space, potential in place."""
    k = 2 * np.pi * np.fft.fftfreq(psi.size, dx)
    half = np.exp(-0.5j * dt * V)
    for _ in range(steps):
        psi *= half
        psi[:] = np.fft.ifft(np.exp(-0.5j * dt * k**2) * np.fft.fft(psi))
        psi *= half
    return np.abs(psi)**2 * dx


def sturm_continued_fraction(E, a, b, eta):
    """A Green's function by a continued fraction, from the far end."""
    g = np.zeros(len(E), dtype=complex)
    for n in range(len(a) - 1, -1, -1):
        g[:] = 1.0 / (E + 1j * eta - a[n] - b[n]**2 * g)
    return -g.imag / np.pi


def quantum_walk(coin, position, steps):
    """A complex buffer, one column per coin state, shifted in opposite directions."""
    psi = np.zeros((2 * steps + 1, 2), dtype=complex)
    psi[steps] = position
    for _ in range(steps):
        psi = psi @ coin.T
        psi[1:, 0] = psi[:-1, 0].copy()
        psi[0, 0] = 0
        psi[:-1, 1] = psi[1:, 1].copy()
        psi[-1, 1] = 0
    return (psi.real**2 + psi.imag**2).sum(axis=1)


def ray_march(origin, directions, radius, steps):
    """Signed distances; rays that have arrived drop out of a shrinking index array."""
    t = np.zeros(len(directions))
    active = np.arange(len(directions))
    for _ in range(steps):
        p = origin + t[active, None] * directions[active]
        d = np.sqrt((p**2).sum(axis=1)) - radius
        t[active] += d
        active = active[d > 1e-2]
        if active.size == 0:
            break
    return t


rng = np.random.default_rng(11)
N = rng.normal


def complexes(*shape):
    return N(size=shape) + 1j * N(size=shape)


D3 = np.array([[0.0, 0.05, 1.0], [0.1, 0.0, 1.0], [-0.1, 0.1, 1.0]])

CASES = [
    case(mandelbrot1, -1.75, 0.25, -1.03, 0.97, 4, 3, 4, tol=1e-6),
    case(mandelbrot2, -1.75, 0.35, -1.03, 0.97, 4, 3, 5, tol=1e-6),
    case(julia_distance, 0.7 * complexes(5), -0.4 + 0.6j, 5, tol=1e-6),
    case(contour_integral, 3, 2, 2, complexes(3, 3, 3), np.array([0.6 + 0.5j, 1.2 - 0.8j]), complexes(3, 2), tol=1e-6),
    case(contour_integral, 3, 3, 2, complexes(3, 3, 3), np.array([0.6 + 0.5j, 1.2 - 0.8j]), complexes(3, 3),
         wrt=(3, 4), tol=1e-6, label="inverse"),
    case(run_scattering, np.array([[1, 0], [0, 1]]), complexes(2, 2, 1, 2, 2), complexes(1, 2, 2, 2, 2),
         complexes(1, 2, 2, 2, 1, 1)),
    case(go_fast, N(size=(3, 3))),
    case(compute, rng.uniform(0, 12, (2, 3)), N(size=(2, 3)), 4.0, 3.0, 9.0),
    case(arc_distance, *(rng.uniform(0, 1.5, 4) for _ in range(4))),
    case(split_step, complexes(8), N(size=8), 0.1, 0.5, 2),
    case(sturm_continued_fraction, np.linspace(-1, 1, 4), N(size=3), N(size=3), 0.3),
    case(quantum_walk, np.array([[1, 1], [1, -1]]) / np.sqrt(2) + 0j, complexes(2), 3),
    case(ray_march, np.array([0.1, 0.0, -3.0]), D3, 1.0, 6),
]  # fmt: skip
