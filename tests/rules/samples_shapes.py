"""Sample calls of operations that move, join and pick elements: row -> (expression, values of its names)."""

from __future__ import annotations

import numpy as np
from samples_values import ARRAYS, CUBE, MATRIX, NARROW, PLAIN, SCALARS, VECTOR, Samples, calls, complexes, floats

SHAPES: Samples = {
    # ----- shape -----
    "np.reshape": calls(
        "np.reshape",
        [{"x": MATRIX}, {"x": complexes(3, 4)}, {"x": NARROW}],
        "x, (4, 3)",
        "x, -1",
        "x, (2, -1)",
        "x, (2, 6), order='F'",
        "x, (2, 6), 'F'",
        "x, (12,), copy=True",
    )
    + calls("np.reshape", [{"x": 2.0}], "x, (1, 1)"),
    "ndarray.reshape": calls("x.reshape", [{"x": MATRIX}], "4, 3", "-1", "(2, -1)", "2, 6, order='F'", "[6, 2]"),
    "np.ravel": calls("np.ravel", [*ARRAYS, *SCALARS], "x", "x, 'F'", "x, order='C'"),
    "np.squeeze": calls("np.squeeze", [{"x": floats(1, 3, 1)}], "x", "x, 0", "x, axis=-1", "x, axis=(0, 2)"),
    "np.expand_dims": calls("np.expand_dims", [*ARRAYS, *SCALARS], "x, 0", "x, axis=-1", "x, (0, 1)"),
    **{
        f"np.atleast_{n}d": calls(f"np.atleast_{n}d", [*ARRAYS, *SCALARS], "x")
        + calls(f"np.atleast_{n}d", [{"x": 0.5, "y": VECTOR, "z": MATRIX}], "x, y, z")
        for n in (1, 2, 3)
    },
    "np.broadcast_to": calls(
        "np.broadcast_to", [{"x": floats(4)}, {"x": floats(3, 1)}, {"x": 0.5}], "x, (3, 4)", "x, shape=(2, 3, 4)"
    ),
    "np.broadcast_arrays": calls(
        "np.broadcast_arrays", [{"x": floats(4), "y": floats(3, 1), "z": 0.5}], "x", "x, y", "x, y, z"
    ),
    "np.transpose": calls("np.transpose", ARRAYS, "x")
    + calls("np.transpose", [{"x": CUBE}], "x, (1, 2, 0)", "x, axes=[-1, 0, 1]"),
    "ndarray.transpose": calls("x.transpose", [{"x": CUBE}], "", "1, 2, 0", "(1, 2, 0)", "[-1, 0, 1]", "None"),
    "np.matrix_transpose": calls("np.matrix_transpose", ARRAYS[1:], "x"),
    "np.swapaxes": calls("np.swapaxes", ARRAYS[1:], "x, 0, 1", "x, axis1=-1, axis2=0"),
    "np.moveaxis": calls("np.moveaxis", [{"x": CUBE}], "x, 0, -1", "x, (0, 1), (-1, 0)", "x, source=2, destination=0"),
    "np.rollaxis": calls("np.rollaxis", [{"x": CUBE}], "x, 2", "x, 0, 3", "x, axis=1, start=0"),
    "np.flip": calls("np.flip", ARRAYS[1:], "x", "x, 0", "x, axis=(0, -1)"),
    "np.fliplr": calls("np.fliplr", ARRAYS[1:], "m=x"),
    "np.flipud": calls("np.flipud", ARRAYS, "x"),
    "np.roll": calls(
        "np.roll", ARRAYS[1:], "x, 2", "x, -1, 0", "x, shift=(1, 2), axis=(0, 1)", "x, 7, axis=-1", "x, 1, axis=(0, 1)"
    ),
    "np.rot90": calls("np.rot90", ARRAYS[1:], "x", "x, 2", "x, k=-1, axes=(1, 0)", "x, 5"),
    "np.sort": calls("np.sort", ARRAYS, "x", "x, axis=None", "x, 0", "x, kind='stable'", "x, stable=True"),
    # ----- joining and splitting -----
    **{
        f"np.{n}": calls(
            f"np.{n}",
            [
                {"x": MATRIX, "y": floats(3, 4, shift=0.1)},
                {"x": MATRIX, "y": complexes(3, 4)},
                {"x": NARROW, "y": MATRIX},
            ],
            "(x, y)",
            "[x, y, x]",
            *more,
        )
        for n, more in {
            "concatenate": ("(x, y), 1", "[x, y], axis=None", "(x, y), axis=-1"),
            "stack": ("(x, y), 1", "[x, y], axis=-1"),
            "vstack": (),
            "hstack": (),
            "dstack": (),
            "column_stack": (),
        }.items()
    },
    "np.append": calls("np.append", [{"x": MATRIX, "y": floats(2, 4)}], "x, y", "x, y, 0", "x, values=y, axis=-2")
    + calls("np.append", [{"x": VECTOR, "y": 0.5}], "x, y"),
    **{
        f"np.{n}": calls(f"np.{n}", [{"x": floats(6, 4)}, {"x": complexes(6, 4)}], "x, 2", "x, [1, 3]", *more)
        for n, more in {
            "split": ("x, 2, 1", "x, [1], axis=-1"),
            "array_split": ("x, 4", "x, 3, -1"),
            "vsplit": (),
            "hsplit": (),
        }.items()
    },
    "np.dsplit": calls("np.dsplit", [{"x": CUBE}], "x, 2", "x, [1]"),
    "np.unstack": calls("np.unstack", ARRAYS[1:], "x", "x, axis=-1"),
    # ----- repeating and picking -----
    "np.tile": calls(
        "np.tile", [*ARRAYS, {"x": 0.5}], "x, 2", "x, (2, 3)", "x, (2, 1, 3)", "x, reps=[2]", "x, (1, 2, 1, 2)", "x, 0"
    ),
    "np.repeat": calls("np.repeat", [*ARRAYS, {"x": 0.5}], "x, 2")
    + calls("np.repeat", PLAIN[:1], "x, 3, 1", "x, [1, 0, 2], axis=0", "x, 2, axis=-1"),
    "np.resize": calls("np.resize", ARRAYS, "x, (2, 4)", "x, 30"),
    "np.take": calls("np.take", ARRAYS, "x, [0, 2, 2]", "x, 1", "x, [[1, 0], [-1, 1]]")
    + calls(
        "np.take",
        ARRAYS[1:],
        "x, [0, 2, 2], 1",
        "x, 1, axis=-1",
        "x, [[1, 0], [-1, 1]], axis=0",
        "x, [5, -7], axis=1, mode='wrap'",
        "x, 9, 0, mode='clip'",
    ),
    "np.take_along_axis": calls(
        "np.take_along_axis",
        [{"x": MATRIX}, {"x": complexes(3, 4)}],
        "x, np.argsort(x.real, axis=1), 1",
        "x, np.array([[0, 0, 1, 2]]), axis=0",
        "x, np.array([[1], [1], [3]]), -1",
        "x, np.array([3, 3]), None",
    ),
    "np.compress": calls("np.compress", ARRAYS[1:], "[True, False, True], x, axis=1", "[False, True, True], a=x"),
    "np.extract": calls("np.extract", PLAIN[:1], "x > 0.0, x"),
    "np.delete": calls("np.delete", ARRAYS[1:], "x, 1", "x, [0, 2], 1", "x, slice(0, 2), axis=-1", "x, -1, 0"),
    "np.lib.stride_tricks.sliding_window_view": calls(
        "np.lib.stride_tricks.sliding_window_view", PLAIN[:1], "x, 2, 1", "x, (2, 3)", "x, 3, axis=0"
    ),
    "np.pad": calls(
        "np.pad",
        ARRAYS[1:],
        "x, 1",
        "x, 2, 'constant', constant_values=3.0",
        "x, 1, mode='edge'",
        "x, 2, 'reflect'",
        "x, 3, 'symmetric'",
        "x, 2, 'wrap'",
    )
    + calls("np.pad", PLAIN[:1], "x, (1, 2)", "x, ((0, 1), (2, 0))", "x, ((0, 1), (2, 0)), 'edge'", "x, 0"),
    **{f"np.{n}": calls(f"np.{n}", ARRAYS[1:], "x", "x, 1", "x, k=-1") for n in ("triu", "tril")},
    "np.diag": calls("np.diag", ARRAYS[:2] + ARRAYS[3:], "x", "x, 1", "x, k=-2"),
    "np.diagflat": calls("np.diagflat", ARRAYS, "x", "x, 1", "x, k=-2"),
    "np.diagonal": calls("np.diagonal", ARRAYS[1:], "x", "x, 1", "x, offset=-1", "x, 0, 1, 0")
    + calls("np.diagonal", PLAIN[1:2], "x, 1, -1, 0", "x, axis1=1, axis2=2"),
    "np.linalg.diagonal": calls("np.linalg.diagonal", ARRAYS[1:], "x", "x, offset=-1"),
    "np.trace": calls("np.trace", ARRAYS[1:], "x", "x, 1", "x, offset=-1", "x, 0, 1, 0", "x, 9")
    + calls("np.trace", PLAIN[1:2], "x, 1, -1, 0", "x, axis1=1, axis2=2"),
    "np.linalg.trace": calls("np.linalg.trace", ARRAYS[1:], "x", "x, offset=-1"),
    # ----- new arrays -----
    "np.full": calls(
        "np.full",
        [{"x": 0.5}, {"x": floats(3)}, {"x": np.float32(0.5)}, {"x": complexes(3)}],
        "(2, 3), x",
        "(3,), fill_value=x",
    )
    + calls("np.full", [{"x": 0.5}], "4, x, dtype=np.float64"),
    "np.full_like": calls(
        "np.full_like", [{"y": MATRIX, "x": 0.5}, {"y": MATRIX, "x": floats(4)}], "y, x", "y, fill_value=x"
    ),
    "np.meshgrid": calls(
        "np.meshgrid",
        [{"x": floats(3), "y": floats(4), "z": floats(2)}],
        "x",
        "x, y",
        "x, y, z",
        "x, y, indexing='ij'",
        "x, y, z, sparse=True",
        "x, y, copy=False",
    ),
    "np.linspace": calls(
        "np.linspace",
        [{"x": 0.5, "y": 2.0}, {"x": floats(3), "y": floats(2, 3)}, {"x": complex(complexes()), "y": 2.0}],
        "x, y",
        "x, y, 5",
        "x, y, num=4, endpoint=False",
        "x, y, 1",
        "x, y, dtype=complex",
    )
    + calls("np.linspace", [{"x": 0.5, "y": 2.0}], "x, y, 4, dtype=np.float64")
    + calls("np.linspace", [{"x": 0.5, "y": floats(3)}], "x, y, 4, retstep=True", "x, y, 4, False, True, axis=1")
    + calls("np.linspace", [{"x": floats(3), "y": floats(2, 3)}], "x, y, 5, axis=1", "x, y, 5, axis=-1"),
    "np.interp": calls(
        "np.interp",
        [
            {"x": floats(7), "p": np.array([-1.5, -0.4, 0.3, 1.7]), "f": floats(4)},
            {"x": 0.1, "p": np.array([-1.5, -0.4, 0.3, 1.7]), "f": floats(4)},
        ],
        "x, p, f",
        "x, p, f, left=0.0",
        "x, p, f, 1.0, 2.0",
        "x, xp=p, fp=f, right=3.0",
    ),
    "np.array": calls("np.array", ARRAYS, "x", "x, dtype=np.complex128")
    + calls("np.array", [{"x": 0.5, "y": 2.0}], "[x, 3.0, y]", "[[x, y], [y, 1.0]]", "x")
    + calls("np.array", [{"x": floats(3)}], "[x, x]"),
    "np.asarray": calls("np.asarray", ARRAYS, "x") + calls("np.asarray", [{"x": 0.5, "y": 2.0}], "[x, 3.0, y]"),
    **{f"np.{n}": calls(f"np.{n}", ARRAYS, "x") for n in ("copy", "ascontiguousarray", "asfortranarray")},
    "np.astype": calls("np.astype", PLAIN, "x, np.float64"),
    "ndarray.astype": calls("x.astype", PLAIN, "np.float64", "np.float32", "complex"),
    "ndarray.item": calls("x.item", [{"x": floats(1, 1)}], ""),
    "ndarray.tolist": calls("x.tolist", ARRAYS[:2], ""),
}
