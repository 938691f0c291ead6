"""Programs over complex, real and integer numbers: buffers filled and parts of them changed, casts, transforms."""

from __future__ import annotations

from .writer import Writer

HEAD = """\
import cmath

import numpy as np


def turned(z, q):
    z *= q
    z.imag[0] = z.real[1]
    return np.vdot(z, z).real


def both(z):
    return z.real, z.imag


def filled(u, v):
    new = np.empty(3, dtype=complex)
    new.real = u
    new.imag = v
    return new


def energy(z):
    total = 0.0
    for each in z:
        total += each.real**2 - each.imag * abs(each)
    return total


"""
COMPLEX = ("z", "w", "r")
REAL = ("u", "v")
COMPLEX_VALUES = (
    "{z} * {w}", "{z} * {u}", "{z} + {u}", "{u} - 1j * {z}", "{z}.conj()", "np.conj({z}) * {w}", "{z}[::-1]",
    "np.exp(0.3j * {u})", "np.sin({z} * 0.3)", "{z} / (3.0 + np.abs({w}))", "np.fft.fft({z}) * 0.4",
    "np.fft.ifft({w})",
    "np.fft.fft({u}) * 0.4", "np.where({m}, {z}, {w})", "np.where({m}, {z}, {u})", "np.where({m}, {u}, 1j) * {z}",
    "{z}**2 * 0.3", "np.sqrt({z} + 3.0)", "np.outer({z}, {w})[1]", "{z}[n]", "np.cumsum({z}) * 0.5", "{u} + 1j * {v}",
    "{u}.astype(complex)", "{z}.copy()", "filled({u}, {v})", "np.full(3, {q})", "{z} * {q}", "{z}",
    "{z}.astype(complex)",
    "np.concatenate([{z}[:1], {u}[1:]])", "np.stack([{z}, {u}], axis=1)[:, 0]", "np.array([{q}, {s}, {z}[2]])",
    "np.array([{s}, {v}[1], {q}])", "(np.eye(3) + 0.2 * np.outer({z}, {u})) @ {w}", "np.fft.fftshift({z})",
    "np.linalg.solve(3.0 * np.eye(3) + 0.2 * np.outer({z}, {w}), {u})", "np.cumprod({z} * 0.6)", "np.tanh({u}) * 1j",
    "{u} + 0j", "np.roll({z}, 1)", "np.zeros(3, complex)", "np.empty_like({z}) * 0 + {w}", "np.ones_like({z}) * {s}",
    "np.asarray({u}, dtype=complex)", "np.exp(1j * np.angle({z} + 4.0)) * {v}", "np.kron({z}, {u})[2:8:2]",
    "np.interp({u}, [-2.0, 0.3, 2.1], [0.0, 0.5, 0.7]) * {z}", "np.log({z} + 4.0)",
    "np.multiply({z}, {u}, dtype=complex)",
)  # fmt: skip
REAL_VALUES = (
    "{z}.real", "{z}.imag", "np.real({z})", "np.imag({z}) * {u}", "np.abs({z})", "np.abs({z}) ** 2", "{u} * {v}",
    "({z} * {w}).real", "({z} * {w}.conj()).imag", "np.angle({z} + 3.0)", "np.fft.irfft(np.fft.rfft({u}) * {q}, 3)",
    "np.fft.ifft({z} * {w}).real", "{u}[n]", "{u} * n", "{u} * (n > 0)", "np.where({m}, {z}.imag, {u})", "{u} / 2",
    "np.sum(np.outer({z}, {u}).imag, axis=0)", "{z}.real * one", "n.astype(float) * {u}", "{u} * np.float32(0.5)",
    "np.abs(np.fft.fft({u}))", "np.maximum({u}, {z}.real)", "np.zeros(3)", "np.real({z} @ {w}) * {u} * 0.3",
    "np.linalg.norm(np.stack([{z}, {w}]) + 0.1, axis=0)", "{u}[np.argsort(n)]", "np.hypot({z}.real, 1.5 + {z}.imag)",
    "np.square({z}.imag) - {u}", "np.arctan2({z}.imag, 3.0 + np.abs({z}))", "np.real(np.array([{q}, {s}, {u}[0]]))",
)  # fmt: skip
NUMBERS = ("c", "s", "t", "x[1]", "{u}[0]", "{z}[1].real", "abs({z}[0])", "{q}.imag", "np.vdot({z}, {w}).real * 0.3",
           "np.sum({u}) * 0.2", "energy({z}) * 0.1", "np.linalg.norm({z} + 0.1)", "np.max({u})", "{u}[n[1]]",
           "abs(q) * 0.4",
           "np.abs(q)", "q.conjugate().imag", "cmath.phase(q + 4)", "np.mean({z}).real", "(q * q).real",
           "{z}.sum().imag",
           "float({z}[2].real)", "0.5", "1", "np.dot({z}, {u}).real * 0.3", "cmath.exp(0.2 * q).real")  # fmt: skip
COMPLEX_NUMBERS = ("q", "{z}[0]", "({s} + 0.3j)", "complex({s}, c)", "q * {z}[2] * 0.4", "np.sum({z}) * 0.3",
                   "1j * {s}",
                   "np.vdot({z}, {w}) * 0.2", "{z}[n[0]]", "(0.5 - 0.5j)", "np.exp(1j * {s})", "q.conjugate()",
                   "({z} @ {w}) * 0.3", "cmath.sqrt({z}[1] + 4)", "complex({s})",
                   "({z}[-1] / (3 + abs(q)))")  # fmt: skip
CHANGES = (
    "{z}[0] = {q}", "{z}[1] = {s}", "{z}.real = {u}", "{z}.imag = {s}", "{z}.imag[1:] = {u}[:2]", "{z} *= {u}",
    "{z} += {s}", "{z} += 1j * {u}", "{z}.real *= {s}", "{z}.real[0] += {s}", "{z}.imag -= {u}",
    "{z}[1:] += {w}[:-1]",
    "{z}[n] = {w}", "{z}[{m}] = {s}", "{z}[{m}] *= {q}", "{u}[{m}] = {z}[{m}].real", "{u} += {z}.real",
    "{u}[0] = {s}",
    "{u} *= np.abs({z})", "np.add({z}, {u}, out={z})", "np.multiply({z}, {w}, out={w})", "np.abs({z}, out={u})",
    "{z}[:] = {u}", "{z}[...] = {w} * {q}", "{z} /= 2", "{z} **= 2", "re = {z}.real\nre *= {s}",
    "im = {z}.imag\n{z} *= {q}\n{u} = im * 0.5",
    "re, im = both({z})\nim += re * {s}", "t = t + turned({z}, {q}) * 0.1", "t = turned({w}, {s}) * 0.1",
    "q = q * {q}",
    "q += {s}", "q = {q}", "q *= {q}", "s = {s} * 0.6", "t += {s}", "t = {s}", "n = (n + 1) % 3",
    "n[0] = (n[1] + 1) % 3", "n = n[::-1]",
    "{z}[n[1]] += {q}", "{u}[n] += {v}", "np.add.at({z}, [0, 0, 1], {w})", "{z}.fill({q})", "{z}, {w} = {w}, {z}",
    "{u}, {v} = {v}, {u}",
    "for each in {z}.real:\n    t = t * 0.5 + each", "for i, each in enumerate({z}):\n    {w}[i] = each * {s}",
    "part = {z}[1:]\npart.imag *= {s}", "np.copyto({z}, {u}, where={m})",
    "{z}.real, {z}.imag = {z}.imag.copy(), {z}.real.copy()",
    "{z}.conj().real[0] = {s}", "np.conjugate({z}, out={z})",
    "rows = np.zeros((2, 3), complex)\nrows[0] = {u}\nrows[1] = {z}\n{w} = rows[0] * rows[1]",
    "rows = np.stack([{z}, {u}])\nrows.imag[1] = {v}\n{z} = rows.sum(axis=0)", "one += 1.0",
    "np.put({z}, [0, 2], {q})", "{z}.flat[1] = {q}",
)  # fmt: skip


class Numbers(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.statements = [
            (1.0, self.loop), (1.0, self.branch), (4.0, self.change), (2.5, self.simple), (1.5, self.real),
        ]  # fmt: skip

    def fill(self, text: str, depth: int = 0) -> str:
        z, w = self.random.sample(COMPLEX, 2)
        u, v = self.random.sample(REAL, 2)
        s = "c" if depth > 1 else self.fill(self.pick(*NUMBERS), depth + 1)
        q = "q" if depth > 1 else self.fill(self.pick(*COMPLEX_NUMBERS), depth + 1)
        m = self.pick(f"{u} > 0.1", f"{z}.real > {v}", "n > 0", f"np.abs({w}) < 1.1", "mask")
        return text.format(z=z, w=w, u=u, v=v, s=s, q=q, m=m)

    def change(self, depth: int) -> list[str]:
        return self.fill(self.pick(*CHANGES)).split("\n")

    def simple(self, depth: int) -> list[str]:
        return [f"{self.pick(*COMPLEX)} = {self.fill(self.pick(*COMPLEX_VALUES))}"]

    def real(self, depth: int) -> list[str]:
        return [f"{self.pick(*REAL)} = {self.fill(self.pick(*REAL_VALUES))}"]

    def test(self) -> str:
        return self.fill(f"if {self.pick('{s}', 't', 'abs(q)', '{z}[0].imag')} > {self.pick('-9', '0', '0.4', '9')}:")


def program(seed: int) -> str:
    """A function `f(x, y, c)`: the arguments are those of the programs over arrays."""
    w = Numbers(seed)
    body = [
        "s = c * 1.1", "t = x[1] * 0.4", "n = np.array([2, 0, 1])", "one = np.ones(3, np.float32)",
        "mask = np.array([True, False, True])",
        "z = x + 1j * y", "w = np.exp(0.4j * y) * c", "r = np.zeros(3, dtype=complex)", "r[:2] = x[1:] * 0.7",
        "u = x * c", "v = y * 0.7",
        "q = complex(x[2], s)", *w.block(0, 4, 9),
        "t += np.sum(np.abs(z * w + 0.1) ** 2) + (r @ z).real + r.imag[1]",
        "return t * s + np.sum(u * v * w.imag) + abs(q) + np.sum(x * y)",
    ]  # fmt: skip
    return HEAD + "def f(x, y, c):\n" + "\n".join("    " + row for row in body) + "\n"
