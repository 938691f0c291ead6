"""Particles and samples: gravity, molecules, hydrodynamics, binning."""

import numpy as np
from case import case


def getAcc(pos, mass, G, softening):
    """NPBench n-body: all pairs, the self-interaction masked out by a where."""
    x = pos[:, 0:1]
    y = pos[:, 1:2]
    z = pos[:, 2:3]
    dx = x.T - x
    dy = y.T - y
    dz = z.T - z
    inv_r3 = (dx**2 + dy**2 + dz**2 + softening**2)
    I = inv_r3 > 0
    inv_r3[I] = inv_r3[I]**(-1.5)
    ax = G * (dx * inv_r3) @ mass
    ay = G * (dy * inv_r3) @ mass
    az = G * (dz * inv_r3) @ mass
    return np.hstack((ax, ay, az))


def getEnergy(pos, vel, mass, G):
    """The diagonal has r = 0 and never enters."""
    KE = 0.5 * np.sum(mass * vel**2)
    x = pos[:, 0:1]
    y = pos[:, 1:2]
    z = pos[:, 2:3]
    dx = x.T - x
    dy = y.T - y
    dz = z.T - z
    inv_r = np.sqrt(dx**2 + dy**2 + dz**2)
    I = inv_r > 0
    inv_r[I] = 1.0 / inv_r[I]
    PE = G * np.sum(np.triu(-(mass * mass.T) * inv_r, 1))
    return KE, PE


def nbody(mass, pos, vel, Nt, dt, G, softening):
    vel -= np.mean(mass * vel, axis=0) / np.mean(mass)
    acc = getAcc(pos, mass, G, softening)
    KE = np.ndarray(Nt + 1, dtype=np.float64)
    PE = np.ndarray(Nt + 1, dtype=np.float64)
    KE[0], PE[0] = getEnergy(pos, vel, mass, G)
    for i in range(Nt):
        vel += acc * dt / 2.0
        pos += vel * dt
        acc[:] = getAcc(pos, mass, G, softening)
        vel += acc * dt / 2.0
        KE[i + 1], PE[i + 1] = getEnergy(pos, vel, mass, G)
    return KE, PE


def lennard_jones(r, sigma, eps, cutoff, box):
    """Forces by pairs with minimum image and a cutoff; Newton's third law by two stores."""
    n = len(r)
    f = np.zeros_like(r)
    e = 0.0
    for i in range(n - 1):
        for j in range(i + 1, n):
            d = r[i] - r[j]
            d -= box * np.round(d / box)
            r2 = d @ d
            if r2 > cutoff**2:
                continue
            s6 = (sigma**2 / r2)**3
            e += 4 * eps * (s6 * s6 - s6)
            fij = 24 * eps * (2 * s6 * s6 - s6) / r2 * d
            f[i] += fij
            f[j] -= fij
    return e, f


def verlet_chain(x, v, k, dt, steps):
    """Springs in a chain, differences scattered to both ends."""
    def force(x):
        f = np.zeros_like(x)
        d = np.diff(x)
        t = k * (d - 1.0) + 0.1 * d**3
        f[:-1] += t
        f[1:] -= t
        return f

    a = force(x)
    for _ in range(steps):
        v += 0.5 * dt * a
        x += dt * v
        a = force(x)
        v += 0.5 * dt * a
    return x, v


def sph_density(pos, mass, h):
    n = pos.shape[0]
    rho = np.zeros(n)
    for i in range(n):
        rij = np.sqrt(np.sum((pos - pos[i])**2, axis=1))
        q = rij / h
        w = np.zeros(n)
        near = q <= 1.0
        far = (q > 1.0) & (q <= 2.0)
        w[near] = 1.0 - 1.5 * q[near]**2 + 0.75 * q[near]**3
        w[far] = 0.25 * (2.0 - q[far])**3
        rho[i] = np.sum(mass * w) * 10.0 / (7.0 * np.pi * h * h)
    return rho


def azimint_naive(data, radius, npt):
    rmax = radius.max()
    res = np.zeros(npt, dtype=np.float64)
    for i in range(npt):
        r1 = rmax * i / npt
        r2 = rmax * (i + 1) / npt
        mask_r12 = np.logical_and((r1 <= radius), (radius < r2))
        values_r12 = data[mask_r12]
        res[i] = values_r12.mean()
    return res


def histogram(a, bins, weights):
    """NPBench azimint_hist: bins by truncation, weights added one by one."""
    hist = np.zeros((bins, ), a.dtype)
    a_min, a_max = np.min(a), np.max(a)
    for i in range(a.shape[0]):
        bin = min(int(bins * (a[i] - a_min) / (a_max - a_min)), bins - 1)
        hist[bin] += weights[i]
    return hist


def azimint_hist(radius, data, npt):
    count = np.histogram(radius, npt)[0]
    return histogram(radius, npt, data) / count


def cloud_in_cell(x, charge, n, length):
    """Particles give their charge to two cells each, which wrap around."""
    rho = np.zeros(n)
    dx = length / n
    s = x / dx
    left = np.floor(s).astype(int)
    frac = s - left
    np.add.at(rho, left % n, charge * (1.0 - frac))
    np.add.at(rho, (left + 1) % n, charge * frac)
    rho /= dx
    rho -= rho.mean()
    phi = np.zeros(n)
    for _ in range(3):
        phi[1:-1] = 0.5 * (phi[2:] + phi[:-2] + dx * dx * rho[1:-1])
    return np.sum(rho * phi)


def kmeans(points, centres, rounds):
    for _ in range(rounds):
        label = np.argmin(((points[:, None, :] - centres[None, :, :])**2).sum(axis=2), axis=1)
        sums = np.zeros_like(centres)
        counts = np.zeros(len(centres))
        for p, l in zip(points, label):
            sums[l] += p
            counts[l] += 1
        for l in range(len(centres)):
            if counts[l] > 0:
                centres[l] = sums[l] / counts[l]
    return centres


def ising_mean_field(m, J, h, beta, steps):
    """Asynchronous updates: each site sees the new values of those before."""
    n = len(m)
    for _ in range(steps):
        for i in range(n):
            field = h[i]
            for j in (i - 1, (i + 1) % n):
                field += J * m[j]
            m[i] = np.tanh(beta * field)
    return m


rng = np.random.default_rng(6)
POS, VEL, MASS = rng.normal(size=(4, 3)), rng.normal(size=(4, 3)), rng.uniform(0.5, 1.5, (4, 1))
RADIUS = np.array([0.1, 0.35, 0.8, 0.5, 0.62, 0.05, 0.93, 0.28, 1.0])

CASES = [
    case(getAcc, POS, MASS, 1.0, 0.1),
    case(getAcc, POS, MASS, 1.0, 0.0, wrt=(0, 1, 2), label="nothing keeps the diagonal from 0"),
    case(nbody, MASS, POS, VEL, 2, 0.01, 1.0, 0.1),
    case(lennard_jones, np.array([[0.1, 0.2], [1.2, 0.3], [0.4, 1.5], [2.8, 2.7]]), 1.0, 0.7, 1.6, 3.0,
         zero=(3,)),
    case(verlet_chain, np.array([0.0, 1.1, 1.9, 3.2]), np.array([0.1, -0.2, 0.3, 0.0]), 2.0, 0.1, 3),
    case(sph_density, POS[:, :2] * 0.5, MASS[:, 0], 0.6),
    case(azimint_naive, rng.uniform(size=9), RADIUS, 3, wrt=0),
    case(azimint_hist, RADIUS, rng.uniform(size=9), 3, zero=(0,)),
    case(cloud_in_cell, np.array([0.31, 0.94, 1.77, 1.62]), np.array([1.0, -0.5, 0.7, 0.4]), 5, 2.0),
    case(kmeans, POS, POS[:2] * 0.9, 2, zero=(1,)),
    case(ising_mean_field, np.array([0.3, -0.2, 0.5, 0.1]), 0.7, np.array([0.1, 0.2, -0.3, 0.4]), 0.9, 2),
]  # fmt: skip
