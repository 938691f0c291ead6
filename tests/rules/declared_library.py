"""Functions as users have them, without a source that could be differentiated, and rules declared for them."""

# ruff: noqa: F841
from __future__ import annotations

import ctypes
import ctypes.util
import math
from typing import Any

import numpy as np
from scipy import special

import srcgrad
from srcgrad.runtime import unbroadcast

libm = ctypes.CDLL(ctypes.util.find_library("m"))
libm.erf.restype = libm.erfc.restype = ctypes.c_double
libm.erf.argtypes = libm.erfc.argtypes = [ctypes.c_double]
SLOPE = 2.0 / math.sqrt(math.pi)


def hidden(text: str) -> Any:
    """A function whose source tells nothing, as one of a compiled library."""
    return eval("lambda x, y=1.0, power=1, v=0.0: " + text, {"np": np})


cube = hidden("x**3")
scaled = hidden("np.multiply(x, y)")
turned = hidden("np.flip(x)")
combined = hidden("np.outer(x, y)")
weighted = hidden("np.sum(x**2) * y")
chosen = hidden("np.sum(x) if power == 1 else np.sum(x * x)")
level = hidden("np.round(x)")
root = hidden("np.sqrt(x)")
softplus = hidden("np.log1p(np.exp(x))")
pushed = hidden("x**3 * y")
by_rank = hidden("x @ x if np.ndim(x) == 1 else np.sum(x)")


def settled(a: Any, b: Any) -> Any:
    """Its own source could be differentiated; the rule replaces it."""
    x = b
    while np.max(np.abs(a @ x - b)) > 1e-13:
        x = x - 0.2 * (a @ x - b)
    return x


srcgrad.elementwise("libm.erf(x)", "SLOPE * np.exp(-x**2)")
srcgrad.elementwise("cube(x)", "3.0 * x**2")
srcgrad.elementwise("scaled(x, y)", "y", "x")
srcgrad.elementwise("root(x)", "0.5 / out")
srcgrad.elementwise("softplus(x)", of="log(1 + exp(x))")
srcgrad.elementwise("special.gammaln(x)", "special.digamma(x)", replace=True)
srcgrad.elementwise("special.digamma(x)", "special.polygamma(1, x)", replace=True)
srcgrad.elementwise("special.polygamma(n, x)", None, "special.polygamma(n + 1, x)", replace=True)
srcgrad.constant("level(x)")


@srcgrad.linear("turned(x)")
def _turned(x, d_out):
    d_x = np.flip(d_out)


@srcgrad.bilinear("combined(x, y)")
def _combined(x, y, d_out):
    d_x = d_out @ y
    d_y = x @ d_out


@srcgrad.rule("settled(a, b)")
def _settled(a, b, out, d_out):
    """The fixed point solves a @ x = b, so no iteration has to be reversed: reverse mode only."""
    w = np.linalg.solve(a.T, d_out)
    d_a = -np.outer(w, out)
    d_b = w


@srcgrad.rule("pushed(x, y)")
def _pushed(x, y, t_x, t_y):
    """Forward mode only."""
    t_out = 3.0 * x**2 * t_x * y
    t_out += x**3 * t_y


@srcgrad.rule("weighted(x, y)")
def _weighted(x, y, d_out, t_x, t_y):
    twice = 2.0 * x
    d_x = d_out * twice * y
    d_y = unbroadcast(d_out * np.sum(x**2), y)
    t_out = np.sum(twice * t_x) * y
    t_out += np.sum(x**2) * t_y


@srcgrad.rule("chosen(x, y=1.0, power=1)", power=(1, 2))
def _chosen(x, power, d_out, t_x):
    if power == 1:
        d_x = np.broadcast_to(d_out, np.shape(x))
        t_out = np.sum(t_x)
    else:
        d_x = d_out * 2.0 * x
        t_out = np.sum(2.0 * x * t_x)


@srcgrad.rule("by_rank(x)")
def _by_rank(x, d_out, t_x):
    if np.ndim(x) == 1:
        d_x = 2.0 * d_out * x
        t_out = 2.0 * x @ t_x
    else:
        d_x = d_out * np.ones_like(x)
        t_out = np.sum(t_x)


def of_c(x):
    return libm.erf(x) * x


def of_python(x):
    return np.sum(cube(x) * np.sin(x))


def of_two(x, y):
    return np.sum(scaled(x, y) ** 2)


def of_scipy(x):
    return np.sum(special.gammaln(x) * x)


def of_linear(x):
    return turned(x) @ np.arange(3.0) + np.sum(turned(x) ** 3)


def of_bilinear(x, y):
    return np.sum(np.sin(combined(x, y)))


def of_rule(x, y):
    return weighted(x, y) ** 2


def of_option(x):
    return chosen(x) * chosen(x, power=2)


def of_sympy(x):
    return np.sum(softplus(x) ** 2)


def of_constant(x):
    return np.sum(level(x) * x)


def of_unknown_rank(x):
    return by_rank(x) + by_rank(np.squeeze(np.where(x > 0.0, x, 2.0 * x)))


def masked_root(x):
    return np.sum(np.where(x > 0.0, root(x), 0.0))


def three_powers(x):
    return chosen(x, power=3)


def discarded_root(x, weight):
    return np.sum(root(x) * weight)


def ranked(x):
    return by_rank(x) ** 2


def of_settled(a, b):
    return np.sum(settled(a, b * b) ** 2 * b)


def of_pushed(x, y):
    return pushed(x * x, y) * y


def weighed(x, w):
    return np.sum(x * w)


@srcgrad.rule("weighed(x, w)")
def weighed_rule(x, w, d_out):
    d_x = np.sum(d_out * w)  # a mistake: one number for all
    d_w = d_out * x


def of_mistake(x, w):
    return weighed(x, w) * x[0]


def of_repeated(x, w):
    return weighed(x, w)


shifted = hidden("x + y")
narrowed = hidden("x * y")
parted = hidden("(x * y, np.sum(x))")


@srcgrad.rule("shifted(x, y)")
def _shifted(x, y, t_x, t_y):
    t_out = t_x + t_y


@srcgrad.rule("narrowed(x, y)")
def _narrowed(x, y, t_x, t_y):
    t_out = np.sum(t_x) * y  # a mistake: one number for all
    t_out += x * t_y


@srcgrad.rule("parted(x, y)")
def _parted(x, y, t_x):
    t_out = (t_x * y, t_x)  # a mistake in the second


def of_shifted(x, y):
    return shifted(x, y) * np.sin(shifted(y, x))


def of_narrowed(x, y):
    return 2.0 * narrowed(x, y)


def of_parted(x, y):
    product, _ = parted(x, y)
    return product
