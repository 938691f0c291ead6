"""Methods and attributes of arrays and numbers: which function each of them is.

A method is the function with the receiver as first argument; "ndarray." rows of the tables are methods whose
other arguments differ from the function's.
"""

from __future__ import annotations

SAME_NAME = (
    "sum", "mean", "prod", "max", "min", "var", "std", "cumsum", "cumprod", "ravel", "squeeze", "swapaxes", "repeat",
    "take", "diagonal", "trace", "dot", "clip", "copy", "ptp", "argmax", "argmin", "argsort", "nonzero", "round", "any",
    "all", "searchsorted", "argpartition",
)  # fmt: skip
METHODS = {
    **{name: f"np.{name}" for name in SAME_NAME},
    "flatten": "np.ravel",
    "conj": "np.conjugate",
    "conjugate": "np.conjugate",
    "__abs__": "np.absolute",
}
ATTRIBUTES = {
    "T": "np.transpose",
    "mT": "np.matrix_transpose",
    "real": "np.real",
    "imag": "np.imag",
    "shape": "np.shape",
    "ndim": "np.ndim",
    "size": "np.size",
}
# attributes and methods with a constant value that no function of NumPy gives
CONSTANT_ATTRIBUTES = frozenset({"dtype", "itemsize", "nbytes", "strides", "flags", "base"})
CONSTANT_METHODS = frozenset({"is_integer", "hex", "as_integer_ratio", "tobytes", "bit_length"})
