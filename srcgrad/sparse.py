"""Sparse Jacobians: columns that share no row are found together, by one product for all of them.

A pattern with three diagonals takes three products, however large it is (Curtis, Powell & Reid, On the estimation of
sparse Jacobian matrices, 1974).  One product more, along a random direction, shows whether the pattern is complete.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from .api import jvp_with, vjp_with
from .diagnostics import diagnose, error
from .options import Options

Product = Callable[[Any], Any]


def sparse_jacobian(f: Callable[..., Any], wrt: Any, mode: str | None, sparsity: Any) -> Callable[..., Any]:
    """A function of f's arguments that gives the Jacobian as `scipy.sparse.csr_array`, with the pattern `sparsity`."""
    from scipy import sparse  # type: ignore[import-untyped]  # for those who ask for it

    if isinstance(wrt, tuple):
        refuse("a sparse Jacobian is one with respect to one parameter", "Ask for each of them by itself.")
    pattern = sparse.csc_array(sparsity).astype(bool)
    pattern.eliminate_zeros()
    rows, columns = pattern.nonzero()
    by_column, by_row = colours(pattern), colours(sparse.csc_array(pattern.T))
    reverse = mode == "reverse" or mode is None and count(by_row) < count(by_column)

    @functools.wraps(f, updated=())
    def derivative(*args: Any, **kwargs: Any) -> Any:
        place = position(f, wrt, len(args))
        x = args[place]
        check_array("argument", x)
        value, product = (backward if reverse else forward)(f, args, kwargs, place)
        check_array("result", value)
        if pattern.shape != (np.size(value), np.size(x)):
            hint = f"It has {np.size(value)} rows, one for each result, and {np.size(x)} columns."
            refuse(f"`sparsity` has shape {pattern.shape}, and the Jacobian has not", hint)
        given, wanted, own = (value, x, by_row) if reverse else (x, value, by_column)
        found = compressed(product, own, given, wanted)
        data = found[own[rows], columns] if reverse else found[own[columns], rows]
        result = sparse.csr_array((data, (rows, columns)), shape=pattern.shape)
        check_pattern(product, result.T if reverse else result, given)
        return result

    return derivative


def forward(f: Any, args: tuple[Any, ...], words: Any, place: int) -> tuple[Any, Product]:
    """The value, and the product of the Jacobian with a direction."""

    def product(direction: Any) -> Any:
        along = tuple(direction if n == place else None for n in range(len(args)))
        return jvp_with(f, args, along, words, Options("forward"))

    return product(np.zeros_like(args[place]))[0], lambda direction: product(direction)[1]


def backward(f: Any, args: tuple[Any, ...], words: Any, place: int) -> tuple[Any, Product]:
    """The value, and the product of the transposed Jacobian with a cotangent."""
    value, pull = vjp_with(f, args, words, Options("pullback"))
    return value, lambda cotangent: pull(cotangent)[place]


def colours(pattern: Any) -> Any:
    """A number for each column of a pattern, so that columns of one number share no row: the first that is free."""
    taken: list[set[int]] = [set() for _ in range(pattern.shape[0])]
    found = np.zeros(pattern.shape[1], int)
    for j in range(pattern.shape[1]):
        own = pattern.indices[pattern.indptr[j] : pattern.indptr[j + 1]]
        near = set().union(*(taken[i] for i in own))
        found[j] = next(c for c in range(len(near) + 1) if c not in near)
        for i in own:
            taken[i].add(int(found[j]))
    return found


def count(found: Any) -> int:
    return int(found.max(initial=-1)) + 1


def compressed(product: Product, own: Any, given: Any, wanted: Any) -> Any:
    """A row for each colour: the sum of the columns that have it."""
    found = np.zeros((count(own), np.size(wanted)), np.result_type(wanted))
    for c in range(count(own)):
        found[c] = np.ravel(product(np.reshape(own == c, np.shape(given)).astype(np.result_type(given))))
    return found


def check_pattern(product: Product, matrix: Any, given: Any) -> None:
    """Refuse a pattern without a place where the derivative is not zero: what was found would be wrong."""
    along = np.random.default_rng(0).uniform(0.5, 1.5, np.shape(given)).astype(np.result_type(given))
    expected, found = np.ravel(product(along)), matrix @ np.ravel(along)
    size = abs(matrix) @ np.ravel(along) + np.abs(expected)
    apart = np.abs(expected - found) > np.sqrt(np.finfo(np.result_type(given)).eps) * size
    if np.any(apart):
        which = "columns" if matrix.format == "csc" else "rows"
        places = ", ".join(map(str, np.flatnonzero(apart)[:5]))
        refuse(f"`sparsity` lacks places where the derivative is not zero, in {which} {places}", "Add them.")


def position(f: Any, wrt: Any, given: int) -> int:
    names = list(inspect.signature(f).parameters)
    found = names.index(wrt) if isinstance(wrt, str) and wrt in names else wrt
    if isinstance(found, bool) or not isinstance(found, int | np.integer) or not -len(names) <= found < len(names):
        raise error(diagnose("SG403", f"the function has no parameter {wrt!r}; it has {', '.join(names)}"))
    found = int(found) % len(names)
    if found >= given:
        message = f"argument `{names[found]}` is not given by position"
        raise error(diagnose("SG405", message, hint="Pass it by position."))
    return found


def check_array(what: str, x: Any) -> None:
    if not isinstance(x, np.ndarray) or x.dtype.kind != "f":
        refuse(f"the {what} of a function with a sparse Jacobian must be an array of floats", "Leave out `sparsity`.")


def refuse(message: str, hint: str) -> None:
    raise error(diagnose("SG413", message, hint=hint))
