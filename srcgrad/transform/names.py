"""Names in emitted code: d_x, t_x, x_stack, trips; made from the user's names, never counted.

If a derivative's name would clash with one of the user's, the prefix changes for the whole function.
"""

from __future__ import annotations

import builtins
import keyword
from itertools import chain, count

from .. import runtime

PREFIXES = {"d_": ("d_", "grad_", "adjoint_", "srcgrad_d_"), "t_": ("t_", "tangent_", "srcgrad_t_")}


class Names:
    """All names of one emitted function; `taken` are the user's, `changed` those whose contents it changes."""

    def __init__(self, taken: set[str], changed: frozenset[str] = frozenset()) -> None:
        self.changed = changed
        self.user = frozenset(taken)
        self.taken = set(taken)
        self.d_prefix = self.prefix("d_")
        self.t_prefix = self.prefix("t_")
        self.made: set[str] = set()
        self.temporaries: set[str] = set()
        self.lent: set[str] = set()

    def prefix(self, short: str) -> str:
        longer = ("srcgrad_" * n + short for n in count(2))  # in derivatives of derivatives, of any order
        names = {*self.user, "out"}
        return next(p for p in chain(PREFIXES[short], longer) if self.user.isdisjoint(p + n for n in names))

    def adjoint(self, name: str) -> str:
        return self.derived(self.d_prefix + name)

    def tangent(self, name: str) -> str:
        return self.derived(self.t_prefix + name)

    @property
    def pinned(self) -> set[str]:
        """Adjoints and tangents that may share memory, with the caller too: a change of one is a change of others."""
        return self.lent | {p + n for p in (self.d_prefix, self.t_prefix) for n in self.changed}

    def derived(self, name: str) -> str:
        self.made.add(name)
        self.taken.add(name)
        return name

    def stack(self, name: str) -> str:
        """The list on which values of `name` are saved; asked for once."""
        found = f"{name}_stack"
        while found in self.taken or self.is_derivative(found):
            found += "_"
        return self.derived(found)

    def is_derivative(self, name: str) -> bool:
        """Whether a name is that of the adjoint or tangent of a user's: in code that was emitted, of a stack."""
        return any(name.startswith(p) and name.removeprefix(p) in self.user for p in (self.d_prefix, self.t_prefix))

    @property
    def saved(self) -> str:
        """What a backward half is given; another name where it is that of a backward half."""
        found = "saved"
        while found in self.user:
            found += "_"
        return found

    @property
    def unused(self) -> str:
        """What nobody reads: `_`, unless the user reads it."""
        name = "_"
        while name in self.user:
            name += "_"
        return name

    def fresh(self, *candidates: str) -> str:
        """The first candidate that is free; the last one with underscores if none is."""
        for name in candidates:
            if name not in self.taken and not keyword.iskeyword(name) and not self.is_derivative(name):
                return self.derived(name)
        name = candidates[-1]
        while name in self.taken or self.is_derivative(name):
            name += "_"
        return self.derived(name)


class Temporaries:
    """Names that live within the adjoint of one statement; another statement may use them again."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.d_prefix, self.t_prefix = names.d_prefix, names.t_prefix
        self.taken: set[str] = set()

    def fresh(self, *candidates: str) -> str:
        for name in candidates:
            if self.is_free(name):
                break
        else:
            while not self.is_free(name):
                name += "_"
        self.taken.add(name)
        self.names.temporaries.add(name)
        return name

    def is_free(self, name: str) -> bool:
        if name in self.taken or name in self.names.taken or keyword.iskeyword(name) or name in RESERVED:
            return False
        return not self.names.is_derivative(name)


RESERVED = frozenset(dir(builtins)) | frozenset(vars(runtime)) | {
    "np", "math", "trips", "branch_stack", "saved", "value",
}  # fmt: skip
