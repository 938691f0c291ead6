"""Sample calls of reductions and cumulative operations: row -> (expression, values of its names)."""

from __future__ import annotations

from samples_values import (
    ARRAYS,
    AXES,
    AXIS,
    CUBE,
    HOLES,
    MATRIX,
    NARROW,
    PLAIN,
    VECTOR,
    ZEROS,
    Samples,
    calls,
    complexes,
    floats,
    positive,
    reduction,
)

REDUCTIONS: Samples = {
    # ----- reductions -----
    "np.sum": reduction("np.sum", ("x, where=x > 0.0", "x, 1, where=x > 0.0", "x, dtype=np.float64"), AXES)
    + calls("np.sum", ARRAYS, "x", "x, axis=0")
    + calls("np.sum", [{"x": MATRIX, "s": 0.7}], "x, initial=s", "x, 1, initial=s, where=x > 0.0", "x, 0, initial=2.0")
    + calls("np.sum", [{"x": floats(0, 3)}], "x", "x, 0"),
    "np.mean": reduction("np.mean", ("x, where=x > -1.5", "x, 1, where=x > -1.5, keepdims=True"), AXES)
    + calls("np.mean", ARRAYS, "x", "x, axis=0"),
    "np.average": reduction("np.average")
    + calls("np.average", [{"x": MATRIX, "w": positive(3, 4)}], "x, weights=w", "x, 0, w", "x, axis=(0, 1), weights=w")
    + calls("np.average", [{"x": MATRIX, "w": positive(4)}], "x, 1, w", "x, -1, weights=w, keepdims=True")
    + calls("np.average", [{"x": CUBE, "w": positive(4, 2)}], "x, (2, 0), w"),
    "np.max": reduction(
        "np.max", ("x, where=x < 0.7, initial=-9.0", "x, 1, where=x < 0.7, initial=0.3", "x, initial=9.0")
    )
    + calls("np.max", [{"x": MATRIX, "s": 0.7}], "x, initial=s", "x, 1, initial=s, where=x < 0.6, keepdims=True"),
    "np.min": reduction("np.min", ("x, where=x > 0.1, initial=9.0", "x, 1, where=x > 0.1, initial=0.3, keepdims=True"))
    + calls("np.min", [{"x": MATRIX, "s": 0.3}], "x, 0, initial=s"),
    "np.ptp": reduction("np.ptp"),
    "np.median": reduction("np.median"),
    "np.prod": reduction("np.prod", ("x, where=x > 0.0", "x, 1, where=x > 0.0", "x, initial=3.0"), AXES)
    + calls("np.prod", [{"x": MATRIX, "s": 0.7}], "x, initial=s", "x, 1, initial=s, where=x < 0.6, keepdims=True")
    + calls("np.prod", [{"x": ZEROS}, {"x": complexes(3, 2)}], "x", "x, 0", "x, -1"),
    "np.var": reduction("np.var", ("x, ddof=1", "x, axis=1, ddof=1", "x, where=x > -1.5"))
    + calls("np.var", [{"x": complexes(3, 4)}], "x", "x, 0"),
    "np.std": calls("np.std", PLAIN, *AXES[:-1], "x, ddof=1", "x, axis=1, ddof=1", "x, where=x > -1.5")
    + calls("np.std", [{"x": complexes(3, 4)}], "x", "x, 0")
    + calls("np.std", [{"y": 0.3}], "[y, 2.0, -1.0]"),
    "np.linalg.norm": calls(
        "np.linalg.norm",
        [{"x": VECTOR}, {"x": complexes(4)}],
        "x",
        "x, 2",
        "x, 1",
        "x, 3",
        "x, 2.5",
        "x, np.inf",
        "x, -np.inf",
        "x, -1",
        "x, 0.5",
        "x, 0",
        "x, 2, 0",
        "x, keepdims=True",
    )
    + calls(
        "np.linalg.norm",
        [{"x": MATRIX}, {"x": CUBE}, {"x": complexes(3, 4)}, {"x": NARROW}],
        "x",
        "x, axis=0",
        "x, axis=-1, keepdims=True",
        "x, 1, 1",
        "x, 3, (1,)",
        "x, np.inf, 0",
        "x, axis=(0, 1)",
        "x, 'fro', (0, 1)",
        "x, 'fro', (-1, 0), True",
    )
    + calls("np.linalg.norm", [{"x": 1.5}], "x")
    + calls("np.linalg.norm", [{"y": 0.3}], "[y, 2.0, -1.0]"),
    "np.linalg.vector_norm": calls(
        "np.linalg.vector_norm",
        [{"x": MATRIX}, {"x": complexes(2, 3)}],
        "x",
        "x, axis=0",
        "x, axis=(0, 1), ord=3",
        "x, ord=1, keepdims=True",
        "x, ord=np.inf, axis=-1",
    ),
    "np.linalg.matrix_norm": calls("np.linalg.matrix_norm", [{"x": MATRIX}, {"x": CUBE}], "x", "x, keepdims=True"),
    # ----- without nan -----
    **{
        f"np.{n}": calls(f"np.{n}", [{"x": HOLES}, {"x": HOLES.astype("float32")}, {"x": MATRIX}], *AXES[:-1])
        for n in ("nansum", "nanmean", "nanmax", "nanmin", "nanprod", "nanvar", "nanstd")
    },
    "np.nancumsum": calls("np.nancumsum", [{"x": HOLES}], "x", "x, 0", "x, axis=-1"),
    # ----- cumulative operations, differences, integrals -----
    **{
        f"np.{n}": calls(f"np.{n}", [*ARRAYS, {"x": ZEROS}], "x", *AXIS[3:4])
        + calls(f"np.{n}", [*ARRAYS[1:], {"x": ZEROS}], *AXIS)
        for n in ("cumsum", "cumprod")
    },
    "np.cumulative_sum": calls("np.cumulative_sum", ARRAYS[:1], "x") + calls("np.cumulative_sum", PLAIN, "x, axis=1")
    + calls("np.cumulative_sum", [{"x": MATRIX}], "x, axis=0, include_initial=True", "x[0], include_initial=True"),
    "np.cumulative_prod": calls("np.cumulative_prod", ARRAYS[:1], "x")
    + calls("np.cumulative_prod", PLAIN, "x, axis=1")
    + calls("np.cumulative_prod", [{"x": MATRIX}], "x, axis=0, include_initial=True", "x[0], include_initial=True"),
    "np.diff": calls("np.diff", ARRAYS, "x", "x, 2", "x, n=0", "x, 7", "x, axis=0")
    + calls("np.diff", PLAIN, "x, 2, 1", "x, axis=-2, prepend=0.0", "x, append=x, n=2")
    + calls(
        "np.diff",
        [{"x": MATRIX, "p": floats(3, 2), "q": floats()}],
        "x, prepend=p, append=q",
        "x, 2, -1, q, p",
        "x, append=q",
    ),
    "np.gradient": calls("np.gradient", ARRAYS, "x", "x, 0.5", "x, axis=0", "x, axis=-1, edge_order=1")
    + calls(
        "np.gradient",
        [{"x": floats(4, 5)}],
        "x, 2.0, 0.1",
        "x, axis=(1, 0)",
        "x, edge_order=2",
        "x, 0.3, axis=1, edge_order=2",
    )
    + calls("np.gradient", [{"x": floats(4, 5)}], "x, np.array([0.0, 1.0, 1.5, 4.0]), 0.1, edge_order=2")
    + calls("np.gradient", [{"x": floats(2)}, {"x": floats(3)}], "x"),
    "np.trapezoid": calls("np.trapezoid", ARRAYS, "x", "x, dx=0.5", "x, axis=0")
    + calls("np.trapezoid", [{"y": MATRIX, "x": floats(4), "h": floats()}], "y, x", "y, dx=h", "y, x, axis=-1")
    + calls("np.trapezoid", [{"y": MATRIX, "x": floats(3)}], "y, x, axis=0", "y, x=x, axis=-2")
    + calls("np.trapezoid", [{"y": MATRIX, "x": floats(3, 4, shift=0.2)}], "y, x", "y, x, axis=0"),
    **{
        f"np.{n}.reduce": calls(f"np.{n}.reduce", PLAIN, "x", "x, axis=1", "x, axis=None", "x, (0, 1), keepdims=True")
        for n in ("add", "multiply", "maximum", "minimum")
    },
    "np.logaddexp.reduce": calls("np.logaddexp.reduce", PLAIN, "x", "x, axis=1", "x, -1, keepdims=True"),
    **{
        f"np.{n}.accumulate": calls(f"np.{n}.accumulate", PLAIN, "x", "x, axis=-1", "x, 0")
        + calls(f"np.{n}.accumulate", [{"x": VECTOR}, {"x": floats(0, 2)}], "x")
        for n in ("maximum", "minimum")
    },
    "np.add.reduceat": calls("np.add.reduceat", PLAIN, "x, [0, 1, 0]", "x, np.array([1, 0]), axis=1", "x, [1], -1")
    + calls("np.add.reduceat", [{"x": complexes(5)}], "x, [0, 1, 3, 3]"),
    "np.add.accumulate": calls("np.add.accumulate", PLAIN, "x", "x, axis=1"),
    "np.multiply.accumulate": calls("np.multiply.accumulate", PLAIN, "x", "x, 1"),
}
