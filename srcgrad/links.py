"""Programs that are refused because objects are reached in several ways, once more with objects that are linked.

The kinds of objects tell each of them apart as far as they can, so that what is emitted is plain; objects in lists that
change, or under several names, are more than they can tell.  Objects of linked classes (`analysis.linked`) carry
their adjoints with them, under whatever names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from .diagnostics import SrcgradError
from .program import Program
from .transform.directions import OneByOne

Result = TypeVar("Result")
OF_SHARED_MEMORY = frozenset({"SG212", "SG213", "SG219", "SG220", "SG223"})


def or_linked(make: Callable[[], Program], work: Callable[[Program], Result]) -> Result:
    """What `work` gives for a new program; where it is refused for what it shares, with all objects it makes linked."""
    program = make()
    try:
        return work(program)
    except OneByOne:
        raise
    except Exception as refused:
        codes = {d.code for d in refused.diagnostics} if isinstance(refused, SrcgradError) else OF_SHARED_MEMORY
        if not program.unlinked or OF_SHARED_MEMORY.isdisjoint(codes):
            raise
        first = refused
    again = make()
    again.linked = frozenset(program.unlinked)
    try:
        return work(again)
    except OneByOne:
        raise
    except Exception:
        raise first from None
