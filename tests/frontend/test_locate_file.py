"""Finding a definition in a file that is not imported, and what is wrong with files."""

from __future__ import annotations

import ast
import os
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from srcgrad.diagnostics import SrcgradError, SrcgradLookupError, SrcgradSyntaxError
from srcgrad.files import Request, emit_text
from srcgrad.frontend.locate import locate_file, locate_in_text
from srcgrad.ir.origin import Span


def find(source: str, name: str = "f") -> Any:
    return locate_in_text(textwrap.dedent(source), "m.py", name)


def message(source: str, name: str = "f") -> str:
    with pytest.raises(SrcgradError) as caught:
        find(source, name)
    return str(caught.value)


def file_message(path: Path, data: bytes | None = None) -> str:
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(SrcgradError) as caught:
        locate_file(f"{path}:f")
    return str(caught.value).replace(str(path), "m.py")


# ----- what is found -----


def test_function_in_a_file_that_is_not_run(tmp_path: Path) -> None:
    path = tmp_path / "model.py"
    path.write_text("raise SystemExit\n\n\n@staticmethod\ndef f(x, y=2):\n    return x\n    # after\n")
    found = locate_file(f"{path}:f")
    assert found.source.text == "@staticmethod\ndef f(x, y=2):\n    return x\n"
    assert (found.name, found.qualname, found.module_name, found.filename) == ("f", "f", "model", str(path))
    assert (found.function, found.globals, found.closure, found.bound) == (None, None, {}, ())
    assert isinstance(found.module_ast.body[0], ast.Raise)
    assert found.source.span_of(found.source.node.body.body[0]) == Span(6, 4, 6, 12)


def test_methods_of_nested_classes() -> None:
    found = find("class A:\n    class B:\n        def f(self, x):\n            return x\n", "A.B.f")
    assert (found.name, found.qualname, found.source.span) == ("f", "A.B.f", Span(3, 8, 4, 20))


def test_functions_inside_functions() -> None:
    source = "K = 2\ndef outer(a):\n    def inner(x): return K*x\n    class C:\n        def f(self, x): return a*x\n"
    found = find(source, "outer.inner")
    assert (found.name, found.qualname, found.source.first_line) == ("inner", "outer.inner", 3)
    assert message(source, "outer.C.f") == (
        "m.py:5:9: SG108 `outer.C.f` reads `a`, which has a value only while `outer` runs\n"
        "    def f(self, x): return a*x\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^\n    Pass it as an argument."
    )


def test_lambda_bound_to_a_name() -> None:
    assert find("f = lambda x: (x +\n  1)\n").source.text == "lambda x: (x +\n  1)"
    assert find("f = lambda x: x\n").name == "f"
    assert find("f: object = lambda x: x\n").source.text == "lambda x: x"


def test_property_with_setter() -> None:
    found = find("class A:\n @property\n def w(self): return 1\n @w.setter\n def w(self, x): pass\n", "A.w")
    assert found.source.text == " @property\n def w(self): return 1\n"


def test_the_last_definition_counts() -> None:
    assert find("def f(x): return 1\ndef f(x): return 2\n").source.first_line == 2
    assert find("if y:\n    def f(x): return 1\ndef f(x): return 2\n").source.first_line == 3


def test_a_single_conditional_definition_counts() -> None:
    assert find("try:\n    def f(x): return 1\nexcept OSError:\n    pass\n").source.first_line == 2


def test_branches_that_no_import_takes() -> None:
    source = """\
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            def f(x): return 1
        else:
            def f(x): return 2
        if __name__ == "__main__":
            f = 3
        if 0:
            f = 4
        with open("x"):
            pass
    """
    assert find(source).source.first_line == 5


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfdef f(x):\r\n    return '\xc3\xa9', x\r\n",
        b"# -*- coding: latin-1 -*-\ndef f(x):\n    return '\xe9', x",
        b"# coding: utf-8\rdef f(x):\r    return '\xc3\xa9', x\r",
    ],
)
def test_encodings_and_line_ends(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "m.py").write_bytes(data)
    assert locate_file(f"{tmp_path}/m.py:f").source.text == "def f(x):\n    return 'é', x\n"


# ----- decorators, by the imports of the file -----


def test_decorators_resolved_by_imports() -> None:
    source = """\
        import functools as ft, numba
        from functools import lru_cache as keep
        from numba import njit
        import srcgrad
        import elsewhere

        @elsewhere.anything
        @srcgrad.grad(wrt=1)
        @ft.cache
        @keep(maxsize=2)
        @njit
        @numba.jit(fastmath=True)
        def f(x):
            return x
    """
    assert find(source).source.first_line == 7


def test_unknown_decorators_are_all_shown() -> None:
    source = "from functools import cache\n"
    source += "def cache(f): return f\n\n@cache\n@a.b(1)\n@property\ndef f(x):\n    return x\n"
    assert message(source) == (
        "m.py:4:2: SG103 what the decorator `cache` computes would be missing from the derivative of `f`\n"
        "    @cache\n     ^^^^^\n"
        "    Take `@cache` off, or apply `cache` in a function of your own that calls `f`.\n"
        "m.py:5:2: SG103 what the decorator `a.b` computes would be missing from the derivative of `f`\n"
        "    @a.b(1)\n     ^^^^^^\n"
        "    Take `@a.b` off, or apply `a.b` in a function of your own that calls `f`."
    )


WRAPPERS = """
import numpy as np
def counting(f):
    count = 0
    def wrapper(*args):
        nonlocal count
        count += 1
        return count * f(*args)
    return wrapper
def keeping(f):
    cache = {}
    def wrapper(x):
        if x not in cache:
            cache[x] = f(x)
        return cache[x]
    return wrapper
def noisy(f):
    rng = np.random.default_rng(0)
    return lambda x: f(x) + rng.normal()
def numbered(f):
    def wrapper(x):
        wrapper.calls += 1
        return f(x) * wrapper.calls
    wrapper.calls = 0
    return wrapper
def half(f):
    def wrapper(*args):
        return f(*[0.5 * a for a in args])
    return wrapper
class Counted:
    def __init__(self, f):
        self.f, self.calls = f, 0
    def __call__(self, x):
        self.calls += 1
        return self.f(x)
"""


@pytest.mark.parametrize(
    ("decorator", "why"),
    [
        ("counting", "it counts or keeps something from one call to the next"),
        ("keeping", "`cache` is changed from call to call"),
        ("noisy", "`rng` lasts from one call to the next"),
        ("numbered", "`wrapper` is changed from call to call"),
        ("half", "it tells arguments that are given from those that are left to their defaults"),
        ("Counted", "`__init__` of class `Counted` does more than keep what it is given"),
    ],
)
def test_decorators_that_keep_something(tmp_path: Path, decorator: str, why: str) -> None:
    path = tmp_path / "m.py"
    path.write_text(f"{WRAPPERS}\n@{decorator}\ndef f(x, k=2.0):\n    return k * x\n")
    with pytest.raises(SrcgradError) as refused:
        emit_text(Request(f"{path}:f"))
    line = path.read_text().splitlines().index(f"@{decorator}") + 1
    assert str(refused.value) == (
        f"{path}:{line}:2: SG103 what the decorator `{decorator}` computes would be missing from the derivative of "
        f"`f`: {why}\n    @{decorator}\n     {'^' * len(decorator)}\n"
        f"    Take `@{decorator}` off, or apply `{decorator}` in a function of your own that calls `f`."
    )


# ----- names that do not lead to a function -----


@pytest.mark.parametrize(
    ("source", "name", "expected"),
    [
        ("def g(x): pass\nclass C: pass\n", "f", "m.py: SG108 there is no function `f`\n    It defines g, C."),
        ("x = 1\n", "f", "m.py: SG108 there is no function `f`\n    It defines no functions."),
        (
            "class C:\n    def g(self): pass\n", "C.f",
            "m.py: SG108 there is no function `C.f`\n    It defines g.",
        ),
        (
            "class f:\n    pass\n", "f",
            "m.py:1:1: SG108 `f` is not a function: it is a class\n    class f:\n    ^^^^^^^^\n"
            "    Name one of its methods, as in f.method.",
        ),
        (
            "def C(x):\n    pass\n", "C.f",
            "m.py: SG108 there is no function `C.f`\n    It defines no functions.",
        ),
        (
            "from m import f\n", "f",
            "m.py:1:1: SG108 `f` is not a function: it is imported from another module\n"
            "    from m import f\n    ^^^^^^^^^^^^^^^\n    Name the file that defines it.",
        ),
        (
            "def f(x): return x\nf = jit(f)\n", "f",
            "m.py:2:1: SG108 `f` is not a function: it is bound to something else here\n"
            "    f = jit(f)\n    ^^^^^^^^^^\n"
            "    Give this object a name other than `f`.",
        ),
        (
            "def f(x): return x\nfor f, g in y: pass\n", "f",
            "m.py:2:1: SG108 `f` is not a function: it is bound to something else here\n"
            "    for f, g in y: pass\n    ^^^^^^^^^^^^^^^^^^^\n    Give this object a name other than `f`.",
        ),
        (
            "try:\n    def f(x): return 1\nexcept OSError:\n    def f(x): return 2\n", "f",
            "m.py:4:5: SG108 which definition of `f` counts depends on a condition (lines 2, 4)\n"
            "    def f(x): return 2\n    ^^^^^^^^^^^^^^^^^^\n    Give the definitions different names.",
        ),
    ],
)  # fmt: skip
def test_no_such_function(source: str, name: str, expected: str) -> None:
    assert message(source, name) == expected


@pytest.mark.parametrize("where", ["m.py", "m.py:", ":f", "m.py:f()", "m.py:a..b", "m.py:1"])
def test_not_a_file_and_a_name(where: str) -> None:
    with pytest.raises(SrcgradLookupError) as caught:
        locate_file(where)
    assert str(caught.value) == (
        f"SG108 `{where}` does not name a function in a file\n    Write it as path.py:name."
    )


# ----- files that are not Python -----


def test_files_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "m.py"
    assert file_message(path) == "m.py: SG101 there is no such file"
    assert file_message(path, b" \n\n") == "m.py: SG107 is empty"
    assert file_message(path, b"x = 1\ndef f\0") == (
        "m.py: SG107 line 2 has a NUL byte: this is not a text file\n    Name a Python file."
    )
    not_utf8 = "m.py: SG107 line 2 is not valid utf-8\n    Save the file as UTF-8."
    assert file_message(path, b"x = 1\n'\xff'\n") == not_utf8
    assert file_message(path, b"#\n'\xff'\n").startswith("m.py: SG107 invalid or missing encoding declaration")
    assert file_message(path, b"# coding: rot13\n").startswith("m.py: SG107 ")
    assert file_message(path, b"# coding: klingon\n").startswith("m.py: SG107 unknown encoding")
    path.unlink()
    path.mkdir()
    assert file_message(path) == "m.py: SG107 is a directory\n    Name a Python file."
    path.rmdir()
    os.mkfifo(path)
    assert file_message(path) == "m.py: SG107 is not a regular file\n    Name a Python file."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "m.py"
    path.touch(0o000)
    assert file_message(path) == "m.py: SG107 cannot be read: Permission denied"


# ----- syntax and depth -----


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(x):\n    return x +\n", "m.py:2:15: SG105 invalid syntax\n    return x +\n              ^"),
        ("def f(x, x):\n    return x\n",
         "m.py:1:10: SG105 duplicate argument 'x' in function definition\n    def f(x, x):\n             ^"),
        ("def f(x):\n        a = 1\n    return a\n",
         "m.py:3:13: SG105 unindent does not match any outer indentation level\n    return a\n            ^"),
        ("return 1\ndef f(x): pass\n", "m.py:1:1: SG105 'return' outside function\n    return 1\n    ^^^^^^^^"),
        ("def f(x):\n\treturn x\n        y = 1\n",
         "m.py:3:1: SG105 inconsistent use of tabs and spaces in indentation\n    y = 1\n    ^"),
    ],
)  # fmt: skip
def test_syntax_errors_are_those_of_cpython(source: str, expected: str) -> None:
    assert message(source).startswith(expected)
    with pytest.raises(SrcgradSyntaxError):
        find(source)


def test_1500_parentheses() -> None:
    lines = message("def f(x):\n    return " + "(" * 1500 + "x" + ")" * 1500 + "\n").splitlines()
    assert lines[0] == "m.py:2:212: SG106 too many nested parentheses"
    assert lines[-1] == "    Split the expression into several statements."


def test_10000_terms() -> None:
    lines = message("def g(x): pass\ndef f(x):\n    return " + " + ".join(["x"] * 10_000) + "\n").splitlines()
    assert lines[0] == "m.py:3:5: SG106 this statement is nested too deeply"
    assert lines[-1] == "    Split the expression into several statements."


def test_21_loops_and_101_blocks() -> None:
    def nested(header: str, n: int) -> str:
        return "def f(x):\n" + "".join(" " * k + header + "\n" for k in range(1, n)) + " " * n + "pass\n"

    place = "23:23" if sys.version_info >= (3, 13) else "22:22"
    assert message(nested("for i in x:", 23)).splitlines() == [
        f"m.py:{place}: SG106 too many statically nested blocks",
        "    for i in x:",
        "    ^^^^^^^^^^^",
        "    Move the inner blocks into a function of their own.",
    ]
    assert message(nested("if x:", 102)).splitlines()[0].endswith("SG106 too many levels of indentation")
    assert find(nested("if x:", 90)).source.node.name.value == "f"
