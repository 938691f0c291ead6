"""Samples of transforms, statistics, polynomials, systems and placing: row -> (expression, values of its names)."""

from __future__ import annotations

import numpy as np
from samples_values import (
    CUBE,
    HOLES,
    MATRIX,
    NARROW,
    PLAIN,
    VECTOR,
    Samples,
    calls,
    complexes,
    floats,
    regular,
)

NORMS = ("", ", norm='ortho'", ", norm='forward'", ", norm='backward'")
COMPLEX = [{"x": complexes(3, 4)}, {"x": complexes(2, 3, 5)}]
REAL = [{"x": floats(3, 4)}, {"x": floats(2, 3, 5)}]
P, Q = floats(4), floats(2, shift=0.3)

MORE: Samples = {
    # ----- Fourier transforms -----
    **{
        f"np.fft.{n}": calls(f"np.fft.{n}", [*COMPLEX, *REAL], *(f"x{norm}" for norm in NORMS))
        + calls(f"np.fft.{n}", [*COMPLEX, *REAL], "x, 3", "x, n=7, axis=0", "x, 2, -2, 'ortho'", "x, None, 1")
        + calls(f"np.fft.{n}", [{"x": floats(5)}, {"x": complexes(6)}], "x", "x, 4", "x, 9")
        for n in ("fft", "ifft")
    },
    **{
        f"np.fft.{n}": calls(f"np.fft.{n}", [*COMPLEX, *REAL], *(f"x{norm}" for norm in NORMS))
        + calls(f"np.fft.{n}", [*COMPLEX, *REAL], "x, (2, 5), (0, 1)", "x, s=(3, 3), axes=(-1, 0)", "x, None, (1, 0)")
        for n in ("fft2", "ifft2", "fftn", "ifftn")
    },
    "np.fft.rfft": calls("np.fft.rfft", REAL, *(f"x{norm}" for norm in NORMS))
    + calls("np.fft.rfft", REAL, "x, 3", "x, n=8, axis=0", "x, 2, -2, 'ortho'"),
    "np.fft.irfft": calls("np.fft.irfft", [*COMPLEX, {"x": floats(4)}], *(f"x{norm}" for norm in NORMS))
    + calls("np.fft.irfft", COMPLEX, "x, 3", "x, n=8, axis=0", "x, 5, -2, 'ortho'", "x, n=11"),
    "np.fft.hfft": calls("np.fft.hfft", [*COMPLEX, {"x": floats(4)}], *(f"x{norm}" for norm in NORMS))
    + calls("np.fft.hfft", COMPLEX, "x, 3", "x, n=8, axis=0"),
    "np.fft.ihfft": calls("np.fft.ihfft", REAL, *(f"x{norm}" for norm in NORMS))
    + calls("np.fft.ihfft", REAL, "x, 3", "x, n=8, axis=0"),
    "np.nancumprod": calls("np.nancumprod", [{"x": HOLES}, {"x": MATRIX}], "x", "x, 0", "x, axis=-1"),
    **{
        f"np.fft.{n}": calls(f"np.fft.{n}", REAL, *(f"x{norm}" for norm in NORMS))
        + calls(f"np.fft.{n}", REAL, "x, (2, 5), (0, 1)", "x, s=(3, 4), axes=(-1, 0)", "x, None, (1, 0)")
        for n in ("rfft2", "rfftn")
    },
    **{
        f"np.fft.{n}": calls(f"np.fft.{n}", COMPLEX, *(f"x{norm}" for norm in NORMS))
        + calls(f"np.fft.{n}", COMPLEX, "x, (2, 5), (0, 1)", "x, s=(3, 4), axes=(-1, 0)", "x, None, (1, 0)")
        for n in ("irfft2", "irfftn")
    },
    **{
        f"np.fft.{n}": calls(f"np.fft.{n}", [*COMPLEX, *REAL], "x", "x, 0", "x, axes=(1,)", "x, (0, 1)")
        for n in ("fftshift", "ifftshift")
    },
    **{f"np.fft.{n}": calls(f"np.fft.{n}", [{"d": 0.4}], "5, d", "6, d=d") for n in ("fftfreq", "rfftfreq")},
    # ----- statistics -----
    "np.cov": calls("np.cov", [{"x": MATRIX}, {"x": NARROW}], "x", "x, rowvar=False", "x, bias=True", "x, ddof=0")
    + calls("np.cov", [{"x": VECTOR}], "x", "x, ddof=2")
    + calls("np.cov", [{"x": floats(5), "y": floats(5)}], "x, y", "x, y, bias=True", "x, y=y, rowvar=False")
    + calls("np.cov", [{"x": floats(5, 3), "y": floats(5, 2)}], "x, y, False", "x.T, y.T", "x, y[:, 0], False, ddof=0"),
    "np.corrcoef": calls("np.corrcoef", [{"x": floats(3, 6)}], "x", "x, rowvar=False")
    + calls("np.corrcoef", [{"x": floats(3, 6, dtype="float32")}], "x")
    + calls("np.corrcoef", [{"x": floats(6), "y": floats(6)}], "x, y", "x, y[::-1], rowvar=False"),
    "np.quantile": calls("np.quantile", PLAIN, "x, 0.3", "x, 0.3, axis=0", "x, [0.1, 0.8], -1", "x, 0.5, keepdims=True")
    + calls("np.quantile", [{"x": VECTOR}], "x, 0", "x, 1", "x, np.array([[0.2, 0.4], [0.6, 0.9]])")
    + calls("np.quantile", [{"x": MATRIX}], "x, 0.4, axis=(0, 1)", "x, [0.4, 0.7], axis=1, keepdims=True"),
    "np.percentile": calls("np.percentile", PLAIN, "x, 30", "x, 30.0, axis=0", "x, [10, 80], -1"),
    "np.nanquantile": calls("np.nanquantile", [{"x": HOLES}], "x, 0.3", "x, 0.3, axis=0", "x, [0.1, 0.8], -1"),
    "np.nanpercentile": calls("np.nanpercentile", [{"x": HOLES}], "x, 30", "x, 30.0, axis=0", "x, [10, 80], -1"),
    "np.nanmedian": calls("np.nanmedian", [{"x": HOLES}], "x", "x, 0", "x, axis=1, keepdims=True"),
    "np.bincount": calls("np.bincount", [{"w": floats(5)}], "np.array([0, 2, 2, 0, 4]), w", "[1, 1, 0, 3, 1], w, 9"),
    "np.histogram": calls(
        "np.histogram", [{"x": floats(7), "w": floats(7)}],
        "x, 4, weights=w", "x, 4, density=True, weights=w * w", "x, 3, density=True", "x * w, 'sqrt'",
        "x, 4, (-0.53, 0.71), weights=w", "x, np.array([-0.63, 0.21, 0.52]) * (1.0 + w[0] ** 2), density=True",
        "x, [-0.63, 0.21, 0.52], weights=w * 1j",
    ),
    # ----- polynomials -----
    "np.polyadd": calls("np.polyadd", [{"a": P, "b": Q}, {"a": Q, "b": P}, {"a": P, "b": P + 1.0}], "a, b"),
    "np.polysub": calls("np.polysub", [{"a": P, "b": Q}, {"a": Q, "b": P}, {"a": P, "b": P + 1.0}], "a, b"),
    "np.polyder": calls("np.polyder", [{"p": P}], "p", "p, 2", "p, m=3"),
    "np.polyint": calls("np.polyint", [{"p": P}], "p", "p, 2", "p, m=3"),
    "np.vander": calls(
        "np.vander", [{"x": VECTOR}, {"x": floats(3, dtype="float32")}], "x", "x, 3", "x, increasing=True"
    ),
    "np.logspace": calls(
        "np.logspace", [{"a": 0.3, "b": 1.2}], "a, b, 5", "a, b, 4, endpoint=False", "a, b, 4, base=2.0"
    ),
    # ----- systems -----
    "np.linalg.eigvals": calls("np.linalg.eigvals", [{"a": regular(4, 4)}, {"a": regular(2, 3, 3, complex_=True)}], "a")
    + calls("np.linalg.eigvals", [{"a": np.array([[1.0, 2.0], [-3.0, 0.5]])}], "a"),
    "np.linalg.cond": calls(
        "np.linalg.cond",
        [{"x": regular(3, 3)}, {"x": regular(2, 3, 3)}],
        "x",
        "x, 2",
        "x, -2",
        "x, 1",
        "x, -1",
        "x, np.inf",
        "x, p='fro'",
        "x, 'nuc'",
    )  # fmt: skip
    + calls("np.linalg.cond", [{"x": regular(3, 3, complex_=True)}, {"x": floats(4, 3)}], "x"),
    "np.linalg.lstsq": calls(
        "np.linalg.lstsq",
        [
            {"a": floats(5, 3), "b": floats(5)},
            {"a": floats(5, 3), "b": floats(5, 2)},
            {"a": regular(3, 5), "b": floats(3)},
            {"a": regular(3, 3), "b": floats(3)},
            {"a": complexes(4, 2), "b": complexes(4)},
        ],
        "a, b",
        "a, b, rcond=None",
        "a, b, -1",
        "a, b, rcond=1e-10",
    ),  # fmt: skip
    "np.linalg.tensorsolve": calls(
        "np.linalg.tensorsolve", [{"a": regular(6, 6).reshape(2, 3, 6), "b": floats(2, 3)}], "a, b"
    ),
    "np.linalg.tensorinv": calls("np.linalg.tensorinv", [{"a": regular(6, 6).reshape(2, 3, 6)}], "a", "a, ind=2")
    + calls("np.linalg.tensorinv", [{"a": regular(4, 4).reshape(4, 2, 2)}], "a, ind=1"),
    # ----- placing -----
    "np.insert": calls("np.insert", [{"x": VECTOR, "v": 0.5}, {"x": MATRIX, "v": 0.5}], "x, 1, v", "x, [0, 2, 2], v")
    + calls("np.insert", [{"x": MATRIX, "v": floats(3)}], "x, 1, v, axis=1", "x, [0, 2, 2], v, -1", "x, slice(0, 3), v")
    + calls("np.insert", [{"x": MATRIX, "v": floats(2, 4)}], "x, [1, 2], v, 0"),
    "np.block": calls("np.block", [{"x": MATRIX, "y": floats(3, 1), "z": floats(2, 5)}], "[[x, y], [z]]", "[x, y]", "x")
    + calls("np.block", [{"x": VECTOR, "y": 0.5}], "[x, y, x]", "[y]"),
    "np.choose": calls("np.choose", [{"x": VECTOR, "y": VECTOR + 1.0, "z": 0.5}], "[0, 1, 2, 0, 1], [x, y, z]")
    + calls("np.choose", [{"x": floats(3, 1), "y": floats(4)}], "np.array([[0], [1], [1]]), (x, y)"),
    "ndarray.compress": calls("x.compress", [{"x": MATRIX}], "[True, False, True], axis=0", "[False, True]"),
    "np.ediff1d": calls("np.ediff1d", [{"x": VECTOR}, {"x": MATRIX}, {"x": complexes(4)}], "x"),
    "np.partition": calls(
        "np.partition", [{"x": MATRIX}, {"x": NARROW}], "x, 1", "x, 2, axis=0", "x, 5, None", "x, (0, 1), -1"
    ),
    "np.unique": calls("np.unique", [{"x": VECTOR}, {"x": MATRIX}, {"x": CUBE}], "x"),
}
