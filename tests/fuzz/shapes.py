"""Programs over arrays of two and three axes: made, joined, reduced, sorted, multiplied, changed in their parts."""

from __future__ import annotations

from .writer import Writer

HEAD = """\
import numpy as np


def centred(m, axis):
    return m - m.mean(axis=axis, keepdims=True)


def shift(m, s):
    m[1:] = m[:-1].copy() * s
    return m.T


def planes(t):
    for plane in t:
        plane[0] += plane[1]
    return t[:, 0]


"""
VECTORS = (
    "{m}[0]", "{m}[:, 1]", "{m} @ {v}", "{v} @ {m}", "{m}.sum(axis=0)", "{m}.mean(axis=1)",
    "np.std({m} + np.eye(3), axis=0)",
    "np.var({m}, axis=1, ddof=1)", "np.linalg.norm({m} + 0.1, axis=1)", "{m}.max(axis=0)", "np.min({m}, axis=-1)",
    "np.einsum('ij,j->i', {m}, {v})", "np.einsum('ii->i', {m})", "np.diagonal({m})", "{v} * {w}",
    "np.cumsum({v}) * 0.5",
    "np.einsum('ijk,jk->i', {t}, {m}[:2])", "np.tensordot({t}, {m}[:2], axes=([1, 2], [0, 1]))", "{t}[:, 0, 1]",
    "{t}.sum((1, 2)) * 0.3",
    "np.tensordot({m}, {v}, 1)", "np.dot({m}, {v})", "np.matmul({v}, {m})", "np.sort({v})", "np.roll({v}, 1)",
    "np.flip({v})",
    "{v}[np.argsort({w})]", "{m}[np.arange(3), np.argmax({m}, axis=1)]",
    "np.take_along_axis({m}, np.argmin({m}, 1)[:, None], 1)[:, 0]",
    "np.take({m}, [4, 0, 8])", "np.prod({m} * 0.8, axis=0)", "np.linalg.solve(np.eye(3) * 4 + {m} * 0.2, {v})",
    "np.diff({v}, prepend=0.0)",
    "np.concatenate([{v}[1:], {w}[:1]])", "np.pad({v}[1:], (1, 0))", "np.convolve({v}, {w}, 'same')",
    "np.where({m} > 0, {m}, {v})[1]",
    "np.trace({t} @ np.swapaxes({t}, 1, 2), axis1=1, axis2=2)", "{v}.reshape(-1)", "np.inner({m}, {v})",
    "np.ravel({m})[::4]",
    "np.average({m}, axis=0, weights=np.abs({v}) + 1.0)", "np.apply_along_axis(np.sum, 1, {m})",
    "{m}[[2, 0, 1], [0, 1, 1]]",
    "np.squeeze({m}[:, :1])", "np.hstack(({v}[:1], {w}[1:]))", "np.split({m}, 3)[1][0]", "np.cross({v}, {w})",
    "np.median({m}, axis=0)",
)  # fmt: skip
MATRICES = (
    "np.outer({v}, {w})", "{m} * {n}", "{m} @ {n} * 0.4", "{m}.T", "np.stack([{v}, {w}, {v} * {s}])",
    "np.tile({v}, (3, 1))",
    "np.broadcast_to({v}, (3, 3)) * {m}", "{v}[:, None] * {w}", "{v}[:, None] + {w}[None, :]",
    "np.kron({v}, {w}).reshape(3, 3)",
    "np.cumsum({m}, axis=0) * 0.4", "np.cumprod({m} * 0.7, axis=1)", "np.roll({m}, 1, axis=1)",
    "np.flip({m}, axis=0)", "{m}[::-1, ::-1]",
    "np.sort({m}, axis=0)", "np.take_along_axis({m}, np.argsort({n}, axis=1), axis=1)",
    "{m} - {m}.mean(axis=1, keepdims=True)",
    "{m} / (1.0 + np.sum({m}**2, axis=0, keepdims=True))", "np.einsum('ij,jk->ik', {m}, {n}) * 0.4",
    "np.einsum('i,j->ij', {v}, {w})",
    "np.einsum('ij->ji', {m})", "{m}[np.ix_([2, 0, 1], [1, 1, 0])]", "np.concatenate([{m}[:1], {n}[1:]], axis=0)",
    "np.vstack(({v}, {m}[:2]))",
    "np.column_stack([{v}, {m}[:, :2]])", "np.pad({m}[1:, 1:], ((0, 1), (1, 0)))",
    "np.pad({m}[1:], ((1, 0), (0, 0)), mode='edge')",
    "centred({m}, 0)", "shift({m}, {s})", "np.diag({v}) + {m}", "np.tril({m}) + np.triu({n}, 1)",
    "np.where({m} > {v}, {m}, {n})",
    "np.repeat({v}, 3).reshape(3, 3)", "{t}[:, 1]", "{t}.sum(axis=1)", "np.moveaxis({t}, 1, 0)[0]",
    "np.swapaxes({t}, 0, 2)[:, 1]",
    "np.tensordot({t}, {t}, axes=([1, 2], [1, 2])) * 0.3", "np.einsum('ijk,ljk->il', {t}, {t}) * 0.3",
    "{t}.max(axis=1)", "{t}.reshape(3, 6)[:, 1:4]",
    "np.linalg.inv(np.eye(3) * 4 + {m} * 0.3)", "np.maximum({m}, {v})", "{m}.copy()", "{m}",
    "np.apply_along_axis(np.cumsum, 1, {m}) * 0.4",
    "np.delete(np.vstack([{m}, {v}]), 1, axis=0)", "np.rot90({m})", "np.diff({m}, axis=1, append={v}[:, None])",
    "np.array([{v}, {w}, {v}])",
    "np.linalg.matrix_power({m} * 0.5, 2)", "np.insert({m}[:2], 1, {v}, axis=0)", "np.meshgrid({v}, {w})[0] * {m}",
    "np.array_split({m}, 2)[0][[0, 1, 0]]",
    "np.exp({m} - {m}.max(axis=1, keepdims=True))", "np.block([[{m}[:2, :1], {m}[:2, 1:]], [{v}[None]]])",
    "({m} @ {t}[..., None])[:, 0, :, 0].T @ {t}[0]", "np.squeeze({m}[None])", "np.expand_dims({v}, 1) * {m}",
    "np.atleast_2d({v}) * {m}",
)  # fmt: skip
CUBES = (
    "np.stack([{m}[:2], {n}[1:], {m}[1:] * {s}])", "{m}[:, None] * {n}[:2]", "{t} * {v}", "{t}[::-1]",
    "{t} @ {m} * 0.4", "{t} * {m}[:, None]",
    "np.einsum('ij,kl->ikl', {m}[:, :1], {n}[:2])", "np.broadcast_to({m}[:2], (3, 2, 3)) + {t}",
    "np.outer({m}, {v}[:2]).reshape(3, 3, 2).transpose(0, 2, 1)",
    "np.multiply.outer({v}, {m}[:2])", "np.cumsum({t}, axis=1) * 0.5", "np.flip({t}, axis=(0, 2))",
    "np.tile({m}[:2], (3, 1, 1))", "{t} - {t}.mean(axis=(0, 1), keepdims=True)",
    "np.concatenate([{t}[:, :1], {m}[:, None]], axis=1)", "np.moveaxis(np.stack([{m}, {n}]), 0, 1)",
    "np.where({t} > 0.2, {t}, {m}[:, None])",
    "np.matmul({m}[None, :2], {t}.transpose(0, 2, 1) @ {t})", "np.sort({t}, axis=2)", "np.roll({t}, 1, axis=0)",
    "np.repeat({m}[:, None], 2, axis=1)",
)  # fmt: skip
NUMBERS = ("c", "s", "x[1]", "0.5", "{v}[0]", "{m}[1, 2]", "np.sum({v}) * 0.2", "np.sum({m} * {n}) * 0.1",
           "{v} @ {w} * 0.3", "{t}[1, 0, 2]",
           "np.trace({m}) * 0.3", "np.linalg.norm({m} + 0.1) * 0.3", "np.mean({t})", "np.max({m})",
           "{v} @ {m} @ {w} * 0.1", "np.std({v} + [0.1, 0.7, 0.4])",
           "np.tanh({m}[-1].sum())", "{t}.var()", "np.linalg.det(np.eye(3) + 0.2 * {m})",
           "np.einsum('ij,ij', {m}, {n}) * 0.1")  # fmt: skip
# what is stored is made anew: NumPy copies no overlapping memory that it goes through in other steps
CHANGES = (
    "{m}[0] = +{v}", "{m}[:, 1] *= {s}", "{m}[1:] += {m}[:-1]", "{m}[1:, 1:] = {n}[:-1, :-1]", "{m} *= {v}",
    "{m} += {v}[:, None]", "{m}.T[0] = +{v}",
    "{m}[{m} > 0.5] *= {s}", "{m}[{v} > 0] = +{w}", "{m}[{v} > 0] *= {s}", "{m}[:, {v} > 0] += {s}",
    "{m}[np.ix_([0, 2], [1, 2])] = {s}", "{m}[[0, 2]] = {n}[[1, 1]]",
    "{m}[[0, 1], [1, 2]] += {s}", "{m}[np.arange(3), np.argmax({n}, axis=1)] = +{v}", "np.fill_diagonal({m}, {v})",
    "{m}.flat[::4] = +{v}", "{m}.reshape(-1)[2] = {s}",
    "{t}[:, 0] = {m}", "{t}[1] *= {s}", "{t}[..., 0] = {s}", "{t}[:, :, 1] += {v}[:, None]", "{t} += {v}",
    "{t}[0, 1] = +{v}", "{v}[:] = +{m}[2]", "{v} *= {w}", "{v}[1:] += {v}[:-1]",
    "view = {t}[:, 1]\nview *= {s}\n{m} = view * {v}", "view = {m}[:, :2]\nview[0] = +{v}[:2]",
    "view = {m}.T\nview[1] += {v}", "view = np.swapaxes({t}, 0, 1)\nview[0] = {m}",
    "view = {m}[None]\nview *= {v}\n{v} = view[0, 1] * 0.5", "view = {m}.reshape(9)\nview[1:4] = +{v}",
    "for row in {m}:\n    row -= row.mean()", "for row, k in zip({m}, {v}):\n    row *= k",
    "for i in range(3):\n    for j in range(i):\n        {m}[i, j] = {m}[j, i] * {s}",
    "for i in range(1, 3):\n    {m}[i] += {s} * {m}[i - 1]", "for plane in {t}:\n    plane *= {v}",
    "u0 = planes({t})\n{t} *= {s}\n{m} = u0 * 0.5", "np.add({m}, {v}, out={m})",
    "np.matmul({m}, {n}, out=new)\n{m}, new = new * 0.4, {m}", "np.cumsum({m}, axis=1, out={n})",
    "{m}.sort(axis=1)", "{m}[0], {m}[2] = {m}[2].copy(), {m}[0].copy()", "{m}[[0, 2]] = {m}[[2, 0]]",
    "{m}, {n} = {n}, {m}", "{v}, {w} = {w}, {v}", "s = {s} * 0.6", "s += {s}",
    "np.put_along_axis({m}, np.argmax({m}, axis=1)[:, None], {v}[:, None], axis=1)",
    "a, b = np.split({m}, [1])\na *= {s}\nb += a", "np.subtract.at({v}, [0, 0, 2], {s})",
    "new = np.zeros((3, 3))\nnew[:2, 1:] = {m}[1:, :2]\nnew[2] = +{v}\n{m} = new * {s}", "np.copyto({m}[1:], {v})",
    "{m}[...] = {n} * {s}", "np.multiply({m}, {v}, out={m}, where={n} > 0)",
    "k = int(np.argmax({v}))\n{m}[k] *= {s}", "order = np.argsort({v})\n{m} = {m}[order]\n{m}[0] = +{w}",
    "rows = [row * {s} for row in {m}]\n{m} = np.array(rows)",
    "while np.sum({m}**2) > 4.0:\n    {m} *= 0.6", "{m}[:, -1] = {m}[:, 0] * {v}", "{t}[{t} > 0.7] = {s}",
    "{t}[[0, 2], :, 1] = {s}", "{m}[-1, ::-1] += {v}",
)  # fmt: skip


class Shapes(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        bound = ((2.0, "mno", MATRICES), (1.2, "uvw", VECTORS), (1.0, "tz", CUBES))
        self.statements = [(1.0, self.loop), (1.0, self.branch), (4.0, self.change)]
        self.statements += [(w, lambda depth, to=to, of=of: self.bind(to, of)) for w, to, of in bound]

    def fill(self, text: str, depth: int = 0) -> str:
        (m, n), (v, w) = self.random.sample("mno", 2), self.random.sample("uvw", 2)
        s = "c" if depth else self.fill(self.pick(*NUMBERS), 1)
        return text.format(m=m, n=n, v=v, w=w, t=self.pick("t", "z"), s=s)

    def change(self, depth: int) -> list[str]:
        return self.fill(self.pick(*CHANGES)).split("\n")

    def bind(self, to: str, of: tuple[str, ...]) -> list[str]:
        return [f"{self.pick(*to)} = {self.fill(self.pick(*of))}"]

    def simple(self, depth: int) -> list[str]:
        return self.bind("mno", MATRICES)

    def test(self) -> str:
        value = self.pick("{s}", "{m}[0, 1]", "{v}[2]", "np.sum({t})")
        return self.fill(f"if {value} > {self.pick('-9', '0', '0.4', '9')}:")


def program(seed: int) -> str:
    """A function `f(x, y, c)`: the arguments are those of the programs over arrays."""
    w = Shapes(seed)
    body = [
        "s = c * 1.1", "m = np.outer(x, y) * c", "n = np.stack([y, x * 0.4, x + y])",
        "o = np.tile(y, (3, 1)) + x[:, None]", "u = x * c", "v = y * 0.7",
        "w = np.cos(x + y)", "t = n[:, None] * m[:2] * 0.7", "z = np.stack([m[:2], o[1:], n[::2]])",
        "new = np.zeros((3, 3))", *w.block(0, 4, 8),
        "s += np.sum(m * n) + np.sum(o * u) + np.sum(np.sin(t) * z * v)",
        "return s * w[1] + np.sum(x * y) + np.sum(m**2 * w)",
    ]  # fmt: skip
    return HEAD + "def f(x, y, c):\n" + "\n".join("    " + row for row in body) + "\n"
