"""Sparse Jacobians: columns that share no row are found together, by one product for all of them.

A pattern with three diagonals takes three products, however large it is (Curtis, Powell & Reid, On the estimation of
sparse Jacobian matrices, 1974).  One product more, along a random direction, shows whether the pattern is complete.
Where that product is not what the pattern gives, by more than rounding, all columns are computed once, one by one:
either the pattern lacks a place, or the program rounds more than most, and more is allowed for from then on.
Where it is to be detected, all columns are computed at the first call, too, at three points; and again where something
was missed.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from .api import pullback_options, pushing, vjp_with
from .columns import pushed
from .diagnostics import SrcgradLookupError, SrcgradValueError, diagnose, error
from .options import Options

Product = Callable[[Any], Any]
ROUNDING = 64.0  # in units of the precision, of a product of a row
MANY = 10_000  # columns that are not computed one by one to tell rounding from a place that is missing


def sparse_jacobian(
    f: Callable[..., Any], wrt: Any, mode: str | None, sparsity: Any, compile: str
) -> Callable[..., Any]:
    """A function of f's arguments that gives the Jacobian as `scipy.sparse.csr_array`, with the pattern `sparsity`."""
    if isinstance(wrt, tuple):
        refuse("a sparse Jacobian is one with respect to one parameter", "Ask for each of them by itself.")
    if isinstance(sparsity, str) and sparsity != "detect":
        refuse(f'`sparsity` is a matrix or "detect", not {sparsity!r}', "")
    detected: dict[tuple[Any, ...], Coloured] = {}
    known = Coloured(sparsity, mode, compile) if not isinstance(sparsity, str) else None

    @functools.wraps(f, updated=())
    def derivative(*args: Any, **kwargs: Any) -> Any:
        place = position(f, wrt, len(args))
        check_array("argument", args[place])
        if known is not None:
            return known.jacobian(f, args, kwargs, place)
        key = tuple(np.shape(a) for a in args)
        if key not in detected:
            detected[key] = Coloured(probed(f, args, kwargs, place, compile), mode, compile)
        try:
            return detected[key].jacobian(f, args, kwargs, place)
        except Incomplete:  # another branch, or a place that was zero by chance
            more = probed(f, args, kwargs, place, compile)
            detected[key] = Coloured(detected[key].pattern + more, mode, compile)
            return detected[key].jacobian(f, args, kwargs, place)

    return derivative


def probed(f: Any, args: tuple[Any, ...], words: Any, place: int, compile: str) -> Any:
    """Where the Jacobian is not zero: at the arguments, and near them, where a zero by chance is none."""
    rng, found = np.random.default_rng(0), None
    for size in (0.0, 1e-3, 1e-2):
        x = args[place]
        moved = x + (size * rng.uniform(0.5, 1.5, x.shape) * (1.0 + np.abs(x))).astype(x.dtype)
        one = all_columns(f, (*args[:place], moved, *args[place + 1 :]), words, place, compile)
        one.data = np.ones(one.nnz, bool)
        found = one if found is None else found + one
    return found


def all_columns(f: Any, args: tuple[Any, ...], words: Any, place: int, compile: str) -> Any:
    """The Jacobian at some arguments, column by column."""
    from scipy import sparse  # type: ignore[import-untyped]  # for those who ask for it

    x = args[place]
    value, product = forward(f, args, words, place, compile)
    check_array("result", value)
    rows, data = [np.zeros(0, int)], [np.zeros(0, np.result_type(x))]
    for n in range(x.size):
        unit = np.zeros(x.size, x.dtype)
        unit[n] = 1.0
        column = np.ravel(product(np.reshape(unit, x.shape)))
        rows.append(np.flatnonzero(column))
        data.append(column[rows[-1]])
    ends = np.cumsum([0, *(len(r) for r in rows[1:])])
    return sparse.csc_array((np.concatenate(data), np.concatenate(rows), ends), shape=(np.size(value), x.size))


class Coloured:
    """A pattern with colours for its columns and rows, and the mode that needs fewer of them."""

    def __init__(self, sparsity: Any, mode: str | None, compile: str) -> None:
        from scipy import sparse

        self.rounding = ROUNDING
        if np.ndim(sparsity) != 2 and not sparse.issparse(sparsity):
            refuse(f'`sparsity` is a matrix or "detect", not a {type(sparsity).__name__}', "")
        try:
            self.pattern = sparse.csc_array(sparsity).astype(bool)
        except (TypeError, ValueError):
            refuse("`sparsity` is a matrix of other things than numbers", "Give one of ones and zeros.")
        self.pattern.eliminate_zeros()
        self.compile = compile
        self.rows, self.columns = self.pattern.nonzero()
        self.by_column, self.by_row = colours(self.pattern), colours(sparse.csc_array(self.pattern.T))
        self.reverse = mode == "reverse" or mode is None and count(self.by_row) < count(self.by_column)

    def jacobian(self, f: Any, args: tuple[Any, ...], words: Any, place: int) -> Any:
        from scipy import sparse

        x, rows, columns = args[place], self.rows, self.columns
        if self.reverse:
            value, product = backward(f, args, words, place, self.compile)
            self.check_shape(value, x)
            given, own = value, self.by_row
            found = compressed(product, own, value, x)
            expected = product(np.reshape(probe(value), np.shape(value)))
        else:
            given, own = x, self.by_column
            value, found, expected = self.pushed(f, args, words, place)
        data = found[own[rows], columns] if self.reverse else found[own[columns], rows]
        result = sparse.csr_array((data, (rows, columns)), shape=self.pattern.shape)
        apart = misfit(np.ravel(expected), result.T if self.reverse else result, given)
        if np.any(apart > self.rounding):
            self.check_pattern(apart, lambda: all_columns(f, args, words, place, self.compile), x)
        return result

    def check_pattern(self, apart: Any, columns: Callable[[], Any], x: Any) -> None:
        """Refuse a pattern that lacks places, since what was found would be wrong; allow for rounding if it does not.

        `apart` is how far a product is from what it should be, for each row, or column in reverse mode.
        """
        lacking = self.lacking(columns) if np.size(x) <= MANY else None
        if lacking is None:
            lacking = np.flatnonzero(apart > 1.0 / np.sqrt(np.finfo(x.dtype).eps))
        if len(lacking):
            which = "columns" if self.reverse else "rows"
            places = ", ".join(map(str, lacking[:5]))
            message = f"`sparsity` lacks places where the derivative is not zero, in {which} {places}"
            raise Incomplete(diagnose("SG413", message, hint="Add them."))
        self.rounding = 4.0 * float(np.max(apart, where=np.isfinite(apart), initial=self.rounding))

    def lacking(self, columns: Callable[[], Any]) -> Any:
        """The rows, or columns in reverse mode, in which the pattern lacks a place; None where that is not known."""
        try:
            found = columns().tocsr()
        except SrcgradLookupError:  # a rule for reverse mode only
            return None
        found.data = np.abs(found.data)
        size = found.max(axis=1).toarray() if found.nnz else np.zeros(found.shape[0])
        outside = (found - found.multiply(self.pattern)).tocoo()
        missing = outside.data > ROUNDING * np.finfo(found.dtype).eps * np.ravel(size)[outside.row]
        return np.unique((outside.col if self.reverse else outside.row)[missing])

    def check_shape(self, value: Any, x: Any) -> None:
        check_array("result", value)
        if self.pattern.shape != (np.size(value), np.size(x)):
            hint = f"It has {np.size(value)} rows, one for each result, and {np.size(x)} columns."
            refuse(f"`sparsity` has shape {self.pattern.shape}, and the Jacobian has not", hint)

    def pushed(self, f: Any, args: tuple[Any, ...], words: Any, place: int) -> tuple[Any, Any, Any]:
        """The value, a row for each colour: the sum of the columns that have it, and the product with `probe`."""
        x, number = args[place], count(self.by_column)
        if self.pattern.shape[1] != np.size(x):
            hint = f"The argument has {np.size(x)} numbers, and each of them a column."
            refuse(f"`sparsity` has shape {self.pattern.shape}, and the Jacobian has not", hint)

        def directions(start: int, end: int) -> Any:
            chosen = np.equal.outer(self.by_column, np.arange(start, end)).astype(np.result_type(x))
            if end > number:
                chosen[:, -1] = probe(x)
            return np.reshape(chosen, (*np.shape(x), end - start))

        value, found = pushed(f, args, place, words, number + 1, directions, self.compile)
        self.check_shape(value, x)
        products = np.reshape(found[0], (np.size(value), number + 1)).T
        return value, products[:-1], products[-1]


def probe(given: Any) -> Any:
    """A direction in which no place of a Jacobian is zero by chance."""
    return np.random.default_rng(0).uniform(0.5, 1.5, np.size(given)).astype(np.result_type(given))


class Incomplete(SrcgradValueError):
    """A pattern lacks places where the derivative is not zero."""


def forward(f: Any, args: tuple[Any, ...], words: Any, place: int, compile: str) -> tuple[Any, Product]:
    """The value, and the product of the Jacobian with a direction."""
    options = Options("forward", compile=compile)
    push = pushing(f, args, tuple(n == place for n in range(len(args))), words, options)

    def product(direction: Any) -> Any:
        return push(tuple(direction if n == place else None for n in range(len(args))))

    return product(np.zeros_like(args[place]))[0], lambda direction: product(direction)[1]


def backward(f: Any, args: tuple[Any, ...], words: Any, place: int, compile: str) -> tuple[Any, Product]:
    """The value, and the product of the transposed Jacobian with a cotangent."""
    value, pull = vjp_with(f, args, words, pullback_options(compile))
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


def misfit(expected: Any, matrix: Any, given: Any) -> Any:
    """How far a product with a matrix is from what was expected, for each row, in units of what rounding may do."""
    along = probe(given)
    found = matrix @ along
    size = abs(matrix) @ along + np.abs(expected)
    return np.abs(expected - found) / np.maximum(size * np.finfo(np.result_type(given)).eps, np.finfo(float).tiny)


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
