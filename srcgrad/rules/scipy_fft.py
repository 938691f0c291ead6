"""Fourier, cosine and sine transforms of scipy.fft; all are linear."""

# ruff: noqa: F821, F841  (templates are read as text: SciPy is not imported)
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import (
    cut_like,
    hfft_adjoint,
    ihfft_adjoint,
    irfft_adjoint,
    rfft_adjoint,
)  # fmt: skip
from .declare import linear
from .numpy_families import written

ONE = "x, n=None, axis=-1, norm=None, overwrite_x=False, workers=None, *, plan=None"
TWO = "x, s=None, axes=(-2, -1), norm=None, overwrite_x=False, workers=None, *, plan=None"
SEVERAL = "x, s=None, axes=None, norm=None, overwrite_x=False, workers=None, *, plan=None"


# ----- along one axis -----
@linear(f"scipy.fft.fft({ONE})")
def fft(x, n, axis, norm, workers, d_out):
    d_x = cut_like(np.fft.fft(d_out, None, axis, norm), x)


@linear(f"scipy.fft.ifft({ONE})")
def ifft(x, n, axis, norm, workers, d_out):
    d_x = cut_like(np.fft.ifft(d_out, None, axis, norm), x)


@linear(f"scipy.fft.rfft({ONE})")
def rfft(x, n, axis, norm, workers, d_out):
    d_x = rfft_adjoint(d_out, x, n, axis, norm)


@linear(f"scipy.fft.irfft({ONE})")
def irfft(x, n, axis, norm, workers, d_out):
    d_x = irfft_adjoint(d_out, x, n, axis, norm)


@linear(f"scipy.fft.hfft({ONE})")
def hfft(x, n, axis, norm, workers, d_out):
    d_x = hfft_adjoint(d_out, x, axis, norm)


@linear(f"scipy.fft.ihfft({ONE})")
def ihfft(x, n, axis, norm, workers, d_out):
    d_x = ihfft_adjoint(d_out, x, n, axis, norm)


# ----- along several axes -----
for name, given in (("fft2", TWO), ("ifft2", TWO), ("fftn", SEVERAL), ("ifftn", SEVERAL)):
    transform = f"np.fft.{name[:-1]}n"
    text = f"""
def transform(x, s, axes, norm, workers, d_out):
    d_x = cut_like({transform}(d_out, None, fft_axes(x, s, axes)[1], norm), x)
"""
    written("linear", f"scipy.fft.{name}({given})", text)
for name, given in (("rfft2", TWO), ("rfftn", SEVERAL), ("irfft2", TWO), ("irfftn", SEVERAL)):
    text = f"""
def transform(x, s, axes, norm, workers, d_out):
    d_x = {name[:-1]}n_adjoint(d_out, x, s, axes, norm)
"""
    written("linear", f"scipy.fft.{name}({given})", text)

# ----- cosine and sine transforms: those of types 2 and 3 are each other's transposes, but for one row -----
for kind in ("dct", "dst"):
    for name, plain in ((kind, "type"), (f"i{kind}", "inverse_type(type)")):
        text = f"""
def transform(x, type, n, axis, norm, workers, d_out):
    turned = scipy.fft.{name}(cosine_before(d_out, {plain}, axis, norm, "{kind}"), turned_type(type), None, axis, norm)
    d_x = cut_like(cosine_after(turned, {plain}, axis, norm, "{kind}"), x)
"""
        pattern = f"scipy.fft.{name}(x, type=2, n=None, axis=-1, norm=None, overwrite_x=False, workers=None, "
        written("linear", pattern + "orthogonalize=None)", text)

ALIASES = {
    "scipy.fft.fftshift": "np.fft.fftshift", "scipy.fft.ifftshift": "np.fft.ifftshift",
    "scipy.fft.fftfreq": "np.fft.fftfreq", "scipy.fft.rfftfreq": "np.fft.rfftfreq",
}  # fmt: skip
