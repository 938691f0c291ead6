"""Values in places that are rarely used: a file in memory, `out=` of a transform."""

import tempfile

import numpy as np
from case import case


def memory_mapped(x):
    a = np.memmap(tempfile.TemporaryFile(), dtype=float, mode="w+", shape=(3,))
    a[:] = x * x[0]
    return np.sum(a * a)


def fourier_into_a_buffer(x):
    o = np.zeros(3, dtype=complex)
    np.fft.fft(x * x[0] + 0j, out=o)
    return np.sum(o.real**2 + 2.0 * o.imag)


X = np.array([0.5, 1.5, 2.5])
CASES = [case(memory_mapped, X), case(fourier_into_a_buffer, X)]
