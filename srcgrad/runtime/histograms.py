"""Helpers of emitted code: weighted histograms.

What falls into which bin does not vary; the weights do, and so do the edges where they are the smallest and the
largest value, or are given.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .reductions import equal_shares


def bins_of(x: Any, edges: Any) -> tuple[Any, Any]:
    """The bin that each value falls into, and whether it falls into one at all; the last bin has both of its edges.

    >>> bins_of(np.array([0.0, 1.5, 2.0, 9.0]), np.array([0.0, 1.0, 2.0]))
    (array([0, 1, 1, 1]), array([ True,  True,  True, False]))
    """
    found = np.searchsorted(edges, x, "right") - 1
    return np.clip(found, 0, len(edges) - 2), (edges[0] <= x) & (x <= edges[-1])


def histogram_adjoints(d: Any, a: Any, bins: Any, limits: Any, density: Any, weights: Any, out: Any) -> list[Any]:
    """The adjoints of the values, the edges and the weights of `np.histogram`.

    >>> x, w = np.array([0.0, 3.0, 4.0]), np.array([1.0, 2.0, 3.0])
    >>> histogram_adjoints([np.array([1.0, 10.0]), 0.0], x, 2, None, None, w, np.histogram(x, 2, weights=w))[2]
    array([ 1., 10., 10.])
    """
    hist, edges = out
    x = np.asarray(a)
    d_hist = np.zeros_like(edges[1:]) if d[0] is None else np.broadcast_to(d[0], hist.shape)
    d_edges = np.zeros_like(edges) + (0.0 if d[1] is None else d[1])
    number, inside = bins_of(x, edges)
    if density:
        widths = np.diff(edges)
        d_widths = np.real(-d_hist * hist / widths)
        d_edges[1:] += d_widths
        d_edges[:-1] -= d_widths
        total = np.sum(inside if weights is None else np.where(inside, weights, 0.0))
        d_hist = (d_hist / widths - np.sum(d_hist * hist)) / total
    d_weights = np.where(inside, d_hist[number], 0.0)
    if np.ndim(bins) == 1:
        return [np.zeros_like(x), d_edges, d_weights]
    d_a = np.zeros_like(x, dtype=np.result_type(x, np.float16))  # values may be integers
    if limits is None and np.size(x):
        part = np.linspace(0.0, 1.0, len(edges))
        d_a += np.sum(d_edges * (1.0 - part)) * equal_shares(x, np.min(x))
        d_a += np.sum(d_edges * part) * equal_shares(x, np.max(x))
    return [d_a, 0.0, d_weights]


def histogram_tangent(
    t_a: Any, t_bins: Any, t_weights: Any, a: Any, bins: Any, limits: Any, density: Any, weights: Any, out: Any
) -> tuple[Any, Any]:
    """The tangents of the counts and of the edges of `np.histogram`.

    >>> x, w = np.array([0.0, 3.0, 4.0]), np.array([1.0, 2.0, 3.0])
    >>> histogram_tangent(0.0, 0.0, w, x, 2, None, None, w, np.histogram(x, 2, weights=w))[0]
    array([1., 5.])
    """
    hist, edges = out
    x = np.asarray(a)
    t_edges = np.zeros_like(edges, dtype=np.result_type(edges, np.float16))
    if np.ndim(bins) == 1:
        t_edges += t_bins
    elif limits is None and np.size(x) and np.ndim(t_a):
        part = np.linspace(0.0, 1.0, len(edges))
        t_edges += (1.0 - part) * np.sum(t_a * equal_shares(x, np.min(x)))
        t_edges += part * np.sum(t_a * equal_shares(x, np.max(x)))
    t_hist = np.zeros_like(hist)
    if weights is not None:
        t_hist = np.histogram(x, edges, weights=np.broadcast_to(t_weights, x.shape))[0]
    if density:
        widths, (_, inside) = np.diff(edges), bins_of(x, edges)
        total = np.sum(inside if weights is None else np.where(inside, weights, 0.0))
        t_hist = t_hist / (widths * total) - hist * (np.diff(t_edges) / widths + np.sum(t_hist) / total)
    return t_hist, t_edges
