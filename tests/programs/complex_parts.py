"""Real and imaginary parts of complex numbers, beside buffers that are changed: what is real stays real."""

import numpy as np
from case import case


def number_of_parts(x, s):
    """A number of Python, of the real part of a number whose kind only NumPy knows."""
    r = np.zeros(3, dtype=complex)
    r[1:] = x[:2] * 1j
    w = complex(np.vdot(r, x).real + s, s)
    return abs(w * w) + w.imag


def scaled_by_an_imaginary_part(x, s):
    z = x * s + 1j * x
    z *= complex(z.sum().imag)
    return np.sum(z.real * x)


def part_of_a_buffer_scaled(x, s):
    r = np.zeros(3, dtype=complex) + 1.0
    for _ in range(2):
        re = r.real
        re *= (s * x[0] + 0.3j).imag + (s * 1j).imag
    return (r @ x).real


def filled_with_a_real_part(x, s):
    """The tangent of what is filled is real at first."""
    q = complex(x[2], s)
    w = np.full(3, q.real + 0.3j)
    w += 1j * x
    v = np.full(3, abs(q) * 1j)
    if s > 0:
        v[1:] *= x[1] + 1j * x[:2]
    return np.sum(np.abs(w * v))


def made_complex(x, s):
    """What is complex may be an array or a number, from a file; its tangent is real at first."""
    u = x * s
    r = u + 0j
    v = u.copy() * (0.5 + 0j)
    for k in range(2):
        r[k] += 1j * s
        v[k:] *= 1j * x[k]
    return np.sum(np.abs(r) * u) + np.sum(np.abs(v + 0.1))


def moduli_beside_complex_weights(x, s):
    """Real numbers whose dtype only the running program knows, in products with complex ones."""
    w = np.exp(1j * np.arange(3) * 0.3)
    total = 0.0
    for z in np.outer(x, w * s) + 0.1j:
        r = np.abs(z)
        total += np.abs(np.vdot(w, r)) + np.abs(np.dot(r, w)) + np.abs(np.einsum("i,i", w, r))
    return total


def moduli_after_a_loop(x, s):
    z = x * 1.0
    for i in range(3):
        z = z * np.exp(1j * i * x) + 0.1j
    return np.abs(np.inner(np.exp(1j * np.arange(3)), np.abs(z * s)))


def rows_of_real_numbers(x, s):
    total = 0.0
    for row in np.outer(x, x * s):
        total += np.abs(np.vdot(np.exp(1j * np.arange(3)), row)) + np.abs(np.convolve(row, [1.0, 0.5j])[1])
    return total


X = np.array([0.4, -0.7, 1.2])

CASES = [
    case(number_of_parts, X, 0.6), case(scaled_by_an_imaginary_part, X, 0.6), case(part_of_a_buffer_scaled, X, 0.6),
    case(filled_with_a_real_part, X, 0.6), case(made_complex, X, 0.6),
    case(moduli_beside_complex_weights, X, 0.6), case(moduli_after_a_loop, X, 0.6), case(rows_of_real_numbers, X, 0.6),
]  # fmt: skip
