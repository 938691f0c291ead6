"""Methods and attributes of arrays and numbers: which function each of them is.

A method is the function with the receiver as first argument; "ndarray." rows of the tables are methods whose
other arguments differ from the function's, or which no function of NumPy gives.  Methods that change the array
(`sort`, `partition`, `fill`, `put`, `resize`, ...) are missing on purpose, and so are `flat` and `base`, through
which values pass.
"""

from __future__ import annotations

SAME_NAME = (
    "sum", "mean", "prod", "max", "min", "var", "std", "cumsum", "cumprod", "ravel", "squeeze", "swapaxes", "repeat",
    "take", "diagonal", "trace", "dot", "clip", "copy", "argmax", "argmin", "argsort", "nonzero", "round", "any",
    "all", "searchsorted", "argpartition", "conj", "conjugate",
)  # fmt: skip
METHODS = {
    **{name: f"np.{name}" for name in SAME_NAME},
    "conjugate": "np.conj",
    "flatten": "np.ravel",
    "__abs__": "np.abs",
    "__divmod__": "np.divmod",
}
ATTRIBUTES = {
    "T": "np.transpose", "mT": "np.matrix_transpose", "real": "np.real", "imag": "np.imag",
    "shape": "np.shape", "ndim": "np.ndim", "size": "np.size",
    "dtype": "ndarray.dtype", "itemsize": "ndarray.itemsize", "nbytes": "ndarray.nbytes",
    "strides": "ndarray.strides", "flags": "ndarray.flags",
}  # fmt: skip
# with a constant value, and no function of that name
CONSTANT_ATTRIBUTES = frozenset(name for name, op in ATTRIBUTES.items() if op.startswith("ndarray."))
