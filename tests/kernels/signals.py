"""Transforms and filters by loops: FFT, recursive filters, convolutions, wavelets, adaptive filters."""

import cmath
import math

import numpy as np
from case import case


def bit_reverse(x):
    j = 0
    n = len(x)
    for i in range(1, n):
        bit = n >> 1
        while j & bit:
            j ^= bit
            bit >>= 1
        j ^= bit
        if i < j:
            x[i], x[j] = x[j], x[i]


def fft_in_place(x):
    """Cooley-Tukey with three loops and a running root of unity."""
    bit_reverse(x)
    n = len(x)
    length = 2
    while length <= n:
        w_len = cmath.exp(-2j * math.pi / length)
        for i in range(0, n, length):
            w = 1.0 + 0.0j
            for k in range(length // 2):
                u = x[i + k]
                v = x[i + k + length // 2] * w
                x[i + k] = u + v
                x[i + k + length // 2] = u - v
                w *= w_len
        length <<= 1


def power_spectrum(signal):
    x = signal.astype(complex)
    fft_in_place(x)
    return np.abs(x) ** 2


def stockham_fft(N, R, K, x, y):
    """NPBench: the self-sorting FFT with reshapes of one buffer."""
    dft_mat = np.empty((R, R), dtype=np.complex128)
    i_coord, j_coord = np.mgrid[0:R, 0:R]
    dft_mat[:] = np.exp(-2.0j * np.pi * i_coord * j_coord / R)
    ii_coord, jj_coord = np.mgrid[0:R, 0:R ** K]

    y[:] = x[:]
    tmp_perm = np.empty_like(y)
    for i in range(K):
        yv = np.reshape(y, (R ** i, R, R ** (K - i - 1)))
        tmp_perm[:] = np.reshape(np.transpose(yv, axes=(1, 0, 2)), (N, ))
        D = np.empty((R, R ** i, R ** (K - i - 1)), dtype=np.complex128)
        tmp = np.exp(-2.0j * np.pi * ii_coord[:, :R ** i] * jj_coord[:, :R ** i] / R ** (i + 1))
        D[:] = np.repeat(np.reshape(tmp, (R, R ** i, 1)), R ** (K - i - 1), axis=2)
        tmp_twid = np.reshape(tmp_perm, (N, )) * np.reshape(D, (N, ))
        y[:] = np.reshape(dft_mat @ np.reshape(tmp_twid, (R, R ** (K - 1))), (N, ))


def run_stockham(x):
    y = np.zeros_like(x)
    stockham_fft(8, 2, 3, x, y)
    return y


def recursive_fft(x):
    n = x.shape[0]
    if n == 1:
        return x
    even = recursive_fft(x[::2])
    odd = recursive_fft(x[1::2])
    factor = np.exp(-2j * np.pi * np.arange(n) / n)
    return np.concatenate([even + factor[:n // 2] * odd, even + factor[n // 2:] * odd])


def cross_spectrum(a, b):
    return np.real(np.sum(recursive_fft(a + 0j) * np.conj(recursive_fft(b + 0j)) ** 2))


def deriche(imgIn, alpha):
    """PolyBench: a recursive edge detector, forwards and backwards along both axes."""
    w, h = imgIn.shape
    y1 = np.zeros_like(imgIn)
    y2 = np.zeros_like(imgIn)
    imgOut = np.zeros_like(imgIn)
    k = (1.0 - np.exp(-alpha)) * (1.0 - np.exp(-alpha)) / (
        1.0 + 2.0 * alpha * np.exp(-alpha) - np.exp(2.0 * alpha))
    a1 = a5 = k
    a2 = a6 = k * np.exp(-alpha) * (alpha - 1.0)
    a3 = a7 = k * np.exp(-alpha) * (alpha + 1.0)
    a4 = a8 = -k * np.exp(-2.0 * alpha)
    b1 = 2.0 ** (-alpha)
    b2 = -np.exp(-2.0 * alpha)
    c1 = c2 = 1

    for i in range(w):
        ym1 = ym2 = xm1 = 0.0
        for j in range(h):
            y1[i, j] = a1 * imgIn[i, j] + a2 * xm1 + b1 * ym1 + b2 * ym2
            xm1 = imgIn[i, j]
            ym2 = ym1
            ym1 = y1[i, j]
    for i in range(w):
        yp1 = yp2 = xp1 = xp2 = 0.0
        for j in range(h - 1, -1, -1):
            y2[i, j] = a3 * xp1 + a4 * xp2 + b1 * yp1 + b2 * yp2
            xp2 = xp1
            xp1 = imgIn[i, j]
            yp2 = yp1
            yp1 = y2[i, j]
    imgOut[:] = c1 * (y1 + y2)
    y1[0, :] = a5 * imgOut[0, :]
    y1[1, :] = a5 * imgOut[1, :] + a6 * imgOut[0, :] + b1 * y1[0, :]
    for i in range(2, w):
        y1[i, :] = a5 * imgOut[i, :] + a6 * imgOut[i - 1, :] + b1 * y1[i - 1, :] + b2 * y1[i - 2, :]
    y2[w - 1, :] = 0.0
    y2[w - 2, :] = a7 * imgOut[w - 1, :]
    for i in range(w - 3, -1, -1):
        y2[i, :] = a7 * imgOut[i + 1, :] + a8 * imgOut[i + 2, :] + b1 * y2[i + 1, :] + b2 * y2[i + 2, :]
    imgOut[:] = c2 * (y1 + y2)
    return imgOut


def lfilter(b, a, x):
    """Direct form II transposed."""
    z = np.zeros(len(a))
    y = np.zeros_like(x)
    for n in range(len(x)):
        y[n] = (b[0] * x[n] + z[0]) / a[0]
        for i in range(1, len(a)):
            z[i - 1] = b[i] * x[n] + z[i] - a[i] * y[n]
    return y


def filtfilt(x, pole):
    """There and back through a reversed view, in one buffer."""
    y = x.copy()
    for view in (y, y[::-1]):
        for n in range(1, len(view)):
            view[n] += pole * (view[n - 1] - view[n])
    return y


def convolve_full(x, h):
    y = np.zeros(len(x) + len(h) - 1)
    for k, tap in enumerate(h):
        y[k:k + len(x)] += tap * x
    return y


def haar_lifting(x, levels):
    """Wavelet transform in place: predict and update on strided views."""
    step = 1
    for _ in range(levels):
        even = x[::2 * step]
        odd = x[step::2 * step]
        odd -= even
        even += odd / 2
        even *= math.sqrt(2.0)
        odd /= math.sqrt(2.0)
        step *= 2
    return x


def lms(x, d, mu, order):
    """Adaptive filter; the delay line shifts by an overlapping store."""
    w = np.zeros(order)
    line = np.zeros(order)
    e = np.empty_like(d)
    for n in range(len(x)):
        line[1:] = line[:-1]
        line[0] = x[n]
        e[n] = d[n] - w @ line
        w += 2 * mu * e[n] * line
    return np.sum(e ** 2), w


def goertzel(x, freq):
    w = 2.0 * math.pi * freq
    coeff = 2.0 * math.cos(w)
    s_prev = s_prev2 = 0.0
    for sample in x:
        s_prev2, s_prev = s_prev, sample + coeff * s_prev - s_prev2
    return s_prev2 ** 2 + s_prev ** 2 - coeff * s_prev * s_prev2


def savitzky_median(x, width):
    """A running median by partition of a window, ends untouched."""
    out = x.copy()
    for i in range(width, len(x) - width):
        window = x[i - width:i + width + 1].copy()
        window.partition(width)
        out[i] = window[width]
    return out


def total_variation(y, lam, tau, steps):
    """Denoising by projected dual ascent, clipped in place."""
    p = np.zeros(len(y) - 1)
    for _ in range(steps):
        x = y.copy()
        x[:-1] += lam * p
        x[1:] -= lam * p
        p -= tau * (x[:-1] - x[1:])
        np.clip(p, -1.0, 1.0, out=p)
    x = y.copy()
    x[:-1] += lam * p
    x[1:] -= lam * p
    return x


rng = np.random.default_rng(4)
X8 = rng.normal(size=8)
Z8 = X8 + 1j * rng.normal(size=8)

CASES = [
    case(power_spectrum, X8),
    case(run_stockham, Z8),
    case(cross_spectrum, X8, X8[::-1] * 0.7),
    case(deriche, rng.uniform(size=(4, 5)), 0.25),
    case(lfilter, np.array([0.3, 0.2, 0.1]), np.array([1.2, -0.4, 0.2]), X8),
    case(filtfilt, X8, 0.3),
    case(convolve_full, X8, np.array([0.5, 0.3, -0.2])),
    case(haar_lifting, X8, 3),
    case(lms, X8, X8[::-1] * 0.5, 0.05, 3),
    case(goertzel, X8, 0.13),
    case(savitzky_median, X8, 1),
    case(total_variation, X8, 0.6, 0.3, 4),
]
