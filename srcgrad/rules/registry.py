"""Looking up the rule of an operation; the tables load when the first one is asked for."""

from __future__ import annotations

import difflib
import importlib
from functools import cache, lru_cache

from .declare import TABLE, Rule
from .pattern import qualified

TABLES = (
    "numpy_constant", "numpy_elementwise", "numpy_reductions", "numpy_shape", "numpy_products", "numpy_linalg",
    "numpy_fft", "numpy_statistics", "numpy_polynomials", "numpy_families", "python_math", "python_containers",
    "powers", "scipy_special", "scipy_special_more", "scipy_linalg", "scipy_linalg_more",
    "scipy_stats", "scipy_multivariate", "scipy_fft", "scipy_filters", "scipy_resampled", "srcgrad_functions",
    "runtime_helpers",
)  # fmt: skip


@cache
def load_tables() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """(aliases of operations, methods, attributes), with every table imported."""
    user_rows = dict(TABLE)
    aliases: dict[str, str] = {}
    for name in TABLES:
        module = importlib.import_module(f"{__package__}.{name}")
        aliases.update(getattr(module, "ALIASES", {}))
    TABLE.update(user_rows)
    methods = importlib.import_module(f"{__package__}.numpy_methods")
    return aliases, methods.METHODS, methods.ATTRIBUTES


def lookup(op: str) -> Rule | None:
    """The rule of an operation by qualified name: "numpy.tanh", "operator.add", ".sum"."""
    aliases, methods, _ = load_tables()
    if op.startswith("."):
        name = methods.get(op[1:])
        return lookup(qualified(name)) if name else TABLE.get(f"ndarray{op}")
    found = TABLE.get(op)
    if found is None and op in aliases:
        found = TABLE.get(qualified(aliases[op]))
    return found


# declared by templates, but each element of the result comes from the same element of the operands
ELEMENTWISE = frozenset({
    "numpy.abs", "numpy.real", "numpy.imag", "numpy.conj", "numpy.where", "numpy.nan_to_num", "builtins.float",
    "srcgrad.runtime.masked", "numpy.fmax", "numpy.fmin", "numpy.i0", "numpy.angle", "numpy.ldexp", "math.log",
})  # fmt: skip


def is_elementwise(op: str, count: int) -> bool:
    """Whether an operation on `count` arguments works on each element by itself, so that shapes broadcast."""
    rule = lookup(op)
    if op == "numpy.where" and count != 3:
        return False
    return rule is not None and (rule.kind == "elementwise" or rule.name in ELEMENTWISE)


def holds_for_reals_only(op: str) -> bool:
    """Whether the rule of an operation says nothing of complex numbers."""
    from .numpy_constant import REAL_ONLY

    rule = lookup(op)
    return rule is not None and rule.name in REAL_ONLY


def attribute(name: str) -> str | None:
    """The operation that an attribute of an array stands for: `x.T` is numpy.transpose."""
    found = load_tables()[2].get(name)
    return qualified(found) if found else None


def suggestions(op: str) -> list[str]:
    """Operations with a rule whose names are close to `op`."""
    load_tables()
    return close_matches(op, frozenset(TABLE))


@lru_cache(maxsize=256)
def close_matches(op: str, known: frozenset[str]) -> list[str]:
    return difflib.get_close_matches(op, sorted(known), 3)
