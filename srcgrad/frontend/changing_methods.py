"""Methods that change the object they are called on, by their names alone."""

from __future__ import annotations

OF_CONTAINERS = frozenset({
    "append", "appendleft", "extend", "extendleft", "insert", "pop", "popleft", "popitem", "remove", "clear", "sort",
    "reverse", "rotate", "update", "setdefault", "move_to_end", "add", "discard", "difference_update",
    "intersection_update", "symmetric_difference_update",
})  # fmt: skip
OF_ARRAYS = frozenset({"fill", "put", "partition", "resize", "sort", "itemset", "setfield", "setflags", "byteswap"})
CHANGING = OF_CONTAINERS | OF_ARRAYS
