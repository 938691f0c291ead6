"""Discrete Fourier transforms; all are linear."""

# ruff: noqa: F841
from __future__ import annotations

import numpy as np

from ..runtime import (
    cut_like,
    fft_axes,
    hfft_adjoint,
    ihfft_adjoint,
    irfft_adjoint,
    irfftn_adjoint,
    rfft_adjoint,
    rfftn_adjoint,
)
from .declare import linear, rule


# ----- of complex numbers -----
@linear("np.fft.fft(a, n=None, axis=-1, norm=None, out=None)")
def fft(a, n, axis, norm, d_out):
    d_a = cut_like(np.fft.fft(d_out, None, axis, norm), a)


@linear("np.fft.ifft(a, n=None, axis=-1, norm=None, out=None)")
def ifft(a, n, axis, norm, d_out):
    d_a = cut_like(np.fft.ifft(d_out, None, axis, norm), a)


@linear("np.fft.fft2(a, s=None, axes=(-2, -1), norm=None, out=None)")
def fft2(a, s, axes, norm, d_out):
    if s is None:
        d_a = cut_like(np.fft.fft2(d_out, None, axes, norm), a)
    else:
        d_a = cut_like(np.fft.fftn(d_out, None, fft_axes(a, s, axes)[1], norm), a)


@linear("np.fft.ifft2(a, s=None, axes=(-2, -1), norm=None, out=None)")
def ifft2(a, s, axes, norm, d_out):
    if s is None:
        d_a = cut_like(np.fft.ifft2(d_out, None, axes, norm), a)
    else:
        d_a = cut_like(np.fft.ifftn(d_out, None, fft_axes(a, s, axes)[1], norm), a)


@linear("np.fft.fftn(a, s=None, axes=None, norm=None, out=None)")
def fftn(a, s, axes, norm, d_out):
    if s is None:
        d_a = cut_like(np.fft.fftn(d_out, None, axes, norm), a)
    else:
        d_a = cut_like(np.fft.fftn(d_out, None, fft_axes(a, s, axes)[1], norm), a)


@linear("np.fft.ifftn(a, s=None, axes=None, norm=None, out=None)")
def ifftn(a, s, axes, norm, d_out):
    if s is None:
        d_a = cut_like(np.fft.ifftn(d_out, None, axes, norm), a)
    else:
        d_a = cut_like(np.fft.ifftn(d_out, None, fft_axes(a, s, axes)[1], norm), a)


# ----- of real numbers -----
@linear("np.fft.rfft(a, n=None, axis=-1, norm=None, out=None)")
def rfft(a, n, axis, norm, d_out):
    d_a = rfft_adjoint(d_out, a, n, axis, norm)


@linear("np.fft.irfft(a, n=None, axis=-1, norm=None, out=None)")
def irfft(a, n, axis, norm, d_out):
    d_a = irfft_adjoint(d_out, a, n, axis, norm)


@linear("np.fft.rfft2(a, s=None, axes=(-2, -1), norm=None, out=None)")
def rfft2(a, s, axes, norm, d_out):
    d_a = rfftn_adjoint(d_out, a, s, axes, norm)


@linear("np.fft.irfft2(a, s=None, axes=(-2, -1), norm=None, out=None)")
def irfft2(a, s, axes, norm, d_out):
    d_a = irfftn_adjoint(d_out, a, s, axes, norm)


@linear("np.fft.rfftn(a, s=None, axes=None, norm=None, out=None)")
def rfftn(a, s, axes, norm, d_out):
    d_a = rfftn_adjoint(d_out, a, s, axes, norm)


@linear("np.fft.irfftn(a, s=None, axes=None, norm=None, out=None)")
def irfftn(a, s, axes, norm, d_out):
    d_a = irfftn_adjoint(d_out, a, s, axes, norm)


@linear("np.fft.hfft(a, n=None, axis=-1, norm=None, out=None)")
def hfft(a, n, axis, norm, d_out):
    d_a = hfft_adjoint(d_out, a, axis, norm)


@linear("np.fft.ihfft(a, n=None, axis=-1, norm=None, out=None)")
def ihfft(a, n, axis, norm, d_out):
    d_a = ihfft_adjoint(d_out, a, n, axis, norm)


# ----- order -----
@linear("np.fft.fftshift(x, axes=None)")
def fftshift(x, axes, d_out):
    d_x = np.fft.ifftshift(d_out, axes)


@linear("np.fft.ifftshift(x, axes=None)")
def ifftshift(x, axes, d_out):
    d_x = np.fft.fftshift(d_out, axes)


# ----- frequencies: in proportion to 1 / d -----
@rule("np.fft.fftfreq(n, d=1.0, device=None)")
def fftfreq(n, d, out, d_out, t_d):
    d_d = -np.sum(d_out * out) / d
    t_out = -t_d / d * out


@rule("np.fft.rfftfreq(n, d=1.0, device=None)")
def rfftfreq(n, d, out, d_out, t_d):
    d_d = -np.sum(d_out * out) / d
    t_out = -t_d / d * out
