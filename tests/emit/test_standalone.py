"""Modules that stand alone: the helpers they need, in their own text."""

from __future__ import annotations

import builtins
import re
import symtable
from unittest import mock

from srcgrad.emit.standalone import helper_texts, needed, plain, with_helpers


def test_helpers_and_what_they_use() -> None:
    """Each after what it uses itself, and only once."""
    order = needed(frozenset({"accumulate", "unbroadcast", "own"}))
    texts = helper_texts()
    for name in order:
        later = order[order.index(name) + 1 :]
        assert not [n for n in later if re.search(rf"(?<![\w.]){n}\(", texts[name])], name
    assert {"accumulate", "unbroadcast", "own"} <= set(order) and len(set(order)) == len(order)


def test_annotations_and_examples_go() -> None:
    before = """def twice(x: Any, axis: int = 0, **more: Any) -> Any:
    \"\"\"Two of it.

    >>> twice(2)
    4
    \"\"\"
    return x + x
"""
    after = """def twice(x, axis=0, **more):
    \"\"\"Two of it.\"\"\"
    return x + x
"""
    assert plain(before) == after


def test_import_becomes_text() -> None:
    module = """import math
from srcgrad.runtime import add_twice


def f_grad(x):
    return add_twice(x)
"""
    helpers = {
        "add_twice": "def add_twice(x):\n    return add_once(add_once(x))",
        "add_once": "def add_once(x):\n    return x",
    }
    with mock.patch("srcgrad.emit.standalone.helper_texts", lambda: helpers):
        found = with_helpers(module, frozenset({"add_twice"}))
    assert (
        found
        == """import math
import numpy as np


def add_once(x):
    return x


def add_twice(x):
    return add_once(add_once(x))


def f_grad(x):
    return add_twice(x)
"""
    )


def test_module_without_helpers() -> None:
    assert with_helpers("import math\n", frozenset()) == "import math\n"


def test_every_helper_stands_alone() -> None:
    """With numpy, every helper runs in a module that holds its text and what it needs."""
    for name in helper_texts():
        names: dict[str, object] = {}
        text = "\n\n".join(["import numpy as np", *(helper_texts()[n] for n in needed(frozenset({name})))])
        exec(text, names)
        free = {s for s in unbound(text) if s not in names and not hasattr(builtins, s)}
        assert not free, f"{name} needs {free}"


def unbound(text: str) -> set[str]:
    """Names that functions of a module take from around them."""
    found: set[str] = set()
    tables = [symtable.symtable(text, "helpers", "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        if table.get_type() == "function":
            found |= {s.get_name() for s in table.get_symbols() if s.is_global()}
    return found


def test_helpers_that_use_each_other() -> None:
    texts = {"one": "def one(x):\n    return two(x)", "two": "def two(x):\n    return one(x)"}
    with mock.patch("srcgrad.emit.standalone.helper_texts", lambda: texts):
        assert sorted(needed(frozenset({"one"}))) == ["one", "two"]
