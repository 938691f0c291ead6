"""Sample calls for the rows of the structured tables, and calls that must be refused."""

from __future__ import annotations

from samples_more import MORE
from samples_products import PRODUCTS
from samples_reductions import REDUCTIONS
from samples_shapes import SHAPES
from samples_values import Samples

SAMPLES: Samples = {**REDUCTIONS, **SHAPES, **PRODUCTS, **MORE}

# (call, the name that the refusal must give); x is a matrix, v a vector
REFUSED: list[tuple[str, str]] = [
    ("np.sum(x, initial=1.0)", "initial"),
    ("np.max(x, initial=0.0)", "initial"),
    ("np.max(x, where=x > 0.0, initial=0.0)", "where"),
    ("np.min(x, axis=0, initial=9.0)", "initial"),
    ("np.prod(x, initial=2.0)", "initial"),
    ("np.prod(x, where=x > 0.0)", "where"),
    ("np.var(x, mean=0.0)", "mean"),
    ("np.var(x, correction=1)", "correction"),
    ("np.std(x, correction=1)", "correction"),
    ("np.nansum(x, where=x > 0.0)", "where"),
    ("np.nanmax(x, initial=0.0)", "initial"),
    ("np.nanvar(x, mean=0.0)", "mean"),
    ("np.average(x, returned=True)", "returned"),
    ("np.median(x, overwrite_input=True)", "overwrite_input"),
    ("np.cumulative_sum(v, include_initial=True)", "include_initial"),
    ("np.add.reduce(x, initial=1.0)", "initial"),
    ("np.maximum.reduce(x, where=x > 0.0, initial=0.0)", "where"),
    ("np.sort(x, order='a')", "order"),
    ("np.concatenate((x, x), dtype=np.float32)", "dtype"),
    ("np.concatenate((x, x), casting='unsafe')", "casting"),
    ("np.stack((x, x), dtype=np.float32)", "dtype"),
    ("np.vstack((x, x), casting='no')", "casting"),
    ("np.pad(x, 1, 'linear_ramp', end_values=2.0)", "end_values"),
    ("np.pad(x, 1, 'mean', stat_length=2)", "stat_length"),
    ("np.pad(x, 1, 'reflect', reflect_type='odd')", "reflect_type"),
    ("np.linspace(v, 2.0, retstep=True)", "retstep"),
    ("np.interp(v, np.arange(3.0), np.arange(3.0), period=2.0)", "period"),
    ("np.array(x, ndmin=3)", "ndmin"),
    ("np.array(x, subok=True)", "subok"),
    ("np.full((2, 2), v[0], device='cpu')", "device"),
    ("np.trace(x, dtype=np.float32)", "dtype"),
    ("np.matmul(x, x, dtype=np.float32)", "dtype"),
    ("np.matmul(x, x, axes=[(0, 1), (0, 1), (0, 1)])", "axes"),
    ("np.einsum('ij->i', x, dtype=np.float32)", "dtype"),
    ("np.einsum('ij->i', x, order='F')", "order"),
    ("np.einsum(x, [0, 1], [0])", "subscripts"),
    ("np.linalg.pinv(x, hermitian=True)", "hermitian"),
    ("np.linalg.qr(x, 'complete')", "mode"),
    ("np.linalg.qr(x, mode='r')", "mode"),
    ("np.linalg.svd(x, hermitian=True)", "hermitian"),
]
