"""Weather and climate codes: diffusion with limiters, implicit vertical columns, transport, shallow water."""

import numpy as np
from case import case


def hdiff(in_field, out_field, coeff):
    """NPBench: fourth-order horizontal diffusion with a flux limiter."""
    I, J, K = out_field.shape[0], out_field.shape[1], out_field.shape[2]
    lap_field = 4.0 * in_field[1:I + 3, 1:J + 3, :] - (
        in_field[2:I + 4, 1:J + 3, :] + in_field[0:I + 2, 1:J + 3, :] +
        in_field[1:I + 3, 2:J + 4, :] + in_field[1:I + 3, 0:J + 2, :])

    res = lap_field[1:, 1:J + 1, :] - lap_field[:-1, 1:J + 1, :]
    flx_field = np.where(
        (res * (in_field[2:I + 3, 2:J + 2, :] - in_field[1:I + 2, 2:J + 2, :])) > 0,
        0,
        res,
    )

    res = lap_field[1:I + 1, 1:, :] - lap_field[1:I + 1, :-1, :]
    fly_field = np.where(
        (res * (in_field[2:I + 2, 2:J + 3, :] - in_field[2:I + 2, 1:J + 2, :])) > 0,
        0,
        res,
    )

    out_field[:, :, :] = in_field[2:I + 2, 2:J + 2, :] - coeff[:, :, :] * (
        flx_field[1:, :, :] - flx_field[:-1, :, :] + fly_field[:, 1:, :] - fly_field[:, :-1, :])


def run_hdiff(in_field, coeff):
    out_field = np.empty(coeff.shape)
    hdiff(in_field, out_field, coeff)
    return out_field


BET_M = 0.5
BET_P = 0.5


def vadv(utens_stage, u_stage, wcon, u_pos, utens, dtr_stage):
    """NPBench: vertical advection, an implicit solve in each column, levels written one by one."""
    I, J, K = utens_stage.shape[0], utens_stage.shape[1], utens_stage.shape[2]
    ccol = np.ndarray((I, J, K), dtype=utens_stage.dtype)
    dcol = np.ndarray((I, J, K), dtype=utens_stage.dtype)
    data_col = np.ndarray((I, J), dtype=utens_stage.dtype)

    for k in range(1):
        gcv = 0.25 * (wcon[1:, :, k + 1] + wcon[:-1, :, k + 1])
        cs = gcv * BET_M

        ccol[:, :, k] = gcv * BET_P
        bcol = dtr_stage - ccol[:, :, k]

        correction_term = -cs * (u_stage[:, :, k + 1] - u_stage[:, :, k])
        dcol[:, :, k] = (dtr_stage * u_pos[:, :, k] + utens[:, :, k] +
                         utens_stage[:, :, k] + correction_term)

        divided = 1.0 / bcol
        ccol[:, :, k] = ccol[:, :, k] * divided
        dcol[:, :, k] = dcol[:, :, k] * divided

    for k in range(1, K - 1):
        gav = -0.25 * (wcon[1:, :, k] + wcon[:-1, :, k])
        gcv = 0.25 * (wcon[1:, :, k + 1] + wcon[:-1, :, k + 1])

        as_ = gav * BET_M
        cs = gcv * BET_M

        acol = gav * BET_P
        ccol[:, :, k] = gcv * BET_P
        bcol = dtr_stage - acol - ccol[:, :, k]

        correction_term = -as_ * (u_stage[:, :, k - 1] - u_stage[:, :, k]) - cs * (
            u_stage[:, :, k + 1] - u_stage[:, :, k])
        dcol[:, :, k] = (dtr_stage * u_pos[:, :, k] + utens[:, :, k] +
                         utens_stage[:, :, k] + correction_term)

        divided = 1.0 / (bcol - ccol[:, :, k - 1] * acol)
        ccol[:, :, k] = ccol[:, :, k] * divided
        dcol[:, :, k] = (dcol[:, :, k] - (dcol[:, :, k - 1]) * acol) * divided

    for k in range(K - 1, K):
        gav = -0.25 * (wcon[1:, :, k] + wcon[:-1, :, k])
        as_ = gav * BET_M
        acol = gav * BET_P
        bcol = dtr_stage - acol

        correction_term = -as_ * (u_stage[:, :, k - 1] - u_stage[:, :, k])
        dcol[:, :, k] = (dtr_stage * u_pos[:, :, k] + utens[:, :, k] +
                         utens_stage[:, :, k] + correction_term)

        divided = 1.0 / (bcol - ccol[:, :, k - 1] * acol)
        dcol[:, :, k] = (dcol[:, :, k] - (dcol[:, :, k - 1]) * acol) * divided

    for k in range(K - 1, K - 2, -1):
        datacol = dcol[:, :, k]
        data_col[:] = datacol
        utens_stage[:, :, k] = dtr_stage * (datacol - u_pos[:, :, k])

    for k in range(K - 2, -1, -1):
        datacol = dcol[:, :, k] - ccol[:, :, k] * data_col[:, :]
        data_col[:] = datacol
        utens_stage[:, :, k] = dtr_stage * (datacol - u_pos[:, :, k])


def run_vadv(utens_stage, u_stage, wcon, u_pos, utens, dtr_stage):
    vadv(utens_stage, u_stage, wcon, u_pos, utens, dtr_stage)
    return utens_stage


def thomas(a, b, c, d):
    """Tridiagonal solver that works in copies of two of its diagonals."""
    n = len(d)
    cp, dp = map(np.array, (c, d))
    cp[0] /= b[0]
    dp[0] /= b[0]
    for i in range(1, n):
        m = b[i] - a[i] * cp[i - 1]
        if i < n - 1:
            cp[i] /= m
        dp[i] = (dp[i] - a[i] * dp[i - 1]) / m
    x = dp
    for i in range(n - 2, -1, -1):
        x[i] -= cp[i] * x[i + 1]
    return x


def crank_nicolson(T, kappa, dt, dz, steps):
    """Heat in the soil: assemble, close the ends, solve, again."""
    n = len(T)
    r = kappa * dt / (2 * dz**2)
    for _ in range(steps):
        lower, upper = np.full(n, 0.0), np.zeros(n)
        lower[1:] = -r[1:]
        upper[:-1] = -r[:-1]
        diag = 1 - lower - upper
        rhs = T.copy()
        rhs[1:-1] += r[1:-1] * (T[2:] - T[1:-1]) - r[1:-1] * (T[1:-1] - T[:-2])
        rhs[0] += 0.1
        T = thomas(lower, diag, upper, rhs)
    return T


def minmod(a, b):
    return np.where(a * b > 0, np.where(np.abs(a) < np.abs(b), a, b), 0.0)


def muscl(q, nu, steps):
    """Second order transport with slopes limited, on a ring with two halo cells."""
    n = q.size
    f = np.zeros(n + 4)
    for _ in range(steps):
        f[2:-2] = q
        f[:2] = q[-2:]
        f[-2:] = q[:2]
        slope = np.zeros_like(f)
        slope[1:-1] = minmod(f[1:-1] - f[:-2], f[2:] - f[1:-1])
        face = f + 0.5 * (1.0 - nu) * slope
        q -= nu * (face[2:-2] - face[1:-3])
    return q


def van_leer(q, c):
    """A ratio of slopes that would divide by zero where the field is flat."""
    d = np.diff(q)
    r = np.ones_like(d)
    np.divide(d[:-1], d[1:], out=r[1:], where=d[1:] != 0)
    phi = (r + np.abs(r)) / (1 + np.abs(r))
    flux = c * q[:-1] + 0.5 * c * (1 - c) * phi * d
    out = q.copy()
    out[1:-1] -= np.diff(flux)
    return out


def shallow_water(h, u, v, dt, dx, g, steps):
    """A staggered grid; momentum first, then mass with the new winds."""
    H = h.mean()
    for n in range(steps):
        u[1:-1, :] -= g * dt / dx * (h[1:, :] - h[:-1, :])
        v[:, 1:-1] -= g * dt / dx * (h[:, 1:] - h[:, :-1])
        h -= H * dt / dx * (u[1:, :] - u[:-1, :] + v[:, 1:] - v[:, :-1])
    return h, u, v


def saturation_adjustment(T, qv, qc):
    """Newton steps per level until the largest change is small; condensation in place."""
    Lv, cp, Rv = 2.5, 1.0, 0.46
    for k in range(len(T)):
        total = qv[k] + qc[k]
        for it in range(20):
            qs = 0.02 * np.exp(Lv / Rv * (1.0 - 1.0 / T[k]))
            cond = (qv[k] - qs) / (1.0 + Lv**2 * qs / (cp * Rv * T[k]**2))
            if cond < -qc[k]:
                cond = -qc[k]
            T[k] += Lv / cp * cond
            qv[k] -= cond
            qc[k] += cond
            if abs(cond) < 1e-4:
                break
        qc[k] = max(total - qv[k], 0.0)
    return T, qv, qc


def semi_lagrangian(q, u, dt, dx, steps):
    """Departure points, integer cells and weights; a gather that wraps around."""
    n = len(q)
    x = np.arange(n) * dx
    for _ in range(steps):
        xd = (x - u * dt) / dx
        j = np.floor(xd).astype(int)
        a = xd - j
        q = (1 - a) * q[j % n] + a * q[(j + 1) % n]
    return q


def arakawa_stream(psi, zeta, steps, dt):
    """A vorticity equation: relax the stream function, then advect."""
    for _ in range(steps):
        for _ in range(3):
            psi[1:-1, 1:-1] = 0.25 * (psi[2:, 1:-1] + psi[:-2, 1:-1] +
                                      psi[1:-1, 2:] + psi[1:-1, :-2] - zeta[1:-1, 1:-1])
        jac = ((psi[2:, 1:-1] - psi[:-2, 1:-1]) * (zeta[1:-1, 2:] - zeta[1:-1, :-2])
               - (psi[1:-1, 2:] - psi[1:-1, :-2]) * (zeta[2:, 1:-1] - zeta[:-2, 1:-1])) / 4
        zeta[1:-1, 1:-1] += dt * jac
        zeta[[0, -1], :] = 0
        zeta[:, [0, -1]] = 0
    return psi, zeta


rng = np.random.default_rng(7)
U = rng.uniform
SHAPE = (2, 3, 4)
WAVE = np.array([0.2, 0.5, 1.1, 1.6, 1.4, 0.9, 0.35, 0.15])

CASES = [
    case(run_hdiff, U(size=(6, 6, 2)), U(size=(2, 2, 2))),
    case(run_vadv, U(size=SHAPE), U(size=SHAPE), U(size=(3, 3, 4)), U(size=SHAPE), U(size=SHAPE), 3.0 / 20.0 * 10),
    case(thomas, U(0, 1, 5), U(3, 4, 5), U(0, 1, 5), U(size=5)),
    case(crank_nicolson, WAVE, U(0.5, 1, 8), 0.1, 0.5, 2),
    case(muscl, WAVE, 0.4, 3),
    case(van_leer, WAVE, 0.3),
    case(shallow_water, 1 + 0.1 * U(size=(3, 3)), U(size=(4, 3)), U(size=(3, 4)), 0.1, 1.0, 9.8, 3),
    case(saturation_adjustment, np.array([1.0, 1.1, 1.2]), np.array([0.03, 0.05, 0.01]), np.array([0.0, 0.01, 0.02]),
         wrt=(0, 1)),
    case(semi_lagrangian, WAVE, U(0.2, 0.8, 8), 0.6, 0.5, 2),
    case(arakawa_stream, U(size=(5, 5)), U(size=(5, 5)), 2, 0.1),
]  # fmt: skip
